import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../model.ts'
import { conformanceJson, isAsWritten } from './conformance.ts'
import { sha256, withEvidence, withEvidenceApart } from './evidence-file.ts'
import type { Report } from './report.ts'
import { sampleReport } from './sample-report.ts'

const report = sampleReport(60)

describe('the evidence of what passed', () => {
  it('is kept apart, and comes back unchanged', () => {
    const { report: stored, file } = withEvidenceApart(report)
    const passed = stored.findings.filter(({ verdict }) => verdict === 'pass')
    expect(passed.map(({ evidence, evidenceApart }) => [evidence.length, evidenceApart])).toEqual(
      passed.map(() => [0, 7]),
    )
    const failed = stored.findings.find(({ verdict }) => verdict === 'fail')
    expect(failed?.evidence).toHaveLength(7)
    expect(withEvidence(JSON.parse(conformanceJson(stored)) as Report, file)).toMatchObject({
      findings: report.findings,
    })
  })

  it('has what was drawn for it, and that of the rest stays with the rest', () => {
    const values = { 'name pool': ['poolproof-1a2b3c4d-pool-7'], port: [20_001] }
    const drawn = [{ run: '1a2b3c4d', exchanges: 7, loadBalancers: ['lb-1'], values }]
    const findings = report.findings.map((one) => ({ ...one, drawn }))
    const { report: stored, file } = withEvidenceApart({ ...report, findings })
    const kept = stored.findings.filter((one) => one.drawn !== undefined)
    expect(kept.map(({ verdict }) => verdict)).not.toContain('pass')
    const read = JSON.parse(conformanceJson(stored)) as Report
    expect(withEvidence(read, file).findings.map((one) => one.drawn)).toEqual(
      findings.map((one) => one.drawn),
    )
  })

  it('may be missing: then the report says how many exchanges there were', () => {
    const { report: stored } = withEvidenceApart(report)
    expect(withEvidence(stored, undefined)).toBe(stored)
  })

  it('is refused when it belongs to another run', () => {
    const { report: stored } = withEvidenceApart(report)
    const { file } = withEvidenceApart(sampleReport(50))
    expect(() => withEvidence(stored, file)).toThrow(UsageError)
    expect(() => withEvidence(stored, file)).toThrow(/is not the one that belongs to this report/)
  })

  it.each([
    ['null', 'null'],
    ['another list', '{"run":"x","exchanges":null}'],
    ['what are no exchanges', '{"run":"x","exchanges":{"KEY":[null]}}'],
    ['no JSON', '{'],
  ])('is refused when it holds %s', (_, text) => {
    const { report: stored } = withEvidenceApart(report)
    const passed = stored.findings.find(({ evidenceApart }) => evidenceApart !== undefined)
    const key = `${passed?.target ?? ''} ${passed?.id ?? ''}`
    const file = gzipSync(text.replace('KEY', key))
    const evidenceFile = { name: 'evidence.json.gz', sha256: sha256(file) }
    const odd = JSON.parse(conformanceJson({ ...stored, evidenceFile })) as Report
    expect(() => withEvidence(odd, file)).toThrow(UsageError)
  })

  it('makes no file where nothing passed', () => {
    const findings = report.findings.filter(({ verdict }) => verdict !== 'pass')
    expect(withEvidenceApart({ ...report, findings })).toEqual({ report: { ...report, findings } })
  })

  it('keeps conformance.json of an all-pass run of 420 requirements under 1 MB', () => {
    const [first] = report.findings
    const findings = Array.from({ length: 420 }, (_, index) => ({
      ...first!,
      id: `${first!.id}-${index}`,
    }))
    const { report: stored } = withEvidenceApart({ ...report, findings })
    expect(conformanceJson(stored).length).toBeLessThan(1_000_000)
  })
})

describe('isAsWritten', () => {
  const text = conformanceJson(report)

  it('accepts what was written, also when a body looks like a digest', () => {
    const body = `  "digest": "${'1'.repeat(64)}"`
    const exchange = { ...report.findings[0]!.evidence[0]!, trouble: body }
    const findings = [{ ...report.findings[0]!, evidence: [exchange] }]
    expect([text, conformanceJson({ ...report, findings })].map(isAsWritten)).toEqual([true, true])
  })

  it('knows nothing of a report without one', () => {
    expect(isAsWritten(JSON.stringify(report))).toBeUndefined()
  })

  it.each([10, 500, 5_000, -10])('notices a changed character: %d', (at) => {
    const place = at < 0 ? text.length + at : at
    const changed = text[place] === 'x' ? 'y' : 'x'
    expect(isAsWritten(text.slice(0, place) + changed + text.slice(place + 1))).toBe(false)
  })
})
