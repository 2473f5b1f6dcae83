/**
 * `slb`: signature version 3, ACS3-HMAC-SHA256, in headers.
 *
 * @see Alibaba Cloud, "V3 request structure and signature"
 */

import { randomUUID } from 'node:crypto'
import type { HttpRequest } from '../model.ts'
import { percentEncodePairs } from '../wire/percent-encoding.ts'
import { keyFor, type AccessKey, type AccessKeys } from './access-key.ts'
import { alteredList } from './altered-call.ts'
import { canonicalHeaders, canonicalQuery, hmacSha256, sha256, type Pairs } from './canonical.ts'
import { faultySignature, stampOf, withoutOf } from './faulty-signature.ts'
import type { Signed, Signer } from './signer.ts'

const algorithm = 'ACS3-HMAC-SHA256'

/**
 * Signs each call with its own time and nonce.
 *
 * @param endpoint - Its host is signed; a path prefix is not, since calls of RPC APIs have no path.
 */
export function acs3HmacSigner(
  keys: AccessKeys,
  endpoint: string,
  now: () => Date = () => new Date(),
  nonce: () => string = randomUUID,
): Signer {
  const { host } = new URL(endpoint)
  return {
    carrier: 'Authorization',
    sign: async (request) => {
      const key = keyFor(request.credentials, keys)
      if (!key) return { request, secrets: [] }
      const stamp = stampOf(request.credentials, now, nonce)
      return alteredList(request, (one) => signCall(one, key, { host, ...stamp }))
    },
  }
}

interface Circumstances {
  readonly host: string
  readonly date: Date
  readonly nonce: string
}

/** Action and version move into headers; all other parameters stay where they are. */
function signCall(request: HttpRequest, key: AccessKey, around: Circumstances): Signed {
  const { query, body, moved } = withoutCommon(request)
  const absent = withoutOf(request.credentials) ?? ''
  const headers = without(inPlaceOf[absent], {
    ...request.headers,
    ...moved,
    'x-acs-date': around.date.toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': around.nonce,
    'x-acs-content-sha256': sha256(body ?? ''),
    ...(key.securityToken === undefined ? {} : { 'x-acs-security-token': key.securityToken }),
  })
  const called = { method: request.method, query, headers: signedOf(headers, around.host) }
  const right = acs3SignatureOf(called, key.accessKeySecret)
  const signature = faultySignature(right, 'hex', request.credentials)
  const { names } = canonicalHeaders(called.headers)
  const Authorization = `${algorithm} Credential=${key.accessKeyId},SignedHeaders=${names},Signature=${signature}`
  const signed = {
    ...request,
    query,
    headers: without(inPlaceOf[absent], { ...headers, Authorization }),
  }
  return {
    request: body === undefined ? signed : { ...signed, body },
    secrets: [signature],
  }
}

/** The host, the type of the body and whatever begins with `x-acs-`. */
function signedOf(
  headers: Readonly<Record<string, string>>,
  host: string,
): Readonly<Record<string, string>> {
  const chosen = Object.entries(headers).filter(([name]) => /^(?:x-acs-|content-type$)/i.test(name))
  return { host, ...Object.fromEntries(chosen) }
}

/** The header that carries what a parameter carries in calls signed with HMAC-SHA1. */
const inPlaceOf: Readonly<Record<string, string>> = {
  AccessKeyId: 'Authorization',
  SignatureMethod: 'Authorization',
  SignatureVersion: 'x-acs-content-sha256',
  SignatureNonce: 'x-acs-signature-nonce',
  Timestamp: 'x-acs-date',
}

function without(
  name: string | undefined,
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name))
}

const moves: Readonly<Record<string, string>> = {
  Action: 'x-acs-action',
  Version: 'x-acs-version',
}

function stays([name]: Pairs[number]): boolean {
  return moves[name] === undefined
}

function withoutCommon({ query = [], body }: HttpRequest): {
  readonly query: Pairs
  readonly body: string | undefined
  readonly moved: Readonly<Record<string, string>>
} {
  const form: Pairs = body === undefined ? [] : [...new URLSearchParams(body)]
  const gone = [...query, ...form].filter((pair) => !stays(pair))
  return {
    query: query.filter(stays),
    body: body === undefined ? undefined : percentEncodePairs(form.filter(stays)),
    moved: Object.fromEntries(gone.map(([name, value]) => [moves[name] ?? name, value])),
  }
}

/** The parts of a call that are signed. */
export interface Acs3Call {
  readonly method: string
  readonly query: Pairs
  /** All signed headers; `x-acs-content-sha256` is the hash of the body. */
  readonly headers: Readonly<Record<string, string>>
}

/** HMAC-SHA256 in hexadecimal, keyed with the secret itself, over the hash of the canonical request. */
export function acs3SignatureOf({ method, query, headers }: Acs3Call, secret: string): string {
  const { lines, names } = canonicalHeaders(headers)
  const payload = headers['x-acs-content-sha256'] ?? sha256('')
  const canonical = [method, '/', canonicalQuery(query), lines, names, payload].join('\n')
  return hmacSha256(secret, `${algorithm}\n${sha256(canonical)}`)
}
