/** Deletions that are refused, but have an effect. */

import {
  tooLateId,
  refusalsWithEffects,
  tooLateStory,
  type RefusalWithEffect,
} from '../../../refusals-with-effects.ts'
import { deciding, refusing, together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { given } from '../../body.ts'
import { deletePool } from '../../delete-pool.ts'
import { alsoBefore, isCall, updatePolicy, withState } from '../../changes.ts'
import {
  isForeign,
  isMalformed,
  isWellFormed,
  noted,
  refusesSecondDeletion,
  refusesUnrouted,
} from '../../refusals-with-effects.ts'
import { badRequest } from '../../refusals.ts'
import { healthMonitorOf, membersOf, policiesTo, type ElbStore } from '../../store.ts'

type Late = RefusalWithEffect<ElbStore>
type When = NonNullable<Late['when']>

const own = (name: string): string => `elb/delete-pool/${name}`
const unknown = own('unknown-pool')

const idOf = ({ parameters }: Call): string => parameters['pool_id'] ?? ''
const members: When = (call, store) => membersOf(store, idOf(call)).length > 0
const policies: When = (call, store) => policiesTo(store, idOf(call)).length > 0
const monitor: When = (call, store) => healthMonitorOf(store, idOf(call)) !== undefined
const disabledMonitor: When = (call, store) =>
  healthMonitorOf(store, idOf(call))?.admin_state_up === false

const all =
  (...conditions: readonly When[]): When =>
  (call, store) =>
    conditions.every((holds) => holds(call, store))

const late: readonly Late[] = [
  { breaks: unknown, when: isWellFormed },
  { breaks: own('malformed-pool'), keeps: unknown, when: isMalformed },
  { breaks: own('other-project'), keeps: unknown, when: isForeign },
  {
    breaks: own('credentials-required'),
    keeps: 'elb/set-up/token-required',
    when: (call) => isCall(deletePool, call),
  },
  {
    breaks: own('every-member-first'),
    keeps: own('members-first'),
    when: (call, store) => membersOf(store, idOf(call)).length === 1,
  },
  {
    breaks: own('health-monitor-first.disabled'),
    keeps: own('health-monitor-first'),
    when: disabledMonitor,
  },
  {
    breaks: own('every-forwarding-policy-first'),
    keeps: own('forwarding-policies-first'),
    when: (call, store) => policiesTo(store, idOf(call)).length === 1,
  },
  {
    breaks: own('members-and-health-monitor-first'),
    keeps: own('members-first'),
    when: all(members, monitor),
  },
  {
    breaks: own('members-and-forwarding-policies-first'),
    keeps: own('members-first'),
    when: all(members, policies),
  },
  {
    breaks: own('health-monitor-and-forwarding-policies-first'),
    keeps: own('health-monitor-first'),
    when: all(monitor, policies),
  },
]

const notAllowed = {
  status: 405,
  body: { NeutronError: { type: 'MethodNotAllowed', message: 'No such method here.' } },
}

const unlinking: Mutant<ElbStore> = {
  id: tooLateId(own('unlink-by-null')),
  breaks: own('unlink-by-null'),
  story: tooLateStory,
  mutate: refusing<ElbStore>(updatePolicy, (call, store) => {
    if (given(call, 'l7policy')['redirect_pool_id'] !== null) return undefined
    noted(call, store)
    return badRequest('redirect_pool_id cannot be null.')
  }),
}

/** Refused because of a policy that an update has led to the pool. */
const redirected: Mutant<ElbStore> = {
  id: tooLateId(own('redirected-forwarding-policy-first')),
  breaks: own('redirected-forwarding-policy-first'),
  story: tooLateStory,
  mutate: withState(() => {
    const moved = new Set<unknown>()
    return together(
      alsoBefore(updatePolicy, (call) => {
        moved.add(given(call, 'l7policy')['redirect_pool_id'])
      }),
      deciding<ElbStore>(own('forwarding-policies-first'), (call, store, refusal) => {
        if (refusal && moved.has(idOf(call))) noted(call, store)
        return refusal
      }),
    )
  }),
}

export const deletePoolRefusalsWithEffects: readonly Mutant<ElbStore>[] = [
  ...refusalsWithEffects(late, noted),
  refusesUnrouted(own('pool-id-required'), 'DELETE /v2.0/lbaas/pools', notAllowed),
  refusesUnrouted(own('only-by-delete'), 'PATCH /v2.0/lbaas/pools/:pool_id', notAllowed),
  refusesSecondDeletion(own('repeated'), deletePool, unknown, idOf),
  unlinking,
  redirected,
]
