/** Which objects of ours a request may mean beside those that it names in the way of the API. */

import type { Objects } from '../dialects/objects.ts'
import type { HttpRequest } from '../model.ts'
import type { Claim } from './claim.ts'

type Claims = ReadonlyMap<string, Claim>

/** Objects of ours whose id stands anywhere in the path, also where the path is none of the API's. */
export function inPath(
  claims: Claims,
  objects: Objects,
  { path, method }: HttpRequest,
  changed: readonly string[],
): string[] {
  if (changed.length > 0 || ['GET', 'HEAD', 'OPTIONS'].includes(method)) return []
  return [...claims.keys()].filter((key) => path.includes(objects.ids(key).at(-1) ?? key))
}

/** Objects of ours whose id is part of one that a check has made up: a target may take it for that. */
export function spelledIn(claims: Claims, objects: Objects, changed: readonly string[]): string[] {
  const madeUp = changed.filter((key) => !claims.has(key))
  if (madeUp.length === 0) return []
  return [...claims.keys()].filter((key) => {
    const id = objects.ids(key).at(-1)
    return id !== undefined && madeUp.some((one) => one.includes(id))
  })
}

/** What a body names may be taken for what is meant, so it has been seen to be ours before that. */
export function unseenInBody(
  claims: Claims,
  objects: Objects,
  { body = '' }: HttpRequest,
): string[] {
  const named: string[] = []
  if (body === '') return named
  for (const [key, { state }] of claims) {
    const isUnseen = state === 'new' || state === 'unsure'
    if (isUnseen && objects.ids(key).every((id) => body.includes(id))) named.push(key)
  }
  return named
}
