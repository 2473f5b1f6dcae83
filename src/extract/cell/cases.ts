/** Statements that hold in one case only: two of them differ, and contradict nothing. */
import { STATED, type Facts } from './facts.ts'
import type { Line } from '../page/page.ts'

const CASE =
  /^(?:for|if|when|in|on|as for|otherwise|other|others|by default when|clusters? of)\b|\b(?:if|when)\b/i
/** `Windows: 2 to 15 characters`, as an item of a list. */
const LABELLED = /^(?!note\b)[^:：.]{1,60}[:：]\s/i

/** A condition in the sentence, or before it in its line, or the label of an item. */
export function isOfCase(sentence: string, { text, depth }: Line): boolean {
  return (
    CASE.test(sentence) || /^(?:for|if|when|in)\b/i.test(text) || (depth > 0 && LABELLED.test(text))
  )
}

/** Remembers what a sentence about one case stated otherwise than the cell did before. */
export function noteCases(before: Readonly<Partial<Facts>>, facts: Facts): void {
  for (const key of STATED) {
    const rivals = facts[key]?.rivals.length ?? 0
    if (rivals > (before[key]?.rivals.length ?? 0)) facts.cases.add(key)
  }
}
