/** Faults of the operations that set-up uses, made from their pages. */

import { requestExceptions, unseenPaths } from '../../../generate/set-up-exceptions.ts'
import { setUpDocument } from '../../../generate/set-up-operations.ts'
import type { Mutant } from '../../mutant.ts'
import { setUpMutants, type FaultyRows } from '../../set-up-mutants.ts'
import { badRequest } from '../refusals.ts'
import type { ElbStore } from '../store.ts'

/** The operations, and of which their request tables are asked too. */
const operations: readonly (readonly [operation: string, on: string, requests?: true])[] = [
  ['create-pool', 'POST /v2.0/lbaas/pools', true],
  ['add-member', 'POST /v2.0/lbaas/pools/:pool_id/members', true],
  ['update-member', 'PUT /v2.0/lbaas/pools/:pool_id/members/:member_id', true],
  ['create-health-monitor', 'POST /v2.0/lbaas/healthmonitors', true],
  ['create-listener', 'POST /v2.0/lbaas/listeners'],
  ['create-forwarding-policy', 'POST /v2.0/lbaas/l7policies'],
  ['update-forwarding-policy', 'PUT /v2.0/lbaas/l7policies/:l7policy_id'],
  ['create-load-balancer', 'POST /v2.0/lbaas/loadbalancers'],
  ['show-status-tree', 'GET /v2.0/lbaas/loadbalancers/:loadbalancer_id/statuses'],
]

export const elbSetUpMutants: readonly Mutant<ElbStore>[] = operations.flatMap(
  ([operation, on, requests]) => {
    const id = `elb/${operation}`
    const document = setUpDocument(id)
    return elbRowMutants({
      document: requests ? document : { ...document, request: null },
      on,
      exceptions: requestExceptions[id] ?? {},
      unseen: unseenPaths[id] ?? {},
    })
  },
)

/** Faults made from the rows of any operation that the reference knows. */
export function elbRowMutants(of: FaultyRows): readonly Mutant<ElbStore>[] {
  return setUpMutants<ElbStore>({
    ...of,
    requestOf: ({ body }) => body,
    withRequest: (call, body) => ({ ...call, body }),
    success: { status: 201, body: {} },
    refusal: badRequest('It is not valid.'),
  })
}
