/**
 * What a reference server is made of: rules that refuse, in order, and effects that act.
 *
 * Both are data, so that a mutant or a variant is a small change of a list.
 */

import type { TrafficRules } from './data-plane/rules.ts'

/** One request as the rules see it: routed, parsed, and attributed to a project or account. */
export interface Call {
  readonly method: string
  /** Below the prefix: `/v2.0/lbaas/pools/…`. */
  readonly path: string
  /** What the route captured (`pool_id`), or the parameters of an RPC call (`LoadBalancerId`). */
  readonly parameters: Readonly<Record<string, string>>
  /** The query string, decoded, in order. */
  readonly query: readonly (readonly [name: string, value: string])[]
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The body as text, and as JSON where it is JSON. */
  readonly text: string
  readonly body: unknown
  /** The project or account of its credentials; `undefined` without valid ones. */
  readonly project: string | undefined
  /** Milliseconds since the epoch, by the server's clock. */
  readonly now: number
}

/** The answer before it is written as JSON or XML. */
export interface Answer {
  readonly status: number
  /** `undefined` for no body at all. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Why a rule refuses. `code` is the vendor's word for it (`EntityInUse`, `TooManyBackendServers`). */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

/** One reason to refuse, and the requirement that is kept by it. */
export interface Rule<Store> {
  /** The id of the requirement. */
  readonly keeps: string
  /** `DELETE /v2.0/lbaas/pools/:pool_id` for `elb`, the action for `slb`; `*` for every call. */
  readonly on: string | readonly string[]
  refuse(call: Call, store: Store): Refusal | undefined
}

/** What a call does once no rule has refused it. */
export interface Effect<Store> {
  readonly on: string
  perform(call: Call, store: Store): Answer
}

/** A whole server: the rules, in order, and one effect for each call it knows. */
export interface Behaviour<Store> {
  readonly rules: readonly Rule<Store>[]
  readonly effects: readonly Effect<Store>[]
  /** How its data plane decides; as the pages say where absent. */
  readonly traffic?: TrafficRules
}

/** What belongs to one operation of the list: its rules, in order, and what it does. */
export interface OperationBehaviour<Store> {
  readonly rules: readonly Rule<Store>[]
  /** Left out where the set-up calls have it already; otherwise it is used instead of theirs. */
  readonly effect?: Effect<Store>
  /** Its own rules say what happens while the load balancer is not ACTIVE. */
  readonly decidesWhenBusy?: true
}

/** Whether a rule or effect applies to a call. */
export function concerns(on: string | readonly string[], key: string): boolean {
  return typeof on === 'string' ? on === '*' || on === key : on.includes(key)
}

/** The first refusal that the rules of a call give, in their order. */
export function firstRefusal<Store>(
  behaviour: Behaviour<Store>,
  key: string,
  call: Call,
  store: Store,
): Refusal | undefined {
  for (const rule of rulesOf(behaviour, key)) {
    const refusal = rule.refuse(call, store)
    if (refusal) return refusal
  }
  return undefined
}

/** Which rules concern a call does not change: found once for each behaviour and key. */
const found = new WeakMap<object, Map<string, readonly Rule<never>[]>>()

function rulesOf<Store>(behaviour: Behaviour<Store>, key: string): readonly Rule<Store>[] {
  const known = found.get(behaviour) ?? new Map<string, readonly Rule<never>[]>()
  found.set(behaviour, known)
  const rules = (known.get(key) as readonly Rule<Store>[] | undefined) ?? []
  if (known.has(key)) return rules
  const concerned = behaviour.rules.filter((rule) => concerns(rule.on, key))
  known.set(key, concerned)
  return concerned
}
