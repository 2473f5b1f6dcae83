/** The committed schemas, and where the pages are at hand the pages, against what a person read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withoutSources } from './schema/amend.ts'
import { derivedFrom } from './schema/derived.ts'
import type { Document } from './schema/document.ts'
import { extractFile, type Extracted } from './extract-file.ts'
import { isObject } from './page/json-text.ts'
import { readDocuments, ownSchemas, printed } from './schema/store.ts'

interface Gold {
  readonly operation: string
  readonly dialect: string
  readonly method: string
  readonly path: string
  /** Rows of parameter tables on the page. */
  readonly rows: number
  /** Every field with its keywords; `[]` is an element of a list, `:` what a JSON string holds. */
  readonly fields: Readonly<Record<string, object>>
  /** Fields whose keywords are not all the page's: the erratum, by hand, that set one. */
  readonly byErratum?: Readonly<Record<string, string>>
  readonly statuses: readonly number[]
  readonly errors: readonly object[]
  /** Sentences of prose by section. */
  readonly prose: Readonly<Record<string, number>>
  readonly examples: readonly GoldExample[]
}

interface GoldExample {
  readonly name: string
  readonly direction: string
  readonly valid: boolean
  readonly parameters?: object
  readonly value?: unknown
  /** For long answers: the key under which they stand, and the keys below it. */
  readonly keysOf?: string
  readonly keys?: readonly string[]
}

const GOLD = join(import.meta.dirname, 'gold')
const PAGES = join(import.meta.dirname, '../../../shared/pages')
const noPages = !existsSync(PAGES)
const gold = readdirSync(GOLD).map(
  (name) => JSON.parse(readFileSync(join(GOLD, name), 'utf8')) as Gold,
)
const committed = readDocuments(ownSchemas())

const STRUCTURE = new Set([
  'properties',
  'items',
  'contentSchema',
  'required',
  'x-source',
  '$schema',
])

/** A schema as a flat list of its fields, in the notation of the gold files. */
function flatten(
  schema: unknown,
  at: string,
  mandatory: boolean,
  into: Record<string, object>,
): void {
  if (!isObject(schema)) return
  if (at.includes('.')) {
    const keywords = Object.entries(schema).filter(([keyword]) => !STRUCTURE.has(keyword))
    const bare = withoutSources(Object.fromEntries(keywords)) as object
    into[at] = { ...bare, ...(mandatory ? { mandatory } : {}) }
  }
  const required = (schema['required'] ?? []) as readonly string[]
  for (const [name, inner] of Object.entries(schema['properties'] ?? {})) {
    flatten(inner, `${at}.${name}`, required.includes(name), into)
  }
  flatten(schema['items'], `${at}[]`, false, into)
  flatten(schema['contentSchema'], `${at}:`, false, into)
}

function fieldsOf(document: Document): Record<string, object> {
  const fields: Record<string, object> = {}
  for (const at of ['parameters', 'query', 'request', 'response'] as const) {
    flatten(document[at], at, false, fields)
  }
  return fields
}

function proseOf(document: Document): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { at } of document.prose) {
    const kind = at.split('.')[1]!
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

function expectGold(document: Document, { fields, prose, examples, ...gold }: Gold): void {
  const { operation, dialect, method, path, statuses, errors } = gold
  expect(fieldsOf(document)).toEqual(fields)
  expect(proseOf(document)).toEqual(prose)
  expect(document).toMatchObject({ operation, dialect, method, path, statuses, errors })
  expect(document.examples.map(({ name }) => name)).toEqual(examples.map(({ name }) => name))
  for (const [index, { keysOf, keys, ...example }] of examples.entries()) {
    const found = document.examples[index]!
    expect(found).toMatchObject(example)
    if (keysOf === undefined) continue
    const inner = (found.value as Record<string, object>)[keysOf]!
    expect(Object.keys(inner).toSorted()).toEqual(keys)
  }
}

describe.each(gold)('$dialect/$operation', (expected) => {
  const document = committed.find(({ operation }) => operation === expected.operation)!

  test('is committed as a person read it', () => {
    expect(document).toBeDefined()
    expectGold(document, expected)
  })

  test('names a source with page, section and sha-256 beside every keyword', () => {
    const check = (schema: unknown): void => {
      if (!isObject(schema)) return
      const sources = schema['x-source'] as Record<string, Record<string, string>>
      const keywords = Object.keys(schema).filter(
        (keyword) => !['x-source', '$schema'].includes(keyword),
      )
      expect(Object.keys(sources)).toEqual(keywords)
      for (const source of Object.values(sources)) {
        expect(source).toMatchObject({ page: document.page.title, sha256: document.page.sha256 })
        expect(source['section']).not.toBe('')
      }
      for (const inner of Object.values(schema['properties'] ?? {})) check(inner)
      for (const keyword of ['items', 'contentSchema', 'not', 'if', 'then']) check(schema[keyword])
      for (const keyword of ['allOf', 'anyOf'])
        for (const one of (schema[keyword] ?? []) as readonly unknown[]) check(one)
    }
    for (const at of ['parameters', 'request', 'response'] as const) check(document[at])
  })

  test('has an erratum for each example that breaks its schema', () => {
    const unexplained = document.examples.filter(
      ({ valid, errata = [] }) => !valid && errata.length === 0,
    )
    expect(unexplained).toEqual([])
    const named = document.examples.flatMap(({ errata = [] }) => errata)
    expect(document.errata).toEqual(expect.arrayContaining(named))
  })

  test('gives each requirement an id of its own', () => {
    const ids = [...derivedFrom(document).keys()]
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => id.startsWith(`${expected.dialect}/${expected.operation}/`))).toBe(
      true,
    )
  })
})

describe.skipIf(noPages)(
  'the pages in ../shared/pages (skipped where they are not at hand)',
  () => {
    const files = noPages ? [] : readdirSync(PAGES).filter((name) => name.endsWith('.txt'))
    const read = files
      .map((name) => extractFile(join(PAGES, name), ownSchemas()))
      .filter((result): result is Extracted => !('refused' in result))

    test.each(gold)('$operation follows from its page, row by row', (expected) => {
      const result = read.find(({ document }) => document.operation === expected.operation)!
      expectGold(result.document, expected)
      expect(result.rows).toBe(expected.rows)
      expect(result.settled.unsettled).toEqual([])
      expect(result.settled.stale).toEqual([])
    })

    test.each(gold)('$operation is written exactly as it is committed', (expected) => {
      const result = read.find(({ document }) => document.operation === expected.operation)!
      const document = committed.find(({ operation }) => operation === expected.operation)!
      expect(printed(result.document)).toBe(printed(document))
    })

    test('every line of every page is accounted for', () => {
      for (const { ledger } of read) {
        const total = Object.values(ledger.totals).reduce((sum, lines) => sum + lines, ledger.blank)
        expect(total).toBe(ledger.lines)
        expect(ledger.totals.unread).toBe(0)
      }
    })
  },
)

test('where gold follows an erratum by hand, it says so', () => {
  const named = gold.flatMap(({ byErratum = {} }) => Object.values(byErratum))
  const cited = committed.map((document) => JSON.stringify(document))
  expect(named.filter((id) => !cited.some((text) => text.includes(`"erratum":"${id}"`)))).toEqual(
    [],
  )
})
