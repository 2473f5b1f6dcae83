/** Calls as a client would sign them; for the tests of this room. */

import type { RawRequest, RawResponse, Reference } from '../server.ts'
import type { Account } from './given.ts'
import { referenceAccounts, referenceRegion } from './given.ts'
import { signatureOf } from './signature.ts'

type Parameters = Readonly<Record<string, string>>
type Asked = Readonly<Record<string, string | undefined>>

/** How a call is sent, where that matters. */
export interface Manner {
  readonly method?: 'GET' | 'POST'
  /** With POST: the parameters in a form, not in the query string. */
  readonly form?: boolean
  readonly account?: Account
  /** What becomes of the signature on its way. */
  readonly spoil?: (signature: string) => string
  /** Without a signature, but otherwise complete. */
  readonly unsigned?: boolean
  /** Milliseconds since the epoch. */
  readonly now?: number
}

export interface Said {
  readonly status: number
  /** The content type. */
  readonly type: string | undefined
  readonly text: string
  /** The body as JSON, `{}` when it is none. */
  readonly body: Readonly<Record<string, unknown>>
}

let nonces = 0

/** All parameters of a call, the common ones and the signature included; `undefined` drops one. */
export function signed(parameters: Asked, manner: Manner = {}): Parameters {
  const { method = 'GET', account = referenceAccounts[0], now = 0 } = manner
  nonces += 1
  const all = {
    Version: '2014-05-15',
    AccessKeyId: account.accessKeyId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: `nonce-${nonces}`,
    Timestamp: `${new Date(now).toISOString().slice(0, 19)}Z`,
    RegionId: referenceRegion,
    ...parameters,
  }
  const present: Parameters = Object.fromEntries(Object.entries(all).filter(isPresent))
  if (manner.unsigned) return present
  const Signature = signatureOf(method, present, account.accessKeySecret)
  return { ...present, Signature: manner.spoil?.(Signature) ?? Signature }
}

/** The request that carries these parameters as they are. */
export function carrying(
  parameters: Parameters,
  { method = 'GET', form }: Manner = {},
): RawRequest {
  const encoded = new URLSearchParams(parameters).toString()
  if (!form) return { method, url: `/?${encoded}`, headers: { host: 'slb.test' }, body: '' }
  const headers = { host: 'slb.test', 'content-type': 'application/x-www-form-urlencoded' }
  return { method, url: '/', headers, body: encoded }
}

/** Signs a call, sends it, reads the answer. */
export function call(reference: Reference, parameters: Asked, manner: Manner = {}): Said {
  return said(reference.handle(carrying(signed(parameters, manner), manner)))
}

/** Reads an answer. */
export function said({ status, headers, body }: RawResponse): Said {
  const type = headers['content-type']
  return { status, type, text: body, body: body.startsWith('{') ? JSON.parse(body) : {} }
}

function isPresent(pair: [string, string | undefined]): pair is [string, string] {
  return pair[1] !== undefined
}
