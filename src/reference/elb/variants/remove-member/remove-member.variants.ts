/** Lawful differences in removing a member: what its page leaves open. */

import { performing, refusing, type Variant } from '../../../mutant.ts'
import { passes, refusingWith } from '../../changes.ts'
import { badRequest } from '../../refusals.ts'
import { removeMember } from '../../remove-member.ts'
import { remembering } from '../../mutants/remove-member/views.mutants.ts'
import type { ElbStore } from '../../store.ts'

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
] satisfies readonly Variant<ElbStore>[]
