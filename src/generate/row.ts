/** The rows of a page as they stand in its schema: each keyword with its id, its place and its source. */

import type { Document } from '../extract/schema/document.ts'
import { isObject } from '../extract/page/json-text.ts'
import { ownSchemas, readDocuments } from '../extract/schema/store.ts'
import type { Operation } from '../model.ts'

/** One keyword of a request or response schema. */
export interface Row {
  /** The id that `derivedFrom` gives it: `elb/update-pool/request.pool.name.max-length`. */
  readonly id: string
  /** From the root of the body: `['pool', 'members', 'items', 'id']`. */
  readonly path: readonly string[]
  /** As the schema spells it: `maxLength`; `mandatory` for a name in `required`. */
  readonly keyword: string
  readonly value: unknown
  /** Page, section, table, row. */
  readonly source: string
}

export type Part = 'request' | 'response'

let documents: readonly Document[] | undefined

/** The schema document of an operation. */
export function documentOf(operation: Operation): Document {
  documents ??= readDocuments(ownSchemas())
  const document = documents.find((one) => one.operation === operation)
  if (!document) throw new Error(`No schema describes ${operation}.`)
  return document
}

/** The keywords of one part of an operation, in the order of its page. */
export function rowsOf(operation: Operation, part: Part): readonly Row[] {
  return rowsIn(documentOf(operation), part)
}

/** The id of a row: `elb/update-pool/response.pool.name.max-length`. */
export function rowId(
  { dialect, operation }: Pick<Document, 'dialect' | 'operation'>,
  part: Part,
  path: readonly string[],
  keyword: string,
): string {
  return [`${dialect}/${operation}/${part}`, ...path, nameOf(keyword)].join('.')
}

/** The same of a document that is not the package's own. */
export function rowsIn(document: Document, part: Part): readonly Row[] {
  const prefix = `${document.dialect}/${document.operation}/${part}`
  return walk(document[part], [], (path) => [prefix, ...path].join('.'))
}

/** These hold schemas or say where something comes from; all else is a keyword. */
const holders = ['properties', 'items', 'contentSchema', 'x-source', '$schema', 'required']

function walk(
  schema: unknown,
  path: readonly string[],
  idOf: (path: readonly string[]) => string,
): Row[] {
  if (!isObject(schema)) return []
  const { properties, items, contentSchema, required } = schema
  const own = Object.keys(schema)
    .filter((keyword) => !holders.includes(keyword))
    .map((keyword) => ({
      id: idOf([...path, nameOf(keyword)]),
      path,
      keyword,
      value: schema[keyword],
      source: sourceOf(schema, keyword),
    }))
  const mandatory = (Array.isArray(required) ? required.map(String) : []).map((name) => ({
    id: idOf([...path, name, 'mandatory']),
    path: [...path, name],
    keyword: 'mandatory',
    value: true,
    source: `${sourceOf(schema, 'required')} › ${name} › Mandatory`,
  }))
  const fields = isObject(properties) ? Object.entries(properties) : []
  return [
    ...own,
    ...mandatory,
    ...fields.flatMap(([name, inner]) => walk(inner, [...path, name], idOf)),
    ...walk(items, [...path, 'items'], idOf),
    ...walk(contentSchema, [...path, 'content'], idOf),
  ]
}

/** `maxLength` is `max-length`, `x-conditions` is `conditions`. */
function nameOf(keyword: string): string {
  return keyword.replace(/^x-/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function sourceOf(schema: Readonly<Record<string, unknown>>, keyword: string): string {
  const sources = schema['x-source']
  const source = isObject(sources) ? sources[keyword] : undefined
  if (!isObject(source)) throw new Error(`The keyword ${keyword} has no source.`)
  const places = [source['page'], source['section'], source['table'], source['row']]
  return places.filter((place) => typeof place === 'string').join(' › ')
}
