/** Lawful differences in removing a member: what its page leaves open. */

import { performing, refusing, together, type Change, type Variant } from '../../../mutant.ts'
import type { Answer } from '../../../rule.ts'
import { createMember, passes, refusingWith } from '../../changes.ts'
import { deletePool } from '../../delete-pool.ts'
import { badRequest } from '../../refusals.ts'
import { removeMember } from '../../remove-member.ts'
import { remembering } from '../../mutants/remove-member/views.mutants.ts'
import type { ElbStore } from '../../store.ts'

/** For so many milliseconds after a removal the pool is not deleted, and the same member not added again. */
function holding(milliseconds: number): Change<ElbStore> {
  return (behaviour) => {
    const until = new Map<string, number>()
    const held = performing<ElbStore>([deletePool, createMember], (call, _store, original) => {
      const { pool_id = '' } = call.parameters
      return call.now < (until.get(pool_id) ?? 0) ? stillDraining : original(call)
    })
    const remembered = performing<ElbStore>(removeMember, (call, _store, original) => {
      until.set(call.parameters['pool_id'] ?? '', call.now + milliseconds)
      return original(call)
    })
    return together(held, remembered)(behaviour)
  }
}

const stillDraining: Answer = {
  status: 409,
  body: {
    NeutronError: { type: 'EntityInUse', message: 'A removed member is draining.', detail: '' },
  },
}

export default [
  {
    id: 'second-removal-is-204',
    allowedBy: 'The page does not say what a second removal answers.',
    change: remembering((removed) =>
      passes('elb/remove-member/unknown-member', ({ parameters }) => {
        const member = removed.get(parameters['member_id'] ?? '')
        return member?.pool_id === parameters['pool_id']
      }),
    ),
  },
  {
    id: 'removes-nothing-by-unknown-ids',
    allowedBy:
      'The page does not say what the removal of a backend server that does not exist answers.',
    change: together(
      passes('elb/remove-member/unknown-pool', () => true),
      passes('elb/remove-member/unknown-member', () => true),
      passes('elb/remove-member/other-pool', () => true),
      performing(removeMember, (call, { members }, original) => {
        const { pool_id, member_id = '' } = call.parameters
        const member = members.get(member_id)
        const isMeant = member?.pool_id === pool_id && member?.tenant_id === call.project
        return isMeant ? original(call) : { status: 204 }
      }),
    ),
  },
  {
    id: 'unknown-member-is-403',
    allowedBy: 'The status page describes 403 as a missing resource, as it does 404.',
    change: refusingWith(removeMember, 404, 403),
  },
  {
    id: 'removal-refuses-a-body',
    allowedBy: 'The page describes no request body, so a body may be ignored or refused.',
    change: refusing(removeMember, ({ text }) =>
      text === '' ? undefined : badRequest('A body is not expected.'),
    ),
  },
  {
    id: 'removal-tells-its-request',
    allowedBy: 'The page says nothing about headers.',
    change: performing(removeMember, (call, _store, original) => {
      const answer = original(call)
      return { ...answer, headers: { ...answer.headers, 'X-Openstack-Request-Id': 'req-1' } }
    }),
  },
  {
    id: 'empty-answers-have-a-media-type',
    allowedBy: 'The pages say nothing about headers, and frameworks send this one always.',
    change: performing([deletePool, removeMember], (call, _store, original) => {
      const answer = original(call)
      return { ...answer, headers: { ...answer.headers, 'Content-Type': 'application/json' } }
    }),
  },
  {
    id: 'removed-members-hold-their-pool',
    allowedBy:
      'Open connections to a removed member are kept, and no page says that its pool can be deleted meanwhile.',
    change: holding(20),
  },
] satisfies readonly Variant<ElbStore>[]
