/** What a sweep says to a person. */

import { legible, onOneLine } from '../report/legible.ts'
import { leftOf } from '../session/journal-file.ts'
import type { SweepResult } from './sweep-target.ts'

/** What was removed, what is left, and which runs were left alone. */
export function sweepText(result: SweepResult): string {
  const { target, removed, left, notOurs, doubted, going, noJournals } = result
  const lines = [
    ...removed.map((one) => `removed ${onOneLine(one)}`),
    ...left.map((one) => `LEFT    ${onOneLine(one)}`),
    ...doubted.map((one) => `NOT BELIEVED: ${onOneLine(one)}`),
    ...notOurs.map((one) => `not touched: ${onOneLine(one)}`),
    ...going.map(
      (run) =>
        `The run ${run} is still in progress, so the objects that it created were not touched.`,
    ),
    ...(noJournals === undefined
      ? []
      : [
          `There is no directory ${noJournals} with journals, so only names showed what runs made.`,
        ]),
    `${target}: ${removed.length} removed, ${left.length} left${more(doubted.length, 'not believed')}${more(notOurs.length, 'not touched')}.`,
  ]
  return `${lines.map((line) => legible(line)).join('\n')}\n`
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
