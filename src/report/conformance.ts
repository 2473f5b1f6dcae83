/** A report as `conformance.json`, for programs and for the record. */

import { readFileSync } from 'node:fs'
import { problems, schemaFile } from '../documents/schema.ts'
import { legible } from './legible.ts'
import { sha256 } from './evidence-file.ts'
import type { Report } from './report.ts'

const schemaName = 'report.schema.json'

/** What `$schema` of a report says. */
export const reportSchema = 'https://poolproof.dev/schemas/report.schema.json'

let places: ReadonlyMap<string, number> | undefined

/** Where each name that the schema knows stands among the keys of an object. */
function keyPlaces(): ReadonlyMap<string, number> {
  if (places) return places
  const schema: unknown = JSON.parse(readFileSync(schemaFile(schemaName), 'utf8'))
  return (places = new Map(propertyNames(schema).map((name, place) => [name, place])))
}

/** Reads and compiles the schema of a report in advance, while the program waits for answers. */
export function prepare(): void {
  problems(schemaName, {})
  keyPlaces()
}

/**
 * The report as JSON, with keys in the order of the schema, and with its digest.
 *
 * @throws {Error} When the report does not fit its schema. That is always a fault of this program.
 */
export function conformanceJson(report: Report): string {
  const found = problems(schemaName, report)
  if (found.length > 0) {
    const places = found.slice(0, 10).map((problem) => `  ${problem}`)
    throw new Error(`The report does not fit schemas/${schemaName}:\n${places.join('\n')}`)
  }
  const ordered = inOrder({ ...report, digest: noDigest }, keyPlaces())
  const text = `${legible(JSON.stringify(ordered, undefined, 2))}\n`
  return text.replace(digestLine, `$1${sha256(text)}`)
}

const noDigest = '0'.repeat(64)

/** The only line that begins so, because strings hold no line feeds and deeper keys are indented further. */
const digestLine = /^( {2}"digest": ")[0-9a-f]{64}/m

/** Is the text of a `conformance.json` as it was written? `undefined` where it has no digest. */
export function isAsWritten(text: string): boolean | undefined {
  const [line, before = ''] = digestLine.exec(text) ?? []
  if (line === undefined) return undefined
  return sha256(text.replace(digestLine, `$1${noDigest}`)) === line.slice(before.length)
}

/** Keys that the schema does not name, such as those of circumstances, come last and keep their order. */
function inOrder(value: unknown, order: ReadonlyMap<string, number>): unknown {
  if (Array.isArray(value)) return value.map((one) => inOrder(one, order))
  if (typeof value !== 'object' || value === null) return value
  const place = ([name]: [string, unknown]) => order.get(name) ?? order.size
  const pairs = Object.entries(value).toSorted((one, other) => place(one) - place(other))
  return Object.fromEntries(pairs.map(([name, inner]) => [name, inOrder(inner, order)]))
}

/** Every name under `properties`, in the order of the schema. */
function propertyNames(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const names = Object.entries(schema).flatMap(([key, value]) =>
    key === 'properties'
      ? [...Object.keys(value as object), ...Object.values(value as object).flatMap(propertyNames)]
      : propertyNames(value),
  )
  return [...new Set(names)]
}
