/** Removals that are refused, and not without a trace. */

import {
  tooLateId,
  refusalsWithEffects,
  tooLateStory,
  type RefusalWithEffect,
} from '../../../refusals-with-effects.ts'
import { deciding, performing, together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { afresh, isCall, serving } from '../../changes.ts'
import { isForeign, isMalformed, isWellFormed, noted } from '../../refusals-with-effects.ts'
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

/** Refuses what has no route, as it should. */
function unrouted(name: string, on: string, status: number): Mutant<ElbStore> {
  const breaks = own(name)
  const body = { NeutronError: { type: 'NotFound', message: 'No such path.' } }
  const mutate = serving(on, (call, store) => {
    noted(call, store)
    return { status, body }
  })
  return { id: tooLateId(breaks), breaks, story: tooLateStory, mutate }
}

/** Notes only what it knows to have removed before. */
const repeated: Mutant<ElbStore> = {
  id: tooLateId(own('repeated')),
  breaks: own('repeated'),
  story: tooLateStory,
  mutate: afresh(() => {
    const gone = new Set<string>()
    return together(
      performing<ElbStore>(removeMember, (call, _store, original) => {
        gone.add(idOf(call))
        return original(call)
      }),
      deciding<ElbStore>(unknown, (call, store, refusal) => {
        if (refusal && gone.has(idOf(call))) noted(call, store)
        return refusal
      }),
    )
  }),
}

export const removeMemberRefusalsWithEffects: readonly Mutant<ElbStore>[] = [
  ...refusalsWithEffects(late, noted),
  unrouted('pool-id-required', 'DELETE /v2.0/lbaas/pools//members/:member_id', 404),
  unrouted('member-id-required', 'DELETE /v2.0/lbaas/pools/:pool_id/members', 405),
  repeated,
]
