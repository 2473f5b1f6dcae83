/** What is said where a request has no answer: while it is asked, and when that is replayed. */

import { Denied, NoAnswer, type HttpRequest } from '../model.ts'
import type { Attempt } from './attempt.ts'
import { address, type Connection } from './connection.ts'

/** Of an attempt that found nothing to remove, after one that may have removed it. */
export const doneBefore = 'an earlier attempt was answered 503, and may have done it'

/** Of a creation whose answer was lost. */
export const wasMade = 'a later read showed that it was created'

/** What the evidence says when an exchange took more than one attempt. */
export function repeated(repeats: number, trouble: string | undefined): Pick<Attempt, 'trouble'> {
  if (trouble === undefined) return {}
  return { trouble: repeats === 0 ? trouble : `${trouble} (asked ${repeats + 1} times)` }
}

/** The same without the number of attempts. */
export function lastTrouble(trouble: string): string {
  return trouble.replace(/ \(asked \d{1,9} times\)$/, '')
}

/** The error with which an exchange ends that has no answer. */
export function noAnswer(connection: Connection, request: HttpRequest, got: Attempt): NoAnswer {
  const { name, redact } = connection
  if (got.denied && got.response) return new Denied(redact(got.denied), got.response)
  const asked = `${request.method} ${address(connection, request)}`
  const answered = got.response ? `answered ${got.response.status} to` : 'did not answer'
  const sentence = got.ended
    ? `The run ended before ${name} had answered ${asked}`
    : got.unsigned
      ? `${asked} was not sent to ${name}`
      : `${name} ${answered} ${asked}`
  const refusedCredentials = got.unsigned === true && !got.repeat
  return new NoAnswer(redact(`${sentence}: ${got.trouble ?? 'unknown cause'}.`), refusedCredentials)
}
