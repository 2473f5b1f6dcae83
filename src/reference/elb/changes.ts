/** The ways in which the mutants and variants of this dialect change the server. */

import { deciding, performing, refusing, type Change } from '../mutant.ts'
import { firstRefusal, type Answer, type Call, type Refusal, type Rule } from '../rule.ts'
import { given, isObject, type Given } from './body.ts'
import { presentPool } from './present.ts'
import { badRequest } from './refusals.ts'
import { own, type ElbStore, type Pool } from './store.ts'
import { updatePool } from './update-pool.ts'

type ElbChange = Change<ElbStore>

export const showPool = 'GET /v2.0/lbaas/pools/:pool_id'
export const listPools = 'GET /v2.0/lbaas/pools'
export const createPool = 'POST /v2.0/lbaas/pools'
export const showLoadBalancer = 'GET /v2.0/lbaas/loadbalancers/:loadbalancer_id'
export const listLoadBalancers = 'GET /v2.0/lbaas/loadbalancers'
export const showStatusTree = 'GET /v2.0/lbaas/loadbalancers/:loadbalancer_id/statuses'
export const createMember = 'POST /v2.0/lbaas/pools/:pool_id/members'
export const updateMember = 'PUT /v2.0/lbaas/pools/:pool_id/members/:member_id'
export const listMembers = 'GET /v2.0/lbaas/pools/:pool_id/members'
export const showMember = 'GET /v2.0/lbaas/pools/:pool_id/members/:member_id'
export const deleteMonitor = 'DELETE /v2.0/lbaas/healthmonitors/:healthmonitor_id'
export const updatePolicy = 'PUT /v2.0/lbaas/l7policies/:l7policy_id'
export const deletePolicy = 'DELETE /v2.0/lbaas/l7policies/:l7policy_id'

/** A change with a state of its own, created anew for each server so that servers do not share it. */
export function withState(make: () => ElbChange): ElbChange {
  return (behaviour) => make()(behaviour)
}

/** Answers correctly, and then something more happens. */
export function alsoAfter(
  on: string,
  also: (call: Call, store: ElbStore, answer: Answer) => void,
): ElbChange {
  return performing(on, (call, store, original) => {
    const answer = original(call)
    also(call, store, answer)
    return answer
  })
}

/** Something more happens before it answers correctly. */
export function alsoBefore(on: string, also: (call: Call, store: ElbStore) => void): ElbChange {
  return performing(on, (call, store, original) => {
    also(call, store)
    return original(call)
  })
}

/** Answers a path or method that the pages do not describe. */
export function serving(on: string, perform: (call: Call, store: ElbStore) => Answer): ElbChange {
  return (behaviour) => ({ ...behaviour, effects: [...behaviour.effects, { on, perform }] })
}

/** Whether it is that call, by its method and by the parameters of its path. */
export function isCall(on: string, { method, parameters }: Call): boolean {
  const named = Array.from(on.matchAll(/:(\w+)/g), ([, name = '']) => name)
  return on.startsWith(`${method} `) && named.join() === Object.keys(parameters).join()
}

/** Reads a call as a different one, in the rules and in the effect. */
export function misreading(
  on: string,
  read: (call: Call, store: ElbStore) => Partial<Call>,
): ElbChange {
  const taken = (call: Call, store: ElbStore): Call =>
    isCall(on, call) ? { ...call, ...read(call, store) } : call
  return ({ rules, effects }) => ({
    rules: rules.map((rule) => ({
      ...rule,
      refuse: (call: Call, store: ElbStore) => rule.refuse(taken(call, store), store),
    })),
    effects: effects.map((effect) => ({
      ...effect,
      perform: (call: Call, store: ElbStore) => effect.perform(taken(call, store), store),
    })),
  })
}

/**
 * Lets callers without a valid token act as the owner of the pool.
 *
 * @param admitted - Whether this token is let in; the empty string for none.
 */
export function unguarded(on: string, admitted: (token: string) => boolean): ElbChange {
  return misreading(on, (call, store) => {
    const stranger = call.project === undefined && admitted(call.headers['x-auth-token'] ?? '')
    return { project: stranger ? poolOf(call, store)?.tenant_id : call.project }
  })
}

/** Lets every project act as the owner of the pool. */
export function unowned(on: string): ElbChange {
  return misreading(on, (call, store) => {
    const owner = poolOf(call, store)?.tenant_id
    return { project: call.project && (owner ?? call.project) }
  })
}

