/** One attempt at an exchange: signed, sent, and what came back judged as far as it is no answer. */

import type { Connection, Time } from './connection.ts'
import { address, mayRepeat } from './connection.ts'
import { NoCredentials, type Signed } from '../credentials/signer.ts'
import { header } from '../wire/headers.ts'
import { deadline, type Deadline } from '../wire/deadline.ts'
import type { HttpRequest, HttpResponse, Purpose } from '../model.ts'
import { perhapsDone, retryAfter } from './retry.ts'
import { redactingNew } from './redact.ts'
import { isTrouble, neverSent, told, whyOver } from '../wire/network-error.ts'
import type { WireResponse } from '../wire/wire.ts'

/** What one attempt came to. */
export interface Attempt {
  readonly response?: HttpResponse
  /** Why this is no answer. */
  readonly trouble?: string
  /** May the request be sent again? */
  readonly repeat: boolean
  /** It may have been done, and nobody knows. */
  readonly lost?: boolean
  /** Credentials that the target did not take. */
  readonly refused?: Signed
  /** There were no credentials to send it with. */
  readonly unsigned?: boolean
  /** Milliseconds the target asked us to wait. */
  readonly retryAfter?: number
}

export const notTaken = 'it does not take these credentials'

/** Sends a request once. @throws {Error} Only what is a fault of ours. */
export async function attempt(
  connection: Connection,
  purpose: Purpose,
  request: HttpRequest,
  { over, cut }: Time,
): Promise<Attempt> {
  const { spelling, requestMilliseconds } = connection
  if (over?.aborted) return { trouble: whyOver(over), repeat: false }
  const clock = startedOnce(requestMilliseconds, cut)
  const harmless = mayRepeat(connection, purpose, request)
  try {
    const dressed = { ...request, headers: { ...spelling.headers, ...request.headers } }
    const signed = await connection.signer.sign(dressed, clock.signal)
    const way = { ...signed.request, url: address(connection, signed.request) }
    const raw = unsigned(await connection.wire(way, clock.signal), signed)
    return refusing(request, signed, judged(connection, raw, request, harmless))
  } catch (error) {
    if (error instanceof NoCredentials) {
      return { trouble: error.message, repeat: error.passing, unsigned: true }
    }
    if (cut?.aborted && (error === cut.reason || isTrouble(error))) {
      return { trouble: whyOver(cut), repeat: false }
    }
    if (!isTrouble(error)) throw error
    const repeat = harmless || neverSent(error)
    return { trouble: told(error, requestMilliseconds), repeat, lost: !repeat }
  } finally {
    clock.stop()
  }
}

/** The clock starts when it is first asked for: what answers at once needs none. */
function startedOnce(milliseconds: number, cut: AbortSignal | undefined) {
  let started: Deadline | undefined
  return {
    signal: () => (started ??= deadline(milliseconds, cut)).signal,
    stop: () => started?.stop(),
  }
}

/** A signature is nobody's name, so it is taken out of what came back before anybody reads it. */
function unsigned(raw: WireResponse, { secrets }: Signed): WireResponse {
  if (secrets.length === 0) return raw
  const masks = secrets.map((secret) => redactingNew(secret))
  const redact = (text: string) => masks.reduce((one, mask) => mask(one), text)
  const headers = raw.headers.map(([name, value]) => [name, redact(value)] as const)
  return { ...raw, headers, text: redact(raw.text) }
}

/** Could other credentials of the same owner do better? Not where wrong ones are the question. */
function refusing({ credentials }: HttpRequest, signed: Signed, got: Attempt): Attempt {
  const meant = credentials === undefined || credentials === 'other'
  const refused = got.response?.status === 401 && meant
  return refused ? { ...got, refused: signed } : got
}

/** @param harmless - Would sending it twice do no harm? */
function judged(
  { spelling, redact }: Connection,
  raw: WireResponse,
  request: HttpRequest,
  harmless: boolean,
): Attempt {
  const type = header(raw.headers, 'content-type') ?? ''
  // Checks read the body as it came, but say only what may be said of it.
  const response = { ...raw, text: redact(raw.text), body: spelling.read(raw.text, type) }
  if (response.status === 407) {
    return { response, trouble: 'a proxy on the way wants other credentials', repeat: false }
  }
  const busy = spelling.busy(response, request)
  if (busy !== undefined) {
    const after = retryAfter(header(response.headers, 'retry-after'))
    const repeat = harmless || !perhapsDone(response)
    const wait = after > 0 ? { retryAfter: after } : {}
    return { response, trouble: busy, repeat, lost: !repeat, ...wait }
  }
  if (!request.credentials && spelling.unauthenticated(response)) {
    return { response, trouble: notTaken, repeat: false }
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
