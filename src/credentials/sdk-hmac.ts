/**
 * `elb`: requests signed with an access key, SDK-HMAC-SHA256.
 *
 * @see Huawei Cloud, "AK/SK signing and authentication" (the same on Open Telekom Cloud)
 */

import type { HttpRequest } from '../model.ts'
import { percentEncode } from '../wire/percent-encoding.ts'
import { keyFor, type AccessKey, type AccessKeys } from './access-key.ts'
import { canonicalHeaders, canonicalQuery, hmacSha256, sha256, type Pairs } from './canonical.ts'
import type { Signer } from './signer.ts'

const algorithm = 'SDK-HMAC-SHA256'

/** @param endpoint - Its host and its path prefix are signed. */
export function sdkHmacSigner(
  keys: AccessKeys,
  endpoint: string,
  now: () => Date = () => new Date(),
): Signer {
  const base = new URL(endpoint)
  return {
    carrier: 'Authorization',
    sign: async (request) => {
      const key = keyFor(request.credentials, keys)
      if (!key) return { request, secrets: [] }
      const meant = request.credentials === 'altered' ? another(request) : request
      const headers = headersFor(request, key, now())
      const { pathname, host } = base
      const path = (pathname === '/' ? '' : pathname) + meant.path
      const call = { ...meant, path, headers: { ...headers, host } }
      const signature = sdkSignatureOf(call, key.accessKeySecret)
      const { names } = canonicalHeaders(call.headers)
      const Authorization = `${algorithm} Access=${key.accessKeyId}, SignedHeaders=${names}, Signature=${signature}`
      return {
        request: { ...request, headers: { ...headers, Authorization } },
        secrets: [signature],
      }
    },
  }
}

/** Signed with a method that is never sent, so that the signature does not fit the request. */
function another(request: HttpRequest): HttpRequest {
  return { ...request, method: 'TRACE' }
}

/** All these headers are signed. */
function headersFor(
  { headers = {} }: HttpRequest,
  { projectId, securityToken }: AccessKey,
  now: Date,
): Readonly<Record<string, string>> {
  return {
    ...headers,
    'X-Sdk-Date': now.toISOString().replaceAll(/[-:]|\.\d+/g, ''),
    ...(projectId === undefined ? {} : { 'X-Project-Id': projectId }),
    ...(securityToken === undefined ? {} : { 'X-Security-Token': securityToken }),
  }
}

/** The parts of a request that are signed. */
export interface SdkCall {
  readonly method: string
  /** From the root of the host, percent-encoded. */
  readonly path: string
  readonly query?: Pairs
  /** All signed headers: `host`, `X-Sdk-Date` and any others. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** HMAC-SHA256 in hexadecimal, keyed with the secret itself, over the hash of the canonical request. */
export function sdkSignatureOf(call: SdkCall, secret: string): string {
  const date = Object.entries(call.headers).find(([name]) => name.toLowerCase() === 'x-sdk-date')
  return hmacSha256(secret, `${algorithm}\n${date?.[1] ?? ''}\n${sha256(canonicalRequest(call))}`)
}

/** Method, path with a slash at its end, query, signed headers and the hash of the body. */
export function canonicalRequest({ method, path, query = [], headers, body }: SdkCall): string {
  const { lines, names } = canonicalHeaders(headers)
  const payload = sha256(body ?? '')
  return [method, canonicalPath(path), canonicalQuery(query), lines, names, payload].join('\n')
}

/** Each segment encoded exactly once. */
function canonicalPath(path: string): string {
  const encoded = path
    .split('/')
    .map((segment) => percentEncode(decoded(segment)))
    .join('/')
  return encoded.endsWith('/') ? encoded : `${encoded}/`
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
