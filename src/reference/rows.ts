/** Operators on the rows of a response table: typical faults of a serializer. */

import { rowsOf, type Row } from '../generate/row.ts'
import type { Operation } from '../model.ts'

type Body = Readonly<Record<string, unknown>>

/** A fault in how one row of an answer is shown. */
export interface RowFault {
  /** Kebab-case, unique within an operation. */
  readonly id: string
  readonly breaks: string
  readonly story: string
  readonly edit: (body: unknown) => unknown
}

interface Operator {
  /** The keyword, and for `type` the type. */
  readonly on: string
  readonly name: string
  readonly story: string
  readonly edit: (value: unknown) => unknown
}

const operators: readonly Operator[] = [
  {
    on: 'type string',
    name: 'as-number',
    story: 'Whether a text is a number is guessed from its digits.',
    edit: () => 7,
  },
  {
    on: 'type string',
    name: 'in-a-list',
    story: 'A column that may hold several is always shown as a list.',
    edit: (value) => (typeof value === 'string' ? [value] : value),
  },
  {
    on: 'type integer',
    name: 'as-fraction',
    story: 'A division by sixty lost its rounding.',
    edit: (value) => (typeof value === 'number' ? value + 0.5 : value),
  },
  {
    on: 'type integer',
    name: 'in-words',
    story: 'A format meant for people got into the serializer.',
    edit: (value) => (typeof value === 'number' ? `about ${value}` : value),
  },
  {
    on: 'type boolean',
    name: 'in-quotes',
    story: 'Shown with String(…).',
    edit: (value) => (typeof value === 'boolean' ? String(value) : value),
  },
  {
    on: 'type array',
    name: 'one-element-bare',
    story: 'A list with one element is shown as the element alone.',
    edit: (value) => (Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value),
  },
  {
    on: 'type array',
    name: 'empty-is-null',
    story: 'The driver returns null when there are no rows.',
    edit: (value) => (Array.isArray(value) && value.length === 0 ? null : value),
  },
  {
    on: 'type object',
    name: 'as-text',
    story: 'Serialized once more than it should be.',
    edit: (value) => (isObject(value) ? JSON.stringify(value) : value),
  },
  {
    on: 'type object',
    name: 'in-a-list',
    story: 'A query for several rows, of which there is one.',
    edit: (value) => (isObject(value) ? [value] : value),
  },
  {
    on: 'maxLength',
    name: 'with-a-tail',
    story: 'Padded to the width of the column, which is wider than the page says.',
    edit: (value) => (typeof value === 'string' ? value.padEnd(256) : value),
  },
  {
    on: 'enum',
    name: 'in-the-other-case',
    story: 'The names of the constants are shown, not their values.',
    edit: (value) => (typeof value === 'string' ? otherCase(value) : value),
  },
  {
    on: 'mandatory',
    name: 'renamed',
    story: 'The key got the name it has in the database.',
    edit: () => undefined,
  },
  {
    on: 'minimum',
    name: 'below',
    story: 'One less, because the index counts from 0.',
    edit: (value) => (typeof value === 'number' ? value - 1 : value),
  },
  {
    on: 'maximum',
    name: 'above',
    story: 'One more, because the index counts from 1.',
    edit: (value) => (typeof value === 'number' ? value + 1 : value),
  },
  {
    on: 'default',
    name: 'turned',
    story: 'The flag says disabled where it once said enabled.',
    edit: (value) => !value,
  },
]

/**
 * Every fault that an operator makes from a row.
 *
 * @param isMeant - Whether it is a fault: what another reading of the row allows is not.
 */
export function rowFaults(
  operation: Operation,
  isMeant: (row: Row, operator: string) => boolean,
): readonly RowFault[] {
  return rowsOf(operation, 'response').flatMap((row) =>
    operators
      .filter(({ on, name }) => concerns(on, row) && isMeant(row, name))
      .map(({ name, story, edit }) => ({
        id: `${row.id.split('/').slice(2).join('').replaceAll(/[._]/g, '-').toLowerCase()}-${name}`,
        breaks: row.id,
        story,
        edit: (body) => edited(body, row.path, edit),
      })),
  )
}

function concerns(on: string, { keyword, value }: Row): boolean {
  const [name, type] = on.split(' ')
  return keyword === name && (type === undefined || [value].flat().includes(type))
}

/** The same body with the value at a place replaced; `undefined` takes the key away. */
export function edited(
  body: unknown,
  [name, ...rest]: readonly string[],
  edit: (value: unknown) => unknown,
): unknown {
  if (name === undefined) return edit(body)
  if (name === 'items') {
    return Array.isArray(body) ? body.map((one: unknown) => edited(one, rest, edit)) : body
  }
  if (!isObject(body) || !(name in body)) return body
  const { [name]: old, ...others } = body
  const value = edited(old, rest, edit)
  return value === undefined ? others : { ...others, [name]: value }
}

function otherCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
