/** The reference server of the `elb` dialect: LBaaS v2 at `/v2.0/lbaas`, in memory. */

import { randomUUID } from 'node:crypto'

import { carryingTraffic, loopbackAddress, type MakeDataPlane } from '../data-plane/carrier.ts'
import type { Change } from '../mutant.ts'
import { firstRefusal, type Answer, type Behaviour, type Call, type Refusal } from '../rule.ts'
import type { RawRequest, RawResponse, Reference } from '../server.ts'
import { elbBehaviourWith } from './behaviour.ts'
import { spelled, type ErrorShape } from './error-shapes.ts'
import { elbFrontends } from './frontends.ts'
import { referenceProjects } from './given.ts'
import { claimedProject, giveToken } from './identity.ts'
import { routerOf, type Router } from './routes.ts'
import { pin, purge } from './status.ts'
import { emptyStore, type ElbStore, type NewId } from './store.ts'

export interface ElbReferenceOptions {
  /** How long a load balancer is busy after each write; 0, the default, for a synchronous server. */
  readonly asynchronousMilliseconds?: number
  /** A mutant's or a variant's change. */
  readonly change?: Change<ElbStore>
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  readonly newId?: NewId
  /** The part of every path before `/v2.0/lbaas`, such as `/elb`. */
  readonly prefix?: string
  readonly errorShape?: ErrorShape
  /** How long a token issued for a password is valid; a day by default. */
  readonly tokenMilliseconds?: number
  /** Carries traffic to backend servers on loopback; without it, none is carried. */
  readonly traffic?: MakeDataPlane
}

export { referenceProjects }

/** The parts of a reference, with every default filled in. */
interface Parts {
  readonly store: ElbStore
  readonly behaviour: Behaviour<ElbStore>
  readonly route: Router
  readonly now: () => number
  readonly newId: NewId
  readonly prefix: string
  readonly errorShape: ErrorShape
}

/** A fresh server, with nothing in it. */
export function elbReference(options: ElbReferenceOptions = {}): Reference {
  const parts = partsOf(options)
  const { store, now, behaviour } = parts
  const reference: Reference = {
    handle: (request) => handle(parts, request),
    setProvisioningStatus: (loadBalancerId, status) => pin(store, loadBalancerId, status),
    inventory: () => inventory(store, now()),
  }
  return carryingTraffic(reference, options.traffic, behaviour.traffic, () => elbFrontends(store))
}

function partsOf(options: ElbReferenceOptions): Parts {
  const newId = options.newId ?? randomUUID
  const original = elbBehaviourWith(newId)
  const behaviour = options.change?.(original) ?? original
  return {
    store: {
      ...emptyStore(options.asynchronousMilliseconds, options.tokenMilliseconds),
      ...(options.traffic ? { newAddress: () => loopbackAddress() } : {}),
    },
    behaviour,
    route: routerOf(behaviour.effects.map(({ on }) => on)),
    now: options.now ?? Date.now,
    newId,
    prefix: options.prefix ?? '',
    errorShape: options.errorShape ?? 'neutron',
  }
}

function handle(parts: Parts, request: RawRequest): RawResponse {
  const { store, behaviour, newId, errorShape } = parts
  const call = read(parts, request)
  purge(store, call.now)
  const requestId = `req-${newId()}`
  if (call.method === 'POST' && call.path === '/v3/auth/tokens') {
    return respond(giveToken(call, store), requestId)
  }
  const route = parts.route(call.method, call.path)
  if ('allowed' in route) return respond(unrouted(route.allowed, errorShape, requestId), requestId)
  const routed = { ...call, parameters: route.parameters }
  const refusal = firstRefusal(behaviour, route.key, routed, store)
  const answer = refusal
    ? refused(refusal, errorShape, requestId)
    : perform(behaviour, route.key, routed, store)
  return respond(answer, requestId)
}

function perform(behaviour: Behaviour<ElbStore>, key: string, call: Call, store: ElbStore): Answer {
  const effect = behaviour.effects.find(({ on }) => on === key)
  if (!effect) throw new Error(`No effect is on ${key}, although it was routed.`)
  return effect.perform(call, store)
}

function read({ prefix, now, store }: Parts, request: RawRequest): Call {
  const { method, url, headers, body } = request
  const [whole = '', query = ''] = url.split('?', 2)
  return {
    method,
    path: whole.startsWith(prefix) ? whole.slice(prefix.length) : '',
    parameters: {},
    query: [...new URLSearchParams(query)],
    headers: { ...headers, 'x-forwarded-prefix': prefix },
    text: body,
    body: json(body),
    project: claimedProject(headers, store),
    now: now(),
  }
}

function json(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** @see HTTP Status Codes for Enhanced Load Balancers, Table 2, row 404; 405 by RFC 9110, 15.5.6 */
function unrouted(allowed: readonly string[], shape: ErrorShape, requestId: string): Answer {
  if (allowed.length === 0) {
    return refused({ status: 404, code: 'NotFound', message: 'No such path.' }, shape, requestId)
  }
  const refusal = { status: 405, code: 'MethodNotAllowed', message: 'No such method here.' }
  return { ...refused(refusal, shape, requestId), headers: { Allow: allowed.join(', ') } }
}

function refused(refusal: Refusal, shape: ErrorShape, requestId: string): Answer {
  return { status: refusal.status, body: spelled(shape, refusal, requestId) }
}

function respond({ status, body, headers }: Answer, requestId: string): RawResponse {
  const all = { ...headers, 'X-Request-Id': requestId }
  if (body === undefined) return { status, headers: all, body: '' }
  const text = JSON.stringify(body)
  return { status, headers: { 'Content-Type': 'application/json', ...all }, body: text }
}

/** A load balancer that is being deleted is not counted. */
function inventory(store: ElbStore, now: number): Readonly<Record<string, number>> {
  purge(store, now)
  const staying = [...store.loadBalancers.values()].filter(
    ({ pending }) => pending?.status !== 'PENDING_DELETE',
  )
  return {
    loadBalancers: staying.length,
    listeners: store.listeners.size,
    pools: store.pools.size,
    members: store.members.size,
    healthMonitors: store.healthMonitors.size,
    policies: store.policies.size,
    policyRules: store.policyRules.size,
  }
}
