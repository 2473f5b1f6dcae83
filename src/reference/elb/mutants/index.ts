/** Every fault of the `elb` reference that a check has to find. */

import type { Mutant } from '../../mutant.ts'
import { deletePoolLateMutants } from './delete-pool/late.mutants.ts'
import { deletePoolMutants } from './delete-pool/delete-pool.mutants.ts'
import { pathIdMutants } from './path-ids.mutants.ts'
import { removeMemberLateMutants } from './remove-member/late.mutants.ts'
import { removeMemberMutants } from './remove-member/remove-member.mutants.ts'
import type { ElbStore } from '../store.ts'
import { updatePoolLateMutants } from './update-pool/late.mutants.ts'
import { updatePoolMutants } from './update-pool/update-pool.mutants.ts'
import { answerRowMutants } from './update-pool/answer-rows.mutants.ts'
import { updatePoolRowMutants } from './update-pool/row.mutants.ts'

export const elbMutants: readonly Mutant<ElbStore>[] = [
  ...updatePoolMutants,
  ...updatePoolRowMutants,
  ...answerRowMutants,
  ...deletePoolMutants,
  ...removeMemberMutants,
  ...pathIdMutants,
  ...updatePoolLateMutants,
  ...deletePoolLateMutants,
  ...removeMemberLateMutants,
]
