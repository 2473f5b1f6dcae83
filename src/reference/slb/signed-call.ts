/** Signs calls as a client does; for the tests of this directory. */

import type { RawRequest, RawResponse, Reference } from '../server.ts'
import type { Account } from './given.ts'
import { referenceAccounts, referenceRegion } from './given.ts'
import { signatureOf } from './signature.ts'

type Parameters = Readonly<Record<string, string>>
type ChangedParameters = Readonly<Record<string, string | undefined>>

/** How a call is sent and signed. */
export interface CallOptions {
  readonly method?: 'GET' | 'POST'
  /** With POST: the parameters in a form, not in the query string. */
  readonly form?: boolean
  readonly account?: Account
  /** Changes the signature before the call is sent. */
  readonly spoil?: (signature: string) => string
  /** Without a signature, but otherwise complete. */
  readonly unsigned?: boolean
  /** Milliseconds since the epoch. */
  readonly now?: number
}

export interface ParsedAnswer {
  readonly status: number
  /** The content type. */
  readonly type: string | undefined
  readonly text: string
  /** The parsed body, `{}` when it is not JSON. */
  readonly body: Readonly<Record<string, unknown>>
}

let nonces = 0

/** All parameters of a call, the common ones and the signature included; `undefined` drops one. */
export function signed(parameters: ChangedParameters, options: CallOptions = {}): Parameters {
  const { method = 'GET', account = referenceAccounts[0], now = 0 } = options
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
  if (options.unsigned) return present
  const Signature = signatureOf(method, present, account.accessKeySecret)
  return { ...present, Signature: options.spoil?.(Signature) ?? Signature }
}

/** The request with exactly these parameters. */
export function requestWith(
  parameters: Parameters,
  { method = 'GET', form }: CallOptions = {},
): RawRequest {
  const encoded = new URLSearchParams(parameters).toString()
  if (!form) return { method, url: `/?${encoded}`, headers: { host: 'slb.test' }, body: '' }
  const headers = { host: 'slb.test', 'content-type': 'application/x-www-form-urlencoded' }
  return { method, url: '/', headers, body: encoded }
}

/** Signs a call, sends it, and parses the answer. */
export function call(
  reference: Reference,
  parameters: ChangedParameters,
  options: CallOptions = {},
): ParsedAnswer {
  return answerOf(reference.handle(requestWith(signed(parameters, options), options)))
}

/** Parses an answer. */
export function answerOf({ status, headers, body }: RawResponse): ParsedAnswer {
  const type = headers['content-type']
  return { status, type, text: body, body: body.startsWith('{') ? JSON.parse(body) : {} }
}

function isPresent(pair: [string, string | undefined]): pair is [string, string] {
  return pair[1] !== undefined
}
