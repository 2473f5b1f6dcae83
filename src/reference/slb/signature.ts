/**
 * The RPC signature, version 1.0 with HMAC-SHA1, as a server computes it.
 *
 * @see Alibaba Cloud, "Signature method" of the RPC APIs; three of its vectors are in the test.
 */

import { createHmac } from 'node:crypto'

type Parameters = Readonly<Record<string, string>>

/** The signature of these parameters; a `Signature` among them is left out. */
export function signatureOf(method: string, parameters: Parameters, secret: string): string {
  return createHmac('sha1', `${secret}&`).update(stringToSign(method, parameters)).digest('base64')
}

/** The text that is signed: method, path and the sorted query, each encoded once more. */
export function stringToSign(method: string, parameters: Parameters): string {
  const query = Object.keys(parameters)
    .filter((name) => name !== 'Signature')
    .toSorted(byBytes)
    .map((name) => `${percentEncode(name)}=${percentEncode(parameters[name] ?? '')}`)
    .join('&')
  return `${method}&${percentEncode('/')}&${percentEncode(query)}`
}

/** RFC 3986: everything but letters, digits and `-_.~` becomes upper-case `%XX`. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}
