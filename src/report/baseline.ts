/** A baseline: the failures of a run as waivers, each for exactly that failure. */

import type { Waiver } from '../target.ts'
import { failureOf, fingerprintOf } from './fingerprint.ts'
import type { Finding, Report } from './report.ts'

/** What the waivers of new failures say; people then write the reason. */
export interface Excuse {
  readonly owner: string
  readonly reason: string
  /** The last day they hold: `2027-01-31`. */
  readonly expires: string
}

/** The waivers after a run, and how they differ from those before it. */
export interface Baseline {
  readonly waivers: readonly Waiver[]
  /** Ids of requirements whose failure is new, or is another than before. */
  readonly added: readonly string[]
  /** Ids of requirements whose waiver is no longer needed. */
  readonly dropped: readonly string[]
}

/**
 * One waiver for each failure, waived ones included.
 *
 * @param before - Waivers of an earlier baseline. What people have written about a failure that is still the same is
 *   kept; waivers of requirements that were not decided in this run are kept, too.
 */
export function baselineOf(report: Report, before: readonly Waiver[], excuse: Excuse): Baseline {
  const failed = report.findings.filter(({ verdict }) => ['fail', 'waived'].includes(verdict))
  const decided = new Set(
    report.findings.flatMap(({ id, verdict }) => (verdict === 'inconclusive' ? [] : [id])),
  )
  const own = failed.map((finding) => sameIn(before, finding) ?? waiverFor(finding, excuse))
  const untouched = before.filter(({ requirement }) => !decided.has(requirement))
  const waivers = [...own, ...untouched]
  return {
    waivers,
    added: own.filter((one) => !before.includes(one)).map(({ requirement }) => requirement),
    dropped: before
      .filter((one) => !waivers.some(({ requirement }) => requirement === one.requirement))
      .map(({ requirement }) => requirement),
  }
}

/** One without a fingerprint was written by a person for every failure of the requirement. */
function sameIn(before: readonly Waiver[], finding: Finding): Waiver | undefined {
  const print = fingerprintOf(finding)
  return before.find(
    ({ requirement, fingerprint = print }) => requirement === finding.id && fingerprint === print,
  )
}

function waiverFor(finding: Finding, { owner, reason, expires }: Excuse): Waiver {
  const failure = failureOf(finding)
  return {
    requirement: finding.id,
    reason,
    owner,
    expires,
    fingerprint: fingerprintOf(finding),
    ...(failure === '' ? {} : { failure }),
  }
}
