/** All faults of the reference server of the `slb` dialect. */

import { ofEachOperation } from '../../../documents/operation-files.ts'
import type { Mutant } from '../../mutant.ts'
import type { SlbStore } from '../store.ts'

const ofOperations = await ofEachOperation<readonly Mutant<SlbStore>[]>(
  import.meta.url,
  './{operation}/{operation}.mutants',
  'slb',
)

export const slbMutants: readonly Mutant<SlbStore>[] = ofOperations.flat()
