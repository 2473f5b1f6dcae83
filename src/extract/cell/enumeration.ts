/** Enumerations that stand as lists: the literal of each item is kept, its meaning dropped. */
import { readWhen } from './conditions.ts'
import { hasDefaultMark, saysDefault, withoutDefaultMark } from './default-mark.ts'
import { state, type Condition, type Facts } from './facts.ts'
import { canBe } from './json-type.ts'
import { isValue } from './literals.ts'
import { SPAN } from './number.ts'
import type { Line } from '../page/page.ts'
import { forceOf } from './signals.ts'

export const LEAD = /(?<!\b(?:example|sample) )\b(optional values?|values?|options)\b[^.]*:$/i
const WHEN_LEAD =
  /^(?:when|if) (.{1,300}?), .*\b(?:can|must)(?: only)? be (?:one of )?the following:$/i
const HEAD = /^([\w+*/.-]{1,60})\s*(?:[([](?:the )?default(?: value)?[)\]]\s*)?(?::|：|$)/i
/** `SLB (load balancer)`, in capitals: `China (Hangzhou)` is one name. */
const EXPLAINED = /^([A-Z][A-Z0-9_]{0,59}) \([^()]{1,100}\)$/
/** What follows such a lead are rules for a value, not values. */
export const RULES_LEAD =
  /\b(?:requirements?|rules?|constraints?|conditions?|formats?|limits?|restrictions?|contains?|consists?|characters|fields?|parameters? (?:are|is))\b[^.]*:$/i
/** The words of a lead that only say that a list follows. */
const ANNOUNCEMENT =
  /\b(?:(?:the|its|this|all|following|possible|valid|available|supported|optional|allowed|parameter|field) )*(?:(?:values?|options?|ranges?|requirements?|constraints?|conditions?|rules?|parameters?|fields?|items?) ?)*(?:(?:can|must|should|may|shall)(?: only)?(?: be| meet| contain| have)?|are|is|include|has|have|meets?|requires?|contains?)?(?: set to)?(?: as)?(?: either| one| any)?(?: of)?(?: the)?(?: follow(?:s|ing))?(?: (?:values?|options?|ranges?|requirements?|constraints?|conditions?|rules?|parameters?|fields?|items?|formats?))*(?: (?:are|is) (?:available|supported|as follows))? ?[:：]$/i
/** `wood: 5 to 40` or `tin: 214 bytes`, and nothing else. */
const RANGE_ONLY = new RegExp(
  `^[^:：]{1,60}[:：]\\s*(?:(?:from )?${SPAN}|[\\d,]{1,12} (?:bytes|characters|seconds))[.;]?$`,
)
/** `08:15-09:15`, `10.0.0.0/8-10.255.255.240/28`: times and ranges of addresses. */
const SPANNED = /^\d[\d.:/]*[-–~]\d[\d.:/]*$|^\d{1,2}:\d{2}\b/

/** Longer sentences announce nothing; without a bound the pattern would search them again and again. */
const LONGEST_LEAD = 500

interface Item {
  readonly value: string
  readonly line: Line
}

/**
 * Reads the list below a line, if the line announces values or the list shows itself to be one.
 *
 * @param sentenceOf - Called with what else the list says: items without a literal at their head,
 *   and further sentences of an item's meaning.
 * @returns How many lines were read, 0 when the list is none.
 */
export function readEnumeration(
  line: Line,
  below: readonly Line[],
  facts: Facts,
  sentenceOf: (sentence: string, item: Line) => void,
): number {
  const items = below
    .filter(({ depth, follows }) => depth === below[0]?.depth && follows === undefined)
    .flatMap(itemOf)
  const lead = lastSentence(line.text)
  const announced = LEAD.exec(lead)
  if (items.length === 0 || !canEnumerate(items, lead, facts)) return 0
  const values = items.map(({ value }) => value)
  if (!announced && explains(values, facts)) {
    readRest(below, items, sentenceOf)
    return below.length
  }
  const heads = below.filter(
    ({ depth, follows }) => depth === below[0]?.depth && follows === undefined,
  )
  const certain = items.length === heads.length || areAll(items, heads)
  if (announced ? !certain : !showsItself(items, below, facts)) return 0
  const condition = conditionOf(lead, line, values)
  if (condition) facts.conditions.push(condition)
  else facts.values = state(facts.values, values)
  const free = values.every((value) => /^(?:true|false)$/i.test(value))
  if (!announced && !free) facts.doubts.add('enumeration-without-lead')
  else if (announced && !condition)
    facts.lead ??= /^optional/i.test(announced[1]!) ? 'optional values' : 'values'
  for (const { line: item, value } of items) preset(item, value, facts)
  readRest(below, items, sentenceOf)
  return below.length
}

