/** A report as `junit.xml`, for pipelines that show tests. */

import { XMLBuilder } from 'fast-xml-parser'
import { evidenceText } from './exchange-text.ts'
import { groupsOf, type Group } from './groups.ts'
import { legible, onOneLine } from './legible.ts'
import type { Finding, Report } from './report.ts'
import { fileOf } from './tested-file.ts'

/** An element as the builder takes it: `@` before attributes, `#text` for text. */
interface Element {
  readonly [name: string]: string | number | Element | readonly Element[]
}

/** Characters of each body: enough for a merge request. The HTML page shows more. */
const mostOfABody = 4_000

const builder = new XMLBuilder({
  attributeNamePrefix: '@',
  format: true,
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
})

/**
 * One suite for each target and operation, one case for each requirement.
 *
 * `fail` becomes a failure; `inconclusive` an error (in JUnit, a test that could not be completed); `waived` and
 * `not-applicable` are skipped. A requirement that no exchange can show is not a test, so it is not listed. Times add up: those
 * of the cases to that of their suite, those of the suites to that of the report.
 */
export function junitXml(report: Report): string {
  const suites = [
    ...errorSuite(
      'run',
      'nothing was asked',
      report.notAsked === undefined ? [] : [report.notAsked],
      report,
    ),
    ...errorSuite('poolproof', 'fault', report.faults ?? [], report),
    ...groupsOf(report).map((group) => suiteOf(group, report)),
    ...waiverSuite(report),
    ...setUpSuite(report),
    ...leftoverSuite(report),
  ]
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': 'poolproof',
      ...totals(suites.flatMap(({ testcase }) => testcase)),
      '@time': seconds(spentOn(report.findings)),
      '@timestamp': timestamp(report),
      testsuite: suites,
    },
  })
}

type Suite = Element & { readonly testcase: readonly Element[] }

function suiteOf(group: Group, report: Report): Suite {
  const { target, dialect, operation, findings } = group
  const className = `${target}.${dialect}.${operation}`
  const cases = findings.map((finding) => caseOf(finding, className, report))
  return suite(`${target}: ${dialect}/${operation}`, cases, spentOn(findings), report)
}

/** Milliseconds. Checks are asked at the same time, so a run may take less. */
function spentOn(findings: readonly Finding[]): number {
  return findings.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
}

/** What concerns the whole run: why nothing was asked, and faults of this program. */
function errorSuite(name: string, what: string, texts: readonly string[], report: Report): Suite[] {
  if (texts.length === 0) return []
  const cases = texts.map((text, index) => ({
    '@name': `${what} ${index + 1}`,
    '@classname': name,
    '@time': seconds(0),
    error: { '@message': onOneLine(text), '@type': what, '#text': legible(text) },
  }))
  return [suite(name, cases, 0, report)]
}

/** A stale waiver fails the run without belonging to a failed requirement, so it has a failure of its own. */
function waiverSuite(report: Report): Suite[] {
  if (report.staleWaivers.length === 0) return []
  const cases = report.staleWaivers.map((fault, index) => ({
    '@name': `stale waiver ${index + 1}`,
    '@classname': 'waivers',
    '@time': seconds(0),
    failure: { '@message': onOneLine(fault), '@type': 'stale waiver', '#text': legible(fault) },
  }))
  return [suite('waivers', cases, 0, report)]
}

/** What answers to set-up operations did not keep is not part of the verdict, so nothing fails here. */
function setUpSuite(report: Report): Suite[] {
  const { setUp = [] } = report
  if (setUp.length === 0) return []
  const cases = setUp.map(({ id, target, message }) => ({
    '@name': onOneLine(id),
    '@classname': onOneLine(`${target}.set-up`),
    '@time': seconds(0),
    skipped: { '@message': onOneLine(`Not kept, outside the verdict: ${message}`) },
  }))
  return [suite('set-up, outside the verdict', cases, 0, report)]
}

/** What is left on a target is not a failure of the target, but someone has to remove it. */
function leftoverSuite(report: Report): Suite[] {
  if (report.leftovers.length === 0) return []
  const cases = report.leftovers.map((left, index) => ({
    '@name': `left behind ${index + 1}`,
    '@classname': 'left behind',
    '@time': seconds(0),
    skipped: { '@message': onOneLine(left) },
  }))
  return [suite('left behind', cases, 0, report)]
}

function suite(name: string, cases: readonly Element[], spent: number, report: Report): Suite {
  return {
    '@name': onOneLine(name),
    ...totals(cases),
    '@time': seconds(spent),
    '@timestamp': timestamp(report),
    testcase: cases,
  }
}

function totals(cases: readonly Element[]): Element {
  const having = (name: string) => cases.filter((one) => name in one).length
  return {
    '@tests': cases.length,
    '@failures': having('failure'),
    '@errors': having('error'),
    '@skipped': having('skipped'),
  }
}

function caseOf(finding: Finding, className: string, report: Report): Element {
  const file = fileOf(report, finding.target)
  return {
    '@name': onOneLine(finding.id),
    '@classname': onOneLine(className),
    '@time': seconds(finding.milliseconds),
    ...(file === undefined ? {} : { '@file': onOneLine(file) }),
    properties: { property: properties(finding) },
    ...(report.notAsked === undefined ? outcome(finding) : notAskedOutcome),
  }
}

/** The error is reported once, for the whole run. */
const notAskedOutcome = { skipped: { '@message': 'Nothing was asked.' } }

function properties({ level, source, reading, waiver }: Finding): Element[] {
  const named: readonly (readonly [string, string | undefined])[] = [
    ['level', level],
    ['source', source],
    ['reading', reading && `${reading.name}: ${reading.meaning}`],
    ['waiver', waiver && `${waiver.reason} (${waiver.owner}, until ${waiver.expires})`],
  ]
  return named.flatMap(([name, value]) =>
    value === undefined ? [] : [{ '@name': name, '@value': onOneLine(value) }],
  )
}

function outcome(finding: Finding): Element {
  const { verdict, waiver, reason = 'No reason was recorded.' } = finding
  const message = onOneLine(reason)
  if (verdict === 'fail') {
    return { failure: { '@message': message, '@type': 'broken', '#text': story(finding) } }
  }
  if (verdict === 'inconclusive') {
    return { error: { '@message': message, '@type': 'inconclusive', '#text': story(finding) } }
  }
  if (verdict === 'not-applicable') return { skipped: { '@message': `Not applicable. ${message}` } }
  if (verdict === 'pass') return {}
  return { skipped: { '@message': onOneLine(`Waived: ${waiver?.reason ?? reason}`) } }
}

function story({ reason = '', text, id, source, repeat, evidence }: Finding): string {
  const head = [reason, `${text} (${id})`, `Source: ${source}`, `Repeat it: ${repeat}`]
  return legible(`${head.join('\n')}\n\n${evidenceText(evidence, mostOfABody)}`)
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3)
}

/** UTC, to the second and without a time zone, as the JUnit schema requires. */
function timestamp({ run }: Report): string {
  return run.startedAt.slice(0, 19)
}
