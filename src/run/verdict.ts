/** Computes a verdict from an outcome and a waiver. Pure. */

import type { Outcome } from '../check/check.ts'
import type { Verdict } from '../model.ts'
import { failureOf, fingerprintOf } from '../report/fingerprint.ts'
import type { Waiver } from '../target.ts'

/** The verdict on a requirement, with the reason if it is not a pass. */
export interface Judgement {
  readonly verdict: Verdict
  readonly reason?: string
  readonly waiver?: Waiver
  /** Why the waiver is stale. */
  readonly stale?: string
}

/** What is judged. */
export interface Judged {
  readonly outcome: Pick<Outcome, 'thrown'>
  /** Of the requirement. */
  readonly id: string
  /** Those of the requirement. */
  readonly waivers: readonly Waiver[]
  /** `2027-01-31`; a waiver holds on its last day. */
  readonly today: string
  /** Why the reading that was seen is not the one that the target file expects. */
  readonly pinMismatch?: string | undefined
}

/**
 * Reads the verdict from the family of what was thrown, then applies the waivers.
 *
 * A waiver excuses a failure and nothing else; one with a fingerprint, only that failure. One that has expired or is
 * for another failure excuses nothing, and one whose requirement passes is stale: each is reported in its own words,
 * and each makes the run fail. One of a shipped profile is not stale when its requirement passes: it is written for a
 * family of services, not for one.
 */
export function judge({ outcome, id, waivers, today, pinMismatch }: Judged): Judgement {
  const plain = unwaived(outcome, pinMismatch)
  if (plain.verdict === 'pass') return { ...plain, ...staleByPass(waivers) }
  if (plain.verdict !== 'fail' || waivers.length === 0) return plain
  const print = fingerprintOf({ id, reason: plain.reason ?? '' })
  const fitting = waivers.filter(({ fingerprint = print }) => fingerprint === print)
  const valid = fitting.find(({ expires }) => expires >= today)
  if (valid) return { ...plain, verdict: 'waived', waiver: valid }
  const [expired] = fitting
  const [other] = waivers
  if (expired) return { ...plain, stale: expiredSentence(expired) }
  return other ? { ...plain, stale: changedSentence(other, plain.reason) } : plain
}

function staleByPass(waivers: readonly Waiver[]): Pick<Judgement, 'stale'> {
  const own = waivers.find(({ profile }) => profile === undefined)
  if (!own) return {}
  return { stale: `Stale waiver: ${own.requirement} passes now. Delete the waiver.` }
}

function expiredSentence({ requirement, expires, profile }: Waiver): string {
  const whose = profile === undefined ? '' : ` in the profile ${profile}`
  const next =
    profile === undefined ? 'renew the waiver' : 'put a waiver of your own in the target file'
  return `The waiver of ${requirement}${whose} expired on ${expires}. Correct the target or ${next}.`
}

function changedSentence({ requirement, failure }: Waiver, reason = ''): string {
  const before = failure === undefined ? 'another failure' : `"${failure}"`
  return (
    `${requirement} fails in another way than its waiver excuses. The waiver is for ${before}; ` +
    `now it is "${failureOf({ reason })}". Correct the target, or write the waiver again with poolproof baseline.`
  )
}

function unwaived({ thrown }: Pick<Outcome, 'thrown'>, pinMismatch: string | undefined): Judgement {
  if (!thrown)
    return pinMismatch === undefined
      ? { verdict: 'pass' }
      : { verdict: 'fail', reason: pinMismatch }
  const { family, message } = thrown
  const reason = family === 'ours' ? `${faultOfOurs} ${message}` : message
  return { verdict: verdicts[family], reason }
}

/** Is this the reason of a finding that a fault of this program left undecided? */
export function isFaultOfOurs(reason = ''): boolean {
  return reason.startsWith(faultOfOurs)
}

const faultOfOurs =
  'This is a fault of Poolproof, not of the target, so nothing is known either way.'

const verdicts = {
  broken: 'fail',
  unasked: 'inconclusive',
  'not-offered': 'not-applicable',
  ours: 'inconclusive',
} as const