/** Which words of a lead only announce the list below it. */
export function announcement(
  lead: string,
): { readonly from: number; readonly to: number } | undefined {
  const match = ANNOUNCEMENT.exec(lead.slice(-LONGEST_LEAD))
  if (!match) return undefined
  return { from: lead.length - match[0].length, to: lead.length }
}

function itemOf(line: Line): readonly Item[] {
  if (SPANNED.test(line.text)) return []
  const bold = line.bold[0]
  if (bold !== undefined && line.text.startsWith(bold) && /^\S{1,60}$/.test(bold)) {
    return [{ value: bold.replace(/[.:：]$/, ''), line }]
  }
  const value = HEAD.exec(line.text)?.[1] ?? EXPLAINED.exec(line.text)?.[1]
  return value === undefined ? [] : [{ value: value.replace(/\.$/, ''), line }]
}

/**
 * Cases of a number (`wood: 5 to 40`), fields of an object and rules for a value stand in lists that
 * look like lists of values.
 */
function canEnumerate(items: readonly Item[], lead: string, facts: Facts): boolean {
  const { type, items: elements } = facts.about.type ?? {}
  const element = type === 'array' ? elements : type
  if (element === 'object') facts.doubts.add('fields-in-a-list')
  if (element === 'object' || RULES_LEAD.test(lead)) return false
  // One of two: the other is explained elsewhere, or not at all.
  if (element === 'boolean' && items.length === 1) return false
  const number = element === 'integer' || element === 'number'
  if (number && items.some(({ value }) => !canBe(element, value))) return false
  return !items.every(({ line }) => RANGE_ONLY.test(line.text))
}

/** Some lines of the list are not items, but those that are can be nothing else, and none is a range. */
function areAll(items: readonly Item[], heads: readonly Line[]): boolean {
  const ranges = heads.some(({ text }) => /^-?\d[\d,.]* ?(?:to|[-–—~])/.test(text))
  return !ranges && items.every(({ line, value }) => isValue(value, line.bold))
}

/** Two or more items, every one with a literal and a meaning, below a field without other values. */
function showsItself(items: readonly Item[], below: readonly Line[], facts: Facts): boolean {
  const meanings = items.every(({ line }) => /[:：]\s*\S/.test(line.text))
  const heads = below.filter(({ follows }) => follows === undefined)
  const all = items.length > 1 && items.length === heads.length
  if (facts.values !== undefined || !all || !meanings) return false
  const shown =
    items.every(({ line, value }) => isValue(value, line.bold)) || isSample(items, facts)
  if (!shown) facts.doubts.add('enumeration-without-lead')
  return shown
}

function isSample(items: readonly Item[], { about: { sample } }: Facts): boolean {
  return items.some(({ value }) => value === sample)
}

/** The values were stated before, and the list says what each of them means. */
function explains(values: readonly string[], { values: stated }: Facts): boolean {
  return stated !== undefined && values.every((value) => stated.value.includes(value))
}

function conditionOf(lead: string, line: Line, values: readonly string[]): Condition | undefined {
  const when = readWhen(WHEN_LEAD.exec(lead)?.[1] ?? '', line.bold)
  return when ? { effect: 'values', values, when } : undefined
}

/** By a mark behind the value or its meaning, or by a sentence that says nothing else. */
function preset({ text }: Line, value: string, facts: Facts): void {
  const marked = hasDefaultMark(text) || sentencesIn(text).slice(1).some(saysDefault)
  if (marked) facts.default = state(facts.default, value)
}

function sentencesIn(text: string): readonly string[] {
  return text.split(/(?<=[.!?])\s+(?=[A-Z(])/)
}

/** An item's first sentence says what its value means; one with the force of a rule says more. */
function readRest(
  below: readonly Line[],
  items: readonly Item[],
  sentenceOf: (sentence: string, item: Line) => void,
): void {
  const heads = new Set(items.map(({ line }) => line))
  for (const line of below) {
    const [meaning = '', ...said] = sentencesIn(line.text)
    const more = heads.has(line) ? said.filter((sentence) => !saysDefault(sentence)) : said
    const forceful = !heads.has(line) || forceOf(withoutDefaultMark(meaning)).length > 0
    for (const sentence of forceful ? [meaning, ...more] : more) sentenceOf(sentence, line)
  }
}

function lastSentence(text: string): string {
  const last = text.split(/(?<=[.!?])\s+(?=[A-Z])/).at(-1) ?? ''
  return last.length > LONGEST_LEAD ? '' : last
}
