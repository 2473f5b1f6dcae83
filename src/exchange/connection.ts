/** An open way to a target, and how long it may be used. */

import type { Breaker } from './circuit-breaker.ts'
import type { Signer } from '../credentials/signer.ts'
import type { Spelling } from '../dialects/spelling.ts'
import type { HttpRequest, HttpResponse, Purpose } from '../model.ts'
import { percentEncodePairs } from '../wire/percent-encoding.ts'
import type { Redact } from './redact.ts'
import type { Wire } from '../wire/wire.ts'

/** An open way to a target. */
export interface Connection {
  /** How messages call the target. */
  readonly name: string
  /** Without a trailing slash. */
  readonly endpoint: string
  readonly wire: Wire
  readonly spelling: Spelling
  readonly signer: Signer
  readonly redact: Redact
  readonly requestMilliseconds: number
  /** How long a request may be repeated while there is no answer to it. */
  readonly patienceMilliseconds: number
  /** Resolves when the next request may go out, or when the signal says that none may. */
  readonly pace: (over?: AbortSignal) => Promise<void>
  /** Where creations are noted before they are asked for, and removals when they are done. */
  readonly note?: Note
  /** Aborted when the whole run is over its time: nothing more is asked. */
  readonly over?: AbortSignal
  /** Aborted a little later: until then a write that is under way may still tell what it made. */
  readonly late?: AbortSignal
  /** Told of every exchange; once it has given the run up, clean-up is asked for once and no more. */
  readonly breaker?: Breaker
  /** Aborted when even clean-up has had its time. */
  readonly end?: AbortSignal
}

/** Told before a request goes out; what it returns is told what came back, if anything did. */
export type Note = (purpose: Purpose, request: HttpRequest) => (answer?: HttpResponse) => void

/** Endpoint, path and query; never another host than the target's own. */
export function address({ endpoint }: Connection, { path, query = [] }: HttpRequest): string {
  if (!path.startsWith('/')) throw new Error(`A path starts with a slash, ${path} does not.`)
  const search = percentEncodePairs(query)
  return endpoint + path + (search === '' ? '' : `?${search}`)
}

/** Would sending it twice do no harm? What is taken away, or set for a fixture, may be so twice. */
export function mayRepeat(
  { spelling }: Connection,
  purpose: Purpose,
  request: HttpRequest,
): boolean {
  if (purpose === 'clean-up' || spelling.repeatable(request)) return true
  return purpose === 'arrange' && request.method === 'PUT'
}

/** Until when one request may go out, and until when it may be on its way. */
export interface Time {
  readonly over?: AbortSignal | undefined
  readonly cut?: AbortSignal | undefined
}

/** What is made has to be removed, also when the time for questions is over. */
export function timeFor(
  { over, late, end, spelling }: Connection,
  purpose: Purpose,
  request: HttpRequest,
): Time {
  if (purpose === 'clean-up') return { over: end, cut: end }
  return { over, cut: spelling.repeatable(request) ? over : (late ?? over) }
}
