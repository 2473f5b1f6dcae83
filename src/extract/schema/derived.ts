/** The requirements that follow from an operation's document, by id. */
import { withoutSources } from './amend.ts'
import type { Document } from './document.ts'
import { isObject } from '../page/json-text.ts'

/** Keywords that hold schemas are walked into; the rest are requirements. */
const HOLDERS = new Set(['properties', 'items', 'contentSchema', 'x-source', '$schema'])

/**
 * Every requirement of a document with what it demands, in the order of the document.
 *
 * `elb/update-pool/request.pool.name.max-length` is 255. A name in `required` is a requirement of the
 * field itself, `….mandatory`; elements of a list are below `items`, JSON in a string below `content`.
 */
export function derivedFrom(document: Document): ReadonlyMap<string, unknown> {
  const prefix = `${document.dialect}/${document.operation}`
  const derived = new Map<string, unknown>()
  const add = (at: string, value: unknown): void => void derived.set(`${prefix}/${at}`, value)
  for (const at of ['method', 'path', 'page'] as const) add(at, document[at])
  for (const at of ['parameters', 'query', 'request', 'response'] as const) {
    if (document[at] === null) add(at, null)
    else walk(document[at], at, add)
  }
  for (const at of ['headers', 'response-headers'] as const) walk(document[at], at, add)
  for (const status of document.statuses) add(`statuses.${status}`, status)
  for (const { status, code } of document.errors) add(`errors.${code}.${status}`, status)
  for (const { at, fingerprint } of document.prose) add(at, fingerprint)
  for (const { name, ...example } of document.examples) add(`examples.${name}`, example)
  return derived
}

function walk(schema: unknown, at: string, add: (at: string, value: unknown) => void): void {
  if (!isObject(schema)) return
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'required' && Array.isArray(value)) {
      for (const name of value) add(`${at}.${name}.mandatory`, true)
    } else if (!HOLDERS.has(keyword) && !isStated(schema, keyword))
      add(`${at}.${keywordName(keyword)}`, withoutSources(value))
  }
  for (const [keyword, stated] of Object.entries(statedIn(schema)))
    add(`${at}.${keywordName(keyword)}`, { is: withoutSources(schema[keyword]), stated })
  const properties = schema['properties']
  if (isObject(properties)) {
    for (const [name, inner] of Object.entries(properties)) walk(inner, `${at}.${name}`, add)
  }
  walk(schema['items'], `${at}.items`, add)
  walk(schema['contentSchema'], `${at}.content`, add)
}

/** Keywords that the page states in several ways, so that a change of any of them is seen. */
function statedIn(schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return isObject(schema['x-stated']) ? schema['x-stated'] : {}
}

function isStated(schema: Readonly<Record<string, unknown>>, keyword: string): boolean {
  return keyword === 'x-stated' || keyword in statedIn(schema)
}

/** `maxLength` is `max-length`, `x-conditions` is `conditions`. */
export function keywordName(keyword: string): string {
  return keyword.replace(/^x-/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

export interface Difference {
  readonly id: string
  readonly change: 'appears' | 'disappears' | 'changes'
}

/** What a new reading of a page does to the requirements. */
export function compare(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): readonly Difference[] {
  const text = JSON.stringify
  const gone = [...before.keys()].filter((id) => !after.has(id))
  const fresh = [...after.keys()].filter((id) => !before.has(id))
  const changed = [...after].filter(
    ([id, value]) => before.has(id) && text(before.get(id)) !== text(value),
  )
  return [
    ...fresh.map((id) => ({ id, change: 'appears' }) as const),
    ...gone.map((id) => ({ id, change: 'disappears' }) as const),
    ...changed.map(([id]) => ({ id, change: 'changes' }) as const),
  ]
}
