/** Looks of a hostile target that show foreign objects as ours. */

import { parametersOf } from '../src/dialects/slb-creations.ts'
import type { Dialect } from '../src/model.ts'
import type { WireRequest, WireResponse } from '../src/wire/wire.ts'

/**
 * What looks show of foreign objects:
 * - `honest`: what they are;
 * - `listed as ours`: lists give them the names that we gave to ours, looks at one of them do not;
 * - `another`: whoever looks at one of them sees an object of ours, with the id of that;
 * - `without a name`: neither their name nor what they belong to;
 * - `ours once known`: their own name until it has been shown, and then the name of one of ours;
 * - `turning`: from the second look at it on, an object of ours is a foreign one.
 */
export const lyingLooks = [
  'honest',
  'listed as ours',
  'another',
  'without a name',
  'ours once known',
  'turning',
] as const

export type LyingLooks = (typeof lyingLooks)[number]

type Fields = Readonly<Record<string, unknown>>

/** Writes the answers of a hostile target to reads. */
export class Shown {
  readonly #dialect: Dialect
  readonly #looks: LyingLooks
  readonly #theirs: ReadonlySet<string>
  /** The names that we gave last, by kind. */
  readonly #names = new Map<string, string>()
  /** Foreign objects that were shown under their own names. */
  readonly #known = new Set<string>()

  constructor(dialect: Dialect, looks: LyingLooks, theirs: readonly string[]) {
    this.#dialect = dialect
    this.#looks = looks
    this.#theirs = new Set(theirs)
  }

  /** Notes the name in a request to create something. */
  creating(kind: string, request: WireRequest): void {
    const name = this.#dialect === 'elb' ? nameIn(request) : callOf(request)[`${kind}Name`]
    if (name !== undefined && name !== '') this.#names.set(kind, name)
  }

  /** @param id - Of the one object that was looked at; nothing for a list. */
  answer(kind: string, id: string | undefined, answer: WireResponse): WireResponse {
    const body = read(answer.text)
    if (answer.status >= 300 || body === undefined) return answer
    const known = new Set(this.#known)
    const text = JSON.stringify(body, (_key, value: unknown) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
      return this.#shown(kind, id, value as Fields, known)
    })
    return { ...answer, text }
  }

  #shown(kind: string, looked: string | undefined, fields: Fields, known: Set<string>): Fields {
    const [idField, nameField] =
      this.#dialect === 'elb' ? ['id', 'name'] : [`${kind}Id`, `${kind}Name`]
    const id = fields[idField]
    if (typeof id !== 'string' || !this.#theirs.has(id)) return fields
    const name = this.#names.get(kind)
    const asOurs = name === undefined ? fields : { ...fields, [nameField]: name }
    if (this.#looks === 'listed as ours' && looked === undefined) return asOurs
    if (this.#looks === 'ours once known' && looked !== undefined && known.has(id)) return asOurs
    if (this.#looks === 'without a name') {
      const { [nameField]: _name, pools: _pools, ...rest } = fields
      return rest
    }
    if (nameField in fields) this.#known.add(id)
    return fields
  }
}

function nameIn({ body = '' }: WireRequest): string | undefined {
  const [inner] = Object.values((read(body) ?? {}) as Record<string, { name?: unknown }>)
  return typeof inner?.name === 'string' ? inner.name : undefined
}

function callOf(request: WireRequest): Readonly<Record<string, string>> {
  return parametersOf({ ...request, query: [...new URL(request.url).searchParams] })
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
