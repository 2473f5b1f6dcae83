/** Faults in how refusals of an update are answered. */

import type { Mutant } from '../../../mutant.ts'
import type { Answer, Refusal } from '../../../rule.ts'
import { refusingWith, changingRefusals } from '../../changes.ts'
import { spelled } from '../../error-shapes.ts'
import type { ElbStore } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'

/** An answer with status 200 and an error in its body. */
function softly(refusal: Refusal): Answer {
  return { status: 200, body: spelled('gateway', refusal, '') }
}

export const errorBodyMutants: readonly Mutant<ElbStore>[] = [
  {
    id: 'invalid-updates-are-500',
    breaks: 'elb/update-pool/error-body',
    story: 'The exception has a good message, and no status of its own.',
    mutate: refusingWith(updatePool, 400, 500),
  },
  {
    id: 'refusals-are-200',
    breaks: 'elb/update-pool/error-body',
    story: 'The error is in the body, as in the RPC interface of another product.',
    mutate: changingRefusals(updatePool, softly),
  },
]
