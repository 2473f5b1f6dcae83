/** Is the reason of a finding the one that its replay gives? */

import { aboutLeast } from '../../check/derivations.ts'
import { inWords } from '../../check/circumstances.ts'
import type { Requirement } from '../../model.ts'
import { fingerprintOf } from '../../report/fingerprint.ts'
import type { Finding } from '../../report/report.ts'

/**
 * The same words, but for what a replay of the last asking does not see: how the failure behaved in other circumstances, and
 * what ended a run while an answer was awaited.
 *
 * @param isKept - Was the check asked once more, so that what it created could be kept? Then the reason is of the
 *   asking before, with other ids and names.
 */
export function isSameReason(
  { id, reason: recorded = '', circumstances }: Finding,
  reason: string,
  { varies }: Requirement,
  isKept: boolean,
): boolean {
  const words = varies && circumstances ? inWords(varies, circumstances) : ''
  const sentences = words === '' ? [] : Object.values(aboutLeast(words))
  const lawful = [reason, ...sentences.map((sentence) => `${reason} ${sentence}`)]
  if (lawful.some((one) => unanswered(one) === unanswered(recorded))) return true
  const print = (one: string) => fingerprintOf({ id, reason: one })
  return isKept && lawful.some((one) => print(one) === print(recorded))
}

/** Without the words for who did not answer, and why it was not waited for any longer. */
function unanswered(reason: string): string {
  return reason
    .replace(/^(?:The run ended before \S+ had answered|\S+ did not answer) /, 'No answer: ')
    .replace(/^(\S+ \S+) was not sent to \S+: /, 'No answer: $1: ')
}
