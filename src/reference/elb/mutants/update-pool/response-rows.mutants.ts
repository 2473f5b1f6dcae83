/** Faults in the answer to an update, derived from its response table row by row. */

import { performing, type Mutant } from '../../../mutant.ts'
import { rowFaults } from '../../../rows.ts'
import type { ElbStore } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'

/** Written checks ask these, and have mutants of their own. */
const elsewhere = ['elb/update-pool/response.pool.session_persistence.type']

/** A pool always has a load balancer, so that this list is never empty. */
function isNever(id: string, operator: string): boolean {
  return id.includes('.loadbalancers.') && operator === 'empty-is-null'
}

export const answerRowMutants: readonly Mutant<ElbStore>[] = rowFaults(
  'update-pool',
  ({ id }, operator) => !elsewhere.includes(id) && !isNever(id, operator),
).map(({ edit, ...fault }) => ({
  ...fault,
  mutate: performing<ElbStore>(updatePool, (call, store, original) => {
    const answer = original(call)
    return { ...answer, body: edit(answer.body) }
  }),
}))
