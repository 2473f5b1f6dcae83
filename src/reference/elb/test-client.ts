/** A client of a reference without a socket, for the tests of the reference. */

import type { Reference } from '../server.ts'
import { elbReference, type ElbReferenceOptions } from './reference.ts'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The body of the answer, as JSON. */
  readonly body: Readonly<Record<string, Described>>
}

/** An object of an answer, typed so that tests need few casts. */
export type Described = Readonly<Record<string, unknown>> & {
  readonly id: string
  readonly pools: readonly { readonly id: string }[]
  readonly members: readonly { readonly id: string }[]
  readonly listeners: readonly { readonly id: string }[]
}

export type Ask = (method: string, path: string, body?: unknown, token?: string) => Reply

/** A reference whose ids and clock the test controls. */
export interface Conversation {
  readonly reference: Reference
  readonly ask: Ask
  /** Advances the clock. */
  wait(milliseconds: number): void
}

export function conversation(options: ElbReferenceOptions = {}): Conversation {
  let now = Date.UTC(2020, 3, 17)
  let count = 0
  const newId = (): string => {
    count += 1
    return `0000000a-0000-4000-8000-${String(count).padStart(12, '0')}`
  }
  const reference = elbReference({ newId, now: () => now, ...options })
  return {
    reference,
    ask: askingOf(reference),
    wait(milliseconds) {
      now += milliseconds
    },
  }
}

function askingOf(reference: Reference): Ask {
  return (method, path, body, token = 'tQ7xw4ixOnAhuc8J') => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const headers = { 'x-auth-token': token, host: 'reference.example' }
    const url = `/v2.0/lbaas/${path}`
    const response = reference.handle({ method, url, headers, body: text ?? '' })
    const answered = (response.body === '' ? {} : JSON.parse(response.body)) as Reply['body']
    return { status: response.status, headers: response.headers, body: answered }
  }
}

/** The id of what was created under that wrapper. */
export function idOf({ body }: Reply, wrapper: string): string {
  const created = body[wrapper]
  if (!created) throw new Error(`No ${wrapper} was created: ${JSON.stringify(body)}`)
  return created.id
}

/** The objects of most tests: a load balancer, an HTTP listener with a default pool, and a second pool. */
export interface Ground {
  readonly loadBalancer: string
  readonly listener: string
  /** The listener's default pool. */
  readonly pool: string
  readonly sibling: string
}

export function ground(ask: Ask): Ground {
  const loadBalancer = idOf(
    ask('POST', 'loadbalancers', { loadbalancer: { vip_subnet_id: 'subnet' } }),
    'loadbalancer',
  )
  const listener = addListener(ask, loadBalancer, 'HTTP', 80)
  const pool = addPool(ask, { listener_id: listener, name: 'first', description: 'one' })
  const sibling = addPool(ask, { loadbalancer_id: loadBalancer, name: 'second' })
  return { loadBalancer, listener, pool, sibling }
}

export function addListener(ask: Ask, home: string, protocol: string, port: number): string {
  const listener = { loadbalancer_id: home, protocol, protocol_port: port }
  return idOf(ask('POST', 'listeners', { listener }), 'listener')
}

export function addPool(ask: Ask, but: Readonly<Record<string, unknown>>): string {
  const pool = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', ...but }
  return idOf(ask('POST', 'pools', { pool }), 'pool')
}

export function addMember(ask: Ask, pool: string, address = '192.0.2.10', weight = 10): string {
  const member = { address, protocol_port: 80, subnet_id: 'subnet', weight }
  return idOf(ask('POST', `pools/${pool}/members`, { member }), 'member')
}

export function addHealthMonitor(ask: Ask, pool: string): string {
  const healthmonitor = { pool_id: pool, type: 'HTTP', delay: 10, timeout: 5, max_retries: 3 }
  return idOf(ask('POST', 'healthmonitors', { healthmonitor }), 'healthmonitor')
}

export function addPolicy(ask: Ask, listener: string, pool: string): string {
  const l7policy = { listener_id: listener, action: 'REDIRECT_TO_POOL', redirect_pool_id: pool }
  return idOf(ask('POST', 'l7policies', { l7policy }), 'l7policy')
}

/** Updates a pool. */
export function update(ask: Ask, pool: string, sent: Readonly<Record<string, unknown>>): Reply {
  return ask('PUT', `pools/${pool}`, { pool: sent })
}
