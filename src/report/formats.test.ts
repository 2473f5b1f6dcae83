/** Each format, held against the schema that its makers have published: see samples/README.md. */

import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { annotations } from './annotations.ts'
import { codeQuality } from './code-quality.ts'
import { ctrf } from './ctrf.ts'
import { har } from './har.ts'
import { hostileTexts } from './hostile-texts.ts'
import type { Report } from './report.ts'
import { sampleReport } from './sample-report.ts'
import { sarif } from './sarif.ts'

const sampleFile = (name: string) =>
  JSON.parse(readFileSync(new URL(`samples/${name}`, import.meta.url), 'utf8')) as object

function validator(name: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
  addFormats.default(ajv)
  // Written for older drafts, whose keywords mean the same here, but for the name of the id.
  const { $schema: _draft, id: _id, ...schema } = sampleFile(name) as Record<string, unknown>
  return ajv.compile(schema)
}

function harValidator(): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
  addFormats.default(ajv)
  for (const schema of sampleFile('har-1.2.schemas.json') as object[]) ajv.addSchema(schema)
  const validate = ajv.getSchema('har.json#') ?? ajv.getSchema('har.json')
  if (!validate) throw new Error('There is no schema of HAR.')
  return validate
}

const whole = sampleReport()
const reports: readonly (readonly [string, Report])[] = [
  ['of every verdict', whole],
  ['without findings', { ...whole, findings: [] }],
  [
    'from a file with a space',
    { ...whole, targets: whole.targets.map((one) => ({ ...one, file: 'my targets/a.json' })) },
  ],
  [
    'of a hostile target',
    {
      ...whole,
      findings: whole.findings.map((one, index) => ({
        ...one,
        reason: hostileTexts[index % hostileTexts.length] ?? '',
      })),
    },
  ],
]

const valid = {
  sarif: validator('sarif-2.1.0.schema.json'),
  ctrf: validator('ctrf-0.0.schema.json'),
  codeQuality: validator('code-quality.schema.json'),
  har: harValidator(),
}
const writers = { sarif, ctrf, codeQuality, har }

describe.each(reports)('a report %s', (_what, report) => {
  test.each(['sarif', 'ctrf', 'codeQuality', 'har'] as const)('fits the schema of %s', (format) => {
    const validate = valid[format]
    const document: unknown = JSON.parse(writers[format](report))
    validate(document)
    expect(validate.errors ?? []).toEqual([])
  })
})

test('the schemas refuse what does not fit', () => {
  for (const validate of Object.values(valid)) expect(validate({ version: 7 })).toBe(false)
})

const having = (verdict: string) => whole.findings.filter((one) => one.verdict === verdict).length

test('SARIF has a result for each failure and each open question, and says what is waived', () => {
  const { runs } = JSON.parse(sarif(whole)) as {
    runs: [{ results: { level: string; suppressions?: object[] }[] }]
  }
  const [{ results }] = runs
  expect(results.filter(({ level }) => level === 'error')).toHaveLength(
    having('fail') + having('waived'),
  )
  expect(results.filter(({ level }) => level === 'none')).toHaveLength(having('inconclusive'))
  expect(results.filter(({ suppressions }) => suppressions)).toHaveLength(having('waived'))
})

test('CTRF counts what it lists', () => {
  const { results } = JSON.parse(ctrf(whole)) as {
    results: { summary: Record<string, number>; tests: { status: string }[] }
  }
  const { summary, tests } = results
  expect(tests).toHaveLength(whole.findings.length)
  for (const status of ['passed', 'failed', 'skipped', 'other']) {
    expect(summary[status]).toBe(tests.filter((one) => one.status === status).length)
  }
  expect(summary['failed']).toBe(having('fail'))
})

test('code quality lists failures only, each with a fingerprint of its own', () => {
  const issues = JSON.parse(codeQuality(whole)) as { fingerprint: string }[]
  expect(issues).toHaveLength(having('fail'))
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length)
})

test('HAR has every exchange', () => {
  const { log } = JSON.parse(har(whole)) as { log: { entries: object[] } }
  const exchanges = whole.findings.flatMap(({ evidence }) => evidence)
  expect(log.entries).toHaveLength(exchanges.length)
})

describe('annotations', () => {
  test('are one line each, and no more than GitHub shows', () => {
    const [failure] = whole.findings.filter(({ verdict }) => verdict === 'fail')
    if (!failure) throw new Error('The sample has no failure.')
    const findings = Array.from({ length: 30 }, () => failure)
    const lines = annotations({ ...whole, findings })
      .trimEnd()
      .split('\n')
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10)
    expect(lines.filter((line) => line.includes('21 requirements more are broken'))).toHaveLength(1)
  })

  test.each(hostileTexts.map((text, index) => [index, text] as const))(
    'let no text of a target begin a command: %d',
    (_index, text) => {
      const findings = whole.findings.slice(0, 4).map((one) => ({
        ...one,
        verdict: 'fail' as const,
        reason: `${text}\n::set-output name=a::b`,
      }))
      const lines = annotations({ ...whole, findings })
        .trimEnd()
        .split('\n')
      expect(lines.filter((line) => !/^::(?:error|warning) /.test(line))).toEqual([])
    },
  )
})
