/** A report for our tests in which one text is everywhere where a target has an influence. */

import type { RecordedExchange, Verdict } from '../model.ts'
import type { Finding, Report } from './report.ts'
import { sampleReport } from './sample-report.ts'
import { verdicts } from './wording.ts'

/** @param of - One finding of each of these verdicts. */
export function reportOf(text: string, of: readonly Verdict[] = verdicts): Report {
  const sample = sampleReport(1)
  const findings = of.map((verdict) => findingOf(text, verdict, sample.findings[0]!))
  const counts = { pass: 1, fail: 1, waived: 1, inconclusive: 1, 'not-applicable': 1 }
  const found = { readLagMilliseconds: 0, notOffered: [{ what: text, evidence: text }] }
  const target = { ...sample.targets[0]!, endpoint: text, found }
  return {
    ...sample,
    targets: [target],
    counts,
    findings,
    leftovers: [text],
    staleWaivers: [text],
    faults: [text],
    run: { ...sample.run, command: text },
  }
}

function findingOf(text: string, verdict: Verdict, sample: Finding): Finding {
  const waiver = { requirement: text, reason: text, owner: text, expires: '2030-01-01' }
  return {
    ...sample,
    id: `elb/delete-pool/${verdict}`,
    verdict,
    text,
    source: text,
    reason: text,
    repeat: text,
    reading: { name: text, meaning: text, pinned: text },
    waiver,
    evidence: exchangesOf(text),
  }
}

/** One that was answered, and one that was not. */
export function exchangesOf(text: string): RecordedExchange[] {
  const headers = [[text, text]] as const
  const request = { method: text, url: text, headers, body: text }
  const response = { status: 200, headers, body: text }
  return [
    { purpose: 'ask', request, response, trouble: text, milliseconds: 1 },
    { purpose: 'look', request, trouble: text, milliseconds: 1 },
  ]
}
