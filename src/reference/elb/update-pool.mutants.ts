/** Faults of updating a pool. */

import type { Mutant } from '../mutant.ts'
import type { ElbStore } from './store.ts'
import { answerMutants } from './update-pool.answer.mutants.ts'
import { keptMutants } from './update-pool.kept.mutants.ts'
import { relationMutants } from './update-pool.relation.mutants.ts'
import { rowMutants } from './update-pool.row.mutants.ts'
import { sessionMutants } from './update-pool.sessions.mutants.ts'
import { timeoutMutants } from './update-pool.timeout.mutants.ts'

export const updatePoolMutants: readonly Mutant<ElbStore>[] = [
  ...answerMutants,
  ...keptMutants,
  ...sessionMutants,
  ...timeoutMutants,
  ...relationMutants,
  ...rowMutants,
]
