/** Schemas and errata on disk: `<folder>/<dialect>/<operation>.json` and `errata.json` beside them. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeDirectory } from '../../documents/directory.ts'
import { UsageError } from '../../model.ts'
import type { Document } from './document.ts'
import type { Decisions, Erratum, Note } from '../findings/errata.ts'
import { isObject } from '../page/json-text.ts'

const ERRATA = 'errata.json'
const NOTES = 'notes.json'

/** The `schemas` folder of this package, from its sources as from its build. */
export function ownSchemas(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder))
    folder = dirname(folder)
  return join(folder, 'schemas')
}

/** Errata and notes of a dialect: those of the folder, or where it has none of its own those of this package. */
export function readDecisions(schemas: string, dialect: string): Decisions {
  const { errata = [] } = readOwn<{ errata: readonly Erratum[] }>(schemas, dialect, ERRATA)
  const { notes = [] } = readOwn<{ notes: readonly Note[] }>(schemas, dialect, NOTES)
  return { errata, notes }
}

/** @returns The contents, of which any part may be missing; empty where no folder has the file. */
function readOwn<Contents>(schemas: string, dialect: string, name: string): Partial<Contents> {
  const folders = [schemas, ownSchemas()].map((folder) => join(folder, dialect, name))
  const file = folders.find((path) => existsSync(path))
  return file === undefined ? {} : (JSON.parse(readFileSync(file, 'utf8')) as Partial<Contents>)
}

/** Every document below a folder, in the order of dialect and operation. `profiles/` holds no pages, `set-up/` other operations. */
export function readDocuments(schemas: string): readonly Document[] {
  if (!existsSync(schemas)) return []
  const dialects = readdirSync(schemas, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !['profiles', 'set-up'].includes(entry.name),
  )
  return dialects.flatMap(({ name: dialect }) =>
    readdirSync(join(schemas, dialect))
      .filter((name) => name.endsWith('.json') && name !== ERRATA && name !== NOTES)
      .toSorted()
      .map((name) => JSON.parse(readFileSync(join(schemas, dialect, name), 'utf8')) as Document),
  )
}

/**
 * @returns The file written.
 * @throws {UsageError} When there can be no such file.
 */
export function writeDocument(schemas: string, document: Document): string {
  const folder = join(schemas, document.dialect)
  const file = join(folder, `${document.operation}.json`)
  try {
    makeDirectory(folder)
    writeFileSync(file, printed(document))
  } catch (error) {
    const { code, path = file } = error as NodeJS.ErrnoException
    throw new UsageError(
      `The schema cannot be written to ${file} (${code} at ${path}). Name another folder with --out.`,
    )
  }
  return file
}

/** JSON with each source on one line, so that a change of a page shows as its keywords. */
export function printed(value: unknown): string {
  return `${print(value, '')}\n`
}

function print(value: unknown, indent: string): string {
  const flat = JSON.stringify(value)
  if (!isObject(value) && !Array.isArray(value)) return flat
  if (flat.length + indent.length <= 96 || isSource(value)) return spaced(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => inner + print(item, inner)).join(',\n')}\n${indent}]`
  }
  const entries = Object.entries(value).map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${print(item, inner)}`,
  )
  return `{\n${entries.join(',\n')}\n${indent}}`
}

function isSource(value: unknown): boolean {
  return isObject(value) && typeof value['page'] === 'string' && typeof value['sha256'] === 'string'
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`,
  )
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
