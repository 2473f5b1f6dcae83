/** Rows of a response table held against what an answer shows. */

import { isObject } from '../extract/page/json-text.ts'
import type { Row } from './row.ts'

/** What stands at the place of a row: nothing where it is absent, several in a list. */
export function shownAt(body: unknown, [name, ...rest]: readonly string[]): readonly unknown[] {
  if (name === undefined) return [body]
  if (name === 'items') return Array.isArray(body) ? body.flatMap((one) => shownAt(one, rest)) : []
  return isObject(body) && name in body ? shownAt(body[name], rest) : []
}

/** Each value that is not as the row has it, as JSON. */
export function misfits(row: Row, body: unknown): readonly string[] {
  if (row.keyword !== 'mandatory') {
    return shownAt(body, row.path)
      .filter((value) => !fits(row, value))
      .map((value) => (value === undefined ? 'no body' : JSON.stringify(value)))
  }
  const name = row.path.at(-1) ?? ''
  return shownAt(body, row.path.slice(0, -1))
    .filter((parent) => isObject(parent) && !(name in parent))
    .map((parent) => JSON.stringify(parent))
}

/** Does one value keep the keyword? One that the keyword does not concern does. */
export function fits({ keyword, value: wanted }: Row, value: unknown): boolean {
  if (keyword === 'type') return [wanted].flat().some((type) => isOfType(String(type), value))
  if (keyword === 'enum') return typeof value !== 'string' || (wanted as unknown[]).includes(value)
  if (keyword === 'maxLength') return typeof value !== 'string' || lengthOf(value) <= Number(wanted)
  if (keyword === 'minimum') return typeof value !== 'number' || value >= Number(wanted)
  if (keyword === 'maximum') return typeof value !== 'number' || value <= Number(wanted)
  if (keyword === 'default') return value === wanted
  throw new Error(`No answer is held against the keyword ${keyword}.`)
}

/** In characters: what a page calls one where it is written with two is left to a reading. */
function lengthOf(text: string): number {
  return Array.from(text).length
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  return type === 'integer' ? Number.isInteger(value) : typeof value === type
}
