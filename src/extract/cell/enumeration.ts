/** Enumerations that stand as lists: the literal of each item is kept, its meaning dropped. */
import { readWhen } from './conditions.ts'
import { hasDefaultMark, saysDefault, withoutDefaultMark } from './default-mark.ts'
import { state, type Condition, type Facts } from './facts.ts'
import { areParts } from './format-parts.ts'
import { canBe } from './json-type.ts'
import { isRemark, itemsOf, type Item } from './list-items.ts'
import { isValue } from './literals.ts'
import { SPAN } from './number.ts'
import type { Line } from '../page/page.ts'
import { forceOf } from './signals.ts'

export const LEAD = /(?<!\b(?:example|sample) )\b(optional values?|values?|options)\b[^.]*:$/i
const WHEN_LEAD =
  /^(?:when|if) (.{1,300}?), .*\b(?:can|must)(?: only)? be (?:one of )?the following:$/i
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
const OF_CASE = /^(?:when|if|for|in)\b[^:：]{1,300}, [^:：]*[:：]$/i
const MEANING = /^[^:：]{1,60}[:：]\s*(\S.{0,60}?)\.?$/
/** `The value of kind can be`, said of a part of the value. */
const OF_OTHER =
  /\b(?:the )?values? of (?!which\b|(?:this|the) (?:parameter|field)\b)(?:the )?[`"]?(\w+)[`"]? (?:can|must|may|is|are)\b/i
/** `size: the size. The options are small and large.` */
const OWN_VALUES = /^[^:：]{1,60}[:：].{0,300}\b(?:options|values?) (?:are|is|can be|ranges?)\b/i
const EXAMPLES = /\bexamples?\b[^.]*:$/i
/** `TIN: The path must start with a slash`, `name: 2 to 9 characters`: not what the value means, but its form. */
const RULE_OF_FORM =
  /^[^:：]{1,60}[:：]\s*(?:the |an? )?(?:path|address|url|file|format|[a-z ]{0,30}name)\b.{0,40}\b(?:must|starts?|begins?|can be \d)\b|^[^:：]{1,60}[:：].{0,100}\b\d+ (?:characters|letters|bytes) in length\b/i

/** Longer sentences announce nothing; without a bound the pattern would search them again and again. */
const LONGEST_LEAD = 500

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
  const heads = below.filter(
    ({ depth, follows }) => depth === below[0]?.depth && follows === undefined,
  )
  const items = itemsOf(heads)
  if (areFields(items, facts)) {
    facts.doubts.add('fields-in-a-list')
    return below.length
  }
  const lead = lastSentence(line.text)
  const announced = LEAD.exec(lead)
  if (items.length === 0 || !canEnumerate(items, lead, facts)) return 0
  if (isOfOneCase(lead, line) || areMeanings(items, facts)) return 0
  const values = items.map(({ value }) => value)
  if (!announced && explains(values, facts)) {
    readRest(below, items, sentenceOf)
    return below.length
  }
  const listed = announced ? areAll(items, heads) : showsItself(items, below, line, facts)
  if (!listed) return 0
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
  if (items.some(({ line }) => RULE_OF_FORM.test(line.text))) return false
  return !items.every(({ line }) => RANGE_ONLY.test(line.text))
}

/** Items that have values of their own, of a list of which nothing says what it holds: fields of its elements. */
function areFields(items: readonly Item[], { about: { type } }: Facts): boolean {
  if (type?.type !== 'array' || type.items !== undefined) return false
  const own = items.filter(({ line }) => OWN_VALUES.test(line.text))
  return own.length > 1 && items.every(({ value }) => /^[a-z]\w*$/i.test(value))
}

/** Some lines of the list are remarks, and those that are items can be nothing else. */
function areAll(items: readonly Item[], heads: readonly Line[]): boolean {
  const named = new Set(items.map(({ line }) => line))
  const others = heads.filter((head) => !named.has(head))
  if (others.length === 0) return true
  return others.every(isRemark) && items.every(({ line, value }) => isValue(value, line.bold))
}

/** `When the cup is hot, the following values are supported:`, which is not read as a condition. */
function isOfOneCase(lead: string, { bold }: Line): boolean {
  return OF_CASE.test(lead) && readWhen(WHEN_LEAD.exec(lead)?.[1] ?? '', bold) === undefined
}

/** `Chinese: zh-CN`, where the sample is `zh-CN`: the heads are names of the values. */
function areMeanings(items: readonly Item[], { about: { sample } }: Facts): boolean {
  if (sample === undefined || sample === '') return false
  const meanings = items.map(({ line: { text } }) => MEANING.exec(text)?.[1])
  return !items.some(({ value }) => value === sample) && meanings.includes(sample)
}

/** Two or more items, every one with a literal and a meaning, below a field without other values. */
function showsItself(
  items: readonly Item[],
  below: readonly Line[],
  { text }: Line,
  facts: Facts,
): boolean {
  const meanings = items.every(({ line }) => /[:：]\s*\S/.test(line.text))
  const heads = below.filter(({ follows }) => follows === undefined)
  const all = heads.length > 1 && new Set(items.map(({ line }) => line)).size === heads.length
  if (facts.values !== undefined || !all || !meanings) return false
  const parts = areParts(
    items.map(({ value }) => value),
    text,
  )
  const ofOther = OF_OTHER.exec(text)?.[1]
  if (parts || EXAMPLES.test(text) || (ofOther ?? facts.about.name) !== facts.about.name)
    return false
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
