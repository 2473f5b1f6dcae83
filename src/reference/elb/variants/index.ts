/** Every lawful difference from the `elb` reference. Nothing may fail on any of them. */

import { ofEachOperation } from '../../../documents/operation-files.ts'
import type { Variant } from '../../mutant.ts'
import type { ElbStore } from '../store.ts'
import { idVariants } from './ids.variants.ts'
import { listVariants } from './list.variants.ts'
import { setUpVariants } from './set-up.variants.ts'
import { viewVariants } from './view.variants.ts'
import { elbTrafficVariants } from './traffic.variants.ts'

const ofOperations = await ofEachOperation<readonly Variant<ElbStore>[]>(
  import.meta.url,
  './{operation}/{operation}.variants',
  'elb',
)

export const elbVariants: readonly Variant<ElbStore>[] = [
  ...idVariants,
  ...ofOperations.flat(),
  ...viewVariants,
  ...listVariants,
  ...setUpVariants,
  ...elbTrafficVariants,
]
