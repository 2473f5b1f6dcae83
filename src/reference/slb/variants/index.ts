/** Every lawful difference: no check may fail on one of these. */

import { ofEachOperation } from '../../../documents/operation-files.ts'
import type { Variant } from '../../mutant.ts'
import type { SlbStore } from '../store.ts'
import { envelopeVariants } from './envelope.variants.ts'
import { lookVariants } from './look.variants.ts'
import { setUpVariants } from './set-up.variants.ts'
import { slbTrafficVariants } from './traffic.variants.ts'

const ofOperations = await ofEachOperation<readonly Variant<SlbStore>[]>(
  import.meta.url,
  './{operation}/{operation}.variants',
  'slb',
)

export const slbVariants: readonly Variant<SlbStore>[] = [
  ...envelopeVariants,
  ...setUpVariants,
  ...lookVariants,
  ...ofOperations.flat(),
  ...slbTrafficVariants,
]
