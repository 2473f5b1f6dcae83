/** A comparison for people: as text for a terminal, and as Markdown. */

import type { Comparison, ComparedReport, Difference, Side } from './comparison.ts'
import { legible, onOneLine } from './legible.ts'
import { code, plain } from './markdown.ts'
import { duration, requirements, verdictWords } from './wording.ts'

/** The lists of a comparison, each with its title, what needs attention first. */
export function sectionsOf(
  comparison: Comparison,
): readonly (readonly [title: string, differences: readonly Difference[]])[] {
  const { appeared, changed, undecided, gone, readings, decided } = comparison
  return [
    ['New failures', appeared],
    ['Failures that changed', changed],
    ['No longer decided', undecided],
    ['No longer broken', gone],
    ['Readings that changed', readings],
    ['Decided now', decided],
  ]
}

/** `2 new failures, 1 gone.` */
export function comparisonInOneSentence(comparison: Comparison): string {
  const { appeared, gone, changed, undecided, readings } = comparison
  const counted: readonly (readonly [number, string])[] = [
    [changed.length, 'changed'],
    [gone.length, 'gone'],
    [undecided.length, 'no longer decided'],
    [readings.length, 'with another reading'],
  ]
  const rest = counted.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  const waived = appeared.filter(({ after }) => after?.verdict === 'waived').length
  const fresh = appeared.length === 1 ? '1 new failure' : `${appeared.length} new failures`
  const some = waived > 0 ? `${fresh} (${waived} of them waived)` : fresh
  return `${[appeared.length === 0 ? 'No new failure' : some, ...rest].join(', ')}.`
}

function differs(what: string, one: string, other: string): string[] {
  return one === other ? [] : [`The ${what} differs: ${one} before, ${other} after.`]
}

/** What makes two reports harder to compare, one sentence each. */
export function comparisonWarnings({ before, after }: Comparison): string[] {
  return [
    ...differs('version of Poolproof', before.tool, after.tool),
    ...differs('seed', String(before.seed), String(after.seed)),
    ...differs('strength', String(before.strength), String(after.strength)),
    ...differs('selection', selection(before), selection(after)),
  ]
}

function selection({ only }: ComparedReport): string {
  return only.length === 0 ? 'everything' : only.join(', ')
}

/** One line about a report: which run, of what, when. */
export function reportLine({ run, targets, startedAt, seed, tool }: ComparedReport): string {
  const named = targets.map(({ name, endpoint }) => `${name} at ${endpoint}`).join(', ')
  const when = startedAt.slice(0, 16).replace('T', ' ')
  return `${named}; run ${run}, ${when} UTC, seed ${seed}, Poolproof ${tool}`
}

/** What a run took, before and after. */
export function costSentence({ before, after, cost }: Comparison): string {
  const requests = `${before.exchanges} requests before, ${after.exchanges} after`
  const time = `${duration(before.milliseconds)} before, ${duration(after.milliseconds)} after`
  return `Cost: ${requests}; ${time}; ${requirements(cost.length)} needed a different number of requests.`
}

/** What one side came to, in a few words. */
export function sideText(one: Side | undefined): string {
  if (!one) return 'not asked'
  const { verdict, reading, reason } = one
  const read = reading === undefined ? '' : ` (${reading})`
  return `${verdictWords[verdict]}${read}${reason ? `: ${reason.slice(0, mostOfAReason)}` : ''}`
}

const mostOfAReason = 400

/** For a terminal. */
export function comparisonText(comparison: Comparison): string {
  const blocks = sectionsOf(comparison)
    .filter(([, differences]) => differences.length > 0)
    .map(([title, differences]) =>
      [`${title} (${differences.length})`, ...differences.flatMap((one) => lines(one))].join('\n'),
    )
  const end = [
    ...comparisonWarnings(comparison),
    costSentence(comparison),
    comparisonInOneSentence(comparison),
  ]
  return `${[...blocks, end.map((line) => legible(line)).join('\n')].join('\n\n')}\n`
}

function lines({ id, text, before, after }: Difference): string[] {
  return [
    `  ${onOneLine(id)}: ${onOneLine(text)}`,
    `    before: ${onOneLine(sideText(before))}`,
    `    after:  ${onOneLine(sideText(after))}`,
  ]
}

/** For a merge request, or the summary of a pipeline. */
export function comparisonMarkdown(comparison: Comparison): string {
  const blocks = sectionsOf(comparison)
    .filter(([, differences]) => differences.length > 0)
    .map(([title, differences]) =>
      [`### ${title} (${differences.length})`, '', ...differences.map((one) => item(one))].join(
        '\n',
      ),
    )
  const parts = [
    `## Poolproof: ${plain(comparisonInOneSentence(comparison))}`,
    `- before: ${plain(reportLine(comparison.before))}\n- after: ${plain(reportLine(comparison.after))}`,
    ...comparisonWarnings(comparison).map((one) => plain(one)),
    ...blocks,
    plain(costSentence(comparison)),
  ]
  return `${parts.join('\n\n')}\n`
}

function item({ id, text, before, after }: Difference): string {
  return [
    `- ${code(id)}: ${plain(text)}`,
    `before: ${plain(sideText(before))}`,
    `after: ${plain(sideText(after))}`,
  ].join('  \n  ')
}
