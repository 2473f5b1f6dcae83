/** Target and request to exchange: the one door to the network. */

import { attempt, notTaken, type Attempt } from './attempt.ts'
import { address, timeFor, type Connection } from './connection.ts'
import { recorded } from './evidence.ts'
import {
  NoAnswer,
  type Exchange,
  type HttpRequest,
  type HttpResponse,
  type Purpose,
  type RecordedExchange,
} from '../model.ts'
import { pauseBefore, pauseUnless } from './retry.ts'

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
  let renewed = false
  for (let earlierOnes = 0; ; earlierOnes += 1) {
    await connection.pace(time.over)
    const got = await attempt(connection, purpose, request, time)
    if (got.refused && !renewed && connection.signer.renew?.(got.refused)) {
      // Whoever does not know us has not judged the request, so it is asked again, and only once.
      renewed = true
      earlier = got.trouble ?? notTaken
      continue
    }
    const wait = pauseBefore(earlierOnes, got.retryAfter)
    const inTime = performance.now() + wait < deadline && !time.over?.aborted
    if (inTime && (got.repeat || got.lost)) await pauseUnless(time.over, wait)
    const seen = got.lost && inTime ? await afterLoss(course) : undefined
    const again = inTime && (got.repeat || seen === 'absent')
    if (!again) {
      const came: Attempt = typeof seen === 'object' ? { response: seen, repeat: false } : got
      const trouble = typeof seen === 'object' ? `${got.trouble ?? ''}: ${wasMade}` : got.trouble
      const noted = { ...came, ...repeated(earlierOnes, trouble ?? earlier) }
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

/** What the evidence says of an exchange that took more than one attempt. */
function repeated(repeats: number, trouble: string | undefined): Pick<Attempt, 'trouble'> {
  if (trouble === undefined) return {}
  return { trouble: repeats === 0 ? trouble : `${trouble} (asked ${repeats + 1} times)` }
}

function noAnswer(connection: Connection, request: HttpRequest, got: Attempt): NoAnswer {
  const target = `${request.method} ${address(connection, request)}`
  const silent = got.unsigned ? 'was not asked' : 'did not answer'
  const said = got.response ? `answered ${got.response.status} to` : silent
  return new NoAnswer(
    connection.redact(`${connection.name} ${said} ${target}: ${got.trouble ?? 'no reason known'}.`),
  )
}
