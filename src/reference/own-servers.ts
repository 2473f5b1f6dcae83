/** The reference with faults made from the rows of operations that a project brings itself. */

import type { Document } from '../extract/schema/document.ts'
import type { Exceptions } from '../generate/asked-rows.ts'
import { UsageError, type Dialect } from '../model.ts'
import type { KnownServers } from '../prove/known-servers.ts'
import { dialectServers } from './dialect-servers.ts'
import { knownServersOf } from './known-servers.ts'

/** The rows of one operation, and which of them are not asked. */
export interface OwnRows {
  readonly document: Document
  readonly exceptions?: Exceptions
  readonly unseen?: Exceptions
}

/**
 * Servers with one fault each, made from these rows alone: no check and no rule of the reference is looked at.
 *
 * @throws {UsageError} When the reference does not answer an operation: nothing can be planted in it then.
 */
export function serversFaultyIn(operations: readonly OwnRows[]): KnownServers {
  const of = (dialect: Dialect) =>
    dialectServers[dialect].faultyIn(
      operations
        .filter(({ document }) => document.dialect === dialect)
        .map((one) => ({ ...one, on: keyOf(one.document, dialectServers[dialect].keys()) })),
    )
  return knownServersOf({ elb: of('elb'), slb: of('slb') })
}

/** As the reference calls it: whatever its page calls the parts of the path. */
function keyOf(document: Document, keys: readonly string[]): string {
  const called = calledAs(document)
  const key = keys.find((one) => withoutNames(one) === withoutNames(called))
  if (key !== undefined) return key
  throw new UsageError(
    `The built-in reference does not answer ${called}, so no fault can be planted in it. Ask a target that has this operation.`,
  )
}

function calledAs({ method, path, page }: Document): string {
  return method === null ? page.title.replace(/^.*:/, '') : `${method} ${path ?? ''}`
}

function withoutNames(key: string): string {
  return key.replaceAll(/\{[^{}/]{1,100}\}|:[^/]{1,100}/g, '*')
}
