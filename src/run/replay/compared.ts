/** The verdict of a finding, compared with what its check comes to now. */

import { seenOnce } from '../../check/derivations.ts'
import type { Requirement } from '../../model.ts'
import type { Finding, Report } from '../../report/report.ts'
import { isAboutOwnership } from '../../session/ownership-messages.ts'
import { readingOf } from '../conclude.ts'
import { pinMismatch } from '../expected-readings.ts'
import { judge, type Judgement } from '../verdict.ts'
import type { Ended } from './asked-again.ts'
import type { BrokenThere } from './judged-answers.ts'
import { damageIn, mask, sharesTooShort, type Obstacle } from './obstacles.ts'
import type { Result } from './result.ts'
import { isSameReason } from './same-reason.ts'

/** A finding, and how its check ended when it was asked again. */
export interface Comparison {
  readonly finding: Finding
  /** Absent where the evidence is of another check. */
  readonly ended: Ended | undefined
  readonly requirement: Requirement
  readonly report: Report
  /** Answers anywhere in the evidence of the target that break the requirement. */
  readonly broken: readonly BrokenThere[]
  /** Did the operator lend the load balancer? */
  readonly isLent: boolean
}

/** What follows from the evidence, beside what the report says. */
export function compared(comparison: Comparison): Result {
  const { finding, ended, broken } = comparison
  const isFailure = finding.verdict === 'fail' || finding.verdict === 'waived'
  if (isFailure && broken.some(({ message }) => message === finding.reason)) {
    return { is: 'follows' }
  }
  const why = ended ? differenceIn(comparison, ended) : ofAnother(isFailure)
  const [other] = isFailure ? [] : broken
  if (why === undefined && !other) return { is: 'follows' }
  const because = obstacleIn(comparison)
  if (because) return { is: 'not-replayed', because }
  return { is: 'differs', why: why ?? sentenceOf(other) }
}

function obstacleIn({ finding, ended, isLent }: Comparison): Obstacle | undefined {
  const { verdict, reason = '', evidence, drawn } = finding
  const isOpen = verdict === 'inconclusive'
  // What ended the check then does not end it now, so that it asks on.
  const asksOn = ended !== undefined && ended.missing.length > 0
  const isGuarded = isAboutOwnership(reason)
  if (isGuarded && (asksOn || isAboutOwnership(ended?.outcome.thrown?.message))) return 'others'
  if (asksOn && sharesTooShort(drawn)) return 'shared'
  if (asksOn && isOpen && reason.startsWith('The hook setProvisioningStatus failed')) return 'hook'
  if (reason.includes(mask)) return 'masked'
  return damageIn(evidence) ?? (isOpen && isLent ? 'lent' : undefined)
}

function ofAnother(isFailure: boolean): string {
  return isFailure
    ? 'no answer in the evidence breaks it in the way that its reason says'
    : 'what was drawn for it is missing'
}

function sentenceOf(broken: BrokenThere | undefined): string {
  return `an answer in the evidence of ${broken?.shownIn ?? 'another'} breaks it: ${broken?.message ?? ''}`
}

/** What follows instead; `undefined` where the same follows. */
function differenceIn(comparison: Comparison, ended: Ended): string | undefined {
  const { finding, requirement, report } = comparison
  const [missing] = ended.missing
  if (missing !== undefined) return missing
  const again = judgementOf(comparison, ended)
  if (wasSeenOnce(comparison, again)) return undefined
  const isKept = report.leftovers.some((one) => one.endsWith(`kept for ${finding.id}.`))
  const { reason = '' } = again
  if (again.verdict !== finding.verdict || !isSameReason(finding, reason, requirement, isKept)) {
    return `the replay gives ${said(again)}`
  }
  const pinned = finding.reading?.pinned
  const { reading } = readingOf(ended.outcome, requirement, pinned)
  const same =
    reading?.name === finding.reading?.name && reading?.meaning === finding.reading?.meaning
  return same ? undefined : `the replay gives the reading ${reading?.name ?? 'none'}`
}

/** The evidence is that of the failure; that it did not come again is not in it. */
function wasSeenOnce({ finding, requirement }: Comparison, again: Judgement): boolean {
  const { verdict, reason = '' } = finding
  if (verdict !== 'inconclusive' || again.verdict !== 'fail' || !reason.startsWith(seenOnce)) {
    return false
  }
  const recorded = { ...finding, reason: reason.slice(seenOnce.length) }
  return isSameReason(recorded, again.reason ?? '', requirement, false)
}

function judgementOf({ finding, requirement, report }: Comparison, { outcome }: Ended): Judgement {
  const { id, waiver, reading } = finding
  const ended = Date.parse(report.run.startedAt) + report.run.milliseconds
  return judge({
    outcome,
    id,
    waivers: waiver ? [waiver] : [],
    today: new Date(ended).toISOString().slice(0, 10),
    pinMismatch: pinMismatch(outcome.reading, reading?.pinned, requirement),
  })
}

function said({ verdict, reason }: Judgement): string {
  return reason === undefined ? verdict : `${verdict}: ${reason}`
}
