/** The RPC API of 2014-05-15: everything is a parameter, answers come as JSON or XML. */

import { createHmac, randomUUID } from 'node:crypto'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { HttpRequest, HttpResponse } from '../model.ts'
import { percentEncode, percentEncodePairs } from '../percent.ts'
import { creationOf, madeBy, removedBy } from './slb-objects.ts'
import type { Spelling } from './spelling.ts'

export interface AccessKey {
  readonly accessKeyId: string
  readonly accessKeySecret: string
}

/** The target's own key, and another account's where the operator lends one. */
export interface AccessKeys extends AccessKey {
  readonly otherAccessKeyId?: string
  readonly otherAccessKeySecret?: string
}

/** How one call is put on the wire. */
export interface CallForm {
  readonly format?: 'JSON' | 'XML'
  /** `GET` and `POST` carry the parameters in the query, `form` in a POST body. */
  readonly method?: 'GET' | 'POST' | 'form'
}

type Parameters = readonly (readonly [name: string, value: string])[]

const version = '2014-05-15'
const formType = 'application/x-www-form-urlencoded'

/**
 * A call of an action. A parameter whose value is `undefined` is left out.
 *
 * `Format` is always sent, since pages disagree on what holds without it.
 */
export function slbCall(
  action: string,
  parameters: Readonly<Record<string, string | undefined>>,
  { format = 'JSON', method = 'GET' }: CallForm = {},
): HttpRequest {
  const given = Object.entries(parameters).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  const all: Parameters = [['Action', action], ...given, ['Format', format], ['Version', version]]
  if (method !== 'form') return { method, path: '/', query: all }
  return {
    method: 'POST',
    path: '/',
    headers: { 'Content-Type': formType },
    body: percentEncodePairs(all),
  }
}

/** Speaks to an `slb` target with signature version 1.0, HMAC-SHA1. */
export function slbSpelling(
  keys: AccessKeys,
  now: () => Date = () => new Date(),
  nonce: () => string = randomUUID,
): Spelling {
  return {
    sign: (request) => {
      const key = keyFor(request, keys)
      if (!key) return request
      return request.credentials === 'altered'
        ? altered(request, key, now(), nonce())
        : sign(request, key, now(), nonce())
    },
    read: (text, type) => readBody(text, type),
    busy,
    unauthenticated: ({ status, body }) => status >= 400 && credentialCodes.test(errorCode(body)),
    repeatable: (request) => /^(?:Describe|List|Query)/.test(action(request)),
    creation: creationOf,
    made: madeBy,
    removals: removedBy,
  }
}

/** `wrong` is the target's own key id with a secret that is not its own: the signature cannot fit. */
function keyFor({ credentials }: HttpRequest, keys: AccessKeys): AccessKey | undefined {
  const { accessKeyId, otherAccessKeyId = '', otherAccessKeySecret = '' } = keys
  if (credentials === undefined || credentials === 'altered') return keys
  if (credentials === 'unknown') return { ...keys, accessKeyId: 'nobodyhasthiskey' }
  if (credentials === 'none') return undefined
  return credentials === 'wrong'
    ? { accessKeyId, accessKeySecret: 'nobody-has-this-secret' }
    : { accessKeyId: otherAccessKeyId, accessKeySecret: otherAccessKeySecret }
}

/** Signed while the list named nobody: with the list put back, the signature does not fit. */
function altered(request: HttpRequest, key: AccessKey, now: Date, nonce: string): HttpRequest {
  const { query = [] } = request
  const list = query.find(([name]) => name === 'BackendServers')?.[1] ?? ''
  const signed = sign({ ...request, query: withList(query, '[]') }, key, now, nonce)
  return { ...signed, query: withList(signed.query ?? [], list) }
}

function withList(pairs: Parameters, list: string): Parameters {
  return pairs.map(([name, value]) => [name, name === 'BackendServers' ? list : value])
}

/** `Code` of an error answer, or the empty string. */
export function errorCode(body: unknown): string {
  const code =
    typeof body === 'object' && body !== null ? (body as { Code?: unknown }).Code : undefined
  return typeof code === 'string' ? code : ''
}

const credentialCodes =
  /^(?:InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|SignatureNonceUsed|InvalidTimeStamp|IllegalTimestamp|InvalidSecurityToken|NoPermission|Forbidden\.RAM)/

/** Codes that maintained clients of the service repeat: a lock or a limit, not a judgement. */
const busyCodes =
  /^(?:Throttling|Rejected\.Throttling|SystemBusy|ServiceUnavailable|ServiceIsConfiguring|ServiceIsStopping|VServerGroupProcessing|OperationBusy|BackendServer\.configuring|ProcessingSameRequest|OperationFailed\.TokenIsProcessing)/

function busy({ status, text, body }: HttpResponse): string | undefined {
  const code = errorCode(body)
  if (status >= 400 && busyCodes.test(code)) return `${code} says nothing about the request`
  if ([429, 449, 502, 503, 504].includes(status))
    return `status ${status} says nothing about the request`
  const page = /^\s*<(?:!doctype|html)/i.test(text)
  return page ? 'a web page is not an answer of this API' : undefined
}

function action({ query = [], body = '' }: HttpRequest): string {
  const asked = query.find(([name]) => name === 'Action')?.[1]
  return asked ?? new URLSearchParams(body).get('Action') ?? ''
}

/**
 * Signature version 1.0: sorted parameters, percent-encoded twice over, HMAC-SHA1 in base64.
 *
 * GET and POST give different signatures; the parameters of a form body are signed like those of a query.
 */
function sign(request: HttpRequest, key: AccessKey, now: Date, nonce: string): HttpRequest {
  const common: Parameters = [
    ['AccessKeyId', key.accessKeyId],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureNonce', nonce],
    ['SignatureVersion', '1.0'],
    ['Timestamp', now.toISOString().replace(/\.\d+Z$/, 'Z')],
  ]
  const form = request.body === undefined ? [] : [...new URLSearchParams(request.body)]
  const all: Parameters = [...(request.query ?? []), ...form, ...common]
  const signature = ['Signature', signatureOf(request.method, all, key.accessKeySecret)] as const
  if (request.body === undefined) return { ...request, query: [...all, signature] }
  return { ...request, body: percentEncodePairs([...form, ...common, signature]) }
}

/** Base64 of HMAC-SHA1 over `METHOD&%2F&parameters`, keyed with the secret and an ampersand. */
export function signatureOf(method: string, parameters: Parameters, secret: string): string {
  const sorted = parameters.toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)))
  const toSign = `${method}&${percentEncode('/')}&${percentEncode(percentEncodePairs(sorted))}`
  return createHmac('sha1', `${secret}&`).update(toSign).digest('base64')
}

const xml = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: true,
})

function readBody(text: string, type: string): unknown {
  const trimmed = text.trimStart()
  if (trimmed.startsWith('<')) return readXml(trimmed, type)
  try {
    return JSON.parse(trimmed) as unknown
  } catch {
    return undefined
  }
}

/** The children of the root, and the root's name as `#root`; text stays text, repeats become arrays. */
function readXml(text: string, type: string): unknown {
  if (type.includes('html') || XMLValidator.validate(text) !== true) return undefined
  const [root] = Object.entries(xml.parse(text) as Record<string, unknown>)
  if (!root) return undefined
  const [name, children] = root
  return typeof children === 'object' ? { '#root': name, ...children } : { '#root': name }
}
