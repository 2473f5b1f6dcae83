/** Reads one sentence of a cell: a rule, a description, or something a person has to look at. */
import { isInOneCase, noteOneCase } from './cases.ts'
import { Claims } from './claims.ts'
import { readCondition } from './conditions.ts'
import { readInline, readMeaning, readName } from './inline-values.ts'
import { state, type Condition, type Doubt, type Facts } from './facts.ts'
import { isAboutIndex, readIndexLimit } from './index-limit.ts'
import type { Line } from '../page/page.ts'
import type { Phrase } from './phrase.ts'
import { PHRASES } from './phrases.ts'
import { signalsOf } from './signals.ts'
import { WHEN_ABSENT } from './value-phrases.ts'

/** No sentence of a page is longer; a longer one is not read, which bounds every phrase's work. */
const LONGEST_SENTENCE = 2000

/** A second clause says something of its own: it is read as a sentence. */
const CLAUSES =
  /^(.{1,600}?), (?:and|or|but) ((?:the|it|this|is|its|must|cannot|can|should|may|only)\b.{1,600})$/i
const ABSENT =
  /^(?:if|when) (?:(?:this parameter|the parameter|this field|it|the value|its value) is )?(?:not (?:specified|set|passed|configured|provided)|unspecified|omitted|left (?:blank|empty)|empty), (.*)$/i

/** Splits at full stops before a capital; abbreviations keep their stop. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .replace(/\b(e\.g|i\.e|etc)\.\s/gi, '$1.\u00a0')
    .split(
      /(?<=[.!?])\s+(?=[A-Z"'[({*]|[\w-]{1,30}(?: ?[:=] | \(default\))|["']?[\w.-]{1,30}["']? (?:indicates?|means|represents)\b)/,
    )
    .filter((sentence) => sentence !== '')
}

/** @param first - The sentence opens its cell. */
export function readSentence(sentence: string, line: Line, first: boolean, facts: Facts): void {
  if (sentence.length > LONGEST_SENTENCE) {
    unread(facts, sentence.slice(0, 80), ['too long'], false)
    return
  }
  if (/\b([a-z]{3,}) \1\b/i.test(sentence)) facts.doubts.add('doubled-word')
  const claims = new Claims(sentence)
  const known = { ...facts }
  readRule(sentence, line, facts, claims)
  if (isInOneCase(sentence) || isSetInOneCase(sentence, line, facts))
    noteOneCase(known, facts, sentence)
  account(claims, first, facts)
}

/** Counts a sentence as understood, as a description, or as something that was not understood completely. */
export function account(claims: Claims, first: boolean, facts: Facts): void {
  const rest = claims.rest()
  const signals = signalsOf(rest, first && !claims.ruled)
  if (signals.length > 0) unread(facts, rest.replace(/^[\s¦,;.]+/, ''), signals, claims.any)
  else facts.counts[claims.any ? 'understood' : 'described'] += 1
}

export function unread(
  facts: Facts,
  text: string,
  signals: readonly string[],
  half: boolean,
): void {
  facts.unread.push({ text, signals, ...(half ? { half } : {}) })
  facts.counts.unread += 1
}

/** A rule with a condition, or without one. A condition that is not understood hides what follows it. */
export function readRule(sentence: string, line: Line, facts: Facts, claims: Claims): void {
  const [, head, tail] = CLAUSES.exec(sentence) ?? []
  const clause = new Claims(head ?? '')
  const first = head === undefined ? undefined : readCondition(head, line.bold, clause)
  if (first && head !== undefined && tail !== undefined) {
    addCondition(first, head, facts)
    claims.take(0)
    account(clause, false, facts)
    return readSentence(tail, line, false, facts)
  }
  if (isAboutIndex(sentence)) return readIndex(sentence, facts, claims)
  const condition = readCondition(sentence, line.bold, claims)
  if (condition) return addCondition(condition, sentence, facts)
  const absent = ABSENT.exec(sentence)?.[1]
  if (absent !== undefined) return readAbsent(absent, sentence, line, facts, claims)
  if (/^(?:when|if)\b/i.test(sentence)) return readNull(sentence, facts, claims)
  if (
    readInline(sentence, line, facts) ||
    readMeaning(sentence, facts) ||
    readName(sentence, facts)
  )
    return claims.take(0)
  readPhrases(PHRASES, sentence, 0, line, facts, claims)
}

/** `This is required if the cup is hot. Set the value to TIN.` What a call is named never depends. */
function isSetInOneCase(sentence: string, { text }: Line, { about }: Facts): boolean {
  if (!/^set (?:the value|this parameter|the parameter|it) to\b/i.test(sentence)) return false
  if (about.name === 'Action') return false
  return /\b(?:if|when)\b/i.test(text.slice(0, text.indexOf(sentence)))
}

/** `Valid values of N: 1 to 5`: a part of it that is not understood does not limit anything. */
function readIndex(sentence: string, facts: Facts, claims: Claims): void {
  const limit = readIndexLimit(sentence)
  if (!limit) return
  facts.index = state(facts.index, limit)
  claims.take(0)
}

function addCondition(condition: Condition, sentence: string, facts: Facts): void {
  facts.conditions.push(condition)
  for (const doubt of doubtsOf(condition, sentence)) facts.doubts.add(doubt)
}

/** `If this parameter is not set, 4 is used.` */
function readAbsent(
  tail: string,
  sentence: string,
  line: Line,
  facts: Facts,
  claims: Claims,
): void {
  const start = sentence.length - tail.length
  if (readPhrases(WHEN_ABSENT, tail, start, line, facts, claims)) claims.take(0, start)
}

function readNull(sentence: string, facts: Facts, claims: Claims): void {
  const match = /\bvalue is null\b/i.exec(sentence)
  if (!match) return
  facts.nullable = true
  claims.take(match.index, match.index + match[0].length)
}

/** @returns Whether any phrase read something. */
function readPhrases(
  phrases: readonly Phrase[],
  text: string,
  start: number,
  line: Line,
  facts: Facts,
  claims: Claims,
): boolean {
  let read = false
  for (const phrase of phrases) {
    const match = phrase.pattern.exec(text)
    const more = match ? phrase.read(match, facts, line.bold) : false
    if (!match || more === false) continue
    const end = match.index + match[0].length + (typeof more === 'number' ? more : 0)
    claims.take(start + match.index, start + end, phrase.aside)
    read = true
  }
  return read
}

function doubtsOf({ effect }: Condition, sentence: string): readonly Doubt[] {
  if (effect === 'mandatory' && /\bcan be specified when\b/i.test(sentence))
    return ['can-be-specified-when']
  if (effect === 'invalid' && /\bcannot|must not\b/i.test(sentence)) return []
  if (effect === 'invalid' || effect === 'other-invalid') return ['invalid-outcome']
  return effect === 'effective' ? ['effective-outcome'] : []
}
