import pc from 'picocolors'
import { expect, it } from 'vitest'
import { closing } from './console.ts'
import { sampleReport } from './sample-report.ts'

const plain = pc.createColors(false)

it('tells a failure as happened, requirement, source, repeat', () => {
  expect(closing(sampleReport(), 'out', plain)).toContain(
    `■ DELETE /v2.0/lbaas/pools/5a9a3e9e-0000-4000-8000-000000000001 answered 204 without a body, expected a refusal (4xx).
  A pool that still has backend servers is not deleted. (elb/delete-pool/members-first)
  Source: Deleting a Backend Server Group › Constraints
  Repeat it: poolproof run --target staging-eu.json --only elb/delete-pool/members-first --seed 7
`,
  )
})

it('gives a reason once for all it leaves undecided', () => {
  expect(closing(sampleReport(), 'out', plain)).toContain(
    'ECONNRESET: socket hang up.\n  Leaves 2 requirements undecided: elb/update-pool/sample-15, elb/update-pool/sample-20.',
  )
})

it('ends with the conclusion and where the report is', () => {
  expect(closing(sampleReport(), 'out', plain)).toMatch(
    /\n\n2 of 40 requirements are broken, .*\nReport: out[/\\]index\.html\n$/,
  )
})

it('says that nothing was asked, whose reason is on standard error', () => {
  const report = { ...sampleReport(24), notAsked: 'Wrong token.', staleWaivers: [], leftovers: [] }
  const findings = report.findings.filter(({ verdict }) => verdict === 'inconclusive')
  expect(closing({ ...report, findings }, 'out', plain)).toBe(
    'Nothing was asked.\nReport: out/index.html\n',
  )
})

it('shows faults of ours', () => {
  const text = closing({ ...sampleReport(1), faults: ['TypeError: x'] }, 'out', plain)
  expect(text).toContain('Faults of Poolproof\n  TypeError: x')
  expect(text).toContain('Poolproof itself failed, so this result is not complete.')
})

it('says no more than that when everything passes', () => {
  const report = sampleReport(1)
  const well = { ...report, conclusion: 'conformant', exitCode: 0, leftovers: [], staleWaivers: [] }
  expect(closing(well as typeof report, 'out', plain)).toBe(
    'The one requirement that was asked is kept.\nReport: out/index.html\n',
  )
})

it('uses colour only when told to', () => {
  const escape = '\u001b['
  expect(closing(sampleReport(), 'out', plain)).not.toContain(escape)
  expect(closing(sampleReport(), 'out', pc.createColors(true))).toContain(escape)
})

it('passes no control character of a target to the terminal', () => {
  const report = sampleReport(2)
  const nasty = 'answered \u001b]0;owned\u0007 \u001b[2J'
  const findings = report.findings.map((finding) => ({
    ...finding,
    reason: nasty,
    text: nasty,
    id: nasty,
  }))
  const text = closing({ ...report, findings, leftovers: [nasty] }, 'out', plain)
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
})

it('fits a screen however much is broken', () => {
  const report = sampleReport(2)
  const findings = Array.from({ length: 100 }, () => report.findings[1]!)
  const text = closing({ ...report, findings }, 'out', plain)
  expect(text.match(/^■/gm)).toHaveLength(20)
  expect(text).toContain('… and 80 more failures; the report has them all.')
})
