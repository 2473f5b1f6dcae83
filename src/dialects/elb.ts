/** LBaaS v2 at `/v2.0/lbaas`: JSON both ways, errors in several shapes. */

import type { HttpRequest, HttpResponse } from '../model.ts'
import { readJson } from '../wire/parsed-body.ts'
import { isSegment, segment } from './objects.ts'
import type { Creation, Lookup, Spelling } from './spelling.ts'

const base = '/v2.0/lbaas'

/** A request below `/v2.0/lbaas`, with a JSON body where there is one. */
export function elbRequest(
  method: string,
  path: string,
  body?: unknown,
  query?: readonly (readonly [string, string])[],
): HttpRequest {
  return {
    method,
    path: base + path,
    ...(query ? { query } : {}),
    ...(body === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  }
}

/** Updating a Backend Server Group › URI. */
export function updatePool(poolId: string, body: unknown): HttpRequest {
  return elbRequest('PUT', `/pools/${segment(poolId)}`, body)
}

/** Deleting a Backend Server Group › URI. */
export function deletePool(poolId: string): HttpRequest {
  return elbRequest('DELETE', `/pools/${segment(poolId)}`)
}

/** Removing a Backend Server › URI. */
export function removeMember(poolId: string, memberId: string): HttpRequest {
  return elbRequest('DELETE', `/pools/${segment(poolId)}/members/${segment(memberId)}`)
}

/** The wire format of an `elb` target. */
export const elbSpelling: Spelling = {
  headers: { Accept: 'application/json' },
  read: (text, type) => readJson(text, type),
  busy,
  unauthenticated: ({ status }) => status === 401,
  denied,
  repeatable: ({ method }) => method === 'GET',
  creation,
  lookup,
  made: ({ path }, { body }) => {
    const [object] = Object.values((body ?? {}) as Record<string, { id?: unknown } | null>)
    if (typeof object?.id !== 'string') return []
    // What is not an id has to be known by some key as well, so that it can be reported.
    return [`${below(path)}/${isSegment(object.id) ? segment(object.id) : '%00'}`]
  },
  removals: ({ method, path }) => (method === 'DELETE' ? [below(path)] : []),
}

interface Body {
  readonly name?: unknown
  readonly pool_id?: unknown
  readonly listener_id?: unknown
  readonly loadbalancer_id?: unknown
}

/** The key of what a new object belongs to: its collection says it, or its body. */
function parentOf(path: string, body: Body | undefined): string | undefined {
  const [, pool] = /^(\/pools\/[^/]+)\/members$/.exec(below(path)) ?? []
  if (pool !== undefined) return pool
  const { pool_id, listener_id, loadbalancer_id } = body ?? {}
  if (isSegment(pool_id)) return `/pools/${segment(pool_id)}`
  if (isSegment(listener_id)) return `/listeners/${segment(listener_id)}`
  return isSegment(loadbalancer_id) ? `/loadbalancers/${segment(loadbalancer_id)}` : undefined
}

/** Everything is created by POST to its collection. */
function creation({ method, path, body = '' }: HttpRequest): Creation | undefined {
  if (method !== 'POST') return undefined
  const [object] = Object.values((readJson(body, '') ?? {}) as Record<string, Body>)
  const name = object?.name
  const kind = path.slice(path.lastIndexOf('/') + 1)
  // A rule has no name and goes with its policy.
  if (kind === 'rules') return undefined
  const parent = parentOf(path, object)
  const fields = fieldsOf(kind, object)
  return {
    kind,
    ...(typeof name === 'string' ? { name } : {}),
    ...(parent ? { parent } : {}),
    ...(fields.length > 0 ? { fields } : {}),
  }
}

/** What a caller sets and an object shows again, of each kind: by these it is known where its name tells nothing. */
const knownBy: Readonly<Record<string, readonly string[]>> = {
  members: ['address', 'protocol_port', 'subnet_id'],
  healthmonitors: ['type', 'delay', 'timeout', 'max_retries'],
  pools: ['protocol', 'lb_algorithm'],
  listeners: ['protocol', 'protocol_port'],
  l7policies: ['action'],
}

/** These fields of an object as texts: `address=192.0.2.10`. Some services show numbers as texts. */
export function fieldsOf(kind: string, object: object | null | undefined): string[] {
  const known = Object.hasOwn(knownBy, kind) ? (knownBy[kind] ?? []) : []
  const shown = new Map(Object.entries(object ?? {}) as [string, unknown][])
  return known.flatMap((field) => {
    const value = shown.get(field)
    return typeof value === 'string' || typeof value === 'number' ? [`${field}=${value}`] : []
  })
}

/** Every name is unique, so an object with the name is the one that was created. */
function lookup(request: HttpRequest): Lookup | undefined {
  const { kind = '', name } = creation(request) ?? {}
  if (name === undefined) return undefined
  const [key = ''] = Object.keys(readJson(request.body ?? '', '') as object)
  return {
    request: { method: 'GET', path: request.path, query: [['name', name]] },
    found: ({ status, headers, body }) => {
      const list = ((body ?? {}) as Record<string, unknown>)[kind]
      if (status >= 300 || !Array.isArray(list)) return 'unknown'
      const one = (list as readonly ({ name?: unknown } | null)[]).find(
        (item) => item?.name === name,
      )
      if (!one) return 'absent'
      const made = { [key]: one }
      return { status: 201, headers, text: JSON.stringify(made), body: made }
    },
  }
}

/** The path below the base: `/pools/{id}`. */
export function below(path: string): string {
  return path.startsWith(base) ? path.slice(base.length) : path
}

/**
 * What a policy engine says of credentials that are known and may not do this; any other 403 is about the object.
 *
 * @see HTTP Status Codes for Enhanced Load Balancers, Table 3, ELB.9802 to ELB.9804
 */
const denials = [
  /\bELB\.980[234]\b/,
  /\bPolicyNotAuthorized\b/,
  /\b(?:disallowed|not allowed|denied|forbidden) by (?:the |a |role |iam )*polic(?:y|ies)\b/i,
  /\bpolic(?:y|ies) (?:does not|doesn't|do not|don't) allow\b/i,
  /\b(?:not authori[sz]ed to perform|(?:lacks?|insufficient|no) (?:the |required )*(?:permissions?|privileges?))\b/i,
]

function denied({ status, text }: HttpResponse, { method, path }: HttpRequest): string | undefined {
  const [word] = denials.flatMap((one) => one.exec(text)?.[0] ?? [])
  if (status !== 403 || word === undefined) return undefined
  const place = below(path).replaceAll(/\/(?!l7)[\w.-]*\d[\w.-]*/g, '/{id}')
  return `The credentials lack a right: ${method} ${place} answered 403 with "${word}".`
}

/**
 * Does the answer to a creation say that there are too many objects, whatever was sent?
 *
 * @see HTTP Status Codes for Enhanced Load Balancers, Table 3, ELB.9807; ELB.8905 and OverQuota elsewhere
 */
export function saysQuota({ status, text }: HttpResponse): boolean {
  const isRefusal = status >= 400 && status < 500
  return isRefusal && /\bELB\.(?:9807|8905)\b|\bOverQuota\b|\bquotas?\b/i.test(text)
}

/** Does it say that there is no such object? No page names the status; some services tell what is gone from what never was. */
export function isMissing({ status }: Pick<HttpResponse, 'status'>): boolean {
  return status === 404 || status === 410
}

/** Said of another request, or of an object by its kind or id; not of a field that cannot be changed. */
const lockWords = [
  /StateInvalid|ImmutableObject|\bPENDING(?:_[A-Z]+)?\b|\block(?:ed)?\b|\bbusy\b|concurrent/i,
  /\b(?:load ?balancer|listener|pool|member|object|resource)\b[^."]{0,80}\bimmutable\b/i,
  /\bby (?:an)?other (?:request|operation|task|process|transaction|user|job|call)/i,
  /\b(?:another|previous|earlier|other) (?:request|operation|task|update|change|job|write)\b/i,
  /\bin progress\b|\b(?:try|retry|repeat)\b[^."]{0,40}\b(?:again|later)\b/i,
  /\bis (?:still |being |currently )+(?:updat|creat|delet|configur|process|provision)/i,
]

/**
 * Does the answer say that the load balancer, or something on it, takes no writes at the moment?
 *
 * Each service says so in its own words, so it is recognised by status and meaning.
 */
export function isLocked({ status, text }: HttpResponse): boolean {
  return [400, 409, 412, 423, 425].includes(status) && lockWords.some((some) => some.test(text))
}

/** 429 and 503 say "later"; 502 and 504, and a web page, come from something in between. */
function busy(response: HttpResponse, { method }: HttpRequest): string | undefined {
  const { status, headers, text } = response
  // For a write it can be the answer that the check asks about.
  if (method === 'GET' && isLocked(response))
    return 'the object is locked, so the read was not answered'
  if ([429, 502, 503, 504].includes(status))
    return `status ${status} is not an answer to the request`
  const page = /^\s*<(?:!doctype|html)/i.test(text)
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (page && (status < 300 || status >= 500)) return 'a web page is not an answer of this API'
  return status < 300 && text !== '' && type.startsWith('text/html')
    ? 'a web page is not an answer of this API'
    : undefined
}
