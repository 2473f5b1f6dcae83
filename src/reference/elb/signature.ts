/**
 * SDK-HMAC-SHA256 as a server verifies it.
 *
 * @see Huawei Cloud, "AK/SK signing and authentication"
 */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Call } from '../rule.ts'
import type { ElbKey } from './given.ts'

/** What an `Authorization` header claims. */
interface Claim {
  readonly access: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

const form =
  /^SDK-HMAC-SHA256 Access=([^,\s]+), SignedHeaders=([a-z0-9-]+(?:;[a-z0-9-]+)*), Signature=([0-9a-f]{64})$/

/** What the header claims; `undefined` without a signature of this kind. */
export function claimOf({ authorization = '' }: Call['headers']): Claim | undefined {
  const [, access, names, signature] = form.exec(authorization) ?? []
  if (!access || !names || !signature) return undefined
  return { access, signedHeaders: names.split(';'), signature }
}

/** How far the date of a request may lie from the server's clock, either way. */
const toleranceMilliseconds = 15 * 60_000

/** Why a signature is invalid, or `undefined` when it is valid. */
export function complaintAbout(call: Call, key: ElbKey): string | undefined {
  const claim = claimOf(call.headers)
  if (!claim) return 'The signature is malformed.'
  return (
    complaintAboutDate(call) ?? complaintAboutHeaders(call, claim, key) ?? wrong(call, claim, key)
  )
}

function complaintAboutDate({ headers, now }: Call): string | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headers['x-sdk-date'] ?? '') ?? []
  const sent = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(sent)) return 'X-Sdk-Date is not a date such as 20191115T033655Z.'
  const near = Math.abs(now - sent) <= toleranceMilliseconds
  return near ? undefined : 'X-Sdk-Date is too far from the time of the server.'
}

/** Headers with claims must be signed, and signed headers must have been sent. */
function complaintAboutHeaders(
  { headers, text }: Call,
  { signedHeaders }: Claim,
  { project, securityToken }: ElbKey,
): string | undefined {
  const claims = ['x-project-id', 'x-security-token', 'x-sdk-content-sha256']
  const needed = ['host', 'x-sdk-date', ...claims.filter((name) => headers[name] !== undefined)]
  const unsigned = needed.find((name) => !signedHeaders.includes(name))
  if (unsigned !== undefined) return `The header ${unsigned} is not signed.`
  const absent = signedHeaders.find((name) => headers[name] === undefined)
  if (absent !== undefined) return `The header ${absent} is signed and was not sent.`
  if (headers['x-security-token'] !== securityToken) return 'The security token is not the key’s.'
  if ((headers['x-project-id'] ?? project) !== project) return 'The project is not the key’s.'
  const hash = headers['x-sdk-content-sha256']
  return hash === undefined || hash === sha256(text) ? undefined : 'The body has another hash.'
}

function wrong(call: Call, claim: Claim, { accessKeySecret }: ElbKey): string | undefined {
  const date = call.headers['x-sdk-date'] ?? ''
  const toSign = `SDK-HMAC-SHA256\n${date}\n${sha256(canonicalRequest(call, claim))}`
  const expected = createHmac('sha256', accessKeySecret).update(toSign).digest()
  const fits = timingSafeEqual(expected, Buffer.from(claim.signature, 'hex'))
  return fits ? undefined : 'Verify the signature: it does not fit the request.'
}

function canonicalRequest(
  { method, path, query, headers, text }: Call,
  { signedHeaders }: Claim,
): string {
  const whole = `${headers['x-forwarded-prefix'] ?? ''}${path}`
  const segments = whole.split('/').map((segment) => encode(decode(segment)))
  const uri = segments.at(-1) === '' ? segments.join('/') : `${segments.join('/')}/`
  const pairs = query
    .map(([name, value]) => [name, `${encode(name)}=${encode(value)}`] as const)
    .toSorted(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
  const lines = signedHeaders
    .toSorted()
    .map((name) => `${name}:${(headers[name] ?? '').trim()}\n`)
    .join('')
  const search = pairs.map(([, pair]) => pair).join('&')
  return [method, uri, search, lines, signedHeaders.toSorted().join(';'), sha256(text)].join('\n')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** RFC 3986: everything but letters, digits and `-_.~` becomes upper-case `%XX`. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
