/** Forwarding policies: set-up operations. @see Adding a Forwarding Policy */

import type { Call, Effect, Refusal, Rule } from '../rule.ts'
import { collectionEffects } from './collection-effects.ts'
import { exists } from './existence.ts'
import { booleanOr, given, isObject, numberOr, picked, textOr, type Given } from './body.ts'
import {
  adminStateField,
  bodyRule,
  descriptionField,
  nameField,
  tenantField,
  type Field,
} from './fields.ts'
import { queryRule } from './list.ts'
import { presentPolicy } from './present.ts'
import { badRequest, inUse, notFound } from './refusals.ts'
import { complaintAboutRule, newPolicyRule } from './policy-rules.ts'
import { existing, own, policiesTo, matching, type ElbStore } from './store.ts'
import type { Listener, NewId, Policy } from './store.ts'

const all = '/v2.0/lbaas/l7policies'
const one = `${all}/:l7policy_id`

const changeable: readonly Field[] = [
  nameField,
  descriptionField,
  adminStateField,
  { name: 'redirect_pool_id', kind: 'string', nullable: true },
  { name: 'redirect_listener_id', kind: 'string', nullable: true },
]

const creatable: readonly Field[] = [
  ...changeable,
  tenantField,
  { name: 'listener_id', kind: 'string', mandatory: true },
  {
    name: 'action',
    kind: 'string',
    mandatory: true,
    values: ['REDIRECT_TO_POOL', 'REDIRECT_TO_LISTENER'],
  },
  { name: 'redirect_url', kind: 'string', nullable: true, maximumLength: 255 },
  { name: 'position', kind: 'integer', range: [1, 100] },
  { name: 'rules', kind: 'array' },
]

const filters = [
  'id tenant_id name description admin_state_up listener_id action redirect_pool_id',
  'redirect_listener_id redirect_url position provisioning_status',
].flatMap((names) => names.split(' '))

export const policyRules: readonly Rule<ElbStore>[] = [
  exists('elb/set-up/policy-exists', [`GET ${one}`, `PUT ${one}`, `DELETE ${one}`], 'policy'),
  queryRule(`GET ${all}`, filters),
  bodyRule(`POST ${all}`, 'l7policy', creatable),
  bodyRule(`PUT ${one}`, 'l7policy', changeable),
  {
    keeps: 'elb/set-up/policy-listener-exists',
    on: `POST ${all}`,
    refuse(call, { listeners }) {
      const id = textOr(given(call, 'l7policy')['listener_id'], '')
      const listener = own(listeners, id, call.project)
      if (!listener) return notFound('listener', id)
      if (['HTTP', 'TERMINATED_HTTPS'].includes(listener.protocol)) return undefined
      return badRequest(`A ${listener.protocol} listener cannot have forwarding policies.`)
    },
  },
  {
    keeps: 'elb/set-up/policy-target-given',
    on: `POST ${all}`,
    refuse(call) {
      const { action, redirect_pool_id, redirect_listener_id } = given(call, 'l7policy')
      const toPool = action === 'REDIRECT_TO_POOL'
      const wanted = toPool ? redirect_pool_id : redirect_listener_id
      const unwanted = toPool ? redirect_listener_id : redirect_pool_id
      if (typeof wanted === 'string' && typeof unwanted !== 'string') return undefined
      return badRequest(`Exactly the target of ${textOr(action, 'this action')} must be specified.`)
    },
  },
  { keeps: 'elb/set-up/policy-pool', on: [`POST ${all}`, `PUT ${one}`], refuse: refusePool },
  { keeps: 'elb/set-up/policy-listener', on: [`POST ${all}`, `PUT ${one}`], refuse: refuseTarget },
  { keeps: 'elb/set-up/policy-rules', on: `POST ${all}`, refuse: refuseRules },
]

/** The listener that the policy has, or is to have. */
function listenerOf(call: Call, { listeners, policies }: ElbStore): Listener {
  const stored = policies.get(call.parameters['l7policy_id'] ?? '')?.listener_id
  return existing(listeners, stored ?? textOr(given(call, 'l7policy')['listener_id'], ''))
}

