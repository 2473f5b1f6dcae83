/** Faults in what is seen after a member was removed. */

import { performing, together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import type { Given } from '../../body.ts'
import {
  withState,
  alsoBefore,
  listMembers,
  listPools,
  passes,
  showMember,
  showPool,
  showStatusTree,
  showing,
} from '../../changes.ts'
import { presentMember } from '../../present.ts'
import { removeMember } from '../../remove-member.ts'
import { healthMonitorOf, matching, type ElbStore, type Member } from '../../store.ts'

type ElbMutant = Mutant<ElbStore>

/** The member that the path names. */
export function memberOf({ parameters }: Call, { members }: ElbStore): Member | undefined {
  return members.get(parameters['member_id'] ?? '')
}

/** Changes that know which members were removed. */
export function remembering(
  make: (removed: ReadonlyMap<string, Member>) => ElbMutant['mutate'],
): ElbMutant['mutate'] {
  return withState(() => {
    const removed = new Map<string, Member>()
    const remember = alsoBefore(removeMember, (call, store) => {
      const member = memberOf(call, store)
      if (member) removed.set(member.id, member)
    })
    return together(make(removed), remember)
  })
}

/** Those of them that were in that pool. */
export function of(removed: ReadonlyMap<string, Member>, poolId: unknown): readonly Member[] {
  return matching(removed, ({ pool_id }) => pool_id === poolId)
}

export const viewMutants: readonly ElbMutant[] = [
  {
    id: 'shows-removed-members',
    breaks: 'elb/remove-member/gone-from-show',
    story: 'The single view is served from a cache that no removal empties.',
    mutate: remembering((removed) =>
      together(
        passes('elb/set-up/member-exists', ({ method, parameters }) => {
          return method === 'GET' && removed.has(parameters['member_id'] ?? '')
        }),
        performing(showMember, (call, _store, original) => {
          const member = removed.get(call.parameters['member_id'] ?? '')
          return member ? { status: 200, body: { member: presentMember(member) } } : original(call)
        }),
      ),
    ),
  },
  {
    id: 'says-removed-and-keeps',
    breaks: 'elb/remove-member/gone-from-show',
    story: 'The transaction is never committed.',
    mutate: performing(removeMember, () => ({ status: 204 })),
  },
  {
    id: 'lists-removed-members',
    breaks: 'elb/remove-member/gone-from-list',
    story: 'Members are marked as removed, and the list does not check the mark.',
    mutate: remembering((removed) =>
      performing(listMembers, (call, _store, original) => {
        const answer = original(call)
        const { members, ...rest } = answer.body as { readonly members: readonly unknown[] }
        const removedHere = of(removed, call.parameters['pool_id']).map(presentMember)
        return { ...answer, body: { members: [...members, ...removedHere], ...rest } }
      }),
    ),
  },
  {
    id: 'pool-keeps-removed-members',
    breaks: 'elb/remove-member/gone-from-pool',
    story: 'The pool has a list of its members, which the removal does not touch.',
    mutate: remembering((removed) => {
      const views: readonly (readonly [string, string])[] = [
        [showPool, 'pool'],
        [listPools, 'pools'],
      ]
      const edit = (pool: Given): Given => ({
        ...pool,
        members: [
          ...(pool['members'] as readonly unknown[]),
          ...of(removed, pool['id']).map(({ id }) => ({ id })),
        ],
      })
      return together(...views.map(([on, wrapper]) => showing([on], wrapper, edit)))
    }),
  },
  {
    id: 'status-tree-keeps-members-of-watched-pools',
    breaks: 'elb/remove-member/gone-from-status-tree',
    story:
      'The branch of a pool with a health monitor is kept by the health checks, which ask rarely.',
    mutate: remembering((removed) =>
      performing(showStatusTree, (call, store, original) => {
        const members = new Map(store.members)
        for (const member of removed.values()) {
          if (healthMonitorOf(store, member.pool_id)) store.members.set(member.id, member)
        }
        const answer = original(call)
        store.members.clear()
        for (const [id, member] of members) store.members.set(id, member)
        return answer
      }),
    ),
  },
  {
    id: 'status-tree-keeps-removed-members',
    breaks: 'elb/remove-member/gone-from-status-tree',
    story: 'The status tree is rebuilt on creation only.',
    mutate: remembering((removed) =>
      performing(showStatusTree, (call, store, original) => {
        const members = new Map(store.members)
        for (const member of removed.values()) store.members.set(member.id, member)
        const answer = original(call)
        store.members.clear()
        for (const [id, member] of members) store.members.set(id, member)
        return answer
      }),
    ),
  },
]
