/** Target and request to exchange: the one door to the network. */

import { NoCredentials, type Signed, type Signer } from './credentials/signer.ts'
import type { Spelling } from './dialects/spelling.ts'
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
import { redacting, type Redact } from './redact.ts'
import { isTrouble, neverSent, told } from './trouble.ts'
import type { Wire, WireResponse } from './wire.ts'

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
 * error. One whose answer was lost is repeated only if that cannot change anything.
 *
 * @throws {NoAnswer} When none came, or one that says nothing about the question.
 */
export async function exchange(
  connection: Connection,
  purpose: Purpose,
  request: HttpRequest,
  record: Record = () => undefined,
): Promise<Exchange> {
  const noted = connection.note?.(purpose, request)
  const answer = await patiently(connection, purpose, request, record).catch((error: unknown) => {
    noted?.()
    throw error
  })
  noted?.(answer)
  return answer
}

async function patiently(
  connection: Connection,
  purpose: Purpose,
  request: HttpRequest,
  record: Record,
): Promise<Exchange> {
  const started = performance.now()
  const deadline = started + connection.patienceMilliseconds
  const time = timeFor(connection, purpose, request)
  let earlier: string | undefined
  let renewed = false
  for (let attempt = 0; ; attempt += 1) {
    await connection.pace(time.over)
    const got = await once(connection, request, time)
    if (got.refused && !renewed && connection.signer.renew?.(got.refused)) {
      // Whoever does not know us has not judged the request, so it is asked again, and only once.
      renewed = true
      earlier = got.trouble ?? notTaken
      continue
    }
    const wait = pauseBefore(attempt, got.retryAfter)
    const again = got.repeat && performance.now() + wait < deadline
    if (!again) {
      const noted = { ...got, ...repeated(attempt, got.trouble ?? earlier) }
      record(recorded(connection, purpose, request, noted, performance.now() - started))
      if (got.trouble !== undefined || !got.response) throw noAnswer(connection, request, got)
      return { purpose, request, ...got.response }
    }
    earlier = got.trouble
    await pauseUnless(time.over, wait)
  }
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
  /** Credentials that the target did not take. */
  readonly refused?: Signed
  /** There were no credentials to send it with. */
  readonly unsigned?: boolean
  /** Milliseconds the target asked us to wait. */
  readonly retryAfter?: number
}

async function once(
  connection: Connection,
  request: HttpRequest,
  { over, cut }: Time,
): Promise<Attempt> {
  const { spelling, requestMilliseconds } = connection
  if (over?.aborted) return { trouble: pastTime, repeat: false }
  const own = AbortSignal.timeout(requestMilliseconds)
  const signal = cut ? AbortSignal.any([own, cut]) : own
  try {
    const dressed = { ...request, headers: { ...spelling.headers, ...request.headers } }
    const signed = await connection.signer.sign(dressed, signal)
    const way = { ...signed.request, url: address(connection, signed.request) }
    const raw = unsigned(await connection.wire(way, signal), signed)
    return refusing(request, signed, judged(connection, raw, request))
  } catch (error) {
    if (error instanceof NoCredentials) {
      return { trouble: error.message, repeat: error.passing, unsigned: true }
    }
    if (!isTrouble(error)) throw error
    if (cut?.aborted) return { trouble: pastTime, repeat: false }
    const repeat = spelling.repeatable(request) || neverSent(error)
    return { trouble: told(error, requestMilliseconds), repeat }
  }
}

/** A signature is nobody's name, so it is taken out of what came back before anybody reads it. */
function unsigned(raw: WireResponse, { secrets }: Signed): WireResponse {
  if (secrets.length === 0) return raw
  const redact = redacting(secrets)
  const headers = raw.headers.map(([name, value]) => [name, redact(value)] as const)
  return { ...raw, headers, text: redact(raw.text) }
}

const pastTime = 'the run was over its time'

const notTaken = 'it does not take these credentials'

/** Could other credentials of the same owner do better? Not where wrong ones are the question. */
function refusing({ credentials }: HttpRequest, signed: Signed, got: Attempt): Attempt {
  const meant = credentials === undefined || credentials === 'other'
  const refused = got.response?.status === 401 && meant
  return refused ? { ...got, refused: signed } : got
}

function judged(
  { spelling, redact }: Connection,
  raw: WireResponse,
  request: HttpRequest,
): Attempt {
  const type = header(raw.headers, 'content-type') ?? ''
  // Checks read the body as it came, but say only what may be said of it.
  const response = { ...raw, text: redact(raw.text), body: spelling.read(raw.text, type) }
  if (response.status === 407) {
    return { response, trouble: 'a proxy on the way wants other credentials', repeat: false }
  }
  const busy = spelling.busy(response)
  if (busy !== undefined) {
    const after = retryAfter(header(response.headers, 'retry-after'))
    return {
      response,
      trouble: busy,
      repeat: !perhapsDone(response) || spelling.repeatable(request),
      ...(after > 0 ? { retryAfter: after } : {}),
    }
  }
  if (!request.credentials && spelling.unauthenticated(response)) {
    return { response, trouble: notTaken, repeat: false }
  }
  if (response.status >= 300 && response.status < 400) {
    return { response, trouble: 'a redirect is not followed, and no answer', repeat: false }
  }
  if (response.status < 300 && response.text !== '' && response.body === undefined) {
    return {
      response,
      trouble: `its body is not what ${type || 'no content type'} promises`,
      repeat: false,
    }
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
  const silent = got.unsigned ? 'was not asked' : 'did not answer'
  const said = got.response ? `answered ${got.response.status} to` : silent
  return new NoAnswer(
    connection.redact(`${connection.name} ${said} ${target}: ${got.trouble ?? 'no reason known'}.`),
  )
}

/** The evidence: the request as it was before signing, so without credentials, and what came back. */
function recorded(
  { redact, ...connection }: Connection,
  purpose: Purpose,
  request: HttpRequest,
  { response, trouble }: Attempt,
  milliseconds: number,
): RecordedExchange {
  const hidden = (headers: readonly (readonly [string, string])[]) =>
    headers.map(([name, value]) => [name, redact(value)] as const)
  return {
    purpose,
    request: {
      method: request.method,
      url: redact(address({ redact, ...connection }, request)),
      headers: hidden(Object.entries(request.headers ?? {})),
      ...(request.body === undefined ? {} : { body: redact(request.body) }),
    },
    ...(response
      ? {
          response: {
            status: response.status,
            headers: hidden(response.headers),
            body: redact(response.text),
          },
        }
      : {}),
    ...(trouble === undefined ? {} : { trouble: redact(trouble) }),
    milliseconds: Math.round(milliseconds * 10) / 10,
  }
}

/** The value of a header, by its name in lower case. */
export function header(
  headers: readonly (readonly [name: string, value: string])[],
  name: string,
): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1]
}