function actionOf(call: Call, { policies }: ElbStore): unknown {
  const stored = policies.get(call.parameters['l7policy_id'] ?? '')?.action
  return stored ?? given(call, 'l7policy')['action']
}

/** @see Updating a Forwarding Policy, Table 3, row `redirect_pool_id`; null unlinks the pool */
function refusePool(call: Call, store: ElbStore): Refusal | undefined {
  const id = given(call, 'l7policy')['redirect_pool_id']
  if (typeof id !== 'string') return undefined
  if (actionOf(call, store) !== 'REDIRECT_TO_POOL') return badRequest('The action names no pool.')
  const listener = listenerOf(call, store)
  const pool = own(store.pools, id, call.project)
  if (pool?.loadbalancer_id !== listener.loadbalancer_id) return notFound('pool', id)
  if (pool.protocol !== 'HTTP') return inUse(`A policy cannot lead to a ${pool.protocol} pool.`)
  if (listener.default_pool_id === id) return inUse(`Pool ${id} is the listener's default pool.`)
  const rival = policiesTo(store, id).find(({ listener_id }) => listener_id !== listener.id)
  return rival && inUse(`Pool ${id} is used by policy ${rival.id} of another listener.`)
}

/** @see Updating a Forwarding Policy, Table 3, row `redirect_listener_id` */
function refuseTarget(call: Call, store: ElbStore): Refusal | undefined {
  const id = given(call, 'l7policy')['redirect_listener_id']
  if (typeof id !== 'string') return undefined
  if (actionOf(call, store) === 'REDIRECT_TO_POOL')
    return badRequest('The action names no listener.')
  const target = own(store.listeners, id, call.project)
  if (target?.loadbalancer_id !== listenerOf(call, store).loadbalancer_id) {
    return notFound('listener', id)
  }
  if (target.protocol === 'TERMINATED_HTTPS') return undefined
  return badRequest('Requests can be redirected to HTTPS listeners only.')
}

function refuseRules(call: Call): Refusal | undefined {
  const rules = rulesIn(given(call, 'l7policy'))
  const types = rules.map((rule) => (isObject(rule) ? rule['type'] : undefined))
  if (new Set(types).size < types.length) return badRequest('Two rules have the same type.')
  const complaint = rules.map(complaintAboutRule).find((found) => found !== undefined)
  return complaint === undefined ? undefined : badRequest(complaint)
}

function rulesIn(sent: Given): readonly unknown[] {
  return Array.isArray(sent['rules']) ? sent['rules'] : []
}

export function policyEffects(newId: NewId): readonly Effect<ElbStore>[] {
  return collectionEffects({
    all,
    one,
    parameter: 'l7policy_id',
    wrappers: ['l7policy', 'l7policies'],
    objects: ({ policies }) => policies,
    create: (call, store) => create(call, store, newId),
    update,
    remove,
    present: presentPolicy,
  })
}

function create(call: Call, store: ElbStore, newId: NewId): Policy {
  const sent = given(call, 'l7policy')
  const created: Policy = {
    id: newId(),
    tenant_id: call.project ?? '',
    name: textOr(sent['name'], ''),
    description: textOr(sent['description'], ''),
    admin_state_up: booleanOr(sent['admin_state_up'], true),
    listener_id: textOr(sent['listener_id'], ''),
    action: textOr(sent['action'], ''),
    redirect_pool_id: textOr(sent['redirect_pool_id'], null),
    redirect_listener_id: textOr(sent['redirect_listener_id'], null),
    position: numberOr(sent['position'], 100),
  }
  store.policies.set(created.id, created)
  for (const rule of rulesIn(sent)) {
    const made = newPolicyRule(isObject(rule) ? rule : {}, created, newId())
    store.policyRules.set(made.id, made)
  }
  return created
}

function update(policy: Policy, call: Call): void {
  const names = changeable.map(({ name }) => name)
  Object.assign(policy, picked(given(call, 'l7policy'), names))
}

/** The rules of a policy are removed with it. */
function remove(policy: Policy, { policies, policyRules }: ElbStore): void {
  const children = matching(policyRules, (rule) => rule.l7policy_id === policy.id)
  for (const { id } of children) policyRules.delete(id)
  policies.delete(policy.id)
}
