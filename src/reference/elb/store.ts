/**
 * The state of the `elb` reference: plain maps of plain objects, each by its id.
 *
 * Nothing is stored twice. Which objects use a pool is stored in those objects, not in the pool.
 */

import type { GivenToken } from './given.ts'

export interface LoadBalancer {
  readonly id: string
  readonly tenant_id: string
  name: string
  description: string
  readonly vip_subnet_id: string
  readonly vip_port_id: string
  readonly vip_address: string
  admin_state_up: boolean
  readonly created_at: string
  updated_at: string
  /** A provisioning status held by the operator's hook. */
  pinned: string | null
  /** The change of status that a write has started, and when it ends, in milliseconds since the epoch. */
  pending: { readonly status: string; readonly until: number } | null
}

export interface Listener {
  readonly id: string
  readonly tenant_id: string
  readonly loadbalancer_id: string
  readonly protocol: string
  readonly protocol_port: number
  name: string
  description: string
  connection_limit: number
  admin_state_up: boolean
  http2_enable: boolean
  default_pool_id: string | null
  default_tls_container_ref: string | null
  client_ca_tls_container_ref: string | null
  sni_container_refs: readonly string[]
  tls_ciphers_policy: string | null
  readonly created_at: string
  updated_at: string
}

export interface SessionPersistence {
  readonly type: string
  readonly cookie_name: string | null
  /** In minutes. */
  readonly persistence_timeout: number | null
}

export interface Pool {
  readonly id: string
  readonly tenant_id: string
  readonly loadbalancer_id: string
  readonly protocol: string
  name: string
  description: string
  lb_algorithm: string
  admin_state_up: boolean
  session_persistence: SessionPersistence | null
}

export interface Member {
  readonly id: string
  readonly tenant_id: string
  readonly pool_id: string
  readonly address: string
  readonly protocol_port: number
  readonly subnet_id: string
  name: string
  admin_state_up: boolean
  weight: number
}

export interface HealthMonitor {
  readonly id: string
  readonly tenant_id: string
  readonly pool_id: string
  name: string
  type: string
  /** In seconds, as is `timeout`. */
  delay: number
  timeout: number
  max_retries: number
  admin_state_up: boolean
  monitor_port: number | null
  expected_codes: string | null
  domain_name: string | null
  url_path: string | null
  http_method: string | null
}

export interface Policy {
  readonly id: string
  readonly tenant_id: string
  readonly listener_id: string
  readonly action: string
  readonly position: number
  name: string
  description: string
  admin_state_up: boolean
  redirect_pool_id: string | null
  redirect_listener_id: string | null
}

export interface PolicyRule {
  readonly id: string
  readonly tenant_id: string
  readonly l7policy_id: string
  readonly type: string
  compare_type: string
  value: string
  invert: boolean
  key: string | null
  admin_state_up: boolean
}

export interface ElbStore {
  readonly loadBalancers: Map<string, LoadBalancer>
  readonly listeners: Map<string, Listener>
  readonly pools: Map<string, Pool>
  readonly members: Map<string, Member>
  readonly healthMonitors: Map<string, HealthMonitor>
  readonly policies: Map<string, Policy>
  readonly policyRules: Map<string, PolicyRule>
  /** How long a load balancer is busy after a write: 0 for a synchronous server. */
  settleMilliseconds: number
  /** Tokens that were issued for a password. */
  readonly tokens: Map<string, GivenToken>
  /** How long such a token is valid. */
  readonly tokenMilliseconds: number
  /** The address of a new load balancer; one that is never reachable where absent. */
  readonly newAddress?: () => string
}

/** Makes a new id; random unless a test replaces it. */
export type NewId = () => string

export function emptyStore(settleMilliseconds = 0, tokenMilliseconds = 24 * 60 * 60_000): ElbStore {
  return {
    loadBalancers: new Map(),
    listeners: new Map(),
    pools: new Map(),
    members: new Map(),
    healthMonitors: new Map(),
    policies: new Map(),
    policyRules: new Map(),
    settleMilliseconds,
    tokens: new Map(),
    tokenMilliseconds,
  }
}

/** The object of that id, if it exists and belongs to the project. */
export function own<Kind extends { readonly tenant_id: string }>(
  objects: ReadonlyMap<string, Kind>,
  id: string | null | undefined,
  project: string | undefined,
): Kind | undefined {
  const found = objects.get(id ?? '')
  return found?.tenant_id === project ? found : undefined
}

/** The object of that id, where a rule has already checked that it exists. */
export function existing<Kind>(objects: ReadonlyMap<string, Kind>, id: string | undefined): Kind {
  const found = objects.get(id ?? '')
  if (found === undefined) throw new Error(`No rule has checked that ${id ?? 'nothing'} exists.`)
  return found
}

/** The objects that meet the condition, in the order of their creation. */
export function matching<Kind>(
  objects: ReadonlyMap<string, Kind>,
  meant: (candidate: Kind) => boolean,
): readonly Kind[] {
  return [...objects.values()].filter(meant)
}

export function membersOf(store: ElbStore, poolId: string): readonly Member[] {
  return matching(store.members, (member) => member.pool_id === poolId)
}

export function healthMonitorOf(store: ElbStore, poolId: string): HealthMonitor | undefined {
  return matching(store.healthMonitors, (monitor) => monitor.pool_id === poolId)[0]
}

/** The listeners whose default pool it is. */
export function listenersOf(store: ElbStore, poolId: string): readonly Listener[] {
  return matching(store.listeners, (listener) => listener.default_pool_id === poolId)
}

/** The forwarding policies that send their requests to it. */
export function policiesTo(store: ElbStore, poolId: string): readonly Policy[] {
  return matching(store.policies, (policy) => policy.redirect_pool_id === poolId)
}
