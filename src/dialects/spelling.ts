/** What the exchange must know of a dialect: how to read, and what is not an answer. */

import type { HttpRequest, HttpResponse } from '../model.ts'

/** What a request makes, or what it puts into something: it has to be taken away again. */
export interface Creation {
  /** In the vendor's words: `pools`, `VServerGroup`. */
  readonly kind: string
  /** The name that the request gives it, where it gives one. */
  readonly name?: string
  /** Known before the answer where the request itself names it, as it does a listener's port. */
  readonly keys?: readonly string[]
}

/** Looking whether something was made, although the answer to its creation was lost. */
export interface Lookup {
  /** A read. */
  readonly request: HttpRequest
  /** What its creation would have answered; or that it is not there, or that this does not tell. */
  found(seen: HttpResponse): HttpResponse | 'absent' | 'unknown'
}

/** How one vendor puts a request on the wire and spells what comes back. */
export interface Spelling {
  /** What goes with each request that does not say otherwise. */
  readonly headers: Readonly<Record<string, string>>
  /** The body as JSON, or XML as plain objects; `undefined` when empty or neither. */
  read(text: string, contentType: string): unknown
  /** Why this says nothing about the question (throttled, busy, a gateway's page), or `undefined`. */
  busy(response: HttpResponse, request: HttpRequest): string | undefined
  /** Did the target not take our credentials? Then it has not judged the request. */
  unauthenticated(response: HttpResponse): boolean
  /** Does repeating it change nothing, even when the first answer was lost? */
  repeatable(request: HttpRequest): boolean
  /** What this request would make, or `undefined` when it makes nothing. */
  creation(request: HttpRequest): Creation | undefined
  /** How to look for what a creation made, or `undefined` where it cannot be told from others. */
  lookup(request: HttpRequest): Lookup | undefined
  /** What an answer says was made: the key under which `removals` knows it again. */
  made(request: HttpRequest, response: HttpResponse): readonly string[]
  /** The keys of what this request removes. */
  removals(request: HttpRequest): readonly string[]
}
