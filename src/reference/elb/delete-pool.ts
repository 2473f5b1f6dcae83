/** Deleting a pool. @see Deleting a Backend Server Group */

import type { Effect, OperationBehaviour, Rule } from '../rule.ts'
import { exists } from './existence.ts'
import { inUse } from './refusals.ts'
import { healthMonitorOf, listenersOf, membersOf, policiesTo, type ElbStore } from './store.ts'

export const deletePool = 'DELETE /v2.0/lbaas/pools/:pool_id'

/** Each of the three kinds of dependents is enough to refuse. @see Constraints */
const rules: readonly Rule<ElbStore>[] = [
  exists('elb/delete-pool/unknown-pool', deletePool, 'pool'),
  {
    keeps: 'elb/delete-pool/members-first',
    on: deletePool,
    refuse({ parameters: { pool_id = '' } }, store) {
      const [member] = membersOf(store, pool_id)
      return member && inUse(`member ${member.id} is using this pool`)
    },
  },
  {
    keeps: 'elb/delete-pool/health-monitor-first',
    on: deletePool,
    refuse({ parameters: { pool_id = '' } }, store) {
      const monitor = healthMonitorOf(store, pool_id)
      return monitor && inUse(`healthmonitor ${monitor.id} is using this pool`)
    },
  },
  {
    keeps: 'elb/delete-pool/forwarding-policies-first',
    on: deletePool,
    refuse({ parameters: { pool_id = '' } }, store) {
      const [policy] = policiesTo(store, pool_id)
      return policy && inUse(`l7policy ${policy.id} is using this pool`)
    },
  },
]

/** A listener that had it as its default pool has none afterwards: the page has no rule about listeners. */
const effect: Effect<ElbStore> = {
  on: deletePool,
  perform({ parameters: { pool_id = '' } }, store) {
    for (const listener of listenersOf(store, pool_id)) listener.default_pool_id = null
    store.pools.delete(pool_id)
    return { status: 204 }
  },
}

export default { rules, effect } satisfies OperationBehaviour<ElbStore>
