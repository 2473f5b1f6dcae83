/** The status tree of a load balancer. A pool is in it twice if a listener uses it. */

import { statusOf } from './status.ts'
import {
  healthMonitorOf,
  membersOf,
  matching,
  type ElbStore,
  type Listener,
  type LoadBalancer,
  type Policy,
  type Pool,
} from './store.ts'

/** @see Querying the Status Tree of a Load Balancer, example response */
export function statusTree(root: LoadBalancer, store: ElbStore, now: number): unknown {
  const listeners = matching(store.listeners, (listener) => listener.loadbalancer_id === root.id)
  const pools = matching(store.pools, (pool) => pool.loadbalancer_id === root.id)
  return {
    id: root.id,
    name: root.name,
    operating_status: 'ONLINE',
    provisioning_status: statusOf(root, now),
    listeners: listeners.map((listener) => listenerBranch(listener, pools, store)),
    pools: pools.map((pool) => poolBranch(pool, store)),
  }
}

function listenerBranch(listener: Listener, pools: readonly Pool[], store: ElbStore): unknown {
  const policies = matching(store.policies, (policy) => policy.listener_id === listener.id)
  const own = pools.filter((pool) => pool.id === listener.default_pool_id)
  return {
    id: listener.id,
    name: listener.name,
    operating_status: 'ONLINE',
    provisioning_status: 'ACTIVE',
    l7policies: policies.map((policy) => policyBranch(policy, store)),
    pools: own.map((pool) => poolBranch(pool, store)),
  }
}

function policyBranch({ id, name, action }: Policy, store: ElbStore): unknown {
  const rules = matching(store.policyRules, (rule) => rule.l7policy_id === id)
  return {
    id,
    name,
    action,
    provisioning_status: 'ACTIVE',
    rules: rules.map((rule) => ({ id: rule.id, type: rule.type, provisioning_status: 'ACTIVE' })),
  }
}

function poolBranch({ id, name }: Pool, store: ElbStore): unknown {
  const monitor = healthMonitorOf(store, id)
  return {
    id,
    name,
    operating_status: 'ONLINE',
    provisioning_status: 'ACTIVE',
    healthmonitor: monitor
      ? { id: monitor.id, name: monitor.name, type: monitor.type, provisioning_status: 'ACTIVE' }
      : {},
    members: membersOf(store, id).map((member) => ({
      id: member.id,
      address: member.address,
      protocol_port: member.protocol_port,
      operating_status: 'ONLINE',
      provisioning_status: 'ACTIVE',
    })),
  }
}
