/** Faults of removing a member. */

import { removeMemberTraffic } from './traffic.mutants.ts'
import { deciding, performing, refusing, together, without, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { given } from '../../body.ts'
import { deletePool } from '../../delete-pool.ts'
import { alsoAfter, alsoBefore, createMember, passes, poolOf, refusesBut } from '../../changes.ts'
import { presentMember } from '../../present.ts'
import { inUse } from '../../refusals.ts'
import { removeMember } from '../../remove-member.ts'
import { memberOf, of, remembering, viewMutants } from './views.mutants.ts'
import { removalAfterwardsMutants } from './afterwards.mutants.ts'
import { removalHistoryMutants } from './histories.mutants.ts'
import {
  healthMonitorOf,
  membersOf,
  policiesTo,
  matching,
  type ElbStore,
  type Member,
} from '../../store.ts'
import { removeMemberRefusalsWithEffects } from './refusals-with-effects.mutants.ts'
import { credentialMutants } from '../credentials.mutants.ts'
import { deletionMutants } from '../deletions.mutants.ts'

type ElbMutant = Mutant<ElbStore>

const others: readonly ElbMutant[] = [
  {
    id: 'removes-every-member',
    breaks: 'elb/remove-member/only-that-member',
    story: 'DELETE … WHERE pool_id, with the second condition lost in a merge.',
    mutate: alsoBefore(removeMember, ({ parameters }, store) => {
      for (const { id } of membersOf(store, parameters['pool_id'] ?? '')) store.members.delete(id)
    }),
  },
  {
    id: 'removes-from-other-load-balancers-too',
    breaks: 'elb/remove-member/other-load-balancer-untouched',
    story: 'The server is taken out of service by its address, wherever it serves.',
    mutate: alsoBefore(removeMember, (call, store) => {
      const [gone, home] = [memberOf(call, store), poolOf(call, store)?.loadbalancer_id]
      const isElsewhere = ({ pool_id, address, protocol_port: port }: Member) =>
        address === gone?.address &&
        port === gone.protocol_port &&
        store.pools.get(pool_id)?.loadbalancer_id !== home
      for (const { id } of matching(store.members, isElsewhere)) store.members.delete(id)
    }),
  },
  {
    id: 'evens-out-the-rest',
    breaks: 'elb/remove-member/only-that-member',
    story: 'The weights of those that stay are made to add up to 100 again.',
    mutate: alsoAfter(removeMember, ({ parameters }, store) => {
      const rest = membersOf(store, parameters['pool_id'] ?? '')
      for (const member of rest) member.weight = Math.floor(100 / rest.length)
    }),
  },
  {
    id: 'weight-moves-to-the-next',
    breaks: 'elb/remove-member/only-that-member',
    story:
      'Under LEAST_CONNECTIONS the members are an array of slots, and a removal moves the rest up.',
    mutate: performing(removeMember, (call, store, original) => {
      const gone = memberOf(call, store)
      const all = membersOf(store, call.parameters['pool_id'] ?? '')
      const next = all[all.findIndex(({ id }) => id === gone?.id) + 1]
      const answer = original(call)
      const isSlotted = poolOf(call, store)?.lb_algorithm === 'LEAST_CONNECTIONS'
      const kept = isSlotted && gone && next ? store.members.get(next.id) : undefined
      if (kept && gone) kept.weight = gone.weight
      return answer
    }),
  },
  {
    id: 'refuses-a-foreign-id-and-removes-the-twin',
    breaks: 'elb/remove-member/other-pool',
    story: 'The proxy removes by address and port; only then is the id looked for in the pool.',
    mutate: refusesBut('elb/remove-member/other-pool', ({ parameters }, store) => {
      const meant = store.members.get(parameters['member_id'] ?? '')
      const twin = membersOf(store, parameters['pool_id'] ?? '').find(
        ({ address, protocol_port }) =>
          address === meant?.address && protocol_port === meant.protocol_port,
      )
      if (twin) store.members.delete(twin.id)
    }),
  },
  {
    id: 'takes-the-port-of-the-health-check-along',
    breaks: 'elb/remove-member/not-blocked-by-health-monitor',
    story: 'Ports are rows of their own, and whatever refers to that of the member loses it.',
    mutate: performing(removeMember, (call, store, original) => {
      const gone = memberOf(call, store)
      const monitor = healthMonitorOf(store, call.parameters['pool_id'] ?? '')
      const answer = original(call)
      if (monitor && gone && monitor.monitor_port === gone.protocol_port)
        monitor.monitor_port = null
      return answer
    }),
  },
  {
    id: 'removes-the-address-everywhere',
    breaks: 'elb/remove-member/same-address-in-other-pool',
    story: 'Identifies the backend server by address and port, in any pool.',
    mutate: alsoBefore(removeMember, (call, store) => {
      for (const { id } of twinsOf(call, store)) store.members.delete(id)
    }),
  },
  {
    id: 'drains-the-address-everywhere',
    breaks: 'elb/remove-member/same-address-in-other-pool',
    story: 'An address that is being removed gets no more traffic, from any pool.',
    mutate: alsoBefore(removeMember, (call, store) => {
      for (const member of twinsOf(call, store)) member.weight = 0
    }),
  },
  {
    id: 'removes-through-an-unknown-pool',
    breaks: 'elb/remove-member/unknown-pool',
    story: 'The pool in the path is compared only if it is found.',
    mutate: together(
      passes('elb/remove-member/unknown-pool', () => true),
      passes('elb/remove-member/other-pool', (call, store) => !poolOf(call, store)),
    ),
  },
  {
    id: 'removes-through-another-pool',
    breaks: 'elb/remove-member/other-pool',
    story: 'As upstream: the pool must exist and the member must exist, nothing else.',
    mutate: without('elb/remove-member/other-pool'),
  },
  {
    id: 'refuses-another-pool-but-removes',
    breaks: 'elb/remove-member/other-pool',
    story: 'Compares the pools after the row is gone.',
    mutate: refusesBut('elb/remove-member/other-pool', ({ parameters }, { members }) => {
      members.delete(parameters['member_id'] ?? '')
    }),
  },
  {
    id: 'removes-what-never-was',
    breaks: 'elb/remove-member/unknown-member',
    story: 'A DELETE that finds no row is taken for a success; one that finds a tombstone is not.',
    mutate: remembering((removed) =>
      passes(
        'elb/remove-member/unknown-member',
        ({ parameters }) => !removed.has(parameters['member_id'] ?? ''),
      ),
    ),
  },
  {
    id: 'unknown-removes-the-last',
    breaks: 'elb/remove-member/unknown-member',
    story: 'splice(findIndex(…), 1): not found is -1, which is the last one.',
    mutate: refusesBut('elb/remove-member/unknown-member', ({ parameters }, store) => {
      const last = membersOf(store, parameters['pool_id'] ?? '').at(-1)
      store.members.delete(last?.id ?? '')
    }),
  },
  {
    id: 'removes-by-address',
    breaks: 'elb/remove-member/identified-by-member-id',
    story: 'Reads the last part of the path as an id or as an address, whichever fits.',
    mutate: together(
      passes(
        'elb/remove-member/unknown-member',
        (call, store) => byAddress(call, store).length > 0,
      ),
      alsoBefore(removeMember, (call, store) => {
        for (const { id } of byAddress(call, store)) store.members.delete(id)
      }),
    ),
  },
  {
    id: 'fails-on-second-removal',
    breaks: 'elb/remove-member/repeated',
    story: 'The member is gone from one table and still looked for in another.',
    mutate: remembering((removed) =>
      deciding('elb/remove-member/unknown-member', ({ parameters }, _store, refusal) =>
        refusal && removed.has(parameters['member_id'] ?? '')
          ? { ...refusal, status: 500 }
          : refusal,
      ),
    ),
  },
  {
    id: 'revives-the-row-with-its-weight',
    breaks: 'elb/remove-member/added-again-otherwise',
    story:
      'Rows are only marked as removed; adding the address again clears the mark, and no more.',
    mutate: remembering((removed) =>
      alsoAfter(createMember, ({ parameters }, store) => {
        const added = membersOf(store, parameters['pool_id'] ?? '').at(-1)
        const twin = of(removed, added?.pool_id).find(
          ({ address, protocol_port }) =>
            address === added?.address && protocol_port === added.protocol_port,
        )
        if (added && twin) added.weight = twin.weight
      }),
    ),
  },
]

function byAddress({ parameters }: Call, store: ElbStore): readonly Member[] {
  const candidates = membersOf(store, parameters['pool_id'] ?? '')
  return candidates.filter(({ address }) => address === parameters['member_id'])
}

/** Refuses a removal for a reason that the page does not mention. */
function blocking(blocks: (poolId: string, store: ElbStore) => boolean): ElbMutant['mutate'] {
  return refusing(removeMember, (call, store) => {
    const { pool_id: poolId = '' } = call.parameters
    const removable = memberOf(call, store)?.pool_id === poolId
    return removable && blocks(poolId, store) ? inUse('The pool is in use.') : undefined
  })
}

const preconditions: readonly ElbMutant[] = [
  {
    id: 'keeps-the-last-member',
    breaks: 'elb/remove-member/last-member',
    story: 'A pool without members is thought to be an accident.',
    mutate: blocking((poolId, store) => membersOf(store, poolId).length === 1),
  },
  {
    id: 'blocked-by-health-monitor',
    breaks: 'elb/remove-member/not-blocked-by-health-monitor',
    story: 'The guard of the pool was copied to the member.',
    mutate: blocking((poolId, store) => healthMonitorOf(store, poolId) !== undefined),
  },
  {
    id: 'removal-stops-the-health-check',
    breaks: 'elb/remove-member/not-blocked-by-health-monitor',
    story: 'With the last member its health check goes too.',
    mutate: alsoAfter(removeMember, ({ parameters: { pool_id = '' } }, store) => {
      if (membersOf(store, pool_id).length > 0) return
      store.healthMonitors.delete(healthMonitorOf(store, pool_id)?.id ?? '')
    }),
  },
  {
    id: 'blocked-by-forwarding-policy',
    breaks: 'elb/remove-member/not-blocked-by-forwarding-policy',
    story: 'A pool that traffic is sent to is locked as a whole.',
    mutate: blocking((poolId, store) => policiesTo(store, poolId).length > 0),
  },
  {
    id: 'removal-unlinks-policies',
    breaks: 'elb/remove-member/not-blocked-by-forwarding-policy',
    story: 'An empty pool is taken out of forwarding.',
    mutate: alsoAfter(removeMember, ({ parameters: { pool_id = '' } }, store) => {
      if (membersOf(store, pool_id).length > 0) return
      for (const policy of policiesTo(store, pool_id)) policy.redirect_pool_id = null
    }),
  },
  {
    id: 'removal-turns-the-pool-off',
    breaks: 'elb/remove-member/pool-intact',
    story: 'The state of the pool is computed from its members, and computed wrong.',
    mutate: alsoAfter(removeMember, (call, store) => {
      const pool = poolOf(call, store)
      if (pool) pool.admin_state_up = false
    }),
  },
]

const wire: readonly ElbMutant[] = [
  ...deletionMutants('remove-member', removeMember, 'removal'),
  {
    id: 'removal-answers-the-member',
    breaks: 'elb/remove-member/no-response-body',
    story: 'A framework returns the object that was removed.',
    mutate: performing(removeMember, (call, store, original) => {
      const member = memberOf(call, store)
      const body = member && { member: presentMember(member) }
      return { ...original(call), status: 200, body }
    }),
  },
]

const afterwards: readonly ElbMutant[] = [
  {
    id: 'keeps-the-address-reserved',
    breaks: 'elb/remove-member/addable-again',
    story: 'The unique index counts the members marked as removed.',
    mutate: remembering((removed) =>
      refusing(createMember, (call) => {
        const { address, protocol_port } = given(call, 'member')
        const twin = of(removed, call.parameters['pool_id']).find(
          (member) => member.address === address && member.protocol_port === protocol_port,
        )
        return twin && inUse(`Member ${twin.id} already has this address and port.`)
      }),
    ),
  },
  {
    id: 'counts-removed-members',
    breaks: 'elb/remove-member/unblocks-pool-deletion',
    story: 'Members are counted up by adding, and never down.',
    mutate: remembering((removed) =>
      refusing(deletePool, ({ parameters }) => {
        const [member] = of(removed, parameters['pool_id'])
        return member && inUse(`member ${member.id} is using this pool`)
      }),
    ),
  },
]

const credentials = credentialMutants({
  name: 'remove-member',
  on: removeMember,
  does: 'removes',
  act({ parameters }, { members }) {
    members.delete(parameters['member_id'] ?? '')
  },
  anyTokenStory:
    'Nested paths are registered after the check that a token is sent, before the check that it is valid.',
  otherProjectStory:
    'The project is that of the pool, which is loaded after the member was removed.',
})

export default [
  ...credentials,
  ...viewMutants,
  ...others,
  ...preconditions,
  ...removalHistoryMutants,
  ...removalAfterwardsMutants,
  ...wire,
  ...afterwards,
  ...removeMemberRefusalsWithEffects,
  ...removeMemberTraffic,
] satisfies readonly ElbMutant[]

/** Every member at the address and port of the one that is named, itself among them. */
function twinsOf(call: Call, store: ElbStore): readonly Member[] {
  const meant = memberOf(call, store)
  return matching(
    store.members,
    ({ address, protocol_port, tenant_id }) =>
      tenant_id === call.project &&
      address === meant?.address &&
      protocol_port === meant.protocol_port,
  )
}
