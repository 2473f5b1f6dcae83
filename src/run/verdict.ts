/** What was thrown, and a waiver, to a verdict. Pure. */

import type { Outcome } from '../check/check.ts'
import type { Verdict } from '../model.ts'
import type { Waiver } from '../target.ts'

/** What a check of a requirement came to, and why if it is not a plain pass. */
export interface Judgement {
  readonly verdict: Verdict
  readonly reason?: string
  readonly waiver?: Waiver
  /** A fault of the waiver itself. */
  readonly stale?: string
}

/**
 * Reads the verdict from the family of what was thrown, then applies the waiver.
 *
 * A waiver excuses a failure and nothing else. One that has expired excuses nothing, and one whose
 * requirement passes is stale: both are said, and both make the run fail.
 *
 * @param today - `2027-01-31`; a waiver holds on its last day.
 * @param unpinned - Why the reading that was seen is not the one that the target file pins.
 */
export function judge(
  outcome: Outcome,
  waiver: Waiver | undefined,
  today: string,
  unpinned?: string,
): Judgement {
  const plain = unwaived(outcome, unpinned)
  if (!waiver) return plain
  const { requirement, expires } = waiver
  if (plain.verdict === 'pass') {
    return { ...plain, stale: `Stale waiver: ${requirement} passes now. Delete the waiver.` }
  }
  if (plain.verdict !== 'fail') return plain
  if (expires < today) {
    return {
      ...plain,
      stale: `The waiver of ${requirement} expired on ${expires}. Mend the target or renew it.`,
    }
  }
  return { ...plain, verdict: 'waived', waiver }
}

function unwaived({ thrown }: Outcome, unpinned: string | undefined): Judgement {
  if (!thrown)
    return unpinned === undefined ? { verdict: 'pass' } : { verdict: 'fail', reason: unpinned }
  const { family, message } = thrown
  if (family === 'ours') {
    throw new Error(
      `A check failed by a fault of this program, so there is no verdict.\n${message}`,
    )
  }
  return { verdict: verdicts[family], reason: message }
}

const verdicts = {
  broken: 'fail',
  unasked: 'inconclusive',
  'not-offered': 'not-applicable',
} as const
