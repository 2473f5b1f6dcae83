/** Every fault planted in the reference server of the `slb` dialect. */

import type { Mutant } from '../../mutant.ts'
import { lateMutants } from './either-removal/late.mutants.ts'
import { removeBackendServersMutants } from './remove-backend-servers/remove-backend-servers.mutants.ts'
import { removeVServerGroupBackendServersMutants } from './remove-vserver-group-backend-servers/remove-vserver-group-backend-servers.mutants.ts'
import { defaultRemoval, vserverRemoval } from '../removal.ts'
import { rowMutants } from './either-removal/rows.mutants.ts'
import type { SlbStore } from '../store.ts'

export const slbMutants: readonly Mutant<SlbStore>[] = [
  ...removeVServerGroupBackendServersMutants,
  ...removeBackendServersMutants,
  ...rowMutants(vserverRemoval),
  ...rowMutants(defaultRemoval),
  ...lateMutants(vserverRemoval),
  ...lateMutants(defaultRemoval),
]
