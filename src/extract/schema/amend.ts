/** Puts errata into effect, orders the keywords of a schema and writes beside each where it comes from. */
import type { Amendment, Overruled } from '../findings/errata.ts'
import { isObject } from '../page/json-text.ts'

export type Schema = Readonly<Record<string, unknown>>

/** Where a keyword comes from. */
export interface Source {
  readonly page: string
  readonly sha256: string
  readonly section?: string
  readonly table?: string
  readonly row?: string
  /** The erratum that set it, where the page alone does not. */
  readonly erratum?: string
}

export interface Origin {
  readonly page: string
  readonly sha256: string
  readonly amendments: readonly Amendment[]
  /** Places that `finish` came by: an amendment of any other place has no effect. */
  readonly reached: Set<string>
  /** Errata against what the page states, found by `finish`. */
  readonly overruled: Overruled[]
}

/** Keywords with the erratum that set them, or none. */
type Amended = Map<string, { value: unknown; erratum: string }>

/** The order of keywords in every node, so that two editions differ only where the pages do. */
const ORDER = [
  '$schema',
  'type',
  'contentMediaType',
  'contentSchema',
  'const',
  'enum',
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'items',
  'properties',
  'required',
  'anyOf',
  'allOf',
  'default',
  'x-max-items',
  'x-unit',
  'x-reserved',
  'x-stated',
  'x-conditions',
]

/** Applies errata, orders the keywords and writes a source beside each. */
export function finish(
  keywords: Readonly<Record<string, unknown>>,
  at: string,
  source: Omit<Source, 'page' | 'sha256'>,
  { page, sha256, amendments, reached, overruled }: Origin,
): Schema {
  reached.add(at)
  const amended: Amended = new Map(
    Object.entries(keywords).map(([keyword, value]) => [keyword, { value, erratum: '' }]),
  )
  for (const amendment of amendments.filter(({ at: where }) => where === at)) {
    const { set = {}, drop = [], erratum, listKey } = amendment
    overruled.push(...overruledBy(amendment, amended))
    if (listKey !== undefined)
      for (const keyword of ['type', 'properties']) mark(amended, keyword, erratum)
    for (const keyword of drop) amended.delete(keyword)
    addFields(amended, amendment, { page, sha256, ...source, erratum })
    for (const [keyword, value] of Object.entries(set)) {
      const from = { page, sha256, ...source, erratum }
      amended.set(keyword, { value: sourcedKeyword(keyword, value, from), erratum })
    }
  }
  const order = [...amended.keys()].toSorted((one, other) => rank(one) - rank(other))
  const origin = { page, sha256, ...source }
  const sources = order
    .filter((keyword) => keyword !== '$schema')
    .map((keyword) => {
      const { erratum } = amended.get(keyword)!
      return [keyword, erratum === '' ? origin : { ...origin, erratum }]
    })
  const written = order.map((keyword) => [keyword, amended.get(keyword)!.value])
  return { ...Object.fromEntries(written), 'x-source': Object.fromEntries(sources) }
}

/** What an amendment overwrites of the page, or of another erratum, other than it says. */
function overruledBy(amendment: Amendment, stated: Amended): readonly Overruled[] {
  const { at, erratum, set = {}, drop = [], add = {}, mandatory = [], instead = {} } = amendment
  const touched = new Set([...Object.keys(set), ...drop, ...Object.keys(instead)])
  const keywords = [...touched].flatMap((keyword) => {
    const named = keyword in instead
    if (!stated.has(keyword))
      return named || drop.includes(keyword) ? [{ erratum, at, keyword }] : []
    const page = withoutSources(stated.get(keyword)!.value)
    const meant = named && same(page, instead[keyword]) && !same(page, set[keyword])
    return meant ? [] : [{ erratum, at, keyword, page }]
  })
  const rows = stated.get('properties')?.value
  const properties = isObject(rows) ? rows : {}
  const required = (stated.get('required')?.value ?? []) as readonly string[]
  const listed = Object.keys(add).filter((name) => name in properties)
  const demanded = mandatory.filter((name) => required.includes(name))
  return [
    ...keywords,
    ...listed.map((name) => ({ erratum, at, keyword: 'properties', page: name })),
    ...demanded.map((name) => ({ erratum, at, keyword: 'required', page: name })),
  ]
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** A value as a page states it, without where it comes from. */
export function withoutSources(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSources)
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([key]) => key !== 'x-source')
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutSources(inner)]))
}

function addFields(
  keywords: Amended,
  { add, mandatory, erratum }: Amendment,
  source: Source,
): void {
  if (add) {
    const added = Object.entries(add).map(([name, node]) => [name, sourced(node, source)])
    const value = { ...Object.fromEntries(added), ...(keywords.get('properties')?.value as object) }
    keywords.set('properties', { value, erratum })
  }
  if (mandatory) {
    const known = (keywords.get('required')?.value ?? []) as readonly string[]
    keywords.set('required', { value: [...new Set([...mandatory, ...known])], erratum })
  }
}

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const ONE = new Set(['items', 'contentSchema', 'not', 'if', 'then', 'else'])
const SEVERAL = new Set(['allOf', 'anyOf', 'oneOf'])

/** A schema in which every keyword, however deep, comes from one place. */
export function sourced(schema: unknown, source: Source): unknown {
  if (!isObject(schema)) return schema
  const inner = Object.entries(schema).map(([keyword, value]) => [
    keyword,
    sourcedKeyword(keyword, value, source),
  ])
  const sources = Object.keys(schema).map((keyword) => [keyword, source])
  return { ...Object.fromEntries(inner), 'x-source': Object.fromEntries(sources) }
}

function sourcedKeyword(keyword: string, value: unknown, source: Source): unknown {
  if (ONE.has(keyword)) return sourced(value, source)
  if (SEVERAL.has(keyword) && Array.isArray(value)) return value.map((one) => sourced(one, source))
  if (keyword !== 'properties' || !isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, sourced(one, source)]),
  )
}

function mark(keywords: Amended, keyword: string, erratum: string): void {
  const known = keywords.get(keyword)
  if (known) keywords.set(keyword, { ...known, erratum })
}

function rank(keyword: string): number {
  const position = ORDER.indexOf(keyword)
  return position === -1 ? ORDER.length : position
}
