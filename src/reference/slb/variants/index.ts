/** Every lawful difference: nothing that the suite asks may fail on one of these. */

import type { Variant } from '../../mutant.ts'
import { envelopeVariants } from './envelope.variants.ts'
import { removeBackendServersVariants } from './remove-backend-servers/remove-backend-servers.variants.ts'
import { removeVServerGroupBackendServersVariants } from './remove-vserver-group-backend-servers/remove-vserver-group-backend-servers.variants.ts'
import type { SlbStore } from '../store.ts'

export const slbVariants: readonly Variant<SlbStore>[] = [
  ...envelopeVariants,
  ...removeVServerGroupBackendServersVariants,
  ...removeBackendServersVariants,
]
