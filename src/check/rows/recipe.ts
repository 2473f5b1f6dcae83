/** What the engine of generated row checks has to be told of an operation, beyond its schema. */

import { isObject } from '../../extract/page/json-text.ts'
import { omitted } from '../../generate/cases.ts'
import type { Exchange, Feature } from '../../model.ts'

export type Fields = Readonly<Record<string, unknown>>

/**
 * How to ask one operation.
 *
 * A request is an object as the schema of the operation has it: `{ pool: { name: … } }`, or the parameters of a call
 * by name. What the schema describes as JSON in a text is a list or an object in it, and `send` writes it.
 */
export interface Recipe<Ground = never, Place = unknown> {
  /**
   * Makes what must be there before. Called for each request that is to be accepted, and once for all that are not.
   *
   * @param path - Of the field in question; empty for the whole request.
   */
  arrange(ground: Ground, path: string): Promise<Place>
  /** A request that is accepted: every mandatory field, and what its object is recognised by. */
  valid(ground: Ground, place: Place): Fields
  /** Sends it, as the question, and sees to it that what it creates is removed after the check. */
  send(ground: Ground, place: Place, request: unknown): Promise<Exchange>
  /** What a look shows after an accepted request, in the form of a request. */
  shown(ground: Ground, place: Place, answered: Exchange): Promise<unknown>
  /** Everything that a refused request could have changed. */
  survey(ground: Ground, place: Place): Promise<unknown>
  /** A value that is accepted, by the path of its field (`pool.listener_id`), where the schema says too little for one. */
  samples?(ground: Ground, place: Place): Fields
  /** What else a request needs so that a field can have a value; `when`: what the condition in question sets. */
  beside?(path: string, value: unknown, when: Fields, place: Place): Fields
  /** A text of the same length in a form that the field takes. */
  text?(path: string, drawn: string): string
  /** Further values, by path, that are to be refused: what services of the same family offer besides. */
  readonly neighbours?: Readonly<Record<string, readonly string[]>>
  /** A list of so many elements, different from each other, for rows about how many there may be. */
  elements?(ground: Ground, place: Place, many: number): readonly unknown[]
  /** Values that only some targets can take: `false` for those that this one cannot. */
  takes?(ground: Ground, path: string, value: unknown): boolean
  /** Requests whose answers show the rows of the response table; `valid` alone where absent. */
  /** What the target must offer for a field, by its path. */
  needs?(path: string): readonly Feature[]
  readonly situations?: readonly ((ground: Ground, place: Place) => Fields)[]
}

/** The value at a path; `omitted` where there is none. What is JSON in a text stands for itself. */
export function valueAt(request: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return request
  if (name === 'content') return valueAt(request, rest)
  if (name === 'items') return Array.isArray(request) ? valueAt(request[0], rest) : omitted
  return isObject(request) && name in request ? valueAt(request[name], rest) : omitted
}

/** The same request with another value at a path, or without the field. The first element stands for all of a list. */
export function withValue(
  request: unknown,
  [name, ...rest]: readonly string[],
  value: unknown,
): unknown {
  if (name === undefined) return value
  if (name === 'content') return withValue(request, rest, value)
  if (name === 'items') {
    const [first, ...others] = Array.isArray(request) ? (request as unknown[]) : [{}]
    return [withValue(first, rest, value), ...others]
  }
  const { [name]: old, ...others } = isObject(request) ? request : {}
  const inner = withValue(old, rest, value)
  return inner === omitted ? others : { ...others, [name]: inner }
}

/** Both, the second over the first; objects in objects, and the first elements of lists, likewise. */
export function joined(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) {
    return [joined(one[0], other[0]), ...(one.slice(1) as unknown[])]
  }
  if (!isObject(one) || !isObject(other)) return other
  const names = Object.keys(other)
  const inner = names.map((name) => [name, joined(one[name], other[name])])
  return { ...one, ...(Object.fromEntries(inner) as Fields) }
}

/** `{ pool: { protocol: 'TCP' } }` of `pool.protocol` and `TCP`. */
export function nested(path: readonly string[], value: unknown): Fields {
  return withValue({}, path, value) as Fields
}
