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
  return slbForm(all)
}

/** A POST with these parameters in its body. */
export function slbForm(parameters: Parameters): HttpRequest {
  return {
    method: 'POST',
    path: '/',
    headers: { 'Content-Type': formType },
    body: percentEncodePairs(parameters),
  }
}

/** The wire format of an `slb` target. */
export const slbSpelling: Spelling = {
  headers: {},
  read: (text, type) => readBody(text, type),
  busy,
  unauthenticated: (response) =>
    response.status === 401 || (response.status >= 400 && credentialCodes.test(codeIn(response))),
  denied,
  repeatable: isRead,
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

/**
 * What a refusal gives as its code. No page shows the body of an error, so other spellings of the key are read
 * as well, and plain text stands for itself.
 */
function codeIn({ body, text }: HttpResponse): string {
  if (typeof body !== 'object' || body === null) return text.trim()
  const fields = body as Readonly<Record<string, unknown>>
  const inner = fields['Error'] ?? fields['error']
  const own = codeKeys.map((key) => fields[key]).find((value) => typeof value === 'string')
  if (typeof own === 'string') return own
  return typeof inner === 'object' && inner !== null
    ? codeIn({ status: 0, headers: [], text: '', body: inner })
    : ''
}

const codeKeys = ['Code', 'code', 'ErrorCode', 'errorCode', 'error_code']

const credentialCodes =
  /^(?:InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|SignatureNonceUsed|InvalidTimeStamp|IllegalTimestamp|InvalidSecurityToken)/

/**
 * Codes of a denied access: the policy of the user does not allow the action.
 *
 * @see Common error codes of SLB: Forbidden, Forbbiden.SubUser (as it is spelled there); RAM: NoPermission
 */
const denialCodes =
  /^(?:Forb(?:id|bi)den(?:$|\.(?:RAM|SubUser|Unauthori[sz]ed|AccessDenied|NoPermission))|NoPermission|AccessDenied|Unauthori[sz]ed|.*Policy(?:Denied|NotAllowed|Forbidden))/i

/** What a denial says where its code is not one of these: in the words of RAM policies, and with status 403. */
const denialWords =
  /not authorized to (?:operate|perform|access)|(?:access|permission) (?:is )?denied|(?:lacks?|does not have|no) (?:the )?(?:required )?permissions?|(?:ram|sts|resource|identity|access) polic(?:y|ies)/i

function denied(response: HttpResponse, request: HttpRequest): string | undefined {
  const { status, text } = response
  if (status < 400 || status >= 500) return undefined
  const code = codeIn(response)
  const says = denialWords.test(text) || (isRead(request) && !/^[A-Z]\w*\.?/.test(code))
  if (!denialCodes.test(code) && !(status === 403 && says)) return undefined
  const answer = /^[\w.]+$/.test(code) ? `${status} ${code}` : String(status)
  return `The credentials lack a right: ${action(request)} was answered with ${answer}.`
}

/** Codes after which maintained clients of the service repeat a call: a lock or a limit, not a refusal. */
const busyCodes =
  /^(?:Throttling|Rejected\.Throttling|SystemBusy|ServiceUnavailable|ServiceIsConfiguring|ServiceIsStopping|VServerGroupProcessing|OperationBusy|BackendServer\.configuring|ProcessingSameRequest|OperationFailed\.TokenIsProcessing)/

/**
 * A lock or a limit in other words: newer editions have codes that no table lists.
 *
 * @see Common error codes of SLB: all messages of locks name a previous operation, or say to try again later
 */
const busyWords =
  /(?:try|retry)(?: it)?(?: again)? later|previous (?:configuration|operation|request)|being (?:configured|processed|modified|accessed)|another (?:request|operation)/i

function busy(response: HttpResponse): string | undefined {
  const { status, text } = response
  const code = codeIn(response)
  if (status >= 400 && busyCodes.test(code)) {
    return `${code.slice(0, 60)} is not an answer to the request`
  }
  const isLock = [400, 409, 423].includes(status) && busyWords.test(text)
  if (isLock && !credentialCodes.test(code)) {
    return `a lock (${status}) is not an answer to the request`
  }
  if ([429, 449, 502, 503, 504].includes(status))
    return `status ${status} is not an answer to the request`
  const page = /^\s*<(?:!doctype|html)/i.test(text)
  return page ? 'a web page is not an answer of this API' : undefined
}

function isRead(request: HttpRequest): boolean {
  return /^(?:Describe|List|Query)/.test(action(request))
}

function action({ query = [], body = '' }: HttpRequest): string {
  const asked = query.find(([name]) => name === 'Action')?.[1]
  return asked ?? new URLSearchParams(body).get('Action') ?? ''
}

function readBody(text: string, type: string): unknown {
  const trimmed = text.trimStart()
  return trimmed.startsWith('<') ? readXml(trimmed, type) : readJson(trimmed)
}
