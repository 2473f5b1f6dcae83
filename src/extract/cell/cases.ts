/** Statements that hold in one case only: two of them differ, and contradict nothing. */
import { STATED, type Facts } from './facts.ts'
import type { Line } from '../page/page.ts'

const CASE =
  /^(?:for|if|when|in|on|as for|otherwise|other|others|by default when|clusters? of)\b|\b(?:if|when)\b/i
/** `Windows: 2 to 15 characters`, as an item of a list. */
const LABELLED = /^(?!note\b)[^:：.]{1,60}[:：]\s/i

/** `For tin cups, …`, `Otherwise, …`; an example states no more than a case does. */
const IN_ONE_CASE =
  /^(?:for example\b|otherwise, |(?:for|in) (?!each\b|every\b|all\b|one\b|a single\b|addition\b|total\b|this (?:parameter|field)\b)[^,]{1,200}, )/i

/** Whether what a sentence states holds in one case only, by the words that open it. */
export function isInOneCase(sentence: string): boolean {
  return IN_ONE_CASE.test(sentence)
}

/** Remembers what nothing but a sentence about one case has stated so far. */
export function noteOneCase(
  before: Readonly<Partial<Facts>>,
  facts: Facts,
  sentence: string,
): void {
  for (const key of STATED)
    if (before[key] === undefined && facts[key] !== undefined) facts.oneCase.set(key, sentence)
}

/** What holds in one case, and of which no other case is stated, is reported and not written. */
export function dropOneCase(facts: Facts): void {
  for (const [key, sentence] of facts.oneCase) {
    if (facts[key] === undefined || facts[key].rivals.length > 0) continue
    delete facts[key]
    facts.unread.push({ text: sentence, signals: ['one case'] })
    facts.counts.understood = Math.max(0, facts.counts.understood - 1)
    facts.counts.unread += 1
  }
}

/** A condition in the sentence, or before it in its line, or the label of an item. */
export function isOfCase(sentence: string, { text, depth }: Line): boolean {
  return (
    CASE.test(sentence) || /^(?:for|if|when|in)\b/i.test(text) || (depth > 0 && LABELLED.test(text))
  )
}

/** `The weight (when kind is set to cup)`: what follows holds in that case, up to the next such line. */
export function opensCase({ text }: Line): boolean {
  return /\((?:when|if) [^()]{1,120}\)[.:：]?$/i.test(text)
}

/** What a sentence below such a line states first, or as a demand, holds in that case only. */
export function noteCaseBelow(
  before: Readonly<Partial<Facts>>,
  facts: Facts,
  sentence: string,
): void {
  noteOneCase(before, facts, sentence)
  if (facts.required === before.required) return
  if (before.required === undefined) delete facts.required
  else facts.required = before.required
  facts.unread.push({ text: sentence, signals: ['one case'] })
}

/** Remembers what a sentence about one case stated otherwise than the cell did before, or may have. */
export function noteCases(before: Readonly<Partial<Facts>>, facts: Facts, guessed = 0): void {
  for (const guess of facts.guesses.slice(guessed)) guess.ofCase = true
  for (const key of STATED) {
    const rivals = facts[key]?.rivals.length ?? 0
    if (rivals > (before[key]?.rivals.length ?? 0)) facts.cases.add(key)
  }
}
