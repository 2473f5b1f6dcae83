/** Values with their meanings in one sentence: `0: off; 1: on`. */
import { hasDefaultMark, withoutDefaultMark } from './default-mark.ts'
import { state, type Facts } from './facts.ts'
import { areParts } from './format-parts.ts'
import { bare, literals } from './literals.ts'
import type { Line } from '../page/page.ts'
import { forceOf } from './signals.ts'

/** `0: off`, `1 = on`, `true indicates …`: a literal and its meaning. */
const MEANT =
  /^["']?([\w+*.-]{1,60}?)["']?\s*(?:(?::|：|=| [-–—]) ?|\s(?:indicates?|means?|represents?|stands for|specifies)(?: that)?\s)(.+)$/i

/**
 * `0: off; 1: on`, in one sentence, with or without words before it that announce values.
 *
 * @returns Whether the sentence is such a list and nothing else.
 */
export function readInline(sentence: string, { bold, text }: Line, facts: Facts): boolean {
  const [, lead = '', list = sentence] =
    /^(.{0,100}?\b(?:values?|options?)(?: are| is| include)?(?: as follows)?: ?)(.+)$/i.exec(
      sentence,
    ) ?? []
  const parts = partsOf(list)
  const meant = parts.map((part) => MEANT.exec(part))
  const values = meant.flatMap((match) => (match ? [match[1]!] : []))
  if (parts.length < 2 || values.length < parts.length) return false
  if (!literals(values.join(', '), bold, lead !== '')) return false
  if (lead === '' && (isOfPart(values, text) || areNames(values, facts))) return false
  if (meant.some((match) => forceOf(withoutDefaultMark(match![2]!)).length > 0)) return false
  facts.values = state(facts.values, values)
  const all = values.every((value) => /^(?:true|false)$/.test(value))
  if (lead === '' && !all) facts.doubts.add('enumeration-without-lead')
  else if (lead !== '') facts.lead ??= 'values'
  for (const [index, part] of parts.entries())
    if (hasDefaultMark(part)) facts.default = state(facts.default, values[index]!)
  return true
}

/** `least_cups indicates …`, of a number: what other fields mean. */
function areNames(values: readonly string[], { about: { type } }: Facts): boolean {
  const isNumber = type?.type === 'integer' || type?.type === 'number'
  return isNumber && values.every((value) => /^[a-z]\w*$/i.test(value) && value.includes('_'))
}

/** The line is about a format, or about a range, and the values are its parts or its ends. */
function isOfPart(values: readonly string[], text: string): boolean {
  const ends = values.every((value) => /^-?\d+$/.test(value)) && /\branging from\b/i.test(text)
  return ends || /\bformat (?:is|of)\b/i.test(text) || areParts(values, text)
}

/** `true: all cups`: what one of the values means, of a field whose values need no list or have one. */
export function readMeaning(sentence: string, facts: Facts): boolean {
  const [, value = '', meaning = ''] = MEANT.exec(withoutDefaultMark(sentence)) ?? []
  const known = /^(?:true|false)$/.test(value) || facts.values?.value.includes(value) === true
  if (!known || forceOf(meaning).length > 0) return false
  if (hasDefaultMark(sentence)) facts.default = state(facts.default, value)
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

/** Words that stand before a value and are none: `Default: ACTIVE`. */
const LABEL =
  /^(?:defaults?|values?|examples?|notes?|options?|type|format|unit|range|minimum|maximum)$/i

/** `Later: pay-as-you-stack`, after the display name was taken for the value: the head is the value. */
export function readName(sentence: string, facts: Facts): boolean {
  const [, head = '', meaning = ''] = MEANT.exec(withoutDefaultMark(sentence)) ?? []
  const shown = bare(meaning.replace(/^(?:the |an? )/i, ''))
  const known = facts.values
  if (head === '' || LABEL.test(head) || !known || known.rivals.length > 0) return false
  if (known.value.length !== 1 || known.value[0] !== shown) return false
  facts.values = { ...known, value: [head] }
  return true
}
