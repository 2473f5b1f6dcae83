/** Keywords of a schema to the values that try them. */

import type { Draw } from './draw.ts'
import type { Row } from './row.ts'

/** One value in the place of a field, and what the page has follow. */
export interface Case {
  /** What is tried: `one character more than 255`. */
  readonly name: string
  /** `omitted` where the field is left out. */
  readonly value: unknown
  readonly follows: 'accepted' | 'refused'
}

/** Stands for a field that is left out, where JSON has no value for it. */
export const omitted = Symbol('omitted')

/**
 * The cases of a row, or none for a keyword that no value of a single field tries.
 *
 * @param sample - A value that the page accepts in this place: wrapped or in quotes it is none.
 */
export function casesOf({ keyword, value }: Row, draw: Draw, sample: unknown): readonly Case[] {
  if (keyword === 'type') return wrongTypes([value].flat().map(String), draw, sample)
  if (keyword === 'maxLength') return lengths(Number(value), draw)
  if (keyword === 'enum') return members((value as readonly unknown[]).map(String), draw)
  if (keyword === 'mandatory') return absences
  if (keyword === 'minimum') return bounds(Number(value), 'minimum')
  if (keyword === 'maximum') return bounds(Number(value), 'maximum')
  return []
}

const refused = (name: string, value: unknown): Case => ({ name, value, follows: 'refused' })
const accepted = (name: string, value: unknown): Case => ({ name, value, follows: 'accepted' })

const absences = [refused('left out', omitted), refused('null', null)]

/**
 * A value of each JSON type that is not among these, and the near misses: what is right in a list of
 * its own, a whole number in quotes, a fraction, a boolean or an object in quotes.
 *
 * `null` is left to the rows about null: a page that types a field rarely says whether it may be null.
 */
export function wrongTypes(types: readonly string[], draw: Draw, sample: unknown): readonly Case[] {
  const samples = [
    { type: 'string', name: 'text', value: draw.words() },
    { type: 'integer', name: 'a number', value: draw.number() },
    { type: 'boolean', name: 'a boolean', value: true },
    { type: 'array', name: 'what is right, in a list', value: [sample] },
    { type: 'array', name: 'an empty list', value: [] },
    { type: 'object', name: 'an object', value: { name: draw.words() } },
  ]
  return [...samples, ...nearMisses(types, sample)]
    .filter(({ type }) => !types.includes(type))
    .map(({ name, value }) => refused(name, value))
}

function nearMisses(types: readonly string[], sample: unknown) {
  const all = [
    { type: 'string', of: 'integer', name: 'a number in quotes', value: '5' },
    { type: 'number', of: 'integer', name: 'a fraction', value: 1.5 },
    { type: 'string', of: 'boolean', name: 'a boolean in quotes', value: 'true' },
    { type: 'string', of: 'object', name: 'an object in quotes', value: JSON.stringify(sample) },
  ]
  return all.filter(({ of }) => types.includes(of))
}

/** Counted in characters; which, where a letter is written with more than one byte, is a reading. */
function lengths(most: number, draw: Draw): readonly Case[] {
  return [
    accepted(`one character less than ${most}`, draw.text(most - 1)),
    accepted(`${most} characters`, draw.text(most)),
    refused(`one character more than ${most}`, draw.text(most + 1)),
    refused(`${most * 4} characters`, draw.text(most * 4)),
  ]
}

/** On the bound, inside it, and outside. */
function bounds(bound: number, which: 'minimum' | 'maximum'): readonly Case[] {
  const out = which === 'minimum' ? -1 : 1
  return [
    accepted(`the ${which}, ${bound}`, bound),
    refused(`${bound + out}, outside the ${which}`, bound + out),
    refused(`${bound + out * 1000}, far outside the ${which}`, bound + out * 1000),
  ]
}

function members(values: readonly string[], draw: Draw): readonly Case[] {
  const [first = ''] = values
  const swapped = first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase()
  return [
    ...values.map((value) => accepted(value, value)),
    refused('a value of no row', draw.outsider(values)),
    refused(`${first} in the other case`, swapped),
    refused(`${first} with a blank before it`, ` ${first}`),
    refused(`two values in one, ${values.slice(0, 2).join()}`, values.slice(0, 2).join()),
    refused('empty text', ''),
  ]
}
