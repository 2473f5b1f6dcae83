/** An exchange that took place before: nothing is sent, and the answer is the recorded one. */

import { judged, type Attempt } from './attempt.ts'
import { address, mayRepeat, type Connection } from './connection.ts'
import { doneBefore, lastTrouble, noAnswer, wasMade } from './no-answer.ts'
import type { Replaying } from './recorded-answers.ts'
import {
  NoAnswer,
  NotOffered,
  type Exchange,
  type HttpRequest,
  type Purpose,
  type RecordedExchange,
} from '../model.ts'

/** What a check would ask now is not in the evidence. */
export class NotRecorded extends Error {
  override readonly name = 'NotRecorded'
}

/**
 * Answers a request from the evidence.
 *
 * A write that is recorded was allowed when it was sent, whatever looks the guard had for that. What it did not allow
 * then, it does not allow now.
 *
 * @throws what the exchange threw then; {NotRecorded} When it did not take place.
 */
export async function replayed(
  connection: Connection,
  replaying: Replaying,
  purpose: Purpose,
  request: HttpRequest,
  record: (exchange: RecordedExchange) => void,
): Promise<Exchange> {
  const { guard } = connection
  const { answers } = replaying
  const place = answers.placeOf(purpose, request, address(connection, request))
  try {
    const why = purpose === 'clean-up' ? purpose : 'arrange'
    await guard?.before(purpose, request, (look) => {
      const looked = answers.takeBefore(place, why, look, address(connection, look))
      return answered(connection, why, look, looked, record)
    })
  } catch (error) {
    if (place === -1) throw told(error, replaying)
  }
  try {
    const recorded = answers.take(purpose, request, address(connection, request))
    const answer = await answered(connection, purpose, request, recorded, record)
    guard?.after(purpose, request, answer)
    return answer
  } catch (error) {
    if (error instanceof NoAnswer) guard?.after(purpose, request)
    throw told(error, replaying)
  }
}

function told(error: unknown, { missing }: Replaying): unknown {
  if (error instanceof NotRecorded) missing(error.message)
  return error
}

async function answered(
  connection: Connection,
  purpose: Purpose,
  request: HttpRequest,
  recorded: RecordedExchange | undefined,
  record: (exchange: RecordedExchange) => void,
): Promise<Exchange> {
  if (!recorded) throw await whyNotSent(connection, request)
  record(recorded)
  const got = attemptIn(connection, purpose, request, recorded)
  if (got.trouble !== undefined || !got.response) throw noAnswer(connection, request, got)
  return { purpose, request, ...got.response }
}

/** Some kinds of credentials cannot do what a check asks for. */
async function whyNotSent({ signer }: Connection, request: HttpRequest): Promise<Error> {
  try {
    await signer.sign(request, () => AbortSignal.timeout(1))
  } catch (error) {
    if (error instanceof NotOffered) return error
  }
  const { method, path, query = [] } = request
  const action = query.find(([name]) => name === 'Action')?.[1]
  return new NotRecorded(
    `the check asks for ${action ?? `${method} ${path}`}, which the evidence does not have at this place`,
  )
}

/** The last attempt, which is judged again. */
export function attemptIn(
  connection: Pick<Connection, 'spelling' | 'redact'>,
  purpose: Purpose,
  request: HttpRequest,
  { response, trouble }: RecordedExchange,
): Attempt {
  const last = trouble === undefined ? undefined : lastTrouble(trouble)
  if (!response) return { repeat: false, trouble: last ?? 'unknown cause' }
  const raw = { status: response.status, headers: response.headers, text: response.body }
  const harmless = mayRepeat(connection, purpose, request)
  const got = judged(connection, raw, request, harmless)
  if (last?.endsWith(`: ${wasMade}`) && got.response) {
    return { response: got.response, repeat: false }
  }
  return last === doneBefore ? { ...got, trouble: last } : got
}
