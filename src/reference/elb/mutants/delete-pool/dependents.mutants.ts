/** Faults of deleting a pool that other objects still use. */

import {
  deciding,
  performing,
  together,
  without,
  type Change,
  type Mutant,
} from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { deletePool } from '../../delete-pool.ts'
import {
  withState,
  alsoBefore,
  deletePolicy,
  passes,
  refusesBut,
  updatePolicy,
} from '../../changes.ts'
import { removeMember } from '../../remove-member.ts'
import { healthMonitorOf, membersOf, policiesTo, type ElbStore } from '../../store.ts'

const members = 'elb/delete-pool/members-first'
const monitor = 'elb/delete-pool/health-monitor-first'
const policies = 'elb/delete-pool/forwarding-policies-first'

/** Which of the three kinds of dependents the pool of the call has. */
function dependentsOf({ parameters: { pool_id = '' } }: Call, store: ElbStore): string {
  const found = {
    members: membersOf(store, pool_id).length > 0,
    monitor: healthMonitorOf(store, pool_id) !== undefined,
    policies: policiesTo(store, pool_id).length > 0,
  }
  const kinds = Object.entries(found).filter(([, isThere]) => isThere)
  return kinds.map(([kind]) => kind).join(' ')
}

function removeMembers({ parameters: { pool_id = '' } }: Call, store: ElbStore): void {
  for (const { id } of membersOf(store, pool_id)) store.members.delete(id)
}

function removeMonitor({ parameters: { pool_id = '' } }: Call, store: ElbStore): void {
  store.healthMonitors.delete(healthMonitorOf(store, pool_id)?.id ?? '')
}

function unlink({ parameters: { pool_id = '' } }: Call, store: ElbStore): void {
  for (const policy of policiesTo(store, pool_id)) policy.redirect_pool_id = null
}

/** Deletes the dependents of the pool with it. */
const cascade: Change<ElbStore> = alsoBefore(deletePool, (call, store) => {
  removeMembers(call, store)
  removeMonitor(call, store)
  unlink(call, store)
})

/** Refuses, except when exactly these kinds come together. */
function overlooks(kinds: string): Change<ElbStore> {
  const overlooked = (call: Call, store: ElbStore): boolean => dependentsOf(call, store) === kinds
  const rules = [members, monitor, policies].map((keeps) => passes(keeps, overlooked))
  return together(...rules, cascade)
}

/** Assumes, once one dependent was removed, that all of them were. */
function forgetsTheRest(
  on: readonly string[],
  keeps: string,
  poolIn: (call: Call, store: ElbStore) => string | null | undefined,
): Change<ElbStore> {
  return withState(() => {
    const cleared = new Set<string | null | undefined>()
    return together(
      performing(on, (call, store, original) => {
        cleared.add(poolIn(call, store))
        return original(call)
      }),
      passes(keeps, ({ parameters }) => cleared.has(parameters['pool_id'])),
      cascade,
    )
  })
}

function policyTarget({ parameters }: Call, store: ElbStore): string | null | undefined {
  return store.policies.get(parameters['l7policy_id'] ?? '')?.redirect_pool_id
}

export const dependentMutants: readonly Mutant<ElbStore>[] = [
  {
    id: 'disabled-monitors-do-not-count',
    breaks: 'elb/delete-pool/health-monitor-first.disabled',
    story: 'The question is whether a check is running, and a disabled one is not.',
    mutate: together(
      passes(monitor, ({ parameters: { pool_id = '' } }, store) => {
        return healthMonitorOf(store, pool_id)?.admin_state_up === false
      }),
      alsoBefore(deletePool, removeMonitor),
    ),
  },
  {
    id: 'cascades-to-members',
    breaks: members,
    story: 'Relies on a cascading foreign key, so nothing ever refuses.',
    mutate: together(without(members), alsoBefore(deletePool, removeMembers)),
  },
  {
    id: 'refuses-but-deletes',
    breaks: members,
    story: 'Answers 409, but the row went before the members were counted.',
    mutate: refusesBut(members, ({ parameters }, { pools }) => {
      pools.delete(parameters['pool_id'] ?? '')
    }),
  },
  {
    id: 'refuses-but-removes-members',
    breaks: members,
    story: 'Members are removed first, and the count that refuses is older.',
    mutate: refusesBut(members, removeMembers),
  },
  {
    id: 'one-removal-clears-all',
    breaks: 'elb/delete-pool/every-member-first',
    story: 'A flag says whether there are members, and any removal lowers it.',
    mutate: forgetsTheRest([removeMember], members, ({ parameters }) => parameters['pool_id']),
  },
  {
    id: 'cascades-to-health-monitor',
    breaks: monitor,
    story: 'The health monitor is thought of as a part of the pool.',
    mutate: together(without(monitor), alsoBefore(deletePool, removeMonitor)),
  },
  {
    id: 'refuses-but-removes-health-monitor',
    breaks: monitor,
    story: 'The health check is stopped before the refusal, and not started again.',
    mutate: refusesBut(monitor, removeMonitor),
  },
  {
    id: 'rewrites-policies',
    breaks: policies,
    story: 'As upstream: a policy whose pool goes is silently unlinked.',
    mutate: together(without(policies), alsoBefore(deletePool, unlink)),
  },
  {
    id: 'refuses-but-unlinks',
    breaks: policies,
    story: 'Unlinks first, in a separate transaction.',
    mutate: refusesBut(policies, unlink),
  },
  {
    id: 'one-unlinking-clears-all',
    breaks: 'elb/delete-pool/every-forwarding-policy-first',
    story: 'The pool stores one policy, and drops it with the first that is removed.',
    mutate: forgetsTheRest([updatePolicy, deletePolicy], policies, policyTarget),
  },
  {
    id: 'overlooks-members-with-health-monitor',
    breaks: 'elb/delete-pool/members-and-health-monitor-first',
    story: 'Members xor health monitor, where `or` was meant.',
    mutate: overlooks('members monitor'),
  },
  {
    id: 'overlooks-members-with-policies',
    breaks: 'elb/delete-pool/members-and-forwarding-policies-first',
    story:
      'Members are looked at only where no policy is, in an `else` that should have been an `if`.',
    mutate: overlooks('members policies'),
  },
  {
    id: 'overlooks-health-monitor-with-policies',
    breaks: 'elb/delete-pool/health-monitor-and-forwarding-policies-first',
    story: 'One join over both tables, with a condition that both rows fail together.',
    mutate: overlooks('monitor policies'),
  },
  {
    id: 'overlooks-all-three',
    breaks: 'elb/delete-pool/all-three-first',
    story: 'Reasons are bits of a mask, and three of them overflow it.',
    mutate: overlooks('members monitor policies'),
  },
  {
    id: 'refuses-all-three-but-removes-health-monitor',
    breaks: 'elb/delete-pool/all-three-first',
    story: 'Dependents are removed from the last to the first, until one refuses.',
    mutate: deciding(members, (call, store, refusal) => {
      if (refusal && dependentsOf(call, store) === 'members monitor policies')
        removeMonitor(call, store)
      return refusal
    }),
  },
]
