/** A report in the Common Test Report Format, which many dashboards read. */

import type { Verdict } from '../model.ts'
import { fileOf } from './tested-file.ts'
import { legible } from './legible.ts'
import type { Finding, Report } from './report.ts'

const statuses = {
  pass: 'passed',
  fail: 'failed',
  waived: 'skipped',
  inconclusive: 'other',
  'not-applicable': 'skipped',
} as const satisfies Readonly<Record<Verdict, string>>

/** One test for each requirement that was to be asked; what cannot be observed is not a test. */
export function ctrf(report: Report): string {
  const tests = report.findings.map((finding) => testOf(finding, report))
  const count = (status: string) => tests.filter((one) => one.status === status).length
  const start = Date.parse(report.run.startedAt)
  const summary = {
    tests: tests.length,
    passed: count('passed'),
    failed: count('failed'),
    pending: 0,
    skipped: count('skipped'),
    other: count('other'),
    start,
    stop: start + Math.round(report.run.milliseconds),
  }
  const tool = { name: 'Poolproof', version: report.tool.version }
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: report.run.startedAt,
    generatedBy: 'poolproof',
    results: { tool, summary, tests },
  }
  return `${legible(JSON.stringify(document, null, 2))}\n`
}

function testOf(finding: Finding, report: Report) {
  const { id, target, dialect, operation, verdict, level, reason, milliseconds, repeat } = finding
  const file = fileOf(report, target)
  return {
    name: id,
    status: statuses[verdict],
    duration: Math.round(milliseconds),
    suite: [target, dialect, operation],
    rawStatus: verdict,
    tags: [level],
    ...(reason === undefined ? {} : { message: reason }),
    ...(file === undefined ? {} : { filePath: file }),
    extra: { text: finding.text, source: finding.source, repeat },
  }
}
