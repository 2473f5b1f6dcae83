/** Reads the prose of one cell, sentence by sentence, into facts. */
import { readCondition } from './conditions.ts'
import { readEnumeration } from './enumeration.ts'
import { noFacts, type Condition, type Doubt, type Facts } from './facts.ts'
import type { Line } from './page.ts'
import { PHRASES } from './phrases.ts'

/** No sentence of a page is longer; a longer one is not read, which bounds every phrase's work. */
const LONGEST_SENTENCE = 2000

const DESCRIBES = /^(?:specifies|provides|lists|indicates|tags|queries|the|an?)\b/i
const FORCE =
  /\b(?:must(?: not)?|do not|cannot|can not|can only|mandatory|(?:up to|at most|maximum of|ranges? from)(?= -?\d))\b/gi
const SIGNALS =
  /\b(?:must(?: not)?|do not|cannot|can not|only|mandatory|required|invalid|ignored|maximum|minimum|at most|up to|at least|default value|by default|valid values?|value range|ranges? from|unique|exceed|reserved|characters|unsupported|not supported|not allowed|make sure)\b/gi
/** A second clause says something of its own: it is read as a sentence. */
const CLAUSES = /^(.{1,600}?), (?:and|or) ((?:the|it|this|is|its)\b.{1,600})$/i
const INNER = /^([A-Z][A-Za-z0-9]*)\s*(?::|：)\s*(.*)$/

export interface CellContext {
  /** The field holds JSON in a string: list items describe the fields inside. */
  readonly json: boolean
}

/**
 * @param lines - Paragraphs and list items of the cell, in order.
 * @returns What they state. Values stated twice, differently, keep their rivals: nothing is chosen.
 */
export function readCell(lines: readonly Line[], context: CellContext): Facts {
  const facts = noFacts()
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!
    const below = deeper(lines, index)
    const inner = context.json ? INNER.exec(line.text) : undefined
    if (inner && line.depth > 0) {
      index += readInner(inner, line, below, facts)
      continue
    }
    const sentenceOf = (sentence: string, item: Line): void =>
      readSentence(sentence, item, false, facts)
    const isHolder = context.json && below.some(({ text }) => INNER.test(text))
    const sentences = sentencesOf(line.text)
    const leads = /[:：]$/.test(line.text)
    for (const [order, sentence] of (leads ? sentences.slice(0, -1) : sentences).entries()) {
      readSentence(sentence, line, index === 0 && order === 0, facts)
    }
    const read = isHolder ? 0 : readEnumeration(line, below, facts, sentenceOf)
    index += read
    if (leads) readLead(sentences.at(-1) ?? '', line, below.length > 0, read > 0, facts)
  }
  return facts
}

/**
 * The items that hang below a line, also where a paragraph introduces a list, or paragraphs that
 * are items in all but markup.
 */
function deeper(lines: readonly Line[], index: number): readonly Line[] {
  const { depth, text } = lines[index]!
  const end = lines.findIndex((line, at) => at > index && line.depth <= depth)
  const below = lines.slice(index + 1, end === -1 ? lines.length : end)
  if (below.length > 0 || !/[:：]$/.test(text)) return below
  const after = lines.slice(index + 1)
  const other = after.findIndex((line) => line.depth !== depth || !isItem(line))
  return after.slice(0, other === -1 ? after.length : other)
}

/** `smn_topic: a topic`, with its literal in bold. */
function isItem({ text, bold }: Line): boolean {
  return bold[0] !== undefined && text.startsWith(bold[0]) && /^\S{1,60}\s*[:：]/.test(text)
}

/** An item `Port: the port …` of a JSON string, with whatever hangs below it. */
function readInner(
  match: RegExpExecArray,
  line: Line,
  below: readonly Line[],
  facts: Facts,
): number {
  const [, name = '', text = ''] = match
  const inner = readCell([{ ...line, text, depth: 0 }, ...below], { json: false })
  if (/\bIDs of\b/.test(text) && name.endsWith('Id')) facts.doubts.add('plural-id')
  facts.inner.push({ name, facts: inner, required: inner.required, type: inner.type })
  facts.counts.understood += 1
  return below.length
}

