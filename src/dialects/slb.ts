/** The RPC API of 2014-05-15: everything is a parameter, answers come as JSON or XML. */

import type { HttpRequest, HttpResponse } from '../model.ts'
import { percentEncodePairs } from '../wire/percent-encoding.ts'
import { readJson, readXml } from '../wire/parsed-body.ts'
import { lookupOf } from './slb-lookup.ts'
import { creationOf, madeBy, removedBy } from './slb-creations.ts'
import type { Spelling } from './spelling.ts'

/** Method and format of one call. */
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

/** The wire format of an `slb` target. */
export const slbSpelling: Spelling = {
  headers: {},
  read: (text, type) => readBody(text, type),
  busy,
  unauthenticated: ({ status, body }) => status >= 400 && credentialCodes.test(errorCode(body)),
  repeatable: (request) => /^(?:Describe|List|Query)/.test(action(request)),
  creation: creationOf,
  lookup: lookupOf,
  made: madeBy,
  removals: removedBy,
}
/** `Code` of an error answer, or the empty string. */
export function errorCode(body: unknown): string {
  const code =
    typeof body === 'object' && body !== null ? (body as { Code?: unknown }).Code : undefined
  return typeof code === 'string' ? code : ''
}

const credentialCodes =
  /^(?:InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|SignatureNonceUsed|InvalidTimeStamp|IllegalTimestamp|InvalidSecurityToken|NoPermission|Forbidden\.RAM)/

/** Codes after which maintained clients of the service repeat a call: a lock or a limit, not a refusal. */
const busyCodes =
  /^(?:Throttling|Rejected\.Throttling|SystemBusy|ServiceUnavailable|ServiceIsConfiguring|ServiceIsStopping|VServerGroupProcessing|OperationBusy|BackendServer\.configuring|ProcessingSameRequest|OperationFailed\.TokenIsProcessing)/

function busy({ status, text, body }: HttpResponse): string | undefined {
  const code = errorCode(body)
  if (status >= 400 && busyCodes.test(code)) return `${code} is not an answer to the request`
  if ([429, 449, 502, 503, 504].includes(status))
    return `status ${status} is not an answer to the request`
  const page = /^\s*<(?:!doctype|html)/i.test(text)
  return page ? 'a web page is not an answer of this API' : undefined
}

function action({ query = [], body = '' }: HttpRequest): string {
  const asked = query.find(([name]) => name === 'Action')?.[1]
  return asked ?? new URLSearchParams(body).get('Action') ?? ''
}

function readBody(text: string, type: string): unknown {
  const trimmed = text.trimStart()
  return trimmed.startsWith('<') ? readXml(trimmed, type) : readJson(trimmed)
}
