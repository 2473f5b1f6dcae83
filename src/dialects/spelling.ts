/** What the exchange must know of a dialect: how to sign, how to read, and what is not an answer. */

import type { HttpRequest, HttpResponse } from '../model.ts'

/** How one vendor puts a request on the wire and spells what comes back. */
export interface Spelling {
  /** The request with credentials: made anew for every attempt, since nonces may be used once. */
  sign(request: HttpRequest): HttpRequest
  /** The body as JSON, or XML as plain objects; `undefined` when empty or neither. */
  read(text: string, contentType: string): unknown
  /** Why this says nothing about the question (throttled, busy, a gateway's page), or `undefined`. */
  busy(response: HttpResponse): string | undefined
  /** Did the target not take our credentials? Then it has not judged the request. */
  unauthenticated(response: HttpResponse): boolean
  /** Does repeating it change nothing, even when the first answer was lost? */
  repeatable(request: HttpRequest): boolean
}
