/** The body of a request, read without trusting it. */

import type { Call } from '../rule.ts'

export type Given = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object under the wrapper, `pool` for a pool; `undefined` unless it is an object. */
export function wrapped(call: Call, wrapper: string): Given | undefined {
  const inner = isObject(call.body) ? call.body[wrapper] : undefined
  return isObject(inner) ? inner : undefined
}

/** The same, where a rule has already checked that it is there. */
export function given(call: Call, wrapper: string): Given {
  return wrapped(call, wrapper) ?? {}
}

/** Length as the pages count it, in characters: an emoji is one. */
export function characters(text: string): number {
  return Array.from(text).length
}

/** The value as text, or another value where it was left out. Rules have checked its type. */
export function textOr<Other>(value: unknown, otherwise: Other): string | Other {
  return typeof value === 'string' ? value : otherwise
}

export function numberOr<Other>(value: unknown, otherwise: Other): number | Other {
  return typeof value === 'number' ? value : otherwise
}

export function booleanOr(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise
}

/** The named fields, as far as they were sent. */
export function picked(sent: Given, names: readonly string[]): Given {
  return Object.fromEntries(Object.entries(sent).filter(([name]) => names.includes(name)))
}
