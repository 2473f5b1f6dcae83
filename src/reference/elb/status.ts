/** The provisioning status of load balancers: computed from the clock, no timers. */

import { concerns, type Call, type Effect, type Rule } from '../rule.ts'
import { isObject } from './body.ts'
import { immutable } from './refusals.ts'
import { own, type ElbStore, type LoadBalancer } from './store.ts'

export function statusOf(loadBalancer: LoadBalancer, now: number): string {
  return loadBalancer.pinned ?? (inFlight(loadBalancer, now)?.status || 'ACTIVE')
}

/** The change of status that a write has started and that has not ended yet. */
export function inFlight(loadBalancer: LoadBalancer, now: number): LoadBalancer['pending'] {
  const { pending } = loadBalancer
  return pending && now < pending.until ? pending : null
}

/** Starts a change of status; on a synchronous server it ends at once. */
export function begin(
  store: ElbStore,
  loadBalancer: LoadBalancer,
  status: string,
  now: number,
): void {
  loadBalancer.pending = { status, until: now + store.settleMilliseconds }
}

/** Removes the load balancers whose deletion has ended. */
export function purge(store: ElbStore, now: number): void {
  for (const [id, { pending }] of store.loadBalancers) {
    if (pending?.status === 'PENDING_DELETE' && pending.until <= now) store.loadBalancers.delete(id)
  }
}

/** Holds a status until it is set to `ACTIVE` again. @returns whether there is such a load balancer. */
export function pin(store: ElbStore, id: string, status: string): boolean {
  const loadBalancer = store.loadBalancers.get(id)
  if (!loadBalancer) return false
  loadBalancer.pinned = status === 'ACTIVE' ? null : status
  if (status === 'ACTIVE' && loadBalancer.pending?.status !== 'PENDING_DELETE') {
    loadBalancer.pending = null
  }
  return true
}

/**
 * The load balancers that a write concerns: those of the object in the path, or, on creation, of the
 * objects that the body names.
 */
export function loadBalancersOf(call: Call, store: ElbStore): readonly LoadBalancer[] {
  const ids = { ...(call.method === 'POST' ? namedIn(call.body) : {}), ...call.parameters }
  const policy = store.policies.get(ids['l7policy_id'] ?? '')
  const monitor = store.healthMonitors.get(ids['healthmonitor_id'] ?? '')
  const listener = store.listeners.get(ids['listener_id'] ?? policy?.listener_id ?? '')
  const pool = store.pools.get(ids['pool_id'] ?? monitor?.pool_id ?? '')
  const found = [ids['loadbalancer_id'], listener?.loadbalancer_id, pool?.loadbalancer_id]
    .map((id) => own(store.loadBalancers, id, call.project))
    .filter((loadBalancer) => loadBalancer !== undefined)
  return [...new Set(found)]
}

function namedIn(body: unknown): Readonly<Record<string, string>> {
  const inner = isObject(body) ? Object.values(body)[0] : undefined
  const entries = isObject(inner) ? Object.entries(inner) : []
  const named = entries.filter(
    (entry): entry is [string, string] => entry[0].endsWith('_id') && typeof entry[1] === 'string',
  )
  return Object.fromEntries(named)
}

/**
 * One write at a time, as upstream does it: refused unless the load balancer is ACTIVE. One that is in
 * ERROR can still be deleted. Updating a pool has a rule of its own, from its page.
 */
export function oneWriteAtATime(writes: readonly string[]): Rule<ElbStore> {
  return {
    keeps: 'elb/set-up/one-write-at-a-time',
    on: writes,
    refuse(call, store) {
      const busy = loadBalancersOf(call, store).find(
        (loadBalancer) => !takesWrites(call, statusOf(loadBalancer, call.now)),
      )
      return busy && immutable(busy.id, statusOf(busy, call.now))
    },
  }
}

function takesWrites({ method, parameters }: Call, status: string): boolean {
  const deletion = method === 'DELETE' && parameters['loadbalancer_id'] !== undefined
  return status === 'ACTIVE' || (status === 'ERROR' && deletion)
}

/** The same effect, which first makes its load balancers busy. */
export function settling(writes: readonly string[], effect: Effect<ElbStore>): Effect<ElbStore> {
  if (!concerns(writes, effect.on)) return effect
  return {
    ...effect,
    perform(call, store) {
      for (const concerned of loadBalancersOf(call, store)) {
        begin(store, concerned, 'PENDING_UPDATE', call.now)
      }
      return effect.perform(call, store)
    },
  }
}
