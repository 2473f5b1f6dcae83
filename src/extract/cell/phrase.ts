/** One way to state a rule in a sentence. */
import type { Facts } from './facts.ts'

export interface Phrase {
  readonly pattern: RegExp
  /** It says what a number measures, and leaves the sentence the description that it may be. */
  readonly aside?: true
  /**
   * @returns false when the words fit but the values do not, so that the sentence stays unread; a
   *   number when that many characters behind the match belong to it.
   */
  readonly read: (
    match: RegExpExecArray,
    facts: Facts,
    bold: readonly string[],
  ) => boolean | number | void
}

/** What follows the match. */
export function restOf({ index, input, 0: all }: RegExpExecArray): string {
  return input.slice(index + all.length)
}
