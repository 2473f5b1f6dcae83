/** Faults of deleting a pool that depend on what happened to it before, or on how its dependents are counted. */

import { performing, refusing, together, type Change, type Mutant } from '../../../mutant.ts'
import { deletePool } from '../../delete-pool.ts'
import { updatePool } from '../../update-pool.ts'
import { given, isObject, type Given } from '../../body.ts'
import {
  withState,
  alsoAfter,
  alsoBefore,
  createMember,
  createPool,
  deleteMonitor,
  listPools,
  passes,
  poolOf,
  refusesBut,
  updatePolicy,
} from '../../changes.ts'
import { presentPool } from '../../present.ts'
import { inUse } from '../../refusals.ts'
import { listenersOf, membersOf, own, policiesTo, type ElbStore } from '../../store.ts'

type ElbMutant = Mutant<ElbStore>

const takeMembers: Change<ElbStore> = alsoBefore(deletePool, ({ parameters }, store) => {
  for (const { id } of membersOf(store, parameters['pool_id'] ?? '')) store.members.delete(id)
})

const unlinkRest: Change<ElbStore> = alsoBefore(deletePool, ({ parameters }, store) => {
  for (const policy of policiesTo(store, parameters['pool_id'] ?? ''))
    policy.redirect_pool_id = null
})

