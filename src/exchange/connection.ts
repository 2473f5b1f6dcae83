/** A connection to a target, and how long it may be used. */

import type { Breaker } from './circuit-breaker.ts'
import type { Signer } from '../credentials/signer.ts'
import type { Spelling } from '../dialects/spelling.ts'
import { Unarranged, type HttpRequest, type HttpResponse, type Purpose } from '../model.ts'
import { percentEncodePairs } from '../wire/percent-encoding.ts'
import type { Redact } from './redact.ts'
import type { Replaying } from './recorded-answers.ts'
import type { Clock } from './clock.ts'
import type { Wire } from '../wire/wire.ts'

/** A connection to one target. */
export interface Connection {
  /** The target's name in messages. */
  readonly name: string
  /** Without a trailing slash. */
  readonly endpoint: string
  readonly wire: Wire
  readonly spelling: Spelling
  readonly signer: Signer
  readonly redact: Redact
  /** Called with every signature before it is sent: `redact` masks it from then on. */
  readonly learnSignature?: (signature: string) => void
  readonly requestMilliseconds: number
  /** How long a request may be repeated while there is no answer to it. */
  readonly patienceMilliseconds: number
  /** The clock of the machine, unless a test brings another. */
  readonly clock?: Clock
  /** Resolves when the next request may go out, or when the signal says that none may. */
  readonly pace: (over?: AbortSignal) => Promise<void>
  /** Records creations before they are sent, and removals once they are done. */
  readonly note?: Note
  /** Keeps writes away from what this run did not make. */
  readonly guard?: Guard
  /** Aborted at the time limit of the run: no further request is sent, except for clean-up. */
  readonly over?: AbortSignal
  /** Aborted a little later: until then a write in progress may still return what it created. */
  readonly late?: AbortSignal
  /** Told for how many milliseconds a request had to wait because the target was still taken up with another write. */
  readonly sawLock?: (milliseconds: number) => void
  /** Counts exchanges without an answer; once it is open, clean-up requests are sent only once. */
  readonly breaker?: Breaker
  /** Aborted at the time limit of clean-up. */
  readonly end?: AbortSignal
  /** Where answers come from when nothing is sent. */
  readonly replaying?: Replaying
}

/** Called before a request is sent; the returned function is called with the answer, if one came. */
export type Note = (purpose: Purpose, request: HttpRequest) => (answer?: HttpResponse) => void

/** Keeps writes away from what no look has shown to be this run's. */
export interface Guard {
  /**
   * Asked before a request goes out.
   *
   * @param look - Sends a read, as a part of the same exchange.
   * @throws {AssertionError} When the target has called something ours that is not.
   * @throws {Unarranged} When it cannot be seen whose it is. In both cases the request is not sent.
   */
  before(
    purpose: Purpose,
    request: HttpRequest,
    look: (request: HttpRequest) => Promise<HttpResponse>,
  ): Promise<void>
  /**
   * Told what came back, or that nothing did.
   *
   * @throws {AssertionError} When the answer to a creation has an id that no object can have, or that another object has.
   */
  after(purpose: Purpose, request: HttpRequest, answer?: HttpResponse): void
  /** Is this the key of something that this run has made already? */
  knows(key: string): boolean
}

/** Whatever resolves `.` and `..` would take this for another path. */
const leadsElsewhere = /(?:^|[/\\])(?:\.|%2e){1,2}(?=$|[/\\])/i

/** Endpoint, path and query: always on the target's own host. */
export function address({ endpoint }: Connection, { path, query = [] }: HttpRequest): string {
  if (!path.startsWith('/')) throw new Error(`A path must start with a slash: ${path}.`)
  if (leadsElsewhere.test(path)) {
    throw new Unarranged(`The path ${path} is not sent: a segment is only dots.`)
  }
  const search = percentEncodePairs(query)
  return endpoint + path + (search === '' ? '' : `?${search}`)
}

/** Is it safe to send it twice? So are removals by clean-up, and values set by a fixture. */
export function mayRepeat(
  { spelling }: Pick<Connection, 'spelling'>,
  purpose: Purpose,
  request: HttpRequest,
): boolean {
  if (purpose === 'clean-up' || spelling.repeatable(request)) return true
  return purpose === 'arrange' && request.method === 'PUT'
}

/** Until when a request may be started (`over`), and until when it may take (`cut`). */
export interface Time {
  readonly over?: AbortSignal | undefined
  readonly cut?: AbortSignal | undefined
}

/** Clean-up has a time limit of its own: what was created is removed also after the run's limit. */
export function timeFor(
  { over, late, end, spelling }: Connection,
  purpose: Purpose,
  request: HttpRequest,
): Time {
  if (purpose === 'clean-up') return { over: end, cut: end }
  return { over, cut: spelling.repeatable(request) ? over : (late ?? over) }
}
