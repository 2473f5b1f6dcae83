/**
 * Every fault of the `elb` reference that a check has to find.
 *
 * Apart from them stand those whose checks are still to come (`elbRowMutants`) or too weak yet
 * (`elbSurvivors`).
 */

import type { Mutant } from '../mutant.ts'
import { deletePoolMutants } from './delete-pool.mutants.ts'
import { removeMemberMutants } from './remove-member.mutants.ts'
import type { ElbStore } from './store.ts'
import { updatePoolMutants } from './update-pool.mutants.ts'

export const elbMutants: readonly Mutant<ElbStore>[] = [
  ...updatePoolMutants,
  ...deletePoolMutants,
  ...removeMemberMutants,
]
