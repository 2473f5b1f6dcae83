import { expect, it } from 'vitest'
import { problems } from '../documents/schema.ts'
import { conformanceJson } from './conformance.ts'
import type { Report } from './report.ts'
import { sampleReport } from './sample-report.ts'

it('is the report, to the last field', () => {
  const report = sampleReport()
  expect(JSON.parse(conformanceJson(report))).toEqual({
    ...report,
    digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  })
})

it('has what the schema does not name one by one, such as circumstances, in its own order', () => {
  const report = sampleReport(1)
  const circumstances = { neighbour: 'namesake', protocol: 'TCP', attachment: 'listener' }
  const findings = report.findings.map((finding) => ({ ...finding, circumstances }))
  const [written] = (JSON.parse(conformanceJson({ ...report, findings })) as Report).findings
  expect(written?.circumstances).toEqual(circumstances)
})

it('has two spaces and ends in a line feed', () => {
  expect(conformanceJson(sampleReport())).toMatch(/^\{\n {2}"\$schema": [\s\S]*\n\}\n$/)
})

it('has the same key order however the report was put together', () => {
  const report = sampleReport()
  const shuffled = Object.fromEntries(Object.entries(report).toReversed()) as unknown as Report
  const counts = Object.fromEntries(Object.entries(report.counts).toReversed())
  const other = { ...shuffled, counts } as unknown as Report
  expect(conformanceJson(other)).toBe(conformanceJson(report))
})

it('refuses to write what the schema does not know', () => {
  const report = { ...sampleReport(), mood: 'good' }
  expect(() => conformanceJson(report)).toThrow(/does not fit.*\n.*unknown key "mood"/)
})

it.each([
  ['a verdict of its own', { verdict: 'maybe' }],
  ['a header of three parts', { evidence: [anExchange([['a', 'b', 'c']])] }],
  ['an id without an operation', { id: 'elb' }],
  ['an operation that is not spelled like one', { operation: 'Delete Pool' }],
  ['an address that is not a web page', { address: 'file:///etc/hosts' }],
])('is strict about %s', (_, change) => {
  const report = sampleReport(1)
  const findings = report.findings.map((finding) => ({ ...finding, ...change }))
  expect(problems('report.schema.json', { ...report, findings })).not.toEqual([])
})

it('takes whatever a hostile target answers', () => {
  const body = '\u0000 </script> \ud800'
  const exchange = { ...anExchange([['x', body]]), response: { status: 999, headers: [], body } }
  const report = sampleReport(1)
  const findings = report.findings.map((finding) => ({ ...finding, evidence: [exchange] }))
  const text = conformanceJson({ ...report, findings } as unknown as Report)
  expect(JSON.parse(text)).toMatchObject({ findings: [{ evidence: [exchange] }] })
})

function anExchange(headers: readonly (readonly string[])[]): object {
  return { purpose: 'ask', request: { method: 'GET', url: '/', headers }, milliseconds: 1 }
}
