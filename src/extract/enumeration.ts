/** Enumerations that stand as lists: the literal of each item is kept, its meaning dropped. */
import { state, type Condition, type Facts } from './facts.ts'
import { readWhen } from './conditions.ts'
import type { Line } from './page.ts'

const LEAD = /\b(optional values?|values?|options)\b[^.]*:$/i
const WHEN_LEAD =
  /^(?:when|if) (.{1,300}?), .*\b(?:can|must)(?: only)? be (?:one of )?the following:$/i
const HEAD = /^([\w+*/.-]{1,60})\s*(?:\(default\)\s*)?(?::|：|$)/i

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
  if (items.length === 0 || (!announced && !showsItself(items, below, facts))) return 0
  const values = items.map(({ value }) => value)
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

function conditionOf(lead: string, line: Line, values: readonly string[]): Condition | undefined {
  const when = readWhen(WHEN_LEAD.exec(lead)?.[1] ?? '', line.bold)
  return when ? { effect: 'values', values, when } : undefined
}

function preset(item: Line, value: string, facts: Facts): void {
  if (/\(default\)/i.test(item.text)) facts.default = state(facts.default, value)
}

function readRest(
  below: readonly Line[],
  items: readonly Item[],
  sentenceOf: (sentence: string, item: Line) => void,
): void {
  const heads = new Set(items.map(({ line }) => line))
  for (const line of below) {
    const sentences = line.text.split(/(?<=[.!?])\s+(?=[A-Z])/)
    const rest = heads.has(line) ? sentences.slice(1) : sentences
    for (const sentence of rest) sentenceOf(sentence, line)
  }
}

function lastSentence(text: string): string {
  const last = text.split(/(?<=[.!?])\s+(?=[A-Z])/).at(-1) ?? ''
  return last.length > LONGEST_LEAD ? '' : last
}
