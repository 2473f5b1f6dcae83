import { expect, it, test } from 'vitest'
import type { Verdict } from '../model.ts'
import { badgeSvg } from './badge.ts'
import { flakyIn, historyOf, howOften, isFlaky, runsOf } from './history.ts'
import { htmlPage } from './html.ts'
import type { Report } from './report.ts'
import { sampleReport } from './sample-report.ts'

/** A run on a day of March, in which the first requirement had this verdict. */
function runOn(day: number, verdict: Verdict): Report {
  const report = sampleReport(1)
  const startedAt = `2026-03-${String(day).padStart(2, '0')}T00:00:00.000Z`
  const findings = report.findings.map((finding) => ({ ...finding, verdict }))
  return { ...report, findings, run: { ...report.run, id: `run${day}`, startedAt } }
}

const runs = (...verdicts: readonly Verdict[]) =>
  verdicts.map((verdict) => ({ verdict, startedAt: '2026-03-01T00:00:00.000Z' }))

it('puts runs in their order, whichever way they are given, and each once', () => {
  const last = runOn(9, 'pass')
  const earlier = [runOn(5, 'fail'), last, runOn(1, 'pass')]
  const report = { ...last, history: historyOf(last, earlier) }
  const [finding] = report.findings
  expect(runsOf(report, finding!).map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'pass'])
  expect(flakyIn(report)).toEqual([finding])
})

test.each<[boolean, readonly Verdict[]]>([
  [false, ['pass', 'fail']],
  [false, ['fail', 'pass', 'pass']],
  [false, ['pass', 'inconclusive', 'pass']],
  [true, ['pass', 'fail', 'pass']],
  [true, ['fail', 'inconclusive', 'pass', 'fail']],
])('is it flaky? %s: %j', (expected, verdicts) => {
  expect(isFlaky(runs(...verdicts))).toBe(expected)
})

it('says how often', () => {
  expect(howOften(runs('pass', 'fail', 'pass'))).toBe('broken in 1 of 3 runs, flaky')
})

it('is a small picture on the page, with the words for who cannot see it, and names what is flaky', () => {
  const last = runOn(9, 'pass')
  const page = htmlPage({ ...last, history: historyOf(last, [runOn(5, 'fail'), runOn(1, 'pass')]) })
  expect(page).toContain('aria-label="2026-03-01 pass, 2026-03-05 fail, 2026-03-09 pass"')
  expect(page.match(/<rect\s+class="(?:pass|fail)"/g)).toHaveLength(6)
  expect(page).toMatch(/<h3>Flaky<\/h3>/)
  expect(htmlPage(last)).not.toMatch(/<rect|<h3>Flaky/)
})

test.each([
  ['conformant', 'pass', '1 of 1 kept'],
  ['failed', 'fail', '1 of 1 broken'],
] as const)('a badge says %s', (conclusion, verdict, words) => {
  const counts = { pass: 0, fail: 0, waived: 0, inconclusive: 0, 'not-applicable': 0, [verdict]: 1 }
  const svg = badgeSvg({ ...sampleReport(1), conclusion, counts })
  expect(svg).toContain(`<title>poolproof: ${words}</title>`)
  expect(svg).not.toMatch(/href|url\(|<script/)
})
