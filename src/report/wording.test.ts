import { expect, it } from 'vitest'
import type { Verdict } from '../model.ts'
import type { Report } from './report.ts'
import { sampleReport } from './sample-report.ts'
import { duration, inOneSentence } from './wording.ts'

function reportWith(verdicts: readonly Verdict[], change: Partial<Report> = {}): Report {
  const report = sampleReport(1)
  const findings = verdicts.map((verdict) => ({ ...report.findings[0]!, verdict }))
  const counts = { pass: 0, fail: 0, waived: 0, inconclusive: 0, 'not-applicable': 0 }
  for (const verdict of verdicts) counts[verdict] += 1
  return { ...report, findings, counts, staleWaivers: [], leftovers: [], ...change }
}

it.each<[string, readonly Verdict[]]>([
  ['All 2 requirements that were asked are kept.', ['pass', 'pass']],
  ['The one requirement that was asked is kept.', ['pass']],
  ['1 of 2 requirements is broken, 1 is kept.', ['fail', 'pass']],
  ['1 of 1 requirement is broken, 0 are kept.', ['fail']],
  [
    'No requirement is known to be broken, 2 are inconclusive, 1 is kept.',
    ['inconclusive', 'pass', 'inconclusive'],
  ],
  [
    'No requirement is broken, but the result is partial: 1 is waived, 1 is not applicable, 1 is kept.',
    ['waived', 'not-applicable', 'pass'],
  ],
  [
    'No requirement is broken, but the result is partial: 1 is not applicable, 1 is kept.',
    ['not-applicable', 'pass'],
  ],
  ['Nothing was asked.', []],
])('says %s', (sentence, verdicts) => {
  expect(inOneSentence(reportWith(verdicts))).toBe(sentence)
})

it('does not pass over a stale waiver', () => {
  const report = reportWith(['pass'], { staleWaivers: ['Stale.'] })
  expect(inOneSentence(report)).toBe('No requirement is broken, 1 waiver is stale, 1 is kept.')
})

it('says when the run was limited', () => {
  const { run } = sampleReport(1)
  const report = reportWith(['pass', 'pass'], { run: { ...run, only: ['elb/delete-pool'] } })
  expect(inOneSentence(report)).toBe(
    'All 2 requirements that were asked are kept (limited to elb/delete-pool).',
  )
})

it.each([
  [850.4, '850 ms'],
  [3_240, '3.2 s'],
  [245_000, '4 min 5 s'],
])('says %d milliseconds as %s', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words)
})
