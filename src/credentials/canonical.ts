/** What all signatures share: sorted queries, hashes, keyed hashes. */

import { createHash, createHmac } from 'node:crypto'
import { percentEncodePairs } from '../wire/percent-encoding.ts'

export type Pairs = readonly (readonly [name: string, value: string])[]

/** Sorted by name, then in the given order; encoded by RFC 3986, a space as `%20`. */
export function canonicalQuery(pairs: Pairs): string {
  return percentEncodePairs(
    pairs.toSorted(([one], [other]) => (one < other ? -1 : Number(one > other))),
  )
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** HMAC-SHA256 in lower-case hexadecimal, with the secret itself as the key. */
export function hmacSha256(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text, 'utf8').digest('hex')
}

/** Signed headers, one line each, sorted by name; and their names. */
export function canonicalHeaders(headers: Readonly<Record<string, string>>): {
  readonly lines: string
  readonly names: string
} {
  const sorted = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return {
    lines: sorted.map(([name, value]) => `${name}:${value}\n`).join(''),
    names: sorted.map(([name]) => name).join(';'),
  }
}
