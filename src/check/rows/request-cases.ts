/** The requests that try one row of a request table. */

import { isObject } from '../../extract/page/json-text.ts'
import { askedConditions, isCall, type RowCondition } from '../../generate/asked-rows.ts'
import { casesOf, omitted, type Case } from '../../generate/cases.ts'
import type { Draw } from '../../generate/draw.ts'
import { rowsIn, type Row } from '../../generate/row.ts'
import type { Document } from '../../extract/schema/document.ts'
import type { Fields } from './recipe.ts'
import { joined, nested, valueAt, withValue } from './request-places.ts'

/** A case, and what the request has besides. */
export interface RowCase extends Case {
  readonly path: readonly string[]
  readonly beside: Fields
}

/** What the cases of a row are made from. */
export interface Sources {
  readonly document: Document
  readonly row: Row
  readonly draw: Draw
  /** A request that is accepted. */
  readonly valid: Fields
  readonly samples: Fields
  readonly beside: (path: string, value: unknown, when: Fields) => Fields
  readonly text?: ((path: string, drawn: string) => string) | undefined
  /** Further values to be refused, by path. */
  readonly neighbours: Readonly<Record<string, readonly string[]>>
  /** A list of so many different elements. */
  readonly elements: (many: number) => readonly unknown[]
}

/** Everything that is sent for a row, in order; no value at all for a row that nothing tries. */
export function requestCases(sources: Sources): readonly RowCase[] {
  const { row } = sources
  if (row.keyword === 'x-conditions') {
    return askedConditions(row).flatMap((condition) => conditionCases(sources, condition))
  }
  return plainCases(sources).map((one) => ({
    ...one,
    path: row.path,
    beside: besideOf(sources, one.value, {}),
  }))
}

/** The whole request of a case, on a request that is accepted. */
export function requestOf(valid: Fields, { path, beside, value }: RowCase): unknown {
  return withValue(joined(valid, beside), path, value)
}

function besideOf({ beside, row }: Sources, value: unknown, when: Fields): Fields {
  return beside(row.path.join('.'), value, when)
}

const refused = (name: string, value: unknown): Case => ({ name, value, follows: 'refused' })
const accepted = (name: string, value: unknown): Case => ({ name, value, follows: 'accepted' })

function plainCases(sources: Sources): readonly Case[] {
  const { row, document, draw, elements, neighbours } = sources
  const { keyword, path } = row
  const sample = sampleOf(sources)
  const twin = accepted('a valid value', sample)
  const place = path.join('.')
  if (keyword === 'default') return [accepted('left out', omitted)]
  if (keyword === 'maxItems') return counted(Number(row.value), elements)
  if (keyword === 'const') return [...misspelt(String(row.value)), twin]
  if (keyword === 'contentMediaType') return [...notJson(sample), twin]
  if (keyword === 'anyOf') return [refused('without any of them', withoutAny(sources)), twin]
  if (keyword === 'mandatory' && isCall(document) && !path.includes('content')) {
    return [refused('left out', omitted), refused('empty', ''), twin]
  }
  const cases = casesOf(row, draw, sample)
  if (keyword === 'maxLength') return cases.map((one) => shaped(one, place, sources))
  if (keyword === 'enum') {
    const further = neighbours[place] ?? []
    return [...cases, ...further.map((one) => refused(`${one}, which no row has`, one))]
  }
  const isQuoted = ({ value }: Case) => path.includes('content') && value === '5'
  const tried = cases.filter((one) => !isQuoted(one))
  return tried.some(({ follows }) => follows === 'accepted') ? tried : [...tried, twin]
}

/** In plain letters: which characters a text may have is another question. */
function shaped(one: Case, place: string, { text }: Sources): Case {
  const plain = String(one.value).replaceAll(/[^A-Za-z\d]/g, 'x')
  return { ...one, value: text?.(place, plain) ?? plain }
}

function counted(most: number, elements: Sources['elements']): readonly Case[] {
  return [
    refused(`${most + 1} elements`, elements(most + 1)),
    accepted(`${most} elements`, elements(most)),
  ]
}

function misspelt(word: string): readonly Case[] {
  return [
    refused('with a letter too many', `${word}z`),
    refused('with a letter too few', word.slice(0, -1)),
  ]
}

function notJson(sample: unknown): readonly Case[] {
  const text = JSON.stringify(sample)
  return [
    refused('JSON without its end', text.slice(0, -1)),
    refused('JSON with text after it', `${text}]`),
    refused('words', 'not JSON'),
  ]
}

/** `anyOf` requires one of some fields: the object without all of them. */
function withoutAny({ row, valid }: Sources): unknown {
  const names = [row.value]
    .flat()
    .flatMap((one) => (isObject(one) && Array.isArray(one['required']) ? one['required'] : []))
  const object = valueAt(valid, row.path)
  const kept = Object.entries(isObject(object) ? object : {})
  return Object.fromEntries(kept.filter(([name]) => !names.includes(name)))
}

/** A value that is accepted at the place of the row. */
export function sampleOf({ document, row, valid, samples }: Sources): unknown {
  const sent = valueAt(valid, row.path)
  if (sent !== omitted) return sent
  const known = samples[row.path.join('.')]
  if (known !== undefined) return known
  const rows = rowsIn(document, 'request').filter(
    ({ path }) => path.join('.') === row.path.join('.'),
  )
  const keyword = (name: string) => rows.find((one) => one.keyword === name)?.value
  const [first] = [keyword('enum')].flat()
  return first ?? keyword('minimum') ?? byType[String([keyword('type')].flat()[0])] ?? 'poolproof'
}

const byType: Readonly<Record<string, unknown>> = {
  string: 'poolproof',
  integer: 1,
  number: 1,
  boolean: true,
  object: {},
  array: [],
}

/** Under the condition what it forbids or demands; and a request that it allows. */
function conditionCases(sources: Sources, condition: RowCondition): readonly RowCase[] {
  const { row } = sources
  const sample = sampleOf(sources)
  const under = (one: Case, is = condition.is[0]): RowCase => {
    const when = nested(condition.field, is)
    return {
      ...one,
      name: `${one.name}, where ${condition.field.join('.')} is ${is}`,
      path: row.path,
      beside: joined(besideOf(sources, one.value, when), when) as Fields,
    }
  }
  const { effect, minimum, maximum } = condition
  if (effect === 'mandatory') {
    return [under(refused('left out', omitted)), under(accepted('given', sample))]
  }
  if (effect === 'range') {
    return [
      ...(minimum === undefined ? [] : [under(refused(`${minimum - 1}`, minimum - 1))]),
      ...(maximum === undefined ? [] : [under(refused(`${maximum + 1}`, maximum + 1))]),
      ...[minimum, maximum].flatMap((one) =>
        one === undefined ? [] : [under(accepted(`${one}`, one))],
      ),
    ]
  }
  const other = otherValue(sources, condition)
  const where = effect === 'invalid' ? condition.is[0] : other
  const allowed = effect === 'invalid' ? other : condition.is[0]
  if (where === undefined || allowed === undefined) return []
  return [under(refused('given', sample), where), under(accepted('given', sample), allowed)]
}

/** Another value of the field that a condition depends on. */
function otherValue({ document }: Sources, { field, is }: RowCondition): string | undefined {
  const rows = rowsIn(document, 'request')
  const values = rows.find(
    ({ path, keyword }) => keyword === 'enum' && path.join('.') === field.join('.'),
  )?.value
  return [values]
    .flat()
    .map(String)
    .find((one) => one !== 'undefined' && !is.includes(one))
}
