/** Faults in setting weights that have no effect: under SOURCE_IP they may be accepted or refused. */

import { performing, refusing, together, type Change, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { given } from '../../body.ts'
import { createMember, poolOf, updateMember } from '../../changes.ts'
import type { ElbStore } from '../../store.ts'

type ElbMutant = Mutant<ElbStore>

const breaks = 'elb/update-pool/weights-under-source-ip'

/** Whether the call sets a weight that has no effect. */
function isIdle(call: Call, store: ElbStore): boolean {
  return poolOf(call, store)?.lb_algorithm === 'SOURCE_IP' && 'weight' in given(call, 'member')
}

function failing(on: string): Change<ElbStore> {
  return refusing(on, (call, store) =>
    isIdle(call, store)
      ? { status: 500, code: 'InternalServerError', message: 'Request Failed: ' }
      : undefined,
  )
}

export const weightMutants: readonly ElbMutant[] = [
  {
    id: 'idle-weights-fail',
    breaks,
    story: 'The engine has no weights under SOURCE_IP, and the error is not caught.',
    mutate: together(failing(createMember), failing(updateMember)),
  },
  {
    id: 'idle-weights-are-dropped',
    breaks,
    story: 'The answer shows the weight that was sent; the worker leaves out what has no effect.',
    mutate: performing([createMember, updateMember], (call, store, original) => {
      const before = store.members.get(call.parameters['member_id'] ?? '')?.weight ?? 1
      const answer = original(call)
      const { member } = answer.body as { readonly member: { readonly id: string } }
      const stored = store.members.get(member.id)
      if (stored && isIdle(call, store)) stored.weight = before
      return answer
    }),
  },
]
