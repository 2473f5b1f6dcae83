/** Suites of operations that a project brings itself. */

import { pathToFileURL } from 'node:url'
import { fixtures as elbFixtures } from '../../fixtures/elb/ground.ts'
import { fixtures as slbFixtures } from '../../fixtures/slb/ground.ts'
import { isCheck, type CheckContext, type Fixtures, type Suite } from '../../src/check/check.ts'
import type { OwnGround, OwnOperation } from '../../src/check/rows/own-operation.ts'
import {
  requestRowEntries,
  type RowsOf,
  type WithContext,
} from '../../src/check/rows/request-rows.ts'
import { responseRowEntries } from '../../src/check/rows/response-rows.ts'
import { textOfFile } from '../../src/documents/regular-file.ts'
import type { Document } from '../../src/extract/schema/document.ts'
import { isObject } from '../../src/extract/page/json-text.ts'
import { setUpOperations } from '../../src/generate/set-up-operations.ts'
import { operations, UsageError } from '../../src/model.ts'
import type { Target } from '../../src/target.ts'
import { elbGround } from './elb-ground.ts'
import { slbGround } from './slb-ground.ts'

type Ground = OwnGround & WithContext

/** Each dialect as it is asked here: the same load balancers, and a ground that recipes can be written against. */
const fixtures: Readonly<Record<string, Fixtures<Target, unknown, Ground>>> = {
  elb: adapted(elbFixtures, elbGround),
  slb: adapted(slbFixtures, slbGround),
}

function adapted<T extends Target, LoadBalancer, From>(
  from: Fixtures<T, LoadBalancer, From>,
  ground: (from: From) => Ground,
): Fixtures<Target, unknown, Ground> {
  const { dialect, laneSource, ground: original } = from
  return {
    dialect,
    laneSource,
    ground: (context: CheckContext<T, LoadBalancer>) => ground(original(context)),
  }
}

/** The rows of a schema, and which of them are not asked. */
export interface OwnRows {
  readonly document: Document
  readonly exceptions?: Readonly<Record<string, string>>
  readonly unseen?: Readonly<Record<string, string>>
}

/** The rows of the schema as checks. @throws {UsageError} When the file is not a schema, or is of an operation that is here. */
export function ownSuite({ schema, recipe, unasked, unseen }: OwnOperation): Suite {
  const document = readSchema(schema)
  const { dialect, operation } = document
  const own = fixtures[dialect]
  if (!own) throw notOurs(schema)
  assertNew(document)
  const of: RowsOf<Ground, unknown> = {
    document,
    recipe,
    ...(unasked ? { exceptions: unasked } : {}),
  }
  const entries = [...requestRowEntries(of), ...responseRowEntries(of, unseen)]
  if (!entries.some((entry) => isCheck(entry))) {
    throw new UsageError(`${schema} has no row that can be asked.`)
  }
  return { dialect: own.dialect, operation, fixtures: own, entries }
}

/** What faults are made from. */
export function ownRows({ schema, unasked, unseen }: OwnOperation): OwnRows {
  return {
    document: readSchema(schema),
    ...(unasked ? { exceptions: unasked } : {}),
    ...(unseen ? { unseen } : {}),
  }
}

/** @param module - The path or address of a module that exports `operations`. */
export async function ownSuites(module: string): Promise<readonly Suite[]> {
  return (await ownOperations(module)).map((one) => ownSuite(one))
}

/** What such a module exports. */
export async function ownOperations(module: string): Promise<readonly OwnOperation[]> {
  const href = module.startsWith('file:') ? module : pathToFileURL(module).href
  const { operations: own } = (await imported(module, href)) as {
    readonly operations?: readonly OwnOperation[]
  }
  if (!Array.isArray(own) || own.length === 0) {
    throw new UsageError(
      `${module} exports no operations. Export an array with the name "operations", of what defineOperation returns.`,
    )
  }
  return own as readonly OwnOperation[]
}

async function imported(module: string, href: string): Promise<unknown> {
  try {
    return await import(/* @vite-ignore */ href)
  } catch (error) {
    const isOfScripts = error instanceof SyntaxError && /import|export/.test(error.message)
    if (!isOfScripts) throw error
    throw new UsageError(
      `${module} cannot be loaded: ${error.message}. Name it .mjs, or write "type": "module" in package.json.`,
    )
  }
}

function readSchema(file: string): Document {
  const read = parsed(textOf(file))
  const isOne = isObject(read) && ['operation', 'dialect', 'request'].every((key) => key in read)
  if (!isOne) throw notOurs(file)
  return read as unknown as Document
}

function textOf(file: string): string {
  try {
    return textOfFile(file)
  } catch {
    throw notOurs(file)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function notOurs(file: string): UsageError {
  return new UsageError(
    `${file} cannot be read as the schema of an operation. \`poolproof extract page.md --out my/\` writes one.`,
  )
}

function assertNew({ dialect, operation }: Document): void {
  const isHere = [...operations, ...setUpOperations].some(
    (one) => one.dialect === dialect && one.operation === operation,
  )
  if (!isHere) return
  throw new UsageError(
    `Poolproof asks ${dialect}/${operation} itself: name it with --only, or rename the operation of your schema.`,
  )
}
