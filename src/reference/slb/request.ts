/** Parses a request into the call that rules and effects receive. */

import type { Call } from '../rule.ts'
import type { RawRequest } from '../server.ts'
import { isHeaderSigned, parametersIn } from './header-signature.ts'
import { keyById } from './keys.ts'

/** What the server adds to a request: its prefix, its clock, and the id of the request. */
export interface Arrival {
  readonly prefix: string
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly requestId: string
}

type Pairs = readonly (readonly [name: string, value: string])[]

/** The header in which the gateway passes on the id of the request. */
const requestIdHeader = 'x-acs-request-id'

/**
 * Parses a request: parameters come from the query string and, with POST, also from a form.
 *
 * Clients use all three: GET with a query, POST with a query, POST with a form.
 */
export function readCall(request: RawRequest, { prefix, now, requestId }: Arrival): Call {
  const [whole = '', search = ''] = request.url.split(/\?(.*)/s, 2)
  const query = decoded(search)
  const sent = Object.fromEntries([...query, ...formOf(request)])
  const { headers } = request
  const parameters = isHeaderSigned(headers) ? { ...sent, ...parametersIn(headers) } : sent
  return {
    method: request.method,
    path: below(prefix, whole),
    parameters,
    query,
    headers: { ...request.headers, [requestIdHeader]: requestId },
    text: request.body,
    body: undefined,
    project: keyById(parameters['AccessKeyId'])?.account,
    now,
  }
}

/** The request id of the answer to this call. */
export function requestIdOf(call: Call): string {
  return call.headers[requestIdHeader] ?? ''
}

/** Does the caller want XML? Without a format the answer is JSON. */
export function wantsXml(call: Call): boolean {
  return call.parameters['Format']?.toUpperCase() === 'XML'
}

/** `/` for the prefix itself, with or without a slash; empty for a path outside of it. */
function below(prefix: string, path: string): string {
  return path.startsWith(prefix) ? path.slice(prefix.length) || '/' : ''
}

function formOf({ method, headers, body }: RawRequest): Pairs {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  return method === 'POST' && isForm ? decoded(body) : []
}

function decoded(text: string): Pairs {
  return [...new URLSearchParams(text)]
}
