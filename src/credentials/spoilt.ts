/** `slb`: signatures and common parameters that are not as they should be, where that is the question. */

import type { Credentials, Noted } from '../model.ts'

/** `misspelt` has another last byte, `cut` is five bytes shorter; both are still well-formed. */
export function spoilt(
  signature: string,
  encoding: 'base64' | 'hex',
  credentials: Credentials | undefined,
): string {
  const bytes = Buffer.from(signature, encoding)
  if (credentials === 'cut') return bytes.subarray(0, -5).toString(encoding)
  if (credentials !== 'misspelt') return signature
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 0xff, bytes.length - 1)
  return bytes.toString(encoding)
}

/** When a call says it was made, and by which nonce: as a check wants it, or now and once. */
export function stampOf(
  credentials: Credentials | undefined,
  now: () => Date,
  nonce: () => string,
): NonNullable<Noted['stamp']> {
  const { aged = 0, noted, again } = typeof credentials === 'object' ? credentials : {}
  const fresh = { date: new Date(now().getTime() - aged), nonce: nonce() }
  if (noted) noted.stamp = fresh
  return again?.stamp ?? fresh
}

/** The common parameter that a call is to go without, if any. */
export function withoutOf(credentials: Credentials | undefined): string | undefined {
  return typeof credentials === 'object' ? credentials.without : undefined
}
