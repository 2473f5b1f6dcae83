/** The closing lines of a run, for a terminal. */

import { join } from 'node:path'
import type { Colors } from 'picocolors/types.js'
import { causesOf, findingsOf } from './causes.ts'
import { legible, onOneLine } from './legible.ts'
import type { Cause, Finding, Report } from './report.ts'
import {
  foundSentences,
  inOneSentence,
  requirements,
  setUpSentences,
  withVerdict,
} from './wording.ts'

/** The most causes that are printed: more would not fit on a screen, and the page has them all. */
const mostCauses = 20

const mostOfAReason = 2_000
const mostOfAnExample = 300

/** As on the HTML page: a verdict can be recognised by shape, not only by colour. */
const marks = { fail: '■', inconclusive: '▲' } as const

/** What is printed. */
interface Manner {
  /** Every failure in full, and not each cause once. */
  readonly all?: boolean | undefined
  /** The file of the report that is for people. */
  readonly file?: string
  /** What is said where there is no report; by default that it could not be written. */
  readonly unwritten?: string | undefined
}

/**
 * What a person wants to know when a run has ended, the most important last, next to the prompt.
 *
 * @param directory - Where the report is; `undefined` when it could not be written.
 * @param colours - Of picocolors: `createColors(false)` for none.
 */
export function closing(
  report: Report,
  directory: string | undefined,
  colours: Colors,
  { all = false, ...manner }: Manner = {},
): string {
  const causes = causesOf(report.findings)
  const blocks = [
    ...(all ? everyFailure(report, colours) : failures(report, causes, directory, colours)),
    ...(report.notAsked === undefined ? undecided(causes, colours) : []),
    ...sentences(report.faults ?? [], 'Faults of Poolproof', colours.red),
    ...sentences(report.staleWaivers, 'Waivers', colours.red),
    ...sentences(setUpSentences(report), 'Set-up', colours.dim),
    ...sentences(report.leftovers, 'Left behind', colours.yellow),
    ...sentences(foundSentences(report), 'Observed', colours.dim),
    ...sentences(unfinishedWalks(report), 'Walks', colours.yellow),
    summary(report, directory, colours, manner),
  ]
  return `${blocks.join('\n\n')}\n`
}

function everyFailure(report: Report, colours: Colors): string[] {
  return withVerdict(report, 'fail').map((finding) => failure(finding, colours))
}

/** Each cause once. */
function failures(
  report: Report,
  causes: readonly Cause[],
  directory: string | undefined,
  colours: Colors,
): string[] {
  const failed = causes.filter(({ verdict }) => verdict === 'fail')
  const shown = failed.slice(0, mostCauses).map((cause) => {
    const findings = findingsOf(cause, report.findings)
    return cause.kind === 'single'
      ? findings.map((finding) => failure(finding, colours)).join('\n\n')
      : commonFailure(cause, findings, colours)
  })
  const hidden = withVerdict(report, 'fail').length - shown.length
  return hidden > 0 ? [...shown, whereAll(failed.length - shown.length, directory)] : shown
}

/** Where to see what is not printed. */
function whereAll(moreCauses: number, directory: string | undefined): string {
  const more =
    moreCauses > 0 ? `… and ${moreCauses} more ${moreCauses === 1 ? 'cause' : 'causes'}. ` : ''
  const command = `poolproof report ${onOneLine(directory ?? '<directory>')} --all`
  return `${more}Every failure is in the report; to print them: ${command}`
}

/** What several failures have in common, which they are, and one of them as an example. */
function commonFailure(cause: Cause, findings: readonly Finding[], colours: Colors): string {
  const [first] = findings
  const count = findings.length
  return [
    `${colours.red(marks.fail)} ${colours.bold(onOneLine(cause.sentence))}`,
    `  Breaks ${requirements(count)} in the same way: ${some(findings)}`,
    `  For example: ${onOneLine(first?.text ?? '')} (${onOneLine(first?.id ?? '')})`,
    colours.dim(`  ${onOneLine((first?.reason ?? '').slice(0, mostOfAnExample))}`),
    colours.dim(`  Source: ${onOneLine(first?.source ?? '')}`),
    `  Repeat it: ${onOneLine(first?.repeat ?? '')}`,
  ].join('\n')
}

/** What happened, the requirement, its source, and the command that repeats it. */
function failure({ reason = '', text, id, source, repeat }: Finding, colours: Colors): string {
  // The steps of a walk are lines of their own; no line of a reason begins like one of ours.
  const happened = legible(reason.slice(0, mostOfAReason)).replaceAll('\n', '\n    ')
  return [
    `${colours.red(marks.fail)} ${colours.bold(happened || 'No reason was recorded.')}`,
    `  ${legible(text)} (${legible(id)})`,
    colours.dim(`  Source: ${legible(source)}`),
    `  Repeat it: ${legible(repeat)}`,
  ].join('\n')
}

function undecided(causes: readonly Cause[], colours: Colors): string[] {
  return causes
    .filter(({ verdict }) => verdict === 'inconclusive')
    .map(({ sentence, findings: ids }) => {
      const cause = onOneLine(sentence.slice(0, mostOfAReason))
      const left = `Leaves ${requirements(ids.length)} undecided: ${some(ids.map((id) => ({ id })))}`
      return `${colours.yellow(marks.inconclusive)} ${colours.bold(cause)}\n  ${left}`
    })
}

function some(findings: readonly Pick<Finding, 'id'>[]): string {
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

/** The result in one sentence, and where the report is. */
export function summary(
  report: Report,
  directory: string | undefined,
  colours: Colors,
  { file = 'index.html', unwritten = 'The report could not be written.' }: Manner = {},
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
    directory === undefined ? onOneLine(unwritten) : `Report: ${onOneLine(join(directory, file))}`,
  ].join('\n')
}
