/** One attempt at an exchange: sign, send, and decide whether the response is an answer. */

import type { Connection, Time } from './connection.ts'
import { address, mayRepeat } from './connection.ts'
import { NoCredentials, type Signed } from '../credentials/signer.ts'
import { header } from '../wire/headers.ts'
import { deadline, type Deadline } from '../wire/deadline.ts'
import type { HttpRequest, HttpResponse, Purpose } from '../model.ts'
import { perhapsDone, retryAfter } from './retry.ts'
import { isNetworkError, neverSent, describeNetworkError, whyOver } from '../wire/network-error.ts'
import type { WireResponse } from '../wire/wire.ts'

/** The result of one attempt. */
export interface Attempt {
  readonly response?: HttpResponse
  /** Why this is not an answer to the request. */
  readonly trouble?: string
  /** May the request be sent again? */
  readonly repeat: boolean
  /** The request may have taken effect, and no answer says whether it did. */
  readonly lost?: boolean
  /** Credentials that the target did not accept. */
  readonly refused?: Signed
  /** The run ended before an answer came, which says nothing about the target. */
  readonly ended?: true
  /** Which right the credentials lack. */
  readonly denied?: string
  /** Credentials could not be obtained, so nothing was sent. */
  readonly unsigned?: boolean
  /** Milliseconds the target asked us to wait. */
  readonly retryAfter?: number
}

export const notTaken = 'it did not accept these credentials'

/** Sends a request once. @throws {Error} Only for faults of this program. */
export async function attempt(
  connection: Connection,
  purpose: Purpose,
  request: HttpRequest,
  { over, cut }: Time,
): Promise<Attempt> {
  const { spelling, requestMilliseconds } = connection
  if (over?.aborted) return { trouble: whyOver(over), repeat: false, ended: true }
  const clock = startedOnce(requestMilliseconds, cut)
  const harmless = mayRepeat(connection, purpose, request)
  try {
    const complete = { ...request, headers: { ...spelling.headers, ...request.headers } }
    const signed = await connection.signer.sign(complete, clock.signal)
    // Known from now on, so that it is masked in every answer of the run.
    for (const signature of signed.secrets) connection.learnSignature?.(signature)
    const outgoing = { ...signed.request, url: address(connection, signed.request) }
    const raw = await connection.wire(outgoing, clock.signal)
    return refusing(request, signed, judged(connection, raw, request, harmless))
  } catch (error) {
    if (error instanceof NoCredentials) {
      return { trouble: error.message, repeat: error.passing, unsigned: true }
    }
    if (cut?.aborted && (error === cut.reason || isNetworkError(error))) {
      return { trouble: whyOver(cut), repeat: false, ended: true }
    }
    if (!isNetworkError(error)) throw error
    const repeat = harmless || neverSent(error)
    return { trouble: describeNetworkError(error, requestMilliseconds), repeat, lost: !repeat }
  } finally {
    clock.stop()
  }
}

/** A deadline that starts when it is first needed: a server in this process needs none. */
function startedOnce(milliseconds: number, cut: AbortSignal | undefined) {
  let started: Deadline | undefined
  return {
    signal: () => (started ??= deadline(milliseconds, cut)).signal,
    stop: () => started?.stop(),
  }
}

/** Notes credentials that can be renewed; not where a check asks with wrong ones on purpose. */
function refusing({ credentials }: HttpRequest, signed: Signed, got: Attempt): Attempt {
  const meant = credentials === undefined || credentials === 'other'
  const refused = got.response?.status === 401 && meant
  return refused ? { ...got, refused: signed } : got
}

/** What a response is worth. @param harmless - Is it safe to send the request twice? */
export function judged(
  { spelling, redact }: Pick<Connection, 'spelling' | 'redact'>,
  raw: WireResponse,
  request: HttpRequest,
  harmless: boolean,
): Attempt {
  const type = header(raw.headers, 'content-type') ?? ''
  // Checks read the body as it came, but say only what may be said of it.
  const response = { ...raw, text: redact(raw.text), body: spelling.read(raw.text, type) }
  if (response.status === 407) {
    return { response, trouble: 'a proxy requires other credentials (407)', repeat: false }
  }
  const busy = spelling.busy(response, request)
  if (busy !== undefined) {
    const [wanted, date] = ['retry-after', 'date'].map((name) => header(response.headers, name))
    const after = retryAfter(wanted, date)
    const repeat = harmless || !perhapsDone(response)
    const wait = after > 0 ? { retryAfter: after } : {}
    return { response, trouble: busy, repeat, lost: !repeat, ...wait }
  }
  if (!request.credentials && spelling.unauthenticated(response)) {
    return { response, trouble: notTaken, repeat: false }
  }
  const denied = request.credentials ? undefined : spelling.denied?.(response, request)
  if (denied !== undefined) return { response, trouble: denied, repeat: false, denied }
  if (!request.mayRedirect && response.status >= 300 && response.status < 400) {
    return {
      response,
      trouble: 'it answered with a redirect, which is not followed',
      repeat: false,
    }
  }
  if (response.status < 300 && response.text !== '' && response.body === undefined) {
    const trouble = `its body cannot be read as ${type || 'JSON'}`
    return { response, trouble, repeat: false, lost: !harmless }
  }
  return { response, repeat: false }
}
