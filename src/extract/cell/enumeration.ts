/** Enumerations that stand as lists: the literal of each item is kept, its meaning dropped. */
import { readWhen } from './conditions.ts'
import { state, type Condition, type Facts } from './facts.ts'
import { literals } from './literals.ts'
import type { Line } from '../page/page.ts'
import { forceOf } from './signals.ts'

const LEAD = /\b(optional values?|values?|options)\b[^.]*:$/i
const WHEN_LEAD =
  /^(?:when|if) (.{1,300}?), .*\b(?:can|must)(?: only)? be (?:one of )?the following:$/i
const HEAD = /^([\w+*/.-]{1,60})\s*(?:\(default\)\s*)?(?::|：|$)/i
/** The words of a lead that only say that a list follows. */
const ANNOUNCEMENT =
  /\b(?:(?:the|its|this|all|following|possible|valid|available|supported|optional|allowed|parameter|field) )*(?:(?:values?|options?|ranges?|requirements?|constraints?|conditions?|rules?|parameters?|fields?|items?) ?)*(?:(?:can|must|should|may|shall)(?: only)?(?: be| meet| contain| have)?|are|is|include|has|have|meets?|requires?|contains?)?(?: set to)?(?: as)?(?: either| one| any)?(?: of)?(?: the)?(?: follow(?:s|ing))?(?: (?:values?|options?|ranges?|requirements?|constraints?|conditions?|rules?|parameters?|fields?|items?|formats?))*(?: (?:are|is) (?:available|supported|as follows))? ?[:：]$/i
/** `0: off`, `1 = on`, `true indicates …`: a literal and its meaning. */
const MEANT =
  /^["']?([\w+*.-]{1,60}?)["']?\s*(?:(?::|：|=| [-–—]) ?|\s(?:indicates?|means?|represents?|stands for|specifies)(?: that)?\s)(.+)$/i

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
  if (items.length === 0) return 0
  const values = items.map(({ value }) => value)
  if (!announced && explains(values, facts)) {
    readRest(below, items, sentenceOf)
    return below.length
  }
  if (!announced && !showsItself(items, below, facts)) return 0
  const condition = conditionOf(lead, line, values)
  if (condition) facts.conditions.push(condition)
  else facts.values = state(facts.values, values)
  if (!announced) facts.doubts.add('enumeration-without-lead')
  else if (!condition)
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
 * `0: off; 1: on`, in one sentence, with or without words before it that announce values.
 *
 * @returns Whether the sentence is such a list and nothing else.
 */
export function readInline(sentence: string, { bold }: Line, facts: Facts): boolean {
  const [, lead = '', list = sentence] =
    /^(.{0,100}?\b(?:values?|options?)(?: are| is| include)?(?: as follows)?: ?)(.+)$/i.exec(
      sentence,
    ) ?? []
  const parts = partsOf(list)
  const meant = parts.map((part) => MEANT.exec(part))
  const values = meant.flatMap((match) => (match ? [match[1]!] : []))
  if (parts.length < 2 || values.length < parts.length) return false
  if (!literals(values.join(', '), bold, lead !== '')) return false
  if (meant.some((match) => forceOf(withoutDefault(match![2]!)).length > 0)) return false
  facts.values = state(facts.values, values)
  const all = values.every((value) => /^(?:true|false)$/.test(value))
  if (lead === '' && !all) facts.doubts.add('enumeration-without-lead')
  else if (lead !== '') facts.lead ??= 'values'
  for (const [index, part] of parts.entries())
    if (/\(default\)/i.test(part)) facts.default = state(facts.default, values[index]!)
  return true
}

/** `true: all cups`: what one of the values means, of a field whose values need no list or have one. */
export function readMeaning(sentence: string, facts: Facts): boolean {
  const [, value = '', meaning = ''] = MEANT.exec(withoutDefault(sentence)) ?? []
  const known = /^(?:true|false)$/.test(value) || facts.values?.value.includes(value) === true
  if (!known || forceOf(meaning).length > 0) return false
  if (/\(default\)/i.test(sentence)) facts.default = state(facts.default, value)
  return true
}

/** Cut at semicolons if there are any, else at commas and full stops before a literal. */
function partsOf(list: string): readonly string[] {
  const text = list.replace(/[.;]$/, '')
  const parts = text.includes(';')
    ? text.split(';')
    : text.split(
        /(?:[,.] ?(?:and |or )?| and | or )(?=["']?[\w+*.-]{1,60}["']?\s*(?::|=| [-–—] |\sindicates?\s|\smeans?\s|\srepresents?\s))/,
      )
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function withoutDefault(text: string): string {
  return text.replace(/\(default\)/gi, '')
}

function itemOf(line: Line): readonly Item[] {
  const bold = line.bold[0]
  if (bold !== undefined && line.text.startsWith(bold) && /^\S{1,60}$/.test(bold)) {
    return [{ value: bold.replace(/[.:：]$/, ''), line }]
  }
  const value = HEAD.exec(line.text)?.[1]
  return value === undefined ? [] : [{ value: value.replace(/\.$/, ''), line }]
}

/** Two or more items, every one with a literal and a meaning, below a field without other values. */
function showsItself(items: readonly Item[], below: readonly Line[], facts: Facts): boolean {
  const meanings = items.every(({ line }) => /[:：]\s*\S/.test(line.text))
  const heads = below.filter(({ follows }) => follows === undefined)
  return facts.values === undefined && items.length > 1 && items.length === heads.length && meanings
}

/** The values were stated before, and the list says what each of them means. */
function explains(values: readonly string[], { values: stated }: Facts): boolean {
  return stated !== undefined && values.every((value) => stated.value.includes(value))
}

function conditionOf(lead: string, line: Line, values: readonly string[]): Condition | undefined {
  const when = readWhen(WHEN_LEAD.exec(lead)?.[1] ?? '', line.bold)
  return when ? { effect: 'values', values, when } : undefined
}

function preset(item: Line, value: string, facts: Facts): void {
  if (/\(default\)/i.test(item.text)) facts.default = state(facts.default, value)
}

/** An item's first sentence says what its value means; one with the force of a rule says more. */
function readRest(
  below: readonly Line[],
  items: readonly Item[],
  sentenceOf: (sentence: string, item: Line) => void,
): void {
  const heads = new Set(items.map(({ line }) => line))
  for (const line of below) {
    const [meaning = '', ...more] = line.text.split(/(?<=[.!?])\s+(?=[A-Z])/)
    const forceful = !heads.has(line) || forceOf(withoutDefault(meaning)).length > 0
    for (const sentence of forceful ? [meaning, ...more] : more) sentenceOf(sentence, line)
  }
}

function lastSentence(text: string): string {
  const last = text.split(/(?<=[.!?])\s+(?=[A-Z])/).at(-1) ?? ''
  return last.length > LONGEST_LEAD ? '' : last
}