/** Splits at full stops before a capital; abbreviations keep their stop. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .replace(/\b(e\.g|i\.e|etc)\.\s/gi, '$1.\u00a0')
    .split(/(?<=[.!?])\s+(?=[A-Z"'[({*])/)
    .filter((sentence) => sentence !== '')
}

function readSentence(sentence: string, line: Line, first: boolean, facts: Facts): void {
  if (sentence.length > LONGEST_SENTENCE) {
    facts.unread.push({ text: sentence.slice(0, 80), signals: ['too long'] })
    facts.counts.unread += 1
    return
  }
  if (/\b([a-z]{3,}) \1\b/i.test(sentence)) facts.doubts.add('doubled-word')
  const understood = readRule(sentence, line, facts)
  const signals = understood ? [] : signalsOf(sentence, first)
  if (understood) facts.counts.understood += 1
  else if (signals.length === 0) facts.counts.described += 1
  else {
    facts.unread.push({ text: sentence, signals })
    facts.counts.unread += 1
  }
}

/** A sentence that announces a list: its rule counts, its announcement needs no reading. */
function readLead(
  sentence: string,
  line: Line,
  below: boolean,
  consumed: boolean,
  facts: Facts,
): void {
  const understood = consumed || readRule(sentence, line, facts)
  if (!understood && !below && /\b(?:values?|options)\b/i.test(sentence)) {
    facts.unread.push({ text: sentence.slice(0, 200), signals: ['values that do not follow'] })
    facts.counts.unread += 1
    return
  }
  facts.counts[understood ? 'understood' : 'described'] += 1
}

function signalsOf(sentence: string, first: boolean): readonly string[] {
  const pattern = first && DESCRIBES.test(sentence) ? FORCE : SIGNALS
  const found = Array.from(sentence.matchAll(pattern), ([signal]) => signal.toLowerCase())
  return [...new Set(found)]
}

/** A rule with a condition, or without one. A condition that is not understood hides what follows it. */
function readRule(sentence: string, line: Line, facts: Facts): boolean {
  const [, head, tail] = CLAUSES.exec(sentence) ?? []
  const first = head === undefined ? undefined : readCondition(head, line.bold)
  const condition = first ?? readCondition(sentence, line.bold)
  if (condition) {
    facts.conditions.push(condition)
    for (const doubt of doubtsOf(condition, sentence)) facts.doubts.add(doubt)
    if (first && tail !== undefined) readSentence(tail, line, false, facts)
    return true
  }
  const [, absent] =
    /^if this parameter is (?:not specified|not set|left blank), (.*)$/i.exec(sentence) ?? []
  if (absent !== undefined) return readPhrases(absent, line, facts)
  if (/^(?:when|if)\b/i.test(sentence)) return readNull(sentence, facts)
  return readPhrases(sentence, line, facts)
}

function readNull(sentence: string, facts: Facts): boolean {
  if (!/\bvalue is null\b/i.test(sentence)) return false
  facts.nullable = true
  return true
}

function readPhrases(sentence: string, line: Line, facts: Facts): boolean {
  const read = PHRASES.map(({ pattern, read }) => {
    const match = pattern.exec(sentence)
    return match !== null && read(match, facts, line.bold) !== false
  })
  return read.includes(true)
}

function doubtsOf({ effect }: Condition, sentence: string): readonly Doubt[] {
  if (effect === 'mandatory' && /\bcan be specified when\b/i.test(sentence))
    return ['can-be-specified-when']
  if (effect === 'invalid' && /\bcannot|must not\b/i.test(sentence)) return []
  if (effect === 'invalid' || effect === 'other-invalid') return ['invalid-outcome']
  return effect === 'effective' ? ['effective-outcome'] : []
}
