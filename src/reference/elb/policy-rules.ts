/** The rules of forwarding policies: set-up operations. @see Adding a Forwarding Rule */

import type { Call, Effect, Rule } from '../rule.ts'
import { collectionEffects } from './collection-effects.ts'
import { exists } from './existence.ts'
import { booleanOr, given, isObject, picked, textOr, type Given } from './body.ts'
import { adminStateField, bodyRule, complaint, tenantField, type Field } from './fields.ts'
import { queryRule } from './list.ts'
import { presentPolicyRule } from './present.ts'
import { badRequest, inUse, notFound } from './refusals.ts'
import { existing, matching, type ElbStore, type NewId, type PolicyRule } from './store.ts'

const all = '/v2.0/lbaas/l7policies/:l7policy_id/rules'
const one = `${all}/:l7rule_id`

const value: Field = { name: 'value', kind: 'string', maximumLength: 128, pattern: /^\S+$/ }

const compareType: Field = {
  name: 'compare_type',
  kind: 'string',
  values: ['EQUAL_TO', 'REGEX', 'STARTS_WITH'],
}

const optional: readonly Field[] = [
  adminStateField,
  { name: 'invert', kind: 'boolean' },
  { name: 'key', kind: 'string', nullable: true, maximumLength: 255 },
]

const changeable = [...optional, compareType, value]

const creatable: readonly Field[] = [
  ...optional,
  tenantField,
  { name: 'type', kind: 'string', mandatory: true, values: ['HOST_NAME', 'PATH'] },
  { ...compareType, mandatory: true },
  { ...value, mandatory: true },
]

const filters = 'id tenant_id admin_state_up type compare_type invert key value'.split(' ')

/** The fault of a rule that is sent with its policy. */
export function complaintAboutRule(sent: unknown): string | undefined {
  return isObject(sent) ? complaint(creatable, sent) : 'A rule is not an object.'
}

function ofPolicy({ policyRules }: ElbStore, policyId: string | undefined): readonly PolicyRule[] {
  return matching(policyRules, ({ l7policy_id }) => l7policy_id === policyId)
}

export const policyRuleRules: readonly Rule<ElbStore>[] = [
  exists(
    'elb/set-up/policy-of-rule-exists',
    [`POST ${all}`, `GET ${all}`, `GET ${one}`, `PUT ${one}`, `DELETE ${one}`],
    'policy',
  ),
  {
    keeps: 'elb/set-up/policy-rule-exists',
    on: [`GET ${one}`, `PUT ${one}`, `DELETE ${one}`],
    refuse({ parameters: { l7policy_id, l7rule_id } }, store) {
      const siblings = ofPolicy(store, l7policy_id)
      return siblings.some(({ id }) => id === l7rule_id) ? undefined : notFound('rule', l7rule_id)
    },
  },
  queryRule(`GET ${all}`, filters),
  bodyRule(`POST ${all}`, 'rule', creatable),
  bodyRule(`PUT ${one}`, 'rule', changeable),
  {
    keeps: 'elb/set-up/policy-rule-unique',
    on: `POST ${all}`,
    refuse(call, store) {
      const { type } = given(call, 'rule')
      const siblings = ofPolicy(store, call.parameters['l7policy_id'])
      const twin = siblings.find((rule) => rule.type === type)
      return twin && inUse(`Rule ${twin.id} is already of type ${twin.type}.`)
    },
  },
  {
    keeps: 'elb/set-up/policy-rule-comparison',
    on: [`POST ${all}`, `PUT ${one}`],
    refuse(call, { policyRules }) {
      const { type, compare_type } = given(call, 'rule')
      const current = policyRules.get(call.parameters['l7rule_id'] ?? '')?.type ?? type
      if (current !== 'HOST_NAME' || compare_type === undefined || compare_type === 'EQUAL_TO') {
        return undefined
      }
      return badRequest('HOST_NAME can be compared with EQUAL_TO only.')
    },
  },
]

export function policyRuleEffects(newId: NewId): readonly Effect<ElbStore>[] {
  return collectionEffects({
    all,
    one,
    parameter: 'l7rule_id',
    wrappers: ['rule', 'rules'],
    objects: ({ policyRules }) => policyRules,
    isListed: ({ l7policy_id }, { parameters }) => l7policy_id === parameters['l7policy_id'],
    create: (call, store) => create(call, store, newId),
    update,
    present: presentPolicyRule,
  })
}

/** A new rule that belongs to the project of its policy. */
export function newPolicyRule(
  sent: Given,
  policy: { readonly id: string; readonly tenant_id: string },
  id: string,
): PolicyRule {
  return {
    id,
    tenant_id: policy.tenant_id,
    l7policy_id: policy.id,
    type: textOr(sent['type'], ''),
    compare_type: textOr(sent['compare_type'], ''),
    value: textOr(sent['value'], ''),
    invert: booleanOr(sent['invert'], false),
    key: textOr(sent['key'], null),
    admin_state_up: booleanOr(sent['admin_state_up'], true),
  }
}

function create(call: Call, { policies, policyRules }: ElbStore, newId: NewId): PolicyRule {
  const policy = existing(policies, call.parameters['l7policy_id'])
  const created = newPolicyRule(given(call, 'rule'), policy, newId())
  policyRules.set(created.id, created)
  return created
}

function update(rule: PolicyRule, call: Call): void {
  const names = changeable.map(({ name }) => name)
  Object.assign(rule, picked(given(call, 'rule'), names))
}
