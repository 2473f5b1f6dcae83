/** Computes a verdict from an outcome and a waiver. Pure. */

import type { Outcome } from '../check/check.ts'
import type { Verdict } from '../model.ts'
import type { Waiver } from '../target.ts'

/** The verdict on a requirement, with the reason if it is not a pass. */
export interface Judgement {
  readonly verdict: Verdict
  readonly reason?: string
  readonly waiver?: Waiver
  /** Why the waiver is stale. */
  readonly stale?: string
}

/**
 * Reads the verdict from the family of what was thrown, then applies the waiver.
 *
 * A waiver excuses a failure and nothing else. One that has expired excuses nothing, and one whose
 * requirement passes is stale: both are reported, and both make the run fail. One of a shipped profile is
 * not stale when its requirement passes: it is written for a family of services, not for one.
 *
 * @param today - `2027-01-31`; a waiver holds on its last day.
 * @param pinMismatch - Why the reading that was seen is not the one that the target file expects.
 */
export function judge(
  outcome: Outcome,
  waiver: Waiver | undefined,
  today: string,
  pinMismatch?: string,
): Judgement {
  const plain = unwaived(outcome, pinMismatch)
  if (!waiver) return plain
  const { requirement, expires, profile } = waiver
  if (plain.verdict === 'pass') {
    if (profile !== undefined) return plain
    return { ...plain, stale: `Stale waiver: ${requirement} passes now. Delete the waiver.` }
  }
  if (plain.verdict !== 'fail') return plain
  if (expires < today) {
    const whose = profile === undefined ? '' : ` in the profile ${profile}`
    const next =
      profile === undefined ? 'renew the waiver' : 'put a waiver of your own in the target file'
    return {
      ...plain,
      stale: `The waiver of ${requirement}${whose} expired on ${expires}. Correct the target or ${next}.`,
    }
  }
  return { ...plain, verdict: 'waived', waiver }
}

function unwaived({ thrown }: Outcome, pinMismatch: string | undefined): Judgement {
  if (!thrown)
    return pinMismatch === undefined
      ? { verdict: 'pass' }
      : { verdict: 'fail', reason: pinMismatch }
  const { family, message } = thrown
  const reason = family === 'ours' ? `${faultOfOurs} ${message}` : message
  return { verdict: verdicts[family], reason }
}

const faultOfOurs =
  'This is a fault of Poolproof, not of the target, so nothing is known either way.'

const verdicts = {
  broken: 'fail',
  unasked: 'inconclusive',
  'not-offered': 'not-applicable',
  ours: 'inconclusive',
} as const
