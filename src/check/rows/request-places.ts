/** Values at places of a request, and requests with other values there. */

import { isObject } from '../../extract/page/json-text.ts'
import { omitted } from '../../generate/cases.ts'
import type { Fields } from './recipe.ts'

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
