/** The kinds of refusals, with the names that Neutron has for them. */

import type { Refusal } from '../rule.ts'

/** @see HTTP Status Codes for Enhanced Load Balancers, Table 2, row 400 */
export function badRequest(message: string): Refusal {
  return { status: 400, code: 'HTTPBadRequest', message }
}

/** @see HTTP Status Codes for Enhanced Load Balancers, Table 2, row 404 */
export function notFound(kind: string, id: string | undefined): Refusal {
  return { status: 404, code: 'EntityNotFound', message: `There is no ${kind} ${id ?? ''}.` }
}

/** @see HTTP Status Codes for Enhanced Load Balancers, Table 2, row 409 */
export function inUse(message: string): Refusal {
  return { status: 409, code: 'EntityInUse', message }
}

/** What upstream answers while a load balancer cannot accept a write. */
export function immutable(loadBalancerId: string, status: string): Refusal {
  const message = `Load balancer ${loadBalancerId} is ${status}, so nothing below it can change.`
  return { status: 409, code: 'StateInvalid', message }
}
