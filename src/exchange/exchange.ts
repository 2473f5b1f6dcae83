/** From a target and a request to an exchange: every request of the program goes through here. */

import { attempt, notTaken, type Attempt } from './attempt.ts'
import { address, mayRepeat, timeFor, type Connection } from './connection.ts'
import { recorded } from './evidence.ts'
import {
  Denied,
  NoAnswer,
  type Exchange,
  type HttpRequest,
  type HttpResponse,
  type Purpose,
  type RecordedExchange,
} from '../model.ts'
import { doneBefore, noAnswer, repeated, wasMade } from './no-answer.ts'
import { replayed } from './replay.ts'
import { pauseBefore, systemClock } from './retry.ts'

/** Where evidence goes. */
export type Record = (exchange: RecordedExchange) => void

/**
 * Sends one request and returns the answer, after as many attempts as `patienceMilliseconds` allows.
 *
 * Only requests without an answer to their question are repeated: throttled, busy, a gateway's
 * error. A request whose answer was lost is repeated only if that cannot change anything, or if a read
 * shows that the object it should create does not exist. If the object exists, that read is used as the answer.
 *
 * @throws {NoAnswer} When no answer came, or one that does not answer the request.
 */
export async function exchange(
  connection: Connection,
  purpose: Purpose,
  request: HttpRequest,
  record: Record = () => undefined,
): Promise<Exchange> {
  const { replaying } = connection
  if (replaying) return replayed(connection, replaying, purpose, request, record)
  await guarded(connection, purpose, request, record)
  const { over, cut } = timeFor(connection, purpose, request)
  // A request that will not be sent creates nothing, so the journal does not need it.
  let noted = over?.aborted ? undefined : connection.note?.(purpose, request)
  const lost = () => {
    noted?.()
    noted = connection.note?.(purpose, request)
  }
  try {
    const answer = await patiently({ connection, purpose, request, record, lost })
    connection.breaker?.heard()
    noted?.(answer)
    connection.guard?.after(purpose, request, answer)
    return answer
  } catch (error) {
    noted?.(error instanceof Denied ? error.response : undefined)
    if (error instanceof NoAnswer) connection.guard?.after(purpose, request)
    if (error instanceof Denied) connection.breaker?.heard()
    else if (error instanceof NoAnswer && !over?.aborted && !cut?.aborted) {
      connection.breaker?.heard(error.message)
    }
    throw error
  }
}

/** The looks that it takes to see whose the objects are that this request names. */
async function guarded(
  connection: Connection,
  purpose: Purpose,
  request: HttpRequest,
  record: Record,
): Promise<void> {
  const why = purpose === 'clean-up' ? purpose : 'arrange'
  await connection.guard?.before(purpose, request, (look) =>
    patiently({ connection, purpose: why, request: look, record, lost: () => undefined }),
  )
}

/** One exchange in progress, with all its attempts. */
interface Course {
  readonly connection: Connection
  readonly purpose: Purpose
  readonly request: HttpRequest
  readonly record: Record
  /** Called before a creation is repeated because the first answer was lost. */
  readonly lost: () => void
}

async function patiently(course: Course): Promise<Exchange> {
  const { connection, purpose, request, record } = course
  const { clock = systemClock } = connection
  const started = clock.now()
  const deadline = started + patienceFor(connection, purpose)
  const time = timeFor(connection, purpose, request)
  let earlier: string | undefined
  let renewed = false
  let failures = 0
  let mayBeDone = false
  let pages = 0
  let locks = 0
  for (let earlierOnes = 0; ; earlierOnes += 1) {
    await connection.pace(time.over)
    let got = await attempt(connection, purpose, request, time)
    if (got.refused && !renewed && connection.signer.renew?.(got.refused)) {
      // A 401 is not an answer to the request, so it is sent once more with new credentials.
      renewed = true
      earlier = got.trouble ?? notTaken
      continue
    }
    if (mayBeDone && looksDoneBefore(course, got)) got = { ...got, trouble: doneBefore, lost: true }
    const wait = pauseBefore(earlierOnes, got.retryAfter)
    const inTime = clock.now() + wait < deadline && !time.over?.aborted
    const failure: Failure = failures < mostFailures(purpose) ? failureIn(course, got) : undefined
    if (failure !== undefined) failures += 1
    if (isPageForStranger(course, got)) pages += 1
    if (isLock(got)) locks += 1
    const repeat = (got.repeat && pages <= mostPages) || failure === 'repeat'
    const lost = got.lost === true || failure === 'lost' || mayHaveMade(course, got)
    if (inTime && (repeat || lost)) await clock.pause(time.over, wait)
    const seen = lost && inTime ? await afterLoss(course) : undefined
    const again = inTime && typeof seen !== 'object' && (repeat || seen === 'absent')
    if (!again) {
      const came: Attempt = typeof seen === 'object' ? { response: seen, repeat: false } : got
      const first = got.trouble ?? 'it answered 500'
      const trouble = typeof seen === 'object' ? `${first}: ${wasMade}` : got.trouble
      const noted = { ...came, ...repeated(earlierOnes, trouble ?? earlier) }
      const milliseconds = clock.now() - started
      const url = address(connection, request)
      const sent = { ...request, url, carrier: connection.signer.carrier }
      record(recorded(connection.redact, purpose, sent, noted, milliseconds))
      if (came.trouble !== undefined || !came.response) throw noAnswer(connection, request, got)
      if (locks > 0 && locks === earlierOnes) connection.sawLock?.(milliseconds)
      return { purpose, request, ...came.response }
    }
    if (seen === 'absent') course.lost()
    const isLater = got.response?.status === 503 && !mayRepeat(connection, purpose, request)
    mayBeDone = seen !== 'absent' && (mayBeDone || isLater)
    earlier = got.trouble ?? 'it answered 500'
  }
}

