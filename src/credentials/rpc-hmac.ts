/**
 * `slb`: signature version 1.0 of the RPC APIs, HMAC-SHA1 over all parameters.
 *
 * @see Alibaba Cloud, "RPC mechanism", request syntax and signature method V2 (deprecated by the
 *   vendor in favour of V3, and what most clients still send); RFC 2104
 */

import { createHmac, randomUUID } from 'node:crypto'
import type { HttpRequest } from '../model.ts'
import { percentEncode, percentEncodePairs } from '../wire/percent-encoding.ts'
import { keyFor, type AccessKey, type AccessKeys } from './access-key.ts'
import { alteredList } from './altered-call.ts'
import { faultySignature, stampOf, withoutOf } from './faulty-signature.ts'
import { canonicalQuery, type Pairs } from './canonical.ts'
import type { Signed, Signer } from './signer.ts'

/** Signs each call with its own time and nonce. */
export function rpcHmacSigner(
  keys: AccessKeys,
  now: () => Date = () => new Date(),
  nonce: () => string = randomUUID,
): Signer {
  return {
    carrier: 'Signature',
    sign: async (request) => {
      const key = keyFor(request.credentials, keys)
      if (!key) return { request, secrets: [] }
      const stamp = stampOf(request.credentials, now, nonce)
      return alteredList(request, (one) => signCall(one, key, stamp))
    },
  }
}

/** GET and POST give different signatures; the parameters of a form body are signed like those of a query. */
function signCall(request: HttpRequest, key: AccessKey, stamp: Stamp): Signed {
  const form: Pairs = request.body === undefined ? [] : [...new URLSearchParams(request.body)]
  const absent = withoutOf(request.credentials)
  const common = commonParameters(key, stamp).filter(([name]) => name !== absent)
  const all: Pairs = [...(request.query ?? []), ...form, ...common]
  const right = signatureOf(request.method, all, key.accessKeySecret)
  const signature = faultySignature(right, 'base64', request.credentials)
  const last = ['Signature', signature] as const
  const signed =
    request.body === undefined
      ? { ...request, query: [...all, last] }
      : { ...request, body: percentEncodePairs([...form, ...common, last]) }
  return { request: signed, secrets: [signature] }
}

type Stamp = ReturnType<typeof stampOf>

function commonParameters(key: AccessKey, { date, nonce }: Stamp): Pairs {
  const { accessKeyId, securityToken } = key
  return [
    ['AccessKeyId', accessKeyId],
    ...(securityToken === undefined ? [] : ([['SecurityToken', securityToken]] as const)),
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureNonce', nonce],
    ['SignatureVersion', '1.0'],
    ['Timestamp', date.toISOString().replace(/\.\d+Z$/, 'Z')],
  ]
}

/** Base64 of HMAC-SHA1 over `METHOD&%2F&parameters`, keyed with the secret and an ampersand. */
export function signatureOf(method: string, parameters: Pairs, secret: string): string {
  const toSign = `${method}&${percentEncode('/')}&${percentEncode(canonicalQuery(parameters))}`
  return createHmac('sha1', `${secret}&`).update(toSign).digest('base64')
}
