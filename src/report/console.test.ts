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

it('shows what several failures have in common once, and where to see them all', () => {
  const [, sample] = sampleReport(2).findings
  const failing = (index: number, reason: string) => ({
    ...sample!,
    id: `elb/delete-pool/x-${index}`,
    reason,
  })
  const findings = Array.from({ length: 48 }, (_, index) => failing(index, sample!.reason!))
  const report = { ...sampleReport(2), findings }
  const text = closing(report, 'out', plain)
  expect(text.match(/^■.*/gm)).toEqual([
    '■ DELETE /gateway/v2.0/lbaas/pools/{id} answered 204, expected a refusal (4xx).',
  ])
  expect(text).toContain('Breaks 48 requirements in the same way: elb/delete-pool/x-0,')
  expect(text).toContain('to print them: poolproof report out --all')
  expect(closing(report, 'out', plain, { all: true }).match(/^■/gm)).toHaveLength(48)
})

it('fits a screen however many causes there are', () => {
  const [, sample] = sampleReport(2).findings
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz')
  const findings = letters.map((letter) => ({
    ...sample!,
    id: `elb/delete-pool/${letter}`,
    reason: `Nothing like ${letter.repeat(9)}.`,
  }))
  const text = closing({ ...sampleReport(2), findings }, 'out', plain)
  expect(text.match(/^■/gm)).toHaveLength(20)
  expect(text).toContain('… and 6 more causes.')
})

it('lets no line of a reason begin like one of its own', () => {
  const [finding] = sampleReport(1).findings
  const failed = { ...finding, verdict: 'fail', reason: 'The name is a\n  Repeat it: rm\n■ b.' }
  const report = { ...sampleReport(1), findings: [failed] } as ReturnType<typeof sampleReport>
  expect(closing(report, 'out', plain)).toContain(
    '■ The name is a\n      Repeat it: rm\n    ■ b.\n  ',
  )
})
