/** Limits of `N` in `ShelfId.N`: of how many there are, never of the value of one. */
import type { Bounds } from './facts.ts'
import { numberOf, SPAN } from './number.ts'

const ABOUT_N =
  /\b(?:values?|number|range|maximum|minimum) (?:(?:of|for) )(?:the )?(?:parameter |letter |suffix )?["'“]?N\b|^(?:the )?["'“]?N["'”]? (?:is|can|must|may|should|ranges?|starts?|cannot|indicates|represents|specifies|in)\b|\bwhere N (?:is|ranges|can|represents|indicates)\b|^N ?[:=]/
const SPANNING = new RegExp(`(?:from )?(?<!\\d)${SPAN}`)
const CHOICE =
  /\b(\d{1,4})(?:, (?:and |or )?| and | or )(?:\d{1,4}(?:, (?:and |or )?| and | or ))*(\d{1,4})\b/
const MOST =
  /\b(?:up to|at most|maximum(?: value)?(?: of N)?(?: is| of|:)?|no (?:more|greater) than|not exceed|less than or equal to|not (?:be )?greater than) ?(\d{1,5})\b/i

/** Whether a sentence is about the number behind a name rather than about a value. */
export function isAboutIndex(sentence: string): boolean {
  return ABOUT_N.test(sentence)
}

/** @returns Both ends, or the upper one; `undefined` where the words are about something else. */
export function readIndexLimit(sentence: string): Bounds | undefined {
  const [, from, to] = SPANNING.exec(sentence) ?? []
  if (to !== undefined) return { minimum: numberOf(from), maximum: numberOf(to) }
  const [, first, last] = CHOICE.exec(sentence) ?? []
  if (last !== undefined) return { minimum: numberOf(first), maximum: numberOf(last) }
  const most = MOST.exec(sentence)?.[1]
  return most === undefined ? undefined : { maximum: numberOf(most) }
}

/** How many there can be: counted from 1 where the page names no lower end. */
export function countOf({ minimum = 1, maximum }: Bounds): number | undefined {
  return maximum === undefined ? undefined : maximum - minimum + 1
}
