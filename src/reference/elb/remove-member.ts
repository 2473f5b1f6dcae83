/** Removing a member from its pool. @see Removing a Backend Server */

import type { Effect, OperationBehaviour, Rule } from '../rule.ts'
import { exists } from './existence.ts'
import { notFound } from './refusals.ts'
import type { ElbStore } from './store.ts'

export const removeMember = 'DELETE /v2.0/lbaas/pools/:pool_id/members/:member_id'

/** The page names no precondition: last member, health check and policies do not matter. */
const rules: readonly Rule<ElbStore>[] = [
  exists('elb/remove-member/unknown-pool', removeMember, 'pool'),
  exists('elb/remove-member/unknown-member', removeMember, 'member'),
  {
    keeps: 'elb/remove-member/other-pool',
    on: removeMember,
    refuse({ parameters: { pool_id, member_id } }, { members }) {
      const member = members.get(member_id ?? '')
      return member && member.pool_id !== pool_id ? notFound('member', member_id) : undefined
    },
  },
]

const effect: Effect<ElbStore> = {
  on: removeMember,
  perform({ parameters }, { members }) {
    members.delete(parameters['member_id'] ?? '')
    return { status: 204 }
  },
}

export default { rules, effect } satisfies OperationBehaviour<ElbStore>