/** Answers the refusals of its own rules in another form. */
export function changingRefusals(on: string, change: (refusal: Refusal) => Answer): ElbChange {
  return ({ rules, effects }) => {
    const own = { rules: rules.filter((rule) => rule.on === on), effects }
    const others = { rules: rules.filter((rule) => rule.on !== on), effects }
    return performing<ElbStore>(on, (call, store, original) => {
      const refusal = firstRefusal(own, on, call, store)
      return refusal ? change(refusal) : original(call)
    })(others)
  }
}

/** Refuses correctly, but with an effect. */
export function refusesBut(keeps: string, also: (call: Call, store: ElbStore) => void): ElbChange {
  return deciding(keeps, (call, store, refusal) => {
    if (refusal) also(call, store)
    return refusal
  })
}

/** Does not refuse calls of that kind, even if the rule would. */
export function passes(keeps: string, ofKind: (call: Call, store: ElbStore) => boolean): ElbChange {
  return deciding(keeps, (call, store, refusal) => (ofKind(call, store) ? undefined : refusal))
}

/** Answers 500 where it should have refused. */
export function failsOn(keeps: string, ofKind: (call: Call) => boolean = () => true): ElbChange {
  return deciding(keeps, (call, _store, refusal) =>
    refusal && ofKind(call)
      ? { status: 500, code: 'InternalServerError', message: 'Request Failed: ' }
      : refusal,
  )
}

/** Refuses a call with one status wherever its rules have another. */
export function refusingWith(on: string, from: number, to: number): ElbChange {
  return (behaviour) => ({
    ...behaviour,
    rules: behaviour.rules.map((rule) => (rule.on === on ? restated(rule, from, to) : rule)),
  })
}

function restated(rule: Rule<ElbStore>, from: number, to: number): Rule<ElbStore> {
  return {
    ...rule,
    refuse(call, store) {
      const refusal = rule.refuse(call, store)
      return refusal?.status === from ? { ...refusal, status: to } : refusal
    },
  }
}

/** Answers with another status, and a body only if one is given. */
export function answering(on: string, status: number, body?: unknown): ElbChange {
  return performing(on, (call, _store, original) => {
    original(call)
    return body === undefined ? { status } : { status, body }
  })
}

/** Shows every object below the wrapper, single or in a list, in another form than it is stored. */
export function showing(
  on: readonly string[],
  wrapper: string,
  edit: (shown: Given, call: Call, store: ElbStore) => unknown,
): ElbChange {
  return performing(on, (call, store, original) => {
    const answer = original(call)
    const inner = isObject(answer.body) ? answer.body[wrapper] : undefined
    const edited = Array.isArray(inner)
      ? inner.map((item: Given) => edit(item, call, store))
      : isObject(inner) && edit(inner, call, store)
    return { ...answer, body: { ...(answer.body as Given), [wrapper]: edited } }
  })
}

/** An update that was performed: the pool as it is now and as it was, and what was sent. */
export interface Update {
  readonly pool: Pool
  readonly was: Pool
  readonly sent: Given
  readonly call: Call
  readonly store: ElbStore
}

/** Updates correctly and shows that, but stores something else. */
export function storesOtherwise(alter: (update: Update) => void): ElbChange {
  return updating((update, answer) => {
    alter(update)
    return answer
  })
}

/** Updates in another way, and shows the result. */
export function updatesOtherwise(alter: (update: Update) => void): ElbChange {
  return updating((update, answer) => {
    alter(update)
    const now = update.store.pools.get(update.pool.id)
    return now ? { ...answer, body: { pool: presentPool(now, update.store) } } : answer
  })
}

function updating(finish: (update: Update, answer: Answer) => Answer): ElbChange {
  return performing(updatePool, (call, store, original) => {
    const pool = store.pools.get(call.parameters['pool_id'] ?? '')
    if (!pool) return original(call)
    const was = structuredClone(pool)
    return finish({ pool, was, sent: given(call, 'pool'), call, store }, original(call))
  })
}

/** Refuses an update that the page allows. */
export function refusesUpdate(
  when: (sent: Given, pool: Pool, call: Call, store: ElbStore) => boolean,
  status = 400,
): ElbChange {
  return refusing(updatePool, (call, store) => {
    const pool = own(store.pools, call.parameters['pool_id'], call.project)
    if (!pool || !when(given(call, 'pool'), pool, call, store)) return undefined
    return { ...badRequest('This update is not possible.'), status }
  })
}

/** The `session_persistence` object of an update, if one was sent. */
export function stickinessIn(sent: Given): Given | undefined {
  const inner = sent['session_persistence']
  return isObject(inner) ? inner : undefined
}

/** The pool that the path names. */
export function poolOf({ parameters }: Call, { pools }: ElbStore): Pool | undefined {
  return pools.get(parameters['pool_id'] ?? '')
}
