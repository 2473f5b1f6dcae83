/** The objects as they are shown. Which objects belong together is computed here, for each answer. */

import {
  healthMonitorOf,
  listenersOf,
  membersOf,
  matching,
  type ElbStore,
  type HealthMonitor,
  type Listener,
  type LoadBalancer,
  type Member,
  type Policy,
  type PolicyRule,
  type Pool,
} from './store.ts'
import { statusOf } from './status.ts'

interface Reference {
  readonly id: string
}

export type Shown = Reference & Readonly<Record<string, unknown>>

function references(objects: readonly Reference[]): readonly Reference[] {
  return objects.map(({ id }) => ({ id }))
}

/** The twelve keys of the answer. @see Updating a Backend Server Group, Table 6 */
export function presentPool(pool: Pool, store: ElbStore): Shown {
  const { id, tenant_id, name, description, protocol, lb_algorithm, admin_state_up } = pool
  return {
    id,
    tenant_id,
    name,
    description,
    protocol,
    lb_algorithm,
    admin_state_up,
    members: references(membersOf(store, id)),
    healthmonitor_id: healthMonitorOf(store, id)?.id ?? null,
    listeners: references(listenersOf(store, id)),
    loadbalancers: [{ id: pool.loadbalancer_id }],
    session_persistence: pool.session_persistence && { ...pool.session_persistence },
  }
}

/** @see Creating a Load Balancer, example response 1 */
export function presentLoadBalancer(found: LoadBalancer, store: ElbStore, now: number): Shown {
  const { pinned: _, pending: __, ...shown } = found
  const belongs = (child: { readonly loadbalancer_id: string }): boolean =>
    child.loadbalancer_id === found.id
  return {
    ...shown,
    provider: 'vlb',
    listeners: references(matching(store.listeners, belongs)),
    pools: references(matching(store.pools, belongs)),
    operating_status: 'ONLINE',
    provisioning_status: statusOf(found, now),
    tags: [],
  }
}

/** @see Adding a Listener, example response 1 */
export function presentListener({ loadbalancer_id, ...shown }: Listener): Shown {
  return { ...shown, loadbalancers: [{ id: loadbalancer_id }], tags: [] }
}

/** @see Adding a Backend Server, example response */
export function presentMember(member: Member): Shown {
  const { pool_id: _, ...shown } = member
  return { ...shown, operating_status: 'ONLINE' }
}

/** @see Configuring a Health Check, example response */
export function presentHealthMonitor({ pool_id, ...shown }: HealthMonitor): Shown {
  return { ...shown, pools: [{ id: pool_id }] }
}

/** @see Adding a Forwarding Policy, example response 1 */
export function presentPolicy(policy: Policy, store: ElbStore): Shown {
  const rules = matching(store.policyRules, ({ l7policy_id }) => l7policy_id === policy.id)
  return {
    ...policy,
    redirect_url: null,
    rules: references(rules),
    provisioning_status: 'ACTIVE',
  }
}

/** @see Adding a Forwarding Rule, response parameters */
export function presentPolicyRule(rule: PolicyRule): Shown {
  const { l7policy_id: _, ...shown } = rule
  return { ...shown, provisioning_status: 'ACTIVE' }
}
