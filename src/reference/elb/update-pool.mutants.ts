/** Faults of updating a pool. */

import type { Mutant } from '../mutant.ts'
import type { ElbStore } from './store.ts'
import { answerMutants } from './update-pool.answer.mutants.ts'
import { associationMutants } from './update-pool.associations.mutants.ts'
import { bodyMutants } from './update-pool.body.mutants.ts'
import { doorMutants } from './update-pool.door.mutants.ts'
import { keptMutants } from './update-pool.kept.mutants.ts'
import { lostSessionMutants } from './update-pool.lost-sessions.mutants.ts'
import { relationMutants } from './update-pool.relation.mutants.ts'
import { sessionFormMutants } from './update-pool.session-form.mutants.ts'
import { sessionMutants } from './update-pool.sessions.mutants.ts'
import { textMutants } from './update-pool.text.mutants.ts'
import { timeoutMutants } from './update-pool.timeout.mutants.ts'
import { timeoutValueMutants } from './update-pool.timeout-values.mutants.ts'
import { weightMutants } from './update-pool.weights.mutants.ts'

export const updatePoolMutants: readonly Mutant<ElbStore>[] = [
  ...doorMutants,
  ...answerMutants,
  ...associationMutants,
  ...keptMutants,
  ...textMutants,
  ...bodyMutants,
  ...sessionMutants,
  ...lostSessionMutants,
  ...sessionFormMutants,
  ...timeoutMutants,
  ...timeoutValueMutants,
  ...weightMutants,
  ...relationMutants,
]
