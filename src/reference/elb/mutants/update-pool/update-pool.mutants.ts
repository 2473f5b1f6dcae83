/** Faults of updating a pool. */

import type { Mutant } from '../../../mutant.ts'
import type { ElbStore } from '../../store.ts'
import { answerMutants } from './answer.mutants.ts'
import { associationMutants } from './associations.mutants.ts'
import { bodyMutants } from './body.mutants.ts'
import { doorMutants } from './door.mutants.ts'
import { keptMutants } from './kept.mutants.ts'
import { lostSessionMutants } from './lost-sessions.mutants.ts'
import { relationMutants } from './protocol-relations.mutants.ts'
import { sessionFormMutants } from './session-form.mutants.ts'
import { sessionMutants } from './sessions.mutants.ts'
import { textMutants } from './text.mutants.ts'
import { timeoutMutants } from './timeout.mutants.ts'
import { timeoutValueMutants } from './timeout-values.mutants.ts'
import { weightMutants } from './weights.mutants.ts'

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
