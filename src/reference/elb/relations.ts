/** Which pools, listeners and forwarding policies can be combined. */

import type { Refusal } from '../rule.ts'
import { inUse } from './refusals.ts'
import { listenersOf, policiesTo, type ElbStore } from './store.ts'

/** @see Updating a Backend Server Group, Table 6, row `protocol` */
const poolProtocolOf: Readonly<Record<string, string>> = {
  UDP: 'UDP',
  TCP: 'TCP',
  HTTP: 'HTTP',
  TERMINATED_HTTPS: 'HTTP',
}

/** Refuses to join a listener and a pool whose protocols do not go together. */
export function protocolConflict(listener: string, pool: string): Refusal | undefined {
  if (poolProtocolOf[listener] === pool) return undefined
  return inUse(`A ${listener} listener cannot have a ${pool} pool.`)
}

/**
 * Refuses a default pool that another listener, or another listener's policy, already uses.
 *
 * @see Adding a Listener, row `default_pool_id`
 */
export function sharedPool(
  store: ElbStore,
  poolId: string,
  listenerId: string | undefined,
): Refusal | undefined {
  const rival = listenersOf(store, poolId).find(({ id }) => id !== listenerId)
  if (rival) return inUse(`Pool ${poolId} is already the default pool of listener ${rival.id}.`)
  const policy = policiesTo(store, poolId).find(({ listener_id }) => listener_id !== listenerId)
  return policy && inUse(`Pool ${poolId} is already used by policy ${policy.id}.`)
}
