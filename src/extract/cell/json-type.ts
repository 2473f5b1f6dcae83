/** The type column: seven JSON types under the names that the vendors give them. */

export type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array'

export interface ReadType {
  readonly type: JsonType
  /** What an array holds, where the cell says so. */
  readonly items?: JsonType
}

const NAMES: Readonly<Record<string, JsonType>> = {
  string: 'string',
  str: 'string',
  char: 'string',
  uuid: 'string',
  integer: 'integer',
  int: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  number: 'number',
  boolean: 'boolean',
  bool: 'boolean',
  object: 'object',
  dict: 'object',
  dictionary: 'object',
  map: 'object',
  json: 'object',
  array: 'array',
  list: 'array',
}

const OF = /^(?:array|list)\s*(?:of\s+|[<([]\s*)(\w+?)s?\s*[>)\]]?$/
const SUFFIX = /^(\w+)\s*(?:\[\]|array|list)$/

/** `Resource_tag structure array`: a list of things that have fields. */
const STRUCTURES =
  /^(?:(?:array|list) of )?[\w-]+ (?:structure|struct|object)s?(?: ?(?:array|list|\[\]))$|^(?:array|list) of [\w-]+ (?:structure|struct|object)s?$/

/** `UpdateServerOption object`: the name of a table, and what it describes. */
const STRUCTURE = /^[\w-]+ (?:structure|struct|object)$/

/** @returns `undefined` when the cell is empty, says that there is none, or names no known type. */
export function readType(cell: string): ReadType | undefined {
  const name = cell
    .trim()
    .toLowerCase()
    .replace(/ data structure\b/g, '')
    .replace(/^(string|integer|int)\s?\(\d+\)$/, '$1')
    .replace(/^(integer|long|number|float|double)\s?[<(](?:u?int\d+|float|double)[>)]$/, '$1')
  if (STRUCTURES.test(name)) return { type: 'array', items: 'object' }
  if (STRUCTURE.test(name)) return { type: 'object' }
  const element = OF.exec(name)?.[1] ?? SUFFIX.exec(name)?.[1]
  const items = element === undefined ? undefined : NAMES[element]
  if (items !== undefined) return { type: 'array', items }
  const type = NAMES[name]
  return type === undefined ? undefined : { type }
}

/** A printed value as the type of its field has it. */
export function literal(value: string, type: JsonType | undefined): unknown {
  if (value === 'null') return null
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value
  if (type === 'integer' || type === 'number')
    return Number.isNaN(Number(value)) ? value : Number(value)
  return type === 'array' && value === '[]' ? [] : value
}

/** Whether a type cell is there but says nothing: `N/A`, `-` or blank. */
export function isBlank(cell: string): boolean {
  return /^(?:|n\/?a|-+|none|\/)$/i.test(cell.trim())
}