export const historyMutants: readonly ElbMutant[] = [
  {
    id: 'clears-every-listener-of-the-load-balancer',
    breaks: 'elb/delete-pool/default-pool-of-listener',
    story: 'Listeners are detached by the load balancer of the pool, which mostly has one.',
    mutate: alsoBefore(deletePool, (call, store) => {
      const pool = poolOf(call, store)
      if (!pool || listenersOf(store, pool.id).length === 0) return
      for (const listener of store.listeners.values()) {
        if (listener.loadbalancer_id === pool.loadbalancer_id) listener.default_pool_id = null
      }
    }),
  },
  {
    id: 'listeners-of-deleted-pools-take-no-other',
    breaks: 'elb/delete-pool/default-pool-of-listener',
    story: 'The constraint of one default pool counts rows that are marked as deleted.',
    mutate: withState(() => {
      const taken = new Set<unknown>()
      return together(
        alsoBefore(deletePool, ({ parameters: { pool_id = '' } }, store) => {
          for (const { id } of listenersOf(store, pool_id)) taken.add(id)
        }),
        refusing(createPool, (call) =>
          taken.has(given(call, 'pool')['listener_id'])
            ? inUse('The listener has a default pool.')
            : undefined,
        ),
      )
    }),
  },
  {
    id: 'second-monitors-leave-a-reference',
    breaks: 'elb/delete-pool/after-adding-again',
    story:
      'References to monitors are counted, and the deletion of a second one lowers another count.',
    mutate: withState(() => {
      const monitors = new Map<string, number>()
      return together(
        alsoBefore(deleteMonitor, ({ parameters }, { healthMonitors }) => {
          const { pool_id } = healthMonitors.get(parameters['healthmonitor_id'] ?? '') ?? {}
          if (pool_id !== undefined) monitors.set(pool_id, (monitors.get(pool_id) ?? 0) + 1)
        }),
        refusing(deletePool, ({ parameters: { pool_id = '' } }) =>
          (monitors.get(pool_id) ?? 0) > 1 ? inUse('The pool has a health monitor.') : undefined,
        ),
      )
    }),
  },
  {
    id: 'only-the-first-monitor-counts',
    breaks: 'elb/delete-pool/health-monitor-first.disabled',
    story: 'Whether there is a monitor is a flag of the creation; its deletion lowers it for good.',
    mutate: withState(() => {
      const freed = new Set<string>()
      return together(
        alsoBefore(deleteMonitor, ({ parameters }, { healthMonitors }) => {
          const monitor = healthMonitors.get(parameters['healthmonitor_id'] ?? '')
          if (monitor) freed.add(monitor.pool_id)
        }),
        passes('elb/delete-pool/health-monitor-first', ({ parameters }) =>
          freed.has(parameters['pool_id'] ?? ''),
        ),
      )
    }),
  },
  {
    id: 'policies-of-secure-listeners-do-not-count',
    breaks: 'elb/delete-pool/every-forwarding-policy-first',
    story: 'Policies are joined with the listeners of HTTP.',
    foundElsewhere: 'Which checks have a listener of TERMINATED_HTTPS is drawn.',
    mutate: together(
      passes('elb/delete-pool/forwarding-policies-first', ({ parameters }, store) =>
        policiesTo(store, parameters['pool_id'] ?? '').every(
          ({ listener_id: id }) => store.listeners.get(id)?.protocol === 'TERMINATED_HTTPS',
        ),
      ),
      unlinkRest,
    ),
  },
  {
    id: 'takes-the-pool-off-its-listener-before-the-monitor-is-seen',
    breaks: 'elb/delete-pool/health-monitor-first.default-pool',
    story: 'Listeners are detached first, and the health monitor is looked for afterwards.',
    mutate: refusesBut('elb/delete-pool/health-monitor-first', ({ parameters }, { listeners }) => {
      for (const listener of listeners.values()) {
        if (listener.default_pool_id === parameters['pool_id']) listener.default_pool_id = null
      }
    }),
  },
  {
    id: 'deletes-policies-that-were-unlinked',
    breaks: 'elb/delete-pool/unlink-by-null',
    story: 'A job cleans up policies that lead nowhere, and it is started by deletions.',
    mutate: alsoAfter(deletePool, (_call, { policies }, { status }) => {
      if (status >= 300) return
      for (const { id, redirect_pool_id: to } of policies.values()) {
        if (to === null) policies.delete(id)
      }
    }),
  },
  {
    id: 'takes-the-present-pool-off-former-listeners',
    breaks: 'elb/delete-pool/former-default-pool',
    story: 'Where a pool was attached is a log, and each listener in it is cleared.',
    mutate: withState(() => {
      const once = new Map<string, string>()
      return together(
        alsoAfter(createPool, (_call, { listeners }) => {
          for (const { id, default_pool_id: pool } of listeners.values()) {
            if (pool !== null) once.set(pool, id)
          }
        }),
        alsoAfter(deletePool, ({ parameters: { pool_id = '' } }, { listeners }) => {
          const listener = listeners.get(once.get(pool_id) ?? '')
          if (listener) listener.default_pool_id = null
        }),
      )
    }),
  },
  {
    id: 'lists-deleted-pools-unless-filtered',
    breaks: 'elb/delete-pool/gone-from-list',
    story: 'Filters are answered by the database, and the whole list by a cache that only grows.',
    mutate: withState(() => {
      const deleted = new Map<string, Given>()
      return together(
        alsoBefore(deletePool, (call, store) => {
          const pool = poolOf(call, store)
          if (pool) deleted.set(pool.id, presentPool(pool, store))
        }),
        performing(listPools, (call, _store, original) => {
          const answer = original(call)
          if (!isObject(answer.body) || call.query.length > 0) return answer
          const ghosts = [...deleted.values()].filter(({ tenant_id }) => tenant_id === call.project)
          const pools = answer.body['pools'] as readonly unknown[]
          return { ...answer, body: { ...answer.body, pools: [...pools, ...ghosts] } }
        }),
      )
    }),
  },
  {
    id: 'adds-up-weights',
    breaks: 'elb/delete-pool/every-member-first',
    story: 'Is anything in use? The sum of the weights is looked at, not the number of members.',
    mutate: together(
      passes('elb/delete-pool/members-first', ({ parameters }, store) =>
        membersOf(store, parameters['pool_id'] ?? '').every(({ weight }) => weight === 0),
      ),
      takeMembers,
    ),
  },
  {
    id: 'one-null-clears-all',
    breaks: 'elb/delete-pool/every-forwarding-policy-first',
    story: 'Use by policies is a flag that an update to null lowers, whichever policy it is of.',
    mutate: withState(() => {
      const freed = new Set<string>()
      return together(
        alsoBefore(updatePolicy, (call, store) => {
          const policy = own(store.policies, call.parameters['l7policy_id'], call.project)
          const isUnlinked = given(call, 'l7policy')['redirect_pool_id'] === null
          if (policy?.redirect_pool_id && isUnlinked) freed.add(policy.redirect_pool_id)
        }),
        passes('elb/delete-pool/forwarding-policies-first', ({ parameters }) =>
          freed.has(parameters['pool_id'] ?? ''),
        ),
        unlinkRest,
      )
    }),
  },
  {
    id: 'counts-added-again-twice',
    breaks: 'elb/delete-pool/after-adding-again',
    story: 'A counter of references rises twice when an address comes back, and falls once.',
    mutate: withState(() => {
      const seen = new Set<string>()
      const stuck = new Set<string>()
      return together(
        alsoAfter(createMember, (call, _store, { body }) => {
          const { address, protocol_port } = (body as { member: Given }).member
          const poolId = call.parameters['pool_id'] ?? ''
          const place = `${poolId} ${String(address)} ${String(protocol_port)}`
          if (seen.has(place)) stuck.add(poolId)
          seen.add(place)
        }),
        refusing(deletePool, (call, store) => {
          const pool = own(store.pools, call.parameters['pool_id'], call.project)
          return pool && stuck.has(pool.id) ? inUse('The pool has a member.') : undefined
        }),
      )
    }),
  },
  {
    id: 'policies-are-counted-when-created',
    breaks: 'elb/delete-pool/redirected-forwarding-policy-first',
    story:
      'Which policies lead to a pool is noted when they are created, and not when one is updated.',
    mutate: withState(() => {
      const moved = new Set<string>()
      return together(
        alsoBefore(updatePolicy, (call) => {
          const leadsTo = given(call, 'l7policy')['redirect_pool_id']
          if (typeof leadsTo === 'string') moved.add(call.parameters['l7policy_id'] ?? '')
        }),
        passes('elb/delete-pool/forwarding-policies-first', ({ parameters }, store) =>
          policiesTo(store, parameters['pool_id'] ?? '').every(({ id }) => moved.has(id)),
        ),
        unlinkRest,
      )
    }),
  },
  {
    id: 'rules-of-a-policy-hold-the-pool',
    breaks: 'elb/delete-pool/unlink-by-null',
    story: 'Rules name the pool as well, and the update of their policy does not reach them.',
    mutate: withState(() => {
      const held = new Map<string, string | null>()
      return together(
        alsoBefore(updatePolicy, ({ parameters }, { policies, policyRules }) => {
          const policy = policies.get(parameters['l7policy_id'] ?? '')
          const hasRules = [...policyRules.values()].some(
            ({ l7policy_id }) => l7policy_id === policy?.id,
          )
          if (policy && hasRules) held.set(policy.id, policy.redirect_pool_id)
        }),
        refusing(deletePool, ({ parameters }, { policies }) => {
          const holders = [...held].filter(
            ([policy, pool]) => pool === parameters['pool_id'] && policies.has(policy),
          )
          return holders.length > 0 ? inUse('A rule is using this pool.') : undefined
        }),
      )
    }),
  },
  {
    id: 'refused-deletions-mark-the-pool',
    takesLong: true,
    breaks: 'elb/delete-pool/usable-after-refusal',
    story: 'A pool is marked as being deleted before it is seen that it may not be.',
    mutate: withState(() => {
      const marked = new Set<string>()
      return together(
        refusing(deletePool, ({ parameters }) => void marked.add(parameters['pool_id'] ?? '')),
        refusing(updatePool, (call, store) => {
          const pool = own(store.pools, call.parameters['pool_id'], call.project)
          return pool && marked.has(pool.id) ? inUse('The pool is being deleted.') : undefined
        }),
      )
    }),
  },
]
