/** What a sweep says to a person. */

import { legible, onOneLine } from '../report/legible.ts'
import { leftOf } from '../session/journal-file.ts'
import type { SweepResult } from './sweep-target.ts'

/** One thing that was removed, as a line without its end. */
export function removedLine(one: string): string {
  return `removed ${onOneLine(one)}`
}

/**
 * What was removed, what is left, and which runs were left alone.
 *
 * @param said - What was removed and is said already.
 */
export function sweepText(result: SweepResult, said: ReadonlySet<string> = new Set()): string {
  const { target, removed, left, notOurs, doubted, going, elsewhere, noJournals } = result
  const lines = [
    ...removed.filter((one) => !said.has(one)).map((one) => removedLine(one)),
    ...left.map((one) => `LEFT    ${onOneLine(one)}`),
    ...doubted.map((one) => `NOT BELIEVED: ${onOneLine(one)}`),
    ...notOurs.map((one) => `not touched: ${onOneLine(one)}`),
    ...going.map(
      (run) =>
        `The run ${run} is still in progress, so the objects that it created were not touched.`,
    ),
    ...(elsewhere === undefined ? [] : [elsewhereLine(elsewhere)]),
    ...(noJournals === undefined
      ? []
      : [
          `There is no directory ${noJournals} with journals, so only names showed what runs made.`,
        ]),
    `${target}: ${removed.length} removed, ${left.length} left${more(doubted.length, 'not believed')}${more(notOurs.length, 'not touched')}.`,
  ]
  return `${lines.map((line) => legible(line)).join('\n')}\n`
}

const mostEndpoints = 3

/** An address that was typed in another way is normalised, so these are other places. */
function elsewhereLine(endpoints: readonly string[]): string {
  const different = [...new Set(endpoints.map((one) => onOneLine(one)))]
  const some = different.slice(0, mostEndpoints).join(', ')
  const others = different.length > mostEndpoints ? ' and others' : ''
  const count = endpoints.length === 1 ? '1 journal is' : `${endpoints.length} journals are`
  return `${count} about other endpoints, or of the other dialect, and left alone: ${some}${others}.`
}

function more(count: number, what: string): string {
  return count === 0 ? '' : `, ${count} ${what}`
}

/** What a run leaves that is ended at once, and the commands that remove it. */
export async function whatIsLeft(
  targets: readonly string[],
  run: string,
  journal: string,
): Promise<string> {
  const left = await leftOf(journal, run).catch(() => [])
  if (left.length === 0) return 'Nothing is known to be left.\n'
  const things = left.map((one) => `  ${onOneLine(one)}\n`).join('')
  const sweeps = targets.map(
    (file) => `  poolproof sweep --target ${file} --run ${run} --journal ${journal}\n`,
  )
  return `Left as it is. What may still be there:\n${things}To remove it:\n${sweeps.join('')}`
}
