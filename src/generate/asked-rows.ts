/** Which rows of a request table can be asked by themselves, and why others cannot. */

import type { Document } from '../extract/schema/document.ts'
import { isObject } from '../extract/page/json-text.ts'
import { rowsIn, type Row } from './row.ts'

/** Rows that are not asked, by what follows `request.` in their id, with the reason. */
export type Exceptions = Readonly<Record<string, string>>

/** A row, and why it is not asked; `undefined` where it is. */
export interface Askable {
  readonly row: Row
  readonly reason: string | undefined
}

const asked = [
  'type',
  'maxLength',
  'enum',
  'const',
  'minimum',
  'maximum',
  'maxItems',
  'mandatory',
  'default',
  'contentMediaType',
  'anyOf',
  'x-conditions',
]

/** Says how to read another row, and asks nothing by itself. */
const silent = ['x-unit', 'x-reserved']

/** All rows of the request table of a document that ask something. */
export function askableRows(document: Document, exceptions: Exceptions = {}): readonly Askable[] {
  return rowsIn(document, 'request')
    .filter(({ keyword }) => !silent.includes(keyword))
    .map((row) => ({ row, reason: exceptions[placeOf(row)] ?? reasonOf(document, row) }))
}

/** `pool.name.max-length` of `elb/create-pool/request.pool.name.max-length`. */
export function placeOf({ id }: Row): string {
  return id.slice(id.indexOf('/request.') + '/request.'.length)
}

/** Parameters of a call are texts, whatever the page calls them. */
export function isCall({ method }: Document): boolean {
  return method === null
}

function reasonOf(document: Document, row: Row): string | undefined {
  const { keyword, path } = row
  if (keyword === 'x-stated') return 'The page contradicts itself here.'
  if (!asked.includes(keyword)) return 'The rows that it is made of are asked.'
  if (isReserved(document.request, path)) return 'The page reserves this field.'
  if (isCall(document) && keyword === 'type' && !path.includes('content')) {
    return 'A parameter of a call is text, whatever is sent.'
  }
  if (keyword === 'x-conditions' && conditionsOf(row).length === 0) {
    return 'No other field of the request decides it.'
  }
  return undefined
}

function isReserved(schema: unknown, path: readonly string[]): boolean {
  if (!isObject(schema)) return false
  if (schema['x-reserved'] === true) return true
  const [name, ...rest] = path
  if (name === undefined) return false
  if (name === 'items') return isReserved(schema['items'], rest)
  if (name === 'content') return isReserved(schema['contentSchema'], rest)
  const { properties } = schema
  return isObject(properties) && isReserved(properties[name], rest)
}

/** What is so while another field of the request has one of some values. */
export interface RowCondition {
  readonly effect: 'mandatory' | 'invalid' | 'valid-only' | 'range'
  /** The path of the other field. */
  readonly field: readonly string[]
  readonly is: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
}

const effects: readonly string[] = ['mandatory', 'invalid', 'valid-only', 'range']

const openEffects = ['invalid', 'valid-only']

/** Whether no condition of a row says what follows: what has no meaning may be refused or ignored. */
export function isOpenCondition(row: Row): boolean {
  return conditionsOf(row).every(({ effect }) => openEffects.includes(effect))
}

/** The conditions that a check of a row meets: where some of them are firm, only those. */
export function askedConditions(row: Row): readonly RowCondition[] {
  const all = conditionsOf(row)
  return isOpenCondition(row) ? all : all.filter(({ effect }) => !openEffects.includes(effect))
}

/** The conditions of a row that a request by itself meets. */
export function conditionsOf({ path, value }: Row): readonly RowCondition[] {
  return [value].flat().flatMap((one): RowCondition[] => {
    if (!isObject(one) || !isObject(one['when'])) return []
    const { effect, when } = one
    const { field, is, not } = when
    if (
      !effects.includes(String(effect)) ||
      typeof field !== 'string' ||
      not ||
      !Array.isArray(is)
    ) {
      return []
    }
    const other = field.split('.').slice(1)
    if (other.join('.') === path.join('.')) return []
    return [{ ...one, field: other, is: is.map(String) } as unknown as RowCondition]
  })
}
