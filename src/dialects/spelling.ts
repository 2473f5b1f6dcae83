/** What the exchange needs to know about a dialect: how to parse, and what is not an answer. */

import type { HttpRequest, HttpResponse } from '../model.ts'

/** What a request creates, and clean-up therefore has to remove. */
export interface Creation {
  /** In the vendor's words: `pools`, `VServerGroup`. */
  readonly kind: string
  /** The name in the request, if it gives one. */
  readonly name?: string
  /** Known before the answer where the request itself names it, as with a listener's port. */
  readonly keys?: readonly string[]
  /** The key of the object that it will belong to. */
  readonly parent?: string
  /** By which it is known, beside its name, when the answer is lost: `address=192.0.2.10`. */
  readonly fields?: readonly string[]
}

/** How to read whether something was created although the answer was lost. */
export interface Lookup {
  /** A read. */
  readonly request: HttpRequest
  /** The answer that the creation would have had; or that it does not exist, or that this read does not show it. */
  found(seen: HttpResponse): HttpResponse | 'absent' | 'unknown'
}

/** The wire format of one dialect. */
export interface Spelling {
  /** Default headers of each request. */
  readonly headers: Readonly<Record<string, string>>
  /** The body as JSON, or XML as plain objects; `undefined` when empty or neither. */
  read(text: string, contentType: string): unknown
  /** Why this is not an answer to the request (throttled, busy, a gateway's page), or `undefined`. */
  busy(response: HttpResponse, request: HttpRequest): string | undefined
  /** Did the target reject our credentials? Then it has not looked at the request itself. */
  unauthenticated(response: HttpResponse): boolean
  /**
   * Which right the credentials lack, as a sentence that is the same for every request of its kind; `undefined`
   * when the answer says no such thing.
   */
  denied?(response: HttpResponse, request: HttpRequest): string | undefined
  /** Is it safe to repeat, even when the first answer was lost? */
  repeatable(request: HttpRequest): boolean
  /** What this request would create, or `undefined` when it creates nothing. */
  creation(request: HttpRequest): Creation | undefined
  /** How to find what a request created, or `undefined` where it cannot be recognised. */
  lookup(request: HttpRequest): Lookup | undefined
  /** The keys of what an answer says was created, as in `removals`. */
  made(request: HttpRequest, response: HttpResponse): readonly string[]
  /** The keys of what this request removes. */
  removals(request: HttpRequest): readonly string[]
}
