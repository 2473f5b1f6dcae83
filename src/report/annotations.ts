/** The failures of a report as workflow commands of GitHub Actions, which shows them as annotations. */

import { onOneLine } from './legible.ts'
import { fileOf } from './tested-file.ts'
import type { Finding, Report } from './report.ts'
import { requirements } from './wording.ts'

/** GitHub shows ten errors and ten warnings of a step. */
const mostOfAKind = 10

/** Lines for standard output. Nothing that a target said can begin a command: it is on one line, behind two colons. */
export function annotations(report: Report): string {
  const failed = report.findings.filter(({ verdict }) => verdict === 'fail')
  const shown = failed.length > mostOfAKind ? failed.slice(0, mostOfAKind - 1) : failed
  const more = failed.length - shown.length
  const errors = shown.map((finding) => error(finding, report))
  const rest =
    more > 0
      ? [`::error title=Poolproof::${requirements(more)} more are broken; see the summary.`]
      : []
  const others = [...report.staleWaivers, ...report.leftovers, ...(report.faults ?? [])]
  const warnings = others
    .slice(0, mostOfAKind)
    .map((sentence) => `::warning title=Poolproof::${data(sentence)}`)
  return [...errors, ...rest, ...warnings].map((line) => `${line}\n`).join('')
}

function error({ id, target, text, reason = '' }: Finding, report: Report): string {
  const file = fileOf(report, target)
  const place = file === undefined ? '' : `file=${property(file)},`
  return `::error ${place}title=${property(id)}::${data(`${text} ${reason}`)}`
}

const mostOfAMessage = 2_000

function data(text: string): string {
  return onOneLine(text.slice(0, mostOfAMessage)).replaceAll('%', '%25')
}

/** In a property, a colon and a comma have a meaning as well. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
