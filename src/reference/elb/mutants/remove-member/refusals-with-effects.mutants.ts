/** Removals that are refused, but have an effect. */

import { refusalsWithEffects, type RefusalWithEffect } from '../../../refusals-with-effects.ts'
import { type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { isCall } from '../../changes.ts'
import {
  isForeign,
  isMalformed,
  isWellFormed,
  noted,
  refusesSecondDeletion,
  refusesUnrouted,
} from '../../refusals-with-effects.ts'
import { removeMember } from '../../remove-member.ts'
import type { ElbStore } from '../../store.ts'

const own = (name: string): string => `elb/remove-member/${name}`
const unknown = own('unknown-member')

const idOf = ({ parameters }: Call): string => parameters['member_id'] ?? ''

const late: readonly RefusalWithEffect<ElbStore>[] = [
  { breaks: own('unknown-pool'), when: isWellFormed },
  { breaks: own('other-pool') },
  { breaks: unknown, when: isWellFormed },
  { breaks: own('malformed-ids'), keeps: own('unknown-pool'), when: isMalformed },
  {
    breaks: own('identified-by-member-id'),
    keeps: unknown,
    when: (call) => /^\d+(?:\.\d+){3}$/.test(idOf(call)),
  },
  { breaks: own('other-project'), keeps: own('unknown-pool'), when: isForeign },
  {
    breaks: own('credentials-required'),
    keeps: 'elb/set-up/token-required',
    when: (call) => isCall(removeMember, call),
  },
]

const noSuchPath = { NeutronError: { type: 'NotFound', message: 'No such path.' } }

export const removeMemberRefusalsWithEffects: readonly Mutant<ElbStore>[] = [
  ...refusalsWithEffects(late, noted),
  refusesUnrouted(own('pool-id-required'), 'DELETE /v2.0/lbaas/pools//members/:member_id', {
    status: 404,
    body: noSuchPath,
  }),
  refusesUnrouted(own('member-id-required'), 'DELETE /v2.0/lbaas/pools/:pool_id/members', {
    status: 405,
    body: noSuchPath,
  }),
  refusesSecondDeletion(own('repeated'), removeMember, unknown, idOf),
]
