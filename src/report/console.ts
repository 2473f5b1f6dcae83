/** The closing lines of a run, for a terminal. */

import { join } from 'node:path'
import type { Colors } from 'picocolors/types.js'
import { byReason } from './groups.ts'
import { legible, onOneLine } from './legible.ts'
import type { Finding, Report } from './report.ts'
import { foundSentences, inOneSentence, requirements, withVerdict } from './wording.ts'

/** The most failures that are printed: more would not fit on a screen, and the page has them all. */
const mostFailures = 20

const mostOfAReason = 2_000

/** As on the HTML page: a verdict can be recognised by shape, not only by colour. */
const marks = { fail: '■', inconclusive: '▲' } as const

/**
 * What a person wants to know when a run has ended, the most important last, next to the prompt.
 *
 * @param file - Of the report, for people.
 * @param directory - Where the report is; `undefined` when it could not be written.
 * @param colours - Of picocolors: `createColors(false)` for none.
 */
export function closing(
  report: Report,
  directory: string | undefined,
  colours: Colors,
  file?: string,
): string {
  const blocks = [
    ...failures(report, colours),
    ...(report.notAsked === undefined ? undecided(report, colours) : []),
    ...sentences(report.faults ?? [], 'Faults of Poolproof', colours.red),
    ...sentences(report.staleWaivers, 'Waivers', colours.red),
    ...sentences(report.leftovers, 'Left behind', colours.yellow),
    ...sentences(foundSentences(report), 'Observed', colours.dim),
    ...sentences(unfinishedWalks(report), 'Walks', colours.yellow),
    summary(report, directory, colours, file),
  ]
  return `${blocks.join('\n\n')}\n`
}

function failures(report: Report, colours: Colors): string[] {
  const failed = withVerdict(report, 'fail')
  const more = failed.length - mostFailures
  const rest = more > 0 ? [`… and ${more} more failures; the report has them all.`] : []
  return [...failed.slice(0, mostFailures).map((finding) => failure(finding, colours)), ...rest]
}

/** What happened, the requirement, its source, and the command that repeats it. */
function failure({ reason = '', text, id, source, repeat }: Finding, colours: Colors): string {
  const happened = legible(reason.slice(0, mostOfAReason))
  return [
    `${colours.red(marks.fail)} ${colours.bold(happened || 'No reason was recorded.')}`,
    `  ${legible(text)} (${legible(id)})`,
    colours.dim(`  Source: ${legible(source)}`),
    `  Repeat it: ${legible(repeat)}`,
  ].join('\n')
}

function undecided(report: Report, colours: Colors): string[] {
  return byReason(withVerdict(report, 'inconclusive')).map(({ reason, findings }) => {
    const cause = onOneLine(reason.slice(0, mostOfAReason))
    const left = `Leaves ${requirements(findings.length)} undecided: ${some(findings)}`
    return `${colours.yellow(marks.inconclusive)} ${colours.bold(cause)}\n  ${left}`
  })
}

function some(findings: readonly Finding[]): string {
  const ids = findings.slice(0, 3).map(({ id }) => legible(id))
  const more = findings.length - ids.length
  return more > 0 ? `${ids.join(', ')} and ${more} more` : `${ids.join(', ')}.`
}

function sentences(
  all: readonly string[],
  title: string,
  colour: (text: string) => string,
): string[] {
  if (all.length === 0) return []
  const lines = all.map((one) => `  ${onOneLine(one.slice(0, mostOfAReason))}`)
  return [[colour(title), ...lines].join('\n')]
}

function unfinishedWalks({ walks = [] }: Report): string[] {
  return walks.flatMap(({ target, unfinished }) => unfinished.map((one) => `${target}: ${one}`))
}

/**
 * The result in one sentence, and where the report is.
 *
 * @param file - Of the report, for people.
 */
export function summary(
  report: Report,
  directory: string | undefined,
  colours: Colors,
  file = 'index.html',
): string {
  const colour = {
    0: colours.green,
    1: colours.red,
    2: colours.red,
    3: colours.yellow,
    70: colours.red,
  }[report.exitCode]
  return [
    colours.bold(colour(inOneSentence(report))),
    directory === undefined
      ? 'The report could not be written.'
      : `Report: ${onOneLine(join(directory, file))}`,
  ].join('\n')
}
