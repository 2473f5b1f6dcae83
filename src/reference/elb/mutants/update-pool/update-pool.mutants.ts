/** Faults of updating a pool. */

import { updatePoolTraffic } from './traffic.mutants.ts'
import type { Mutant } from '../../../mutant.ts'
import type { ElbStore } from '../../store.ts'
import { activeOnlyMutants } from './active-only.mutants.ts'
import { answerMutants } from './answer.mutants.ts'
import { associationMutants } from './associations.mutants.ts'
import { bodyMutants } from './body.mutants.ts'
import { errorBodyMutants } from './error-bodies.mutants.ts'
import { fieldValueMutants } from './field-values.mutants.ts'
import { lostSessionMutants } from './lost-sessions.mutants.ts'
import { partialUpdateMutants } from './partial-updates.mutants.ts'
import { relationMutants } from './protocol-relations.mutants.ts'
import { sessionFormMutants } from './session-form.mutants.ts'
import { sessionMutants } from './sessions.mutants.ts'
import { textMutants } from './text.mutants.ts'
import { timeoutMutants } from './timeout.mutants.ts'
import { timeoutValueMutants } from './timeout-values.mutants.ts'
import { unchangedMutants } from './unchanged.mutants.ts'
import { weightMutants } from './weights.mutants.ts'
import { updateCompanyMutants } from './company.mutants.ts'
import { updateHistoryMutants } from './histories.mutants.ts'
import { updatePoolRowMutants } from './request-rows.mutants.ts'
import { answerRowMutants } from './response-rows.mutants.ts'
import { updatePoolRefusalsWithEffects } from './refusals-with-effects.mutants.ts'
import { credentialMutants } from '../credentials.mutants.ts'
import { given, picked } from '../../body.ts'
import { poolOf } from '../../changes.ts'
import { updatePool } from '../../update-pool.ts'

const credentials = credentialMutants({
  name: 'update-pool',
  on: updatePool,
  does: 'updates',
  act(call, store) {
    const texts = picked(given(call, 'pool'), ['name', 'description'])
    Object.assign(poolOf(call, store) ?? {}, texts)
  },
  anyTokenStory: 'Any token is enough: the gateway is expected to have verified it.',
  otherProjectStory: 'The project is compared when the pool is shown, which is after it was saved.',
})

export default [
  ...credentials,
  ...answerMutants,
  ...associationMutants,
  ...unchangedMutants,
  ...partialUpdateMutants,
  ...fieldValueMutants,
  ...activeOnlyMutants,
  ...textMutants,
  ...bodyMutants,
  ...errorBodyMutants,
  ...sessionMutants,
  ...lostSessionMutants,
  ...sessionFormMutants,
  ...timeoutMutants,
  ...timeoutValueMutants,
  ...weightMutants,
  ...updateHistoryMutants,
  ...updateCompanyMutants,
  ...relationMutants,
  ...updatePoolRowMutants,
  ...answerRowMutants,
  ...updatePoolRefusalsWithEffects,
  ...updatePoolTraffic,
] satisfies readonly Mutant<ElbStore>[]
