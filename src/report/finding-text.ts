/** One finding as text: the whole of it, for a terminal. */

import { circumstancesText } from './causes.ts'
import { differencesIn } from './difference.ts'
import { evidenceText } from './exchange-text.ts'
import { legible } from './legible.ts'
import type { Finding } from './report.ts'
import { verdictWords } from './wording.ts'

/** Characters of each body. */
const mostOfABody = 20_000

/** Clean-up decides nothing. */
const inFull = ['ask', 'look', 'arrange'] as const

/** What the page says, what came of it, expected against actual, how to repeat it, and the exchanges. */
export function findingText(finding: Finding): string {
  const { id, level, text, source, address, verdict, target, reason, repeat } = finding
  const circumstances = circumstancesText(finding.circumstances)
  const lines = [
    `${verdictWords[verdict]}: ${id} (${level}) on ${target}`,
    text,
    `Source: ${source}${address === undefined ? '' : `, ${address}`}`,
    ...(reason === undefined ? [] : ['', reason]),
    ...differencesIn(reason ?? '').map(
      ({ place, expected, actual }) =>
        `  ${place}\n    expected: ${expected}\n    actual:   ${actual}`,
    ),
    ...(circumstances === '' ? [] : [`Circumstances: ${circumstances}`]),
    `Repeat it: ${repeat}`,
    '',
    exchanges(finding),
  ]
  return legible(`${lines.join('\n')}\n`)
}

function exchanges({ evidence, evidenceApart }: Finding): string {
  if (evidence.length > 0) return evidenceText(evidence, mostOfABody, inFull)
  return evidenceApart === undefined
    ? 'Nothing was sent.'
    : `${evidenceApart} exchanges, which are in evidence.json.gz; that file is not in this directory.`
}
