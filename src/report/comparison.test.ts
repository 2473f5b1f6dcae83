import { describe, expect, test } from 'vitest'
import type { Verdict } from '../model.ts'
import { comparison, type Comparison } from './comparison.ts'
import { comparisonPage } from './comparison-page.ts'
import { comparisonInOneSentence, comparisonMarkdown, comparisonText } from './comparison-text.ts'
import type { Finding, Report } from './report.ts'
import { sampleReport } from './sample-report.ts'

const sample = sampleReport(1, 1)
const [base] = sample.findings as [Finding]

function finding(verdict: Verdict, reason = 'It broke.', name = 'one'): Finding {
  const { reason: _reason, reading: _reading, waiver: _waiver, ...rest } = base
  return { ...rest, id: `elb/delete-pool/${name}`, verdict, reason }
}

function reportOf(...findings: readonly (Finding | undefined)[]): Report {
  return { ...sample, findings: findings.filter((one) => one !== undefined) }
}

const lists = ['appeared', 'gone', 'changed', 'undecided', 'decided'] as const

/** The one list that has the requirement, if one has. */
function listOf(compared: Comparison): string {
  const found = lists.filter((name) => compared[name].length > 0)
  expect(found.length).toBeLessThanOrEqual(1)
  return found[0] ?? 'same'
}

const verdicts = ['pass', 'fail', 'waived', 'inconclusive', 'not-applicable', undefined] as const

/** Every pair of verdicts, the absent one included: before in rows, after in columns. */
const table: Readonly<Record<string, readonly string[]>> = {
  pass: ['same', 'appeared', 'appeared', 'undecided', 'undecided', 'undecided'],
  fail: ['gone', 'same', 'changed', 'undecided', 'undecided', 'undecided'],
  waived: ['gone', 'changed', 'same', 'undecided', 'undecided', 'undecided'],
  inconclusive: ['decided', 'appeared', 'appeared', 'same', 'same', 'same'],
  'not-applicable': ['decided', 'appeared', 'appeared', 'same', 'same', 'same'],
  undefined: ['decided', 'appeared', 'appeared', 'same', 'same', 'same'],
}

describe.each(verdicts)('before %s', (before) => {
  test.each(verdicts.map((after, index) => [after, table[String(before)]?.[index]] as const))(
    'after %s: %s',
    (after, expected) => {
      const [one, other] = [before, after].map((verdict) => verdict && finding(verdict))
      const compared = comparison(reportOf(one), reportOf(other))
      expect(listOf(compared)).toBe(expected)
      const fresh = expected === 'appeared' && after === 'fail'
      expect(compared.exitCode).toBe(fresh ? 1 : expected === 'undecided' ? 3 : 0)
    },
  )
})

test('a failure that is another is changed; one with other ids is the same', () => {
  const [one, other] = ['Pool 5a9a3e9e-0a44-4f0e-9d9c-6e1f5d0c7a11 is gone.', 'A 500.'].map((why) =>
    reportOf(finding('fail', why)),
  ) as [Report, Report]
  const same = reportOf(finding('fail', 'Pool 3f0c9c57-0a44-4f0e-9d9c-6e1f5d0c7a11 is gone.'))
  expect(listOf(comparison(one, other))).toBe('changed')
  expect(listOf(comparison(one, same))).toBe('same')
})

test('readings and requests are compared where both reports have them', () => {
  const reading = (name: string) => ({ ...finding('pass'), reading: { name, meaning: 'm' } })
  const compared = comparison(reportOf(reading('a')), reportOf({ ...reading('b'), evidence: [] }))
  expect(compared.readings).toMatchObject([{ before: { reading: 'a' }, after: { reading: 'b' } }])
  expect(compared.cost).toEqual([{ id: 'elb/delete-pool/one', before: 1, after: 0 }])
  expect(comparison(reportOf(reading('a')), reportOf(finding('pass'))).readings).toEqual([])
})

test('the same report differs in nothing', () => {
  const whole = sampleReport()
  const compared = comparison(whole, whole)
  expect(lists.flatMap((name) => compared[name])).toEqual([])
  expect([compared.readings, compared.cost, compared.exitCode]).toEqual([[], [], 0])
})

describe('for people', () => {
  const hostile = '<script>alert(1)</script> `rm` | # \u001b[2J'
  const before = reportOf(finding('pass', '', 'one'), finding('fail', 'It broke.', 'two'))
  const after = {
    ...reportOf(finding('fail', hostile, 'one'), finding('pass', '', 'two')),
    run: { ...sample.run, seed: 99, only: ['elb'] },
  }
  const compared = comparison(before, after)

  test('the sentence counts', () => {
    expect(comparisonInOneSentence(compared)).toBe('1 new failure, 1 gone.')
    expect(comparisonInOneSentence(comparison(before, before))).toBe('No new failure.')
  })

  test('the text says both sides, and what makes the reports harder to compare', () => {
    const text = comparisonText(compared)
    expect(text).toMatch(/^New failures \(1\)\n {2}elb\/delete-pool\/one: /)
    expect(text).toContain('    before: fail: It broke.\n    after:  pass')
    expect(text).toContain(`The seed differs: ${sample.run.seed} before, 99 after.`)
    expect(text).toContain('The selection differs: everything before, elb after.')
    expect(text).not.toContain('\u001b')
  })

  test('Markdown and the page interpret nothing of what a target said', () => {
    expect(comparisonMarkdown(compared)).toContain('`<script>alert(1)</script>`')
    const page = comparisonPage(compared)
    expect(page).not.toContain('<script')
    expect(page).not.toMatch(/(?:src|href)="http/)
    expect(page).toContain('New failures (1)')
  })
})
