/** The words that every writer uses: for verdicts, levels and purposes, and for a whole run. */

import type { Level, Purpose, Verdict } from '../model.ts'
import type { Finding, Found, Report } from './report.ts'

/** Every verdict, the one that needs attention first. */
export const verdicts = [
  'fail',
  'inconclusive',
  'waived',
  'not-applicable',
  'pass',
] as const satisfies readonly Verdict[]

export const levels = ['must', 'implied', 'reading'] as const satisfies readonly Level[]

/** The verdicts as a reader sees them. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  fail: 'fail',
  inconclusive: 'inconclusive',
  waived: 'waived',
  'not-applicable': 'not applicable',
  pass: 'pass',
}

export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  fail: 'The target broke the requirement; the exchanges that show it are attached.',
  inconclusive: 'The question could not be asked or answered, so nothing is known either way.',
  waived:
    'The target broke the requirement, and a waiver with an owner and an end date excuses it.',
  'not-applicable': 'The target does not offer what this requirement needs.',
  pass: 'The target did what the requirement says.',
}

export const levelMeanings: Readonly<Record<Level, string>> = {
  must: 'The page states it.',
  implied: 'The page does not state it, but its statements have no meaning without it.',
  reading:
    'The page is silent or contradicts itself. What the target does is recorded and is not a failure.',
}

export const purposeMeanings: Readonly<Record<Purpose, string>> = {
  arrange: 'prepares what the check needs',
  ask: 'asks the question',
  look: 'reads the result',
  'clean-up': 'removes what was created',
}

/** The conclusion with its numbers: `2 of 61 requirements are broken, 3 are inconclusive.` */
export function inOneSentence(report: Report): string {
  const { faults = [] } = report
  if (faults.length === 0) return withoutFaults(report)
  return `${withoutFaults(report)} Poolproof itself failed, so this result is not complete.`
}

function withoutFaults(report: Report): string {
  const { counts, staleWaivers } = report
  const { fail, inconclusive } = counts
  const asked = report.findings.length
  if (report.notAsked !== undefined) return 'Nothing was asked.'
  if (asked === 0) return `Nothing was asked${scope(report)}.`
  const rest = remainder(report)
  if (fail > 0) return `${fail} of ${requirements(asked)} ${areOr(fail)} broken${rest}.`
  if (staleWaivers.length > 0) return `No requirement is broken${rest}.`
  if (inconclusive > 0) return `No requirement is known to be broken${rest}.`
  if (counts.pass === asked && !report.skipped)
    return `${allOf(asked)} ${asked === 1 ? 'is' : 'are'} kept${scope(report)}.`
  return `No requirement is broken, but the result is partial: ${rest.slice(2)}.`
}

/** The other counts, after the main clause. */
function remainder(report: Report): string {
  const { counts, staleWaivers } = report
  const others = verdicts
    .filter((verdict) => verdict !== 'fail' && verdict !== 'pass' && counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${areOr(counts[verdict])} ${verdictWords[verdict]}`)
  const stale = staleWaivers.length
  const waivers = stale > 0 ? [`${stale} ${stale === 1 ? 'waiver is' : 'waivers are'} stale`] : []
  const skipped = report.skipped?.length ?? 0
  const left = skipped > 0 ? [`${skipped} ${areOr(skipped)} skipped`] : []
  const kept = `${counts.pass} ${areOr(counts.pass)} kept${scope(report)}`
  return [...waivers, ...others, ...left, kept].map((part) => `, ${part}`).join('')
}

/** More would hide the sentence. */
const mostLimits = 6

function scope({ run }: Report): string {
  const levels = (run.levels ?? []).map((level) => `level ${level}`)
  const part = run.shard ? [`shard ${run.shard.index} of ${run.shard.total}`] : []
  const limits = [...part, ...run.only, ...levels]
  const shown = limits.length > mostLimits ? [`${limits.length} selections`] : limits
  return limits.length > 0 ? ` (limited to ${shown.join(', ')})` : ''
}

function allOf(count: number): string {
  return count === 1
    ? 'The one requirement that was asked'
    : `All ${count} requirements that were asked`
}

/** `1 requirement`, `2 requirements`. */
export function requirements(count: number): string {
  return count === 1 ? '1 requirement' : `${count} requirements`
}

function areOr(count: number): string {
  return count === 1 ? 'is' : 'are'
}

/** `850 ms`, `3.2 s`, `4 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** How far the reads of a target lag behind its writes. */
export function readLagSentence({ readLagMilliseconds: lag }: Found): string {
  return lag === 0 ? 'Reads follow writes at once.' : `Reads follow writes within ${duration(lag)}.`
}

/** What answers to set-up operations did not keep, one sentence each. */
export function setUpSentences({ setUp = [] }: Report): string[] {
  return setUp.map(({ id, target, message }) => `${target}: ${id}, outside the verdict: ${message}`)
}

/** What was observed of all targets, one sentence each, with the name of the target. */
export function foundSentences({ targets }: Report): string[] {
  return targets.flatMap(({ name, found }) => {
    if (!found) return []
    const missing = found.notOffered.map(
      ({ what, evidence }) => `${what} is not offered: ${evidence}`,
    )
    return [readLagSentence(found), ...missing].map((sentence) => `${name}: ${sentence}`)
  })
}

/** Findings of one verdict, in the order of the report. */
export function withVerdict({ findings }: Report, verdict: Verdict): readonly Finding[] {
  return findings.filter((finding) => finding.verdict === verdict)
}