/** Is it taken up with another write, which goes by as fast as the target works? A limit does not. */
function isLock({ repeat, response }: Attempt): boolean {
  const isRefusal = response !== undefined && [400, 409, 423].includes(response.status)
  return repeat && isRefusal && !/throttl/i.test(response.text)
}

/** Before the creation of a fixture is sent again after a 503, a read shows whether it was made: there would be two of it. */
function mayHaveMade({ connection, request, purpose }: Course, { response }: Attempt): boolean {
  if (response?.status !== 503 || purpose !== 'arrange') return false
  return connection.spelling.lookup(request) !== undefined
}

/** After a 503 that did what was asked, a second deletion finds nothing, and a second creation is in the way of the first. */
function looksDoneBefore({ connection, request }: Course, { response, trouble }: Attempt): boolean {
  if (trouble !== undefined || response === undefined) return false
  const { status, text } = response
  if (request.method === 'DELETE') return status === 404 || status === 410
  const isThere = status === 409 || (status === 400 && /already|duplicate|\bexists\b/i.test(text))
  return isThere && connection.spelling.creation(request) !== undefined
}

/** A gateway that refuses a wrong signature with a page of its own refuses it every time. */
const mostPages = 2

/** Did something on the way refuse a request that is to be refused? What the API says to it is not known then. */
function isPageForStranger({ request }: Course, { response, trouble }: Attempt): boolean {
  const { status = 0, text = '' } = response ?? {}
  const isPage = [400, 401, 403].includes(status) && /^\s*<(?:!doctype|html)/i.test(text)
  return trouble !== undefined && isPage && isToBeRefused(request)
}

function isToBeRefused({ credentials }: HttpRequest): boolean {
  if (typeof credentials !== 'object') return credentials !== undefined && credentials !== 'other'
  return [credentials.without, credentials.aged, credentials.again].some((one) => one !== undefined)
}

/** What may be done after a 500. */
type Failure = 'repeat' | 'lost' | undefined

/** What clean-up does not remove costs more than one request more. */
function mostFailures(purpose: Purpose): number {
  return purpose === 'clean-up' ? 2 : 1
}

/**
 * A 500 is asked again once, and in clean-up twice, where that cannot do anything twice: reads, removals of clean-up, and creations of
 * fixtures that a read shows not to have taken effect. The last 500 is the answer.
 *
 * @returns as an attempt says it: `repeat`, or `lost` when a read has to show whether it took effect.
 */
function failureIn(course: Course, { response, trouble }: Attempt): Failure {
  if (response?.status !== 500 || trouble !== undefined) return undefined
  const { connection, purpose, request } = course
  if (mayRepeat(connection, purpose, request)) return 'repeat'
  return purpose === 'arrange' && connection.spelling.lookup(request) ? 'lost' : undefined
}

/**
 * Reads whether a creation took effect. Only for requests of fixtures: a check's own request whose answer
 * was lost stays unanswered.
 *
 * @returns a response to use as the answer; `absent` when the request may be repeated.
 */
async function afterLoss(course: Course): Promise<HttpResponse | 'absent' | 'unknown'> {
  const { connection, purpose, request } = course
  const lookup = purpose === 'arrange' ? connection.spelling.lookup(request) : undefined
  if (!lookup) return 'unknown'
  try {
    const look = { ...course, request: lookup.request, lost: () => undefined }
    const found = lookup.found(await patiently(look))
    return typeof found === 'object' && isNamesake(connection, request, found) ? 'unknown' : found
  } catch (error) {
    if (error instanceof NoAnswer) return 'unknown'
    throw error
  }
}

/** Does the name belong to something that this run made before? Then it does not show the result of this request. */
function isNamesake(
  { spelling, guard }: Connection,
  request: HttpRequest,
  found: HttpResponse,
): boolean {
  const own = spelling.creation(request)?.keys ?? []
  return spelling.made(request, found).some((key) => !own.includes(key) && guard?.knows(key))
}

/** Once the circuit breaker is open, clean-up requests are sent once and not repeated. */
function patienceFor({ breaker, patienceMilliseconds }: Connection, purpose: Purpose): number {
  return purpose === 'clean-up' && breaker?.signal.aborted ? 0 : patienceMilliseconds
}
