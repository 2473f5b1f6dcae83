/** The whole `elb` server as data: every rule, in order, and one effect for each call. */

import { randomUUID } from 'node:crypto'

import { ofEachOperation } from '../../documents/operation-files.ts'
import type { Behaviour, Effect, OperationBehaviour, Rule } from '../rule.ts'
import { healthMonitorEffects, healthMonitorRules } from './health-monitors.ts'
import { identityRules } from './identity.ts'
import { listenerEffects, listenerRules } from './listeners.ts'
import { loadBalancerEffects, loadBalancerRules } from './load-balancers.ts'
import { memberEffects, memberRules } from './members.ts'
import { policyEffects, policyRules } from './policies.ts'
import { policyRuleEffects, policyRuleRules } from './policy-rules.ts'
import { poolEffects, poolRules } from './pools.ts'
import { badRequest } from './refusals.ts'
import { oneWriteAtATime, settling } from './status.ts'
import type { ElbStore, NewId } from './store.ts'

/** The operations under test. */
const operations = await ofEachOperation<OperationBehaviour<ElbStore>>(
  import.meta.url,
  './{operation}',
  'elb',
)

/** Rules for every call, checked before all others: credentials, and whether the body is JSON. */
const rulesForEveryCall: readonly Rule<ElbStore>[] = [
  ...identityRules,
  {
    keeps: 'elb/set-up/json-required',
    on: '*',
    refuse({ method, text, body }) {
      const unread = (method === 'POST' || method === 'PUT') && text !== '' && body === undefined
      return unread ? badRequest('The body is not JSON.') : undefined
    },
  },
]

/** Lasting reasons to refuse come before the temporary one, a busy load balancer. */
const rules: readonly Rule<ElbStore>[] = [
  ...operations.flatMap((operation) => operation.rules),
  ...loadBalancerRules,
  ...listenerRules,
  ...poolRules,
  ...memberRules,
  ...healthMonitorRules,
  ...policyRules,
  ...policyRuleRules,
]

/** The server that takes new ids from this function. */
export function elbBehaviourWith(newId: NewId): Behaviour<ElbStore> {
  const effects: readonly Effect<ElbStore>[] = [
    ...operations.flatMap(({ effect }) => effect ?? []),
    ...loadBalancerEffects(newId),
    ...listenerEffects(newId),
    ...poolEffects(newId),
    ...memberEffects(newId),
    ...healthMonitorEffects(newId),
    ...policyEffects(newId),
    ...policyRuleEffects(newId),
  ]
  const writes = effects.map(({ on }) => on).filter((on) => !on.startsWith('GET '))
  const deciding = operations.filter(({ decidesWhenBusy }) => decidesWhenBusy)
  const own = deciding.map(({ effect }) => effect?.on)
  const others = writes.filter((on) => !own.includes(on))
  return {
    rules: [...rulesForEveryCall, ...rules, oneWriteAtATime(others)],
    effects: effects.map((effect) => settling(writes, effect)),
  }
}

export const elbBehaviour: Behaviour<ElbStore> = elbBehaviourWith(randomUUID)
