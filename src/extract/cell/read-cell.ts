/** Reads the prose of one cell, sentence by sentence, into facts. */
import { Claims } from './claims.ts'
import { announcement, LEAD, readEnumeration, RULES_LEAD } from './enumeration.ts'
import { dropOneCase, isOfCase, noteCaseBelow, noteCases, noteOneCase, opensCase } from './cases.ts'
import { noFacts, type About, type Facts } from './facts.ts'
import { labelled } from './labels.ts'
import type { Line } from '../page/page.ts'
import { decideGuesses } from './default-guess.ts'
import { placeholders } from './format-parts.ts'
import { forceOf } from './signals.ts'
import { account, readRule, readSentence, sentencesOf, unread } from './sentence.ts'

/** The parts of a format stand in braces. */
const OF_A_PART = /^\{[^{}]{1,60}\}\s?[:：]/
/** `Separate multiple values with commas (,).` */
const SEPARATED =
  /\bseparated? (?:(?:them|(?:multiple|several|the) [a-z ]{1,40}) )?(?:with|by|using) (?:a )?(?:commas?|semicolons?|vertical bars?|spaces?)\b/i
const INNER = /^([A-Za-z]\w*)\s*(?::|：)\s*(?![\s[{])(.*)$/

export interface CellContext extends About {
  /** The field holds JSON in a string: list items describe the fields inside. */
  readonly json: boolean
  /** The keys of its sample, by which fields in lower case are told from literals. */
  readonly keys?: ReadonlySet<string>
}

/**
 * @param printed - Paragraphs and list items of the cell, in order.
 * @returns What they state. Values stated twice, differently, keep their rivals: nothing is chosen.
 */
export function readCell(printed: readonly Line[], context: CellContext): Facts {
  const facts = noFacts(context)
  const pending: string[] = []
  const isNothing = printed.every(({ text }) => /^n\/?a\.?$/i.test(text))
  const lines = isNothing ? [] : labelled(printed)
  const parts = placeholders(lines)
  let isInCase = false
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!
    isInCase ||= opensCase(line)
    const below = deeper(lines, index)
    const inner = innerOf(line, context)
    if (inner && line.depth > 0) {
      index += readInner(inner, line, below, facts)
      continue
    }
    const known = { ...facts }
    const sentenceOf = (sentence: string, item: Line, first = false): void => {
      const [before, guessed] = [{ ...facts }, facts.guesses.length]
      readSentence(sentence, item, first, facts)
      if (isInCase) noteCaseBelow(before, facts, sentence)
      if (isInCase || isOfCase(sentence, item) || isBelowCase(lines, item))
        noteCases(item === line ? known : before, facts, guessed)
    }
    if (OF_A_PART.test(line.text) || (line.depth > 0 && parts.has(firstWord(line.text)))) {
      readPart(line, facts)
      continue
    }
    const isHolder = context.json && below.some((item) => innerOf(item, context) !== undefined)
    const sentences = sentencesOf(line.text)
    const leads = /[:：]$/.test(line.text)
    for (const [order, sentence] of (leads ? sentences.slice(0, -1) : sentences).entries())
      sentenceOf(sentence, line, index === 0 && order === 0)
    const listed = { ...facts }
    const read = isHolder ? 0 : readEnumeration(line, below, facts, sentenceOf)
    if (isInCase && read > 0) noteOneCase(listed, facts, line.text)
    index += read
    const lead = leads ? (sentences.at(-1) ?? '') : ''
    if (read === 0 && LEAD.test(lead) && !RULES_LEAD.test(lead)) pending.push(lead)
    if (leads) readLead(sentences.at(-1) ?? '', line, below.length > 0, read > 0, facts)
  }
  dropOneCase(decideGuesses(facts))
  reportLeads(pending, facts)
  if (facts.doubts.has('range-goes-on')) delete facts.range
  if (holdsSeveral(printed, facts)) {
    facts.doubts.add('list-in-a-string')
    delete facts.values
  }
  return facts
}

/** An item of a list whose head names a case: `Clusters of tin`, and below it `Default value: 4`. */
function isBelowCase(lines: readonly Line[], item: Line): boolean {
  const { depth } = item
  if (depth < 2) return false
  const parent = lines.slice(0, lines.indexOf(item)).findLast((line) => line.depth < depth)
  return parent !== undefined && parent.depth > 0 && isOfCase(parent.text, parent)
}

function firstWord(text: string): string {
  return /^\w{1,41}/.exec(text)?.[0] ?? ''
}

/** A part of a format: `{kind}: the kind of the cup. Valid values: …`. */
function readPart({ text }: Line, facts: Facts): void {
  const signals = forceOf(text)
  if (signals.length > 0) unread(facts, text.slice(0, 200), signals, false)
  else facts.counts.described += 1
}

/** The text holds several of the values, or JSON with them inside. */
function holdsSeveral(lines: readonly Line[], { about, values }: Facts): boolean {
  const { sample = '', type } = about
  if (values === undefined || (type !== undefined && type.type !== 'string')) return false
  const parts = sample.split(',').map((part) => part.trim())
  const several = parts.length > 1 && parts.every((part) => values.value.includes(part))
  return several || /^[[{]/.test(sample.trim()) || lines.some(({ text }) => SEPARATED.test(text))
}

/** Words announced values, and none were read in the whole cell. */
function reportLeads(leads: readonly string[], facts: Facts): void {
  const { values, range, index, conditions, inner, unread: left } = facts
  const [lead] = leads
  const read = values ?? range ?? index ?? facts.type
  if (
    lead === undefined ||
    read !== undefined ||
    conditions.length + inner.length + left.length > 0
  )
    return
  unread(facts, lead.slice(0, 200), ['values'], false)
}

/** A field inside a JSON string: in capitals as the vendors' names are, or as the sample has it. */
function innerOf({ text }: Line, { json, keys }: CellContext): RegExpExecArray | undefined {
  const match = json ? INNER.exec(text) : null
  const named = match && (/^[A-Z]/.test(match[1]!) || keys?.has(match[1]!))
  return named ? match : undefined
}

/**
 * The items that hang below a line, also where a paragraph introduces a list, or paragraphs that
 * are items in all but markup.
 */
function deeper(lines: readonly Line[], index: number): readonly Line[] {
  const { depth, text } = lines[index]!
  const end = lines.findIndex((line, at) => at > index && line.depth <= depth)
  const below = lines.slice(index + 1, end === -1 ? lines.length : end)
  if (below.length > 0 && /[:：]$/.test(text)) return continued(lines, index + 1, below)
  if (below.length > 0 || !/[:：]$/.test(text)) return below
  const after = lines.slice(index + 1)
  const other = after.findIndex((line) => line.depth !== depth || !isItem(line))
  return after.slice(0, other === -1 ? after.length : other)
}

/** A list goes on behind a paragraph that announces no other. */
function continued(lines: readonly Line[], from: number, below: readonly Line[]): readonly Line[] {
  const { depth } = below[0]!
  const after = lines.slice(from + below.length)
  const next = after.findIndex((line) => line.depth >= depth)
  const between = after.slice(0, Math.max(next, 0))
  if (next < 1 || next > 3 || between.some(({ text }) => /[:：]$/.test(text))) return below
  const rest = after.slice(next)
  const end = rest.findIndex((line) => line.depth < depth)
  const more = [...below, ...between, ...(end === -1 ? rest : rest.slice(0, end))]
  return continued(lines, from, more)
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
  const inner = readCell([{ ...line, text, depth: 0 }, ...below], { json: false, name })
  if (/\bIDs of\b/.test(text) && name.endsWith('Id')) facts.doubts.add('plural-id')
  facts.inner.push({ name, facts: inner, required: inner.required, type: inner.type })
  facts.counts.understood += 1
  return below.length
}

/**
 * A sentence that announces a list: its rule counts, and its announcement needs no reading if the
 * list follows. Whatever else it says does.
 */
function readLead(
  sentence: string,
  line: Line,
  below: boolean,
  consumed: boolean,
  facts: Facts,
): void {
  const claims = new Claims(sentence)
  if (!consumed) readRule(sentence, line, facts, claims)
  else if (/^(?:when|if)\b/i.test(sentence)) claims.take(0)
  if (!claims.any && !below && /\b(?:values?|options)\b/i.test(sentence))
    return unread(facts, sentence.slice(0, 200), ['values that do not follow'], false)
  const announced = below ? announcement(sentence) : undefined
  if (announced) claims.take(announced.from, announced.to)
  account(claims, false, facts)
}
