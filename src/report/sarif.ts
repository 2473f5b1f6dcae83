/** A report as SARIF 2.1.0, for views of code scanning. */

import { fingerprintOf } from './fingerprint.ts'
import { fileOf } from './tested-file.ts'
import { legible } from './legible.ts'
import type { Finding, Report } from './report.ts'

/** One run with a rule for each requirement that needs attention, and a result for each finding about it. */
export function sarif(report: Report): string {
  const shown = report.findings.filter(({ verdict }) => verdict in levels)
  const rules = [...new Map(shown.map((one) => [one.id, rule(one)] as const)).values()]
  const driver = {
    name: 'Poolproof',
    version: report.tool.version,
    informationUri: 'https://github.com/poolproof/poolproof',
    rules,
  }
  const run = {
    tool: { driver },
    automationDetails: { id: `poolproof/${report.run.id}` },
    columnKind: 'utf16CodeUnits',
    results: shown.map((finding) => result(finding, report)),
  }
  const document = { $schema: schema, version: '2.1.0', runs: [run] }
  return `${legible(JSON.stringify(document, null, 2))}\n`
}

const schema = 'https://json.schemastore.org/sarif-2.1.0.json'

/** What is shown, and how: a pass and what is not applicable needs no attention. */
const levels = { fail: 'error', waived: 'error', inconclusive: 'note' } as const

function rule({ id, text, address, level, source }: Finding): object {
  return {
    id,
    shortDescription: { text },
    fullDescription: { text: `${text} ${source}` },
    ...(address === undefined ? {} : { helpUri: address }),
    properties: { level },
  }
}

function result(finding: Finding, report: Report): object {
  const { id, verdict, reason = 'No reason was recorded.', repeat, target, waiver } = finding
  const uri = encodeURI(fileOf(report, target) ?? 'conformance.json')
  return {
    ruleId: id,
    level: levels[verdict as keyof typeof levels],
    kind: verdict === 'inconclusive' ? 'review' : 'fail',
    // A review has no level: see section 3.27.10 of the standard.
    ...(verdict === 'inconclusive' ? { level: 'none' } : {}),
    message: { text: `${reason}\nRepeat it: ${repeat}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } },
        logicalLocations: [
          { name: target, fullyQualifiedName: `${target}/${id}`, kind: 'resource' },
        ],
      },
    ],
    partialFingerprints: { 'poolproof/v1': fingerprintOf(finding) },
    ...(waiver ? { suppressions: [{ kind: 'external', justification: waiver.reason }] } : {}),
  }
}
