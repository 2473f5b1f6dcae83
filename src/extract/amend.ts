/** Puts errata into effect, orders the keywords of a schema and writes beside each where it comes from. */
import { isObject } from './json-text.ts'

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

/** What an erratum does to the schema of one field. */
export interface Amendment {
  readonly at: string
  readonly erratum: string
  readonly set?: Readonly<Record<string, unknown>>
  readonly drop?: readonly string[]
  /** The list stands one level deeper, under this key. */
  readonly listKey?: string
  /** Fields that no table lists, and which of them are mandatory. */
  readonly add?: Readonly<Record<string, unknown>>
  readonly mandatory?: readonly string[]
}

export interface Origin {
  readonly page: string
  readonly sha256: string
  readonly amendments: readonly Amendment[]
  /** Places that `finish` came by: an amendment of any other place has no effect. */
  readonly reached: Set<string>
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
  'x-conditions',
]

/** Applies errata, orders the keywords and writes a source beside each. */
export function finish(
  keywords: Readonly<Record<string, unknown>>,
  at: string,
  source: Omit<Source, 'page' | 'sha256'>,
  { page, sha256, amendments, reached }: Origin,
): Schema {
  reached.add(at)
  const amended: Amended = new Map(
    Object.entries(keywords).map(([keyword, value]) => [keyword, { value, erratum: '' }]),
  )
  for (const amendment of amendments.filter(({ at: where }) => where === at)) {
    const { set = {}, drop = [], erratum, listKey } = amendment
    if (listKey !== undefined)
      for (const keyword of ['type', 'properties']) mark(amended, keyword, erratum)
    for (const keyword of drop) amended.delete(keyword)
    addFields(amended, amendment, { page, sha256, ...source, erratum })
    for (const [keyword, value] of Object.entries(set)) {
      amended.set(keyword, { value: sourced(value, { page, sha256, ...source, erratum }), erratum })
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

/** A schema that an erratum brings along: all its keywords come from the erratum. */
function sourced(value: unknown, source: Source): unknown {
  if (!isObject(value)) return value
  const inner = Object.entries(value).map(([keyword, part]) => [
    keyword,
    keyword === 'properties' && isObject(part)
      ? Object.fromEntries(
          Object.entries(part).map(([name, node]) => [name, sourced(node, source)]),
        )
      : keyword === 'items'
        ? sourced(part, source)
        : part,
  ])
  const sources = Object.keys(value).map((keyword) => [keyword, source])
  return { ...Object.fromEntries(inner), 'x-source': Object.fromEntries(sources) }
}

function mark(keywords: Amended, keyword: string, erratum: string): void {
  const known = keywords.get(keyword)
  if (known) keywords.set(keyword, { ...known, erratum })
}

function rank(keyword: string): number {
  const position = ORDER.indexOf(keyword)
  return position === -1 ? ORDER.length : position
}
