/** `slb`: signatures and common parameters that are wrong on purpose, where a check asks for that. */

import type { Credentials, Noted } from '../model.ts'

/** `misspelt` changes the last byte, `cut` drops five bytes; both are still well-formed. */
export function faultySignature(
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

/** Time and nonce of a call: as the check asks, or now and unique. */
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

/** The common parameter that is left out, if any. */
export function withoutOf(credentials: Credentials | undefined): string | undefined {
  return typeof credentials === 'object' ? credentials.without : undefined
}
