/** A report as a short Markdown summary, for the page a pipeline shows. */

import { appendFileSync, existsSync, statSync } from 'node:fs'
import { UsageError } from '../model.ts'
import { causesOf, findingsOf } from './causes.ts'
import { groupsOf, type Group } from './groups.ts'
import { onOneLine } from './legible.ts'
import type { Cause, Finding, Report } from './report.ts'
import {
  duration,
  foundSentences,
  inOneSentence,
  setUpSentences,
  verdictWords,
  verdicts,
  withVerdict,
} from './wording.ts'

/** The most items of a list: a summary has to be readable, and GitHub accepts at most 1 MiB. */
const mostListed = 50

const mostOfAReason = 600

/** Conclusion, counts, what needs attention, readings, and where the complete report is. */
export function summaryMarkdown(report: Report): string {
  const causes = causesOf(report.findings)
  const parts = [
    `## Poolproof: ${plain(inOneSentence(report))}`,
    tested(report),
    countsTable(report),
    section('Not as the run wrote it', report.altered === undefined ? [] : [item(report.altered)]),
    section('Nothing was asked', report.notAsked === undefined ? [] : [item(report.notAsked)]),
    section('Broken', brokenItems(report, causes)),
    section('Faults of Poolproof', (report.faults ?? []).map(cutItem)),
    section('Stale waivers', report.staleWaivers.map(item)),
    section('Inconclusive', report.notAsked === undefined ? undecidedItems(causes) : []),
    section('Waived', withVerdict(report, 'waived').map(waivedItem)),
    section(
      'Answers to set-up, outside the verdict',
      setUpSentences(report).slice(0, mostListed).map(item),
    ),
    section('Left behind', report.leftovers.map(item)),
    section('Observed', foundSentences(report).map(item)),
    section('Readings seen', report.findings.flatMap(readingItem)),
    'All exchanges are in the report directory: in `index.html`, and for programs in `conformance.json`.',
    `Repeat it: ${code(report.run.command)}`,
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/**
 * Appends the summary to the file that GitHub Actions shows on the page of the workflow run, if there is one.
 *
 * @throws {UsageError} When `GITHUB_STEP_SUMMARY` names a file that cannot be written.
 */
export function appendSummary(
  report: Report,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const file = environment['GITHUB_STEP_SUMMARY']
  if (!file) return
  if (existsSync(file) && !statSync(file).isFile()) {
    throw new UsageError(
      `The summary cannot be appended to ${file}, which GITHUB_STEP_SUMMARY names: that is not a regular file.`,
    )
  }
  try {
    appendFileSync(file, `${summaryMarkdown(report)}\n`)
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    throw new UsageError(
      `The summary cannot be appended to ${file} (${code}), which GITHUB_STEP_SUMMARY names.`,
    )
  }
}

function tested({ targets, run, exitCode }: Report): string {
  const named = targets.map(({ name, endpoint }) => `${code(name)} at ${code(endpoint)}`)
  const when = `${run.startedAt.slice(0, 16).replace('T', ' ')} UTC, in ${duration(run.milliseconds)}`
  return `${named.join(', ')}. ${when}. Run ${code(run.id)}, seed ${run.seed}, exit code ${exitCode}.`
}

function countsTable(report: Report): string {
  const head = ['Operation', ...verdicts.map((verdict) => verdictWords[verdict])]
  const rows = groupsOf(report).map((group) => [nameOf(group), ...verdicts.map(countIn(group))])
  const total = ['**all**', ...verdicts.map((verdict) => String(report.counts[verdict]))]
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  return [head, rule, ...rows, total].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function nameOf({ target, dialect, operation }: Group): string {
  return plain(`${target}: ${dialect}/${operation}`)
}

function countIn({ findings }: Group): (verdict: (typeof verdicts)[number]) => string {
  return (verdict) => {
    const count = findings.filter((finding) => finding.verdict === verdict).length
    return count === 0 ? '·' : String(count)
  }
}

function section(title: string, items: readonly string[]): string {
  if (items.length === 0) return ''
  const more = items.length - mostListed
  const rest = more > 0 ? [`- … and ${more} more`] : []
  return [`### ${title}`, '', ...items.slice(0, mostListed), ...rest].join('\n')
}

/** One item for each cause. */
function brokenItems({ findings }: Report, causes: readonly Cause[]): string[] {
  return causes
    .filter(({ verdict }) => verdict === 'fail')
    .flatMap((cause) => {
      const own = findingsOf(cause, findings)
      return cause.kind === 'single' ? own.map(brokenItem) : [commonItem(cause, own)]
    })
}

function commonItem({ target, sentence }: Cause, findings: readonly Finding[]): string {
  const [first] = findings
  return [
    `- **${findings.length} requirements** of ${code(target)} in the same way: ${plain(sentence.slice(0, mostOfAReason))}`,
    idsOf(findings),
    `For example: ${plain((first?.reason ?? '').slice(0, mostOfAReason))}`,
    `Repeat it: ${code(first?.repeat ?? '')}`,
  ].join('  \n  ')
}

function idsOf(findings: readonly Pick<Finding, 'id'>[]): string {
  const ids = findings.slice(0, mostListed).map(({ id }) => code(id))
  const more = findings.length > mostListed ? `, and ${findings.length - mostListed} more` : ''
  return `${ids.join(', ')}${more}`
}

function brokenItem(finding: Finding): string {
  const { id, target, text, reason = '', repeat } = finding
  return [
    `- ${code(id)} on ${code(target)}: ${plain(text)}`,
    plain(reason.slice(0, mostOfAReason)),
    `Source: ${sourceLink(finding)}`,
    `Repeat it: ${code(repeat)}`,
  ].join('  \n  ')
}

/** The place in a page, as a link to that page where its address is known. */
function sourceLink({ source, address }: Finding): string {
  if (address === undefined || !/^https:\/\/[\w.~:/?#@!$&'()*+,;=%-]+$/.test(address))
    return plain(source)
  return `[${plain(source)}](<${address}>)`
}

function undecidedItems(causes: readonly Cause[]): string[] {
  return causes
    .filter(({ verdict }) => verdict === 'inconclusive')
    .map(({ target, sentence, findings: ids }) => {
      const cause = plain(sentence.slice(0, mostOfAReason))
      return `- ${code(target)}: ${cause}  \n  ${idsOf(ids.map((id) => ({ id })))}`
    })
}

function waivedItem({ id, target, waiver, reason = '' }: Finding): string {
  const excuse = waiver ? `${waiver.reason} (${waiver.owner}, until ${waiver.expires})` : reason
  return `- ${code(id)} on ${code(target)}: ${plain(excuse)}`
}

function readingItem({ id, target, reading }: Finding): string[] {
  if (!reading) return []
  const pinned = reading.pinned === undefined ? '' : ` (pinned: ${plain(reading.pinned)})`
  return [
    `- ${code(id)} on ${code(target)}: **${plain(reading.name)}**${pinned}, ${plain(reading.meaning)}`,
  ]
}

function cutItem(text: string): string {
  return item(text.slice(0, mostOfAReason))
}

function item(sentence: string): string {
  return `- ${plain(sentence)}`
}

/** Punctuation around a word, which means nothing in Markdown where it is. */
const opening = /^[("'“‘]*/u
const closing = /(?<![.,;:!?)"'”’])[.,;:!?)"'”’]+$/u

/** Words of a sentence, and the marks that are written between them. */
const plainWord = /^(?:[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*|\d+\.\d+|[…–—→›·]?)$/u

/** A renderer may make a link of these: a commit, an issue. */
const reference = /^(?:[\da-f]{7,}|gh-\d.*)$/i

/**
 * Text on one line as Markdown: no mark-up, no HTML, no link, no mention.
 *
 * Renderers differ in what they turn into links, emoji or formulas. So only ordinary words are written as
 * they are; every other word (a path, an address, an id, JSON) becomes a code span, in which nothing is
 * interpreted.
 */
export function plain(text: string): string {
  const words = onOneLine(text).split(' ')
  return words.map((word, index) => plainText(word, index === 0)).join(' ')
}

function plainText(word: string, isFirst: boolean): string {
  const [before = ''] = opening.exec(word) ?? []
  const rest = word.slice(before.length)
  const [after = ''] = closing.exec(rest) ?? []
  const core = rest.slice(0, rest.length - after.length)
  // At the beginning of a block, `1.` and `1)` would begin a list.
  if (isFirst && /^\d+$/.test(core) && /^[.)]/.test(after)) return `${before}${core}\\${after}`
  if (plainWord.test(core) && !reference.test(core)) return word
  // In a table, a bar ends the cell, also inside a code span.
  const spans = core.split('|').map((part) => (part === '' ? '' : code(part)))
  return `${before}${spans.join(String.raw`\|`)}${after}`
}

/** Text on one line in a code span, whose fence is longer than any run of backticks inside it. */
export function code(text: string): string {
  const line = onOneLine(text)
  if (line === '') return ''
  const longest = (line.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)
  const fence = '`'.repeat(longest + 1)
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}
