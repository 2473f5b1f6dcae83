/**
 * Signature version 3, ACS3-HMAC-SHA256 in headers, as a server verifies it.
 *
 * @see Alibaba Cloud, "V3 request structure and signature"
 */

import { createHash, createHmac } from 'node:crypto'
import type { Call } from '../rule.ts'
import * as refusals from './refusals.ts'
import { percentEncode } from './signature.ts'
import type { Key } from './keys.ts'
import type { Refusal } from '../rule.ts'

type Headers = Readonly<Record<string, string>>

/** What an `Authorization` header claims. */
export interface Claim {
  readonly accessKeyId: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

const form =
  /^ACS3-HMAC-SHA256 Credential=([^,\s]+),SignedHeaders=([a-z0-9-]+(?:;[a-z0-9-]+)*),Signature=([0-9a-f]{64})$/

/** Is the call signed in headers? */
export function isHeaderSigned({ authorization = '' }: Headers): boolean {
  return authorization.startsWith('ACS3-')
}

export function claimOf({ authorization = '' }: Headers): Claim | undefined {
  const [, accessKeyId, names, signature] = form.exec(authorization) ?? []
  if (!accessKeyId || !names || !signature) return undefined
  return { accessKeyId, signedHeaders: names.split(';'), signature }
}

/** The common parameters, which such a call has in headers. */
export function parametersIn(headers: Headers): Readonly<Record<string, string>> {
  const parameters = {
    Action: headers['x-acs-action'],
    Version: headers['x-acs-version'],
    Timestamp: headers['x-acs-date'],
    SignatureNonce: headers['x-acs-signature-nonce'],
    SecurityToken: headers['x-acs-security-token'],
    AccessKeyId: claimOf(headers)?.accessKeyId,
    Signature: claimOf(headers)?.signature,
  }
  return Object.fromEntries(
    Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}

/** The headers that every call must have. */
export const mandatoryHeaders = [
  'x-acs-action',
  'x-acs-version',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-content-sha256',
]

/** Why the signature is not valid, or `undefined` when it is. */
export function refusalOf(call: Call, { accessKeySecret }: Key): Refusal | undefined {
  const { headers, text } = call
  const claim = claimOf(headers)
  if (!claim) return refusals.signatureIncomplete('Authorization is malformed.')
  const given = Object.keys(headers).filter((name) => /^x-acs-(?!request-id$)/.test(name))
  const needed = [
    'host',
    ...given,
    ...(headers['content-type'] === undefined ? [] : ['content-type']),
  ]
  const unsigned = needed.find((name) => !claim.signedHeaders.includes(name))
  if (unsigned !== undefined) return refusals.signatureIncomplete(`${unsigned} is not signed.`)
  const absent = claim.signedHeaders.find((name) => headers[name] === undefined)
  if (absent !== undefined) return refusals.signatureIncomplete(`${absent} was not sent.`)
  if (headers['x-acs-content-sha256'] !== sha256(text)) return refusals.signatureWrong
  const expected = createHmac('sha256', accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonicalRequest(call, claim))}`)
    .digest('hex')
  return expected === claim.signature ? undefined : refusals.signatureWrong
}

function canonicalRequest({ method, query, headers, text }: Call, claim: Claim): string {
  const search = query
    .toSorted(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&')
  const names = claim.signedHeaders.toSorted()
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('')
  return [method, '/', search, lines, names.join(';'), sha256(text)].join('\n')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
