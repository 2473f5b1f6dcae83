/** A report as GitLab shows it in a merge request: code quality, in the form of Code Climate. */

import type { Level } from '../model.ts'
import { fingerprintOf } from './fingerprint.ts'
import { fileOf } from './tested-file.ts'
import { legible, onOneLine } from './legible.ts'
import type { Report } from './report.ts'

const severities = {
  must: 'critical',
  implied: 'major',
  reading: 'minor',
} as const satisfies Readonly<Record<Level, string>>

/** One issue for each failure. Its fingerprint stays while the failure is the same, so that GitLab shows what is new. */
export function codeQuality(report: Report): string {
  const issues = report.findings
    .filter(({ verdict }) => verdict === 'fail')
    .map((finding) => ({
      description: onOneLine(`${finding.text} ${finding.reason ?? ''}`),
      check_name: finding.id,
      fingerprint: `${finding.target}-${fingerprintOf(finding)}`,
      severity: severities[finding.level],
      location: {
        path: fileOf(report, finding.target) ?? 'conformance.json',
        lines: { begin: 1 },
      },
    }))
  return `${legible(JSON.stringify(issues, null, 2))}\n`
}
