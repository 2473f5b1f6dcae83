/** Every fault of the `elb` reference that a check has to find. */

import type { Mutant } from '../../mutant.ts'
import { credentialMutants } from './credentials.mutants.ts'
import { deletePoolRefusalsWithEffects } from './delete-pool/refusals-with-effects.mutants.ts'
import { deletePoolMutants } from './delete-pool/delete-pool.mutants.ts'
import { pathIdMutants } from './path-ids.mutants.ts'
import { removeMemberRefusalsWithEffects } from './remove-member/refusals-with-effects.mutants.ts'
import { removeMemberMutants } from './remove-member/remove-member.mutants.ts'
import type { ElbStore } from '../store.ts'
import { updatePoolRefusalsWithEffects } from './update-pool/refusals-with-effects.mutants.ts'
import { updatePoolMutants } from './update-pool/update-pool.mutants.ts'
import { answerRowMutants } from './update-pool/response-rows.mutants.ts'
import { updatePoolRowMutants } from './update-pool/request-rows.mutants.ts'

export const elbMutants: readonly Mutant<ElbStore>[] = [
  ...updatePoolMutants,
  ...updatePoolRowMutants,
  ...answerRowMutants,
  ...deletePoolMutants,
  ...removeMemberMutants,
  ...credentialMutants,
  ...pathIdMutants,
  ...updatePoolRefusalsWithEffects,
  ...deletePoolRefusalsWithEffects,
  ...removeMemberRefusalsWithEffects,
]
