/** A report as `conformance.json`, for programs and for the record. */

import { readFileSync } from 'node:fs'
import { problems, schemaFile } from '../documents/schema.ts'
import { legible } from './legible.ts'
import type { Report } from './report.ts'

const schemaName = 'report.schema.json'

/** What `$schema` of a report says. */
export const reportSchema = 'https://poolproof.dev/schemas/report.schema.json'

let keys: string[] | undefined

/** Reads and compiles the schema of a report in advance, while the program waits for answers. */
export function prepare(): void {
  problems(schemaName, {})
  keys ??= propertyNames(JSON.parse(readFileSync(schemaFile(schemaName), 'utf8')))
}

/**
 * The report as JSON, with keys in the order of the schema.
 *
 * @throws {Error} When the report does not fit its schema. That is always a fault of this program.
 */
export function conformanceJson(report: Report): string {
  const found = problems(schemaName, report)
  if (found.length > 0) {
    const places = found.slice(0, 10).map((problem) => `  ${problem}`)
    throw new Error(`The report does not fit schemas/${schemaName}:\n${places.join('\n')}`)
  }
  keys ??= propertyNames(JSON.parse(readFileSync(schemaFile(schemaName), 'utf8')))
  return `${legible(JSON.stringify(report, keys, 2))}\n`
}

/** Every name under `properties`, in the order of the schema. Used as a replacer it orders the keys and drops none that the schema knows. */
function propertyNames(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const names = Object.entries(schema).flatMap(([key, value]) =>
    key === 'properties'
      ? [...Object.keys(value as object), ...Object.values(value as object).flatMap(propertyNames)]
      : propertyNames(value),
  )
  return [...new Set(names)]
}
