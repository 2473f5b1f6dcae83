/** The schema of an operation's answers, compiled once: which rows of its response table an answer does not keep. */

import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Document } from '../extract/schema/document.ts'
import type { Operation } from '../model.ts'
import { documentOf, rowId } from './row.ts'

/** A row that an answer does not keep. */
export interface Misfit {
  /** The id of the row: `elb/update-pool/response.pool.name.max-length`. */
  readonly row: string
  /** The place and the value, in a sentence. */
  readonly message: string
  /** What is at that place. */
  readonly value: unknown
}

/** Whether a schema is one is asked when it is extracted, not again in each run. */
const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true, validateSchema: false })

const compiled = new WeakMap<Document, ValidateFunction>()

/**
 * Validates the body of a successful answer.
 *
 * @returns each keyword that does not hold, by the row that it comes from; none for an operation without a
 *   response table.
 */
export function misfitsOf(operation: Operation, body: unknown): readonly Misfit[] {
  return misfitsIn(documentOf(operation), operation, body)
}

/** The same of any document. @param operation - What its rows are called after. */
export function misfitsIn(document: Document, operation: string, body: unknown): readonly Misfit[] {
  const { dialect, response } = document
  if (response === null) return []
  const validate = compiled.get(document) ?? compile(document, response)
  if (validate(body)) return []
  return (validate.errors ?? []).map((error) => ({
    row: rowId({ dialect, operation }, 'response', ...placeOf(error)),
    message: sentence(error),
    value: error.data,
  }))
}

function compile(document: Document, schema: object): ValidateFunction {
  const validate = ajv.compile(schema)
  compiled.set(document, validate)
  return validate
}

/** `#/properties/pool/properties/members/items/type` is the keyword `type` of pool.members.items. */
function placeOf({ schemaPath, keyword, params }: ErrorObject): [readonly string[], string] {
  const steps = schemaPath.split('/').slice(1, -1)
  const path = steps.filter((step, index) => step === 'items' || steps[index - 1] === 'properties')
  if (keyword !== 'required') return [path, keyword]
  return [[...path, (params as { missingProperty: string }).missingProperty], 'mandatory']
}

function sentence({ instancePath, message = '', data }: ErrorObject): string {
  const place = instancePath.slice(1).replaceAll('/', '.') || 'the body'
  const value = JSON.stringify(data) ?? 'nothing'
  return `${place} ${message}; it is ${value.length > 80 ? `${value.slice(0, 80)}…` : value}.`
}
