/** Every fault of the `elb` reference; a check has to find each of them. */

import { ofEachOperation } from '../../../documents/operation-files.ts'
import type { Mutant } from '../../mutant.ts'
import type { ElbStore } from '../store.ts'
import { pathIdMutants } from './path-ids.mutants.ts'

const ofOperations = await ofEachOperation<readonly Mutant<ElbStore>[]>(
  import.meta.url,
  './{operation}/{operation}.mutants',
  'elb',
)

export const elbMutants: readonly Mutant<ElbStore>[] = [...ofOperations.flat(), ...pathIdMutants]
