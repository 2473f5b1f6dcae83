/** Target and request to exchange: the one door to the network. */

import type { Breaker } from './breaker.ts'
import type { Spelling } from './dialects/spelling.ts'
import { recorded } from './evidence.ts'
import {
  NoAnswer,
  type Exchange,
  type HttpRequest,
  type HttpResponse,
  type Purpose,
  type RecordedExchange,
} from './model.ts'
import { pauseBefore, pauseUnless, perhapsDone, retryAfter } from './patience.ts'
import { percentEncodePairs } from './percent.ts'
import type { Redact } from './redact.ts'
import { isTrouble, neverSent, told, whyOver } from './trouble.ts'
import type { Wire } from './wire.ts'

/** An open way to a target. */
export interface Connection {
  /** How messages call the target. */
  readonly name: string
  /** Without a trailing slash. */
  readonly endpoint: string
  readonly wire: Wire
  readonly spelling: Spelling
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

/** Where evidence goes. */
export type Record = (exchange: RecordedExchange) => void

/**
 * Sends one request and brings back the answer, after as many attempts as patience allows.
 *
 * Repeated are only requests that got no answer to their question: throttled, busy, a gateway's
 * error. One whose answer was lost is repeated only if that cannot change anything, or if a look shows
 * that what it was to make is not there; if it is there, what was seen stands for the answer.
 *
 * @throws {NoAnswer} When none came, or one that says nothing about the question.
 */
export async function exchange(
  connection: Connection,
  purpose: Purpose,
  request: HttpRequest,
  record: Record = () => undefined,
): Promise<Exchange> {
  const { over, cut } = timeFor(connection, purpose, request)
  // What is not going to be sent makes nothing.
  let noted = over?.aborted ? undefined : connection.note?.(purpose, request)
  const lost = () => {
    noted?.()
    noted = connection.note?.(purpose, request)
  }
  try {
    const answer = await patiently({ connection, purpose, request, record, lost })
    connection.breaker?.heard()
    noted?.(answer)
    return answer
  } catch (error) {
    noted?.()
    const unanswered = error instanceof NoAnswer && !over?.aborted && !cut?.aborted
    if (unanswered) connection.breaker?.heard(error.message)
    throw error
  }
}

/** One exchange, while it lasts. */
interface Course {
  readonly connection: Connection
  readonly purpose: Purpose
  readonly request: HttpRequest
  readonly record: Record
  /** Called before a creation is repeated whose first answer was lost. */
  readonly lost: () => void
}

async function patiently(course: Course): Promise<Exchange> {
  const { connection, purpose, request, record } = course
  const started = performance.now()
  const deadline = started + patienceFor(connection, purpose)
  const time = timeFor(connection, purpose, request)
  let earlier: string | undefined
  for (let attempt = 0; ; attempt += 1) {
    await connection.pace(time.over)
    const got = await once(connection, purpose, request, time)
    const wait = pauseBefore(attempt, got.retryAfter)
    const inTime = performance.now() + wait < deadline && !time.over?.aborted
    if (inTime && (got.repeat || got.lost)) await pauseUnless(time.over, wait)
    const seen = got.lost && inTime ? await afterLoss(course) : undefined
    const again = inTime && (got.repeat || seen === 'absent')
    if (!again) {
      const came: Attempt = typeof seen === 'object' ? { response: seen, repeat: false } : got
      const trouble = typeof seen === 'object' ? `${got.trouble ?? ''}: ${wasMade}` : got.trouble
      const noted = { ...came, ...repeated(attempt, trouble ?? earlier) }
      const milliseconds = performance.now() - started
      const url = address(connection, request)
      record(recorded(connection.redact, purpose, { ...request, url }, noted, milliseconds))
      if (came.trouble !== undefined || !came.response) throw noAnswer(connection, request, got)
      return { purpose, request, ...came.response }
    }
    if (seen === 'absent') course.lost()
    earlier = got.trouble
  }
}

const wasMade = 'a look showed that it was made'

/**
 * Was it done? Asked only of what fixtures make: a question whose answer was lost has none.
 *
 * @returns what stands for the answer; `absent` when it may be asked for again.
 */
async function afterLoss(course: Course): Promise<HttpResponse | 'absent' | 'unknown'> {
  const { connection, purpose, request } = course
  const lookup = purpose === 'arrange' ? connection.spelling.lookup(request) : undefined
  if (!lookup) return 'unknown'
  try {
    const look = { ...course, request: lookup.request, lost: () => undefined }
    return lookup.found(await patiently(look))
  } catch (error) {
    if (error instanceof NoAnswer) return 'unknown'
    throw error
  }
}

/** Of a target that was given up on nothing is expected: clean-up is tried once. */
function patienceFor({ breaker, patienceMilliseconds }: Connection, purpose: Purpose): number {
  return purpose === 'clean-up' && breaker?.signal.aborted ? 0 : patienceMilliseconds
}

/** Would sending it twice do no harm? What is taken away, or set for a fixture, may be so twice. */
function mayRepeat({ spelling }: Connection, purpose: Purpose, request: HttpRequest): boolean {
  if (purpose === 'clean-up' || spelling.repeatable(request)) return true
  return purpose === 'arrange' && request.method === 'PUT'
}

/** Until when one request may go out, and until when it may be on its way. */
interface Time {
  readonly over?: AbortSignal | undefined
  readonly cut?: AbortSignal | undefined
}

/** What is made has to be removed, also when the time for questions is over. */
function timeFor(
  { over, late, end, spelling }: Connection,
  purpose: Purpose,
  request: HttpRequest,
): Time {
  if (purpose === 'clean-up') return { over: end, cut: end }
  return { over, cut: spelling.repeatable(request) ? over : (late ?? over) }
}

/** What the evidence says of an exchange that took more than one attempt. */
function repeated(repeats: number, trouble: string | undefined): Pick<Attempt, 'trouble'> {
  if (trouble === undefined) return {}
  return { trouble: repeats === 0 ? trouble : `${trouble} (asked ${repeats + 1} times)` }
}

/** What one attempt came to. */
interface Attempt {
  readonly response?: HttpResponse
  /** Why this is no answer. */
  readonly trouble?: string
  /** May the request be sent again? */
  readonly repeat: boolean
  /** It may have been done, and nobody knows. */
  readonly lost?: boolean
  /** Milliseconds the target asked us to wait. */
  readonly retryAfter?: number
}

async function once(
  connection: Connection,
  purpose: Purpose,
  request: HttpRequest,
  { over, cut }: Time,
): Promise<Attempt> {
  const { spelling, requestMilliseconds } = connection
  if (over?.aborted) return { trouble: whyOver(over), repeat: false }
  const deadline = () => {
    const own = AbortSignal.timeout(requestMilliseconds)
    return cut ? AbortSignal.any([own, cut]) : own
  }
  const harmless = mayRepeat(connection, purpose, request)
  try {
    const signed = spelling.sign(request)
    const way = { ...signed, url: address(connection, signed) }
    const raw = await connection.wire(way, deadline)
    const type = header(raw.headers, 'content-type') ?? ''
    // Checks read the body as it came, but say only what may be said of it.
    const text = connection.redact(raw.text)
    const response = { ...raw, text, body: spelling.read(raw.text, type) }
    return judged(spelling, response, type, request, harmless)
  } catch (error) {
    if (cut?.aborted && (error === cut.reason || isTrouble(error))) {
      return { trouble: whyOver(cut), repeat: false }
    }
    if (!isTrouble(error)) throw error
    const repeat = harmless || neverSent(error)
    return { trouble: told(error, requestMilliseconds), repeat, lost: !repeat }
  }
}

/** @param harmless - Would sending it twice do no harm? */
function judged(
  spelling: Spelling,
  response: HttpResponse,
  type: string,
  request: HttpRequest,
  harmless: boolean,
): Attempt {
  const busy = spelling.busy(response, request)
  if (busy !== undefined) {
    const after = retryAfter(header(response.headers, 'retry-after'))
    const repeat = harmless || !perhapsDone(response)
    const wait = after > 0 ? { retryAfter: after } : {}
    return { response, trouble: busy, repeat, lost: !repeat, ...wait }
  }
  if (!request.credentials && spelling.unauthenticated(response)) {
    return { response, trouble: 'it does not take these credentials', repeat: false }
  }
  if (!request.mayRedirect && response.status >= 300 && response.status < 400) {
    return { response, trouble: 'a redirect is not followed, and no answer', repeat: false }
  }
  if (response.status < 300 && response.text !== '' && response.body === undefined) {
    const trouble = `its body is not what ${type || 'no content type'} promises`
    return { response, trouble, repeat: false, lost: !harmless }
  }
  return { response, repeat: false }
}

/** Endpoint, path and query; never another host than the target's own. */
function address({ endpoint }: Connection, { path, query = [] }: HttpRequest): string {
  if (!path.startsWith('/')) throw new Error(`A path starts with a slash, ${path} does not.`)
  const search = percentEncodePairs(query)
  return endpoint + path + (search === '' ? '' : `?${search}`)
}

function noAnswer(connection: Connection, request: HttpRequest, got: Attempt): NoAnswer {
  const target = `${request.method} ${address(connection, request)}`
  const said = got.response ? `answered ${got.response.status} to` : 'did not answer'
  return new NoAnswer(
    connection.redact(`${connection.name} ${said} ${target}: ${got.trouble ?? 'no reason known'}.`),
  )
}

/** The value of a header, by its name in lower case. */
export function header(
  headers: readonly (readonly [name: string, value: string])[],
  name: string,
): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1]
}
