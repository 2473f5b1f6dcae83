import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { junitXml } from './junit.ts'
import type { Finding, Report } from './report.ts'
import { sampleReport } from './sample-report.ts'

interface Case {
  readonly '@name': string
  readonly '@classname': string
  readonly '@time': string
  readonly failure?: { readonly '@message': string; readonly '#text': string }
  readonly error?: { readonly '@message': string }
  readonly skipped?: { readonly '@message': string }
  readonly properties?: { readonly property: readonly Record<string, string>[] }
}

interface Suite extends Record<string, unknown> {
  readonly '@name': string
  readonly testcase: readonly Case[]
}

const parser = new XMLParser({
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  parseAttributeValue: false,
  isArray: (name) => ['testcase', 'testsuite', 'property'].includes(name),
})

function parsed(report: Report): Record<string, unknown> & { readonly testsuite: Suite[] } {
  const xml = junitXml(report)
  expect(XMLValidator.validate(xml)).toBe(true)
  return (parser.parse(xml) as { testsuites: ReturnType<typeof parsed> }).testsuites
}

function casesOf(report: Report): Case[] {
  return parsed(report).testsuite.flatMap(({ testcase }) => testcase)
}

function only(change: Partial<Finding>): Report {
  const report = sampleReport(1)
  const findings = report.findings.map((finding) => ({ ...finding, ...change }))
  return { ...report, findings, unobservable: [], staleWaivers: [], leftovers: [] }
}

it('has one suite for each target and operation, and one each for stale waivers and what is left', () => {
  const report = sampleReport()
  const { findings } = report
  expect(parsed(report).testsuite.map((suite) => suite['@name'])).toEqual([
    ...new Set(
      findings.map(({ target, dialect, operation }) => `${target}: ${dialect}/${operation}`),
    ),
    'waivers',
    'left behind',
  ])
})

it('counts as the report does', () => {
  const report = sampleReport()
  const { counts } = report
  const whole = parsed(report)
  const spent = report.findings.reduce((all, { milliseconds }) => all + milliseconds, 0)
  expect(whole).toMatchObject({
    '@tests': String(report.findings.length + 2), // one waiver is stale, one thing is left
    '@failures': String(counts.fail + 1),
    '@errors': String(counts.inconclusive),
    '@skipped': String(counts.waived + counts['not-applicable'] + 1),
    '@time': (spent / 1000).toFixed(3),
    '@timestamp': '2026-03-14T09:26:53',
  })
  const sum = (name: string) => whole.testsuite.reduce((all, suite) => all + Number(suite[name]), 0)
  expect(sum('@tests')).toBe(report.findings.length + 2)
  expect(sum('@time')).toBeCloseTo(spent / 1000, 6)
  expect(sum('@errors')).toBe(counts.inconclusive)
})

it('names a case by its requirement, and never two alike', () => {
  const cases = casesOf(sampleReport())
  expect(cases.map((one) => one['@name'])).toContain('elb/delete-pool/members-first')
  const names = cases.map((one) => `${one['@classname']} ${one['@name']}`)
  expect(new Set(names).size).toBe(names.length)
})

it('gives a failure its message, its source and its evidence', () => {
  const broken = casesOf(sampleReport()).find(({ failure }) => failure)
  expect(broken?.failure?.['@message']).toMatch(/answered 204 without a body, expected a refusal/)
  const text = broken?.failure?.['#text']
  expect(text).toContain('Source: Deleting a Backend Server Group › Constraints')
  expect(text).toContain('Repeat it: poolproof run --target staging-eu.json --only elb/delete-pool')
  expect(text).toMatch(/4\. ask: DELETE https:\S+ → 204 \(12\.1 ms\)/)
  expect(text).toContain('"lb_algorithm": "ROUND_ROBIN"')
})

it.each([
  ['inconclusive', 'error', 'No answer.'],
  ['not-applicable', 'skipped', 'Not applicable. No answer.'],
] as const)('tells %s as %s, with the reason', (verdict, element, message) => {
  const [only_] = casesOf(only({ verdict, reason: 'No answer.' }))
  expect(only_?.[element]?.['@message']).toBe(message)
})

it('tells a waived requirement as skipped, with the waiver', () => {
  const waiver = { requirement: 'x', reason: 'Later.', owner: 'me', expires: '2026-06-30' }
  const [waived] = casesOf(only({ verdict: 'waived', reason: 'It broke.', waiver }))
  expect(waived?.skipped?.['@message']).toBe('Waived: Later.')
  expect(waived?.properties?.property).toContainEqual({
    '@name': 'waiver',
    '@value': 'Later. (me, until 2026-06-30)',
  })
})

it('does not list what is unobservable: that is no test', () => {
  const report = sampleReport()
  const names = casesOf(report).map((one) => one['@name'])
  expect(report.unobservable.length).toBeGreaterThan(0)
  expect(names.filter((name) => report.unobservable.some(({ id }) => id === name))).toEqual([])
})

it('names the target file of each case, where there is one', () => {
  const report = sampleReport()
  const [first, ...others] = report.targets
  const targets = first ? [{ ...first, file: 'targets/eu.json' }, ...others] : []
  const files = casesOf({ ...report, targets }).map((one) => (one as { '@file'?: string })['@file'])
  expect(new Set(files)).toEqual(new Set(['targets/eu.json', undefined]))
})

it('tells what is left behind, without a failure', () => {
  const left = casesOf(sampleReport()).filter((one) => one['@classname'] === 'left behind')
  expect(left.map(({ skipped }) => skipped?.['@message'])).toEqual(sampleReport().leftovers)
})

it('tells once, as an error, why nothing was asked', () => {
  const report = { ...sampleReport(), notAsked: 'Wrong token.', staleWaivers: [], leftovers: [] }
  const whole = parsed(report)
  expect(whole).toMatchObject({ '@errors': '1', '@failures': '0' })
  expect(whole.testsuite[0]).toMatchObject({ '@name': 'run', '@errors': '1' })
  expect(casesOf(report)[0]?.error?.['@message']).toBe('Wrong token.')
})

it('tells each fault of ours as an error', () => {
  const report = { ...only({}), faults: ['TypeError: x\n at y', 'Error: z'] }
  const errors = casesOf(report).flatMap(({ error }) => error?.['@message'] ?? [])
  expect(errors).toEqual(['TypeError: x at y', 'Error: z'])
})

describe('a hostile text', () => {
  const nasty =
    ']]> \u0000 \u001b[31m \ud800 <script> & &amp; "quoted" \'single\' 😀 \uffff <!-- -->'
  const safe = String.raw`]]> \u0000 \u001b[31m \ud800 <script> & &amp; "quoted" 'single' 😀 \uffff <!-- -->`

  it('comes back whole from a reason and from a body, nothing but the unseen changed', () => {
    const headers = [[nasty, nasty]] as const
    const evidence = [
      {
        purpose: 'ask' as const,
        request: { method: 'GET', url: nasty, headers, body: nasty },
        response: { status: 200, headers, body: nasty },
        milliseconds: 1,
      },
    ]
    const report = only({ verdict: 'fail', reason: nasty, source: nasty, evidence })
    const [broken] = casesOf(report)
    expect(broken?.failure?.['@message']).toBe(safe)
    expect(broken?.failure?.['#text'].split(safe)).toHaveLength(10)
  })

  it('leaves no character that XML has no place for', () => {
    const xml = junitXml(only({ verdict: 'fail', reason: nasty }))
    // oxlint-disable-next-line no-control-regex -- these are what is looked for
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/)
    expect(Buffer.from(xml, 'utf8').toString('utf8')).toBe(xml)
  })
})
