/** Removing a member from its pool. @see Removing a Backend Server */

import type { Effect, Rule } from '../rule.ts'
import { notFound } from './refusals.ts'
import { own, type ElbStore } from './store.ts'

export const removeMember = 'DELETE /v2.0/lbaas/pools/:pool_id/members/:member_id'

/** The page knows no precondition: last member, health check and policies do not matter. */
export const removeMemberRules: readonly Rule<ElbStore>[] = [
  {
    keeps: 'elb/remove-member/unknown-pool',
    on: removeMember,
    refuse({ parameters: { pool_id }, project }, { pools }) {
      return own(pools, pool_id, project) ? undefined : notFound('pool', pool_id)
    },
  },
  {
    keeps: 'elb/remove-member/unknown-member',
    on: removeMember,
    refuse({ parameters: { member_id }, project }, { members }) {
      return own(members, member_id, project) ? undefined : notFound('member', member_id)
    },
  },
  {
    keeps: 'elb/remove-member/other-pool',
    on: removeMember,
    refuse({ parameters: { pool_id, member_id } }, { members }) {
      const member = members.get(member_id ?? '')
      return member && member.pool_id !== pool_id ? notFound('member', member_id) : undefined
    },
  },
]

export const removeMemberEffect: Effect<ElbStore> = {
  on: removeMember,
  perform({ parameters }, { members }) {
    members.delete(parameters['member_id'] ?? '')
    return { status: 204 }
  },
}
