/** From what arrived to the call that rules and effects see. */

import type { Call } from '../rule.ts'
import type { RawRequest } from '../server.ts'
import { isHeaderSigned, parametersIn } from './header-signature.ts'
import { keyById } from './keys.ts'

/** What the server adds of its own: where it lives, its clock, and one id for each request. */
export interface Arrival {
  readonly prefix: string
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly requestId: string
}

type Pairs = readonly (readonly [name: string, value: string])[]

/** The header under which the gateway hands the request's id on. */
const requestIdHeader = 'x-acs-request-id'

/**
 * Reads a request: parameters from the query string and, with POST, from a form as well.
 *
 * Clients in use send all three: GET with a query, POST with a query, POST with a form.
 */
export function readCall(request: RawRequest, { prefix, now, requestId }: Arrival): Call {
  const [whole = '', search = ''] = request.url.split(/\?(.*)/s, 2)
  const query = decoded(search)
  const said = Object.fromEntries([...query, ...formOf(request)])
  const { headers } = request
  const parameters = isHeaderSigned(headers) ? { ...said, ...parametersIn(headers) } : said
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

/** The id that the answer to this call carries. */
export function requestIdOf(call: Call): string {
  return call.headers[requestIdHeader] ?? ''
}

/** Does the caller want XML? JSON is what everybody else gets. */
export function wantsXml(call: Call): boolean {
  return call.parameters['Format']?.toUpperCase() === 'XML'
}

/** `/` for the prefix itself, with or without a slash; empty for what lies outside. */
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
