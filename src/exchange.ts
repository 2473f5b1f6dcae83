/** Target and request to exchange: the one door to the network. */

import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Spelling } from './dialects/spelling.ts'
import {
  NoAnswer,
  type Exchange,
  type HttpRequest,
  type HttpResponse,
  type Purpose,
  type RecordedExchange,
} from './model.ts'
import { percentEncodePairs } from './percent.ts'
import type { Redact } from './redact.ts'
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
  /** Resolves when the next request may go out. */
  readonly pace: () => Promise<void>
  /** Aborted when the whole run is over its time: nothing more is asked. */
  readonly over?: AbortSignal
  /** Aborted when even clean-up has had its time. */
  readonly end?: AbortSignal
}

/** Where evidence goes. */
export type Record = (exchange: RecordedExchange) => void

const firstPause = 50
const longestPause = 5_000

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
  const started = performance.now()
  const deadline = started + connection.patienceMilliseconds
  let earlier: string | undefined
  for (let attempt = 0; ; attempt += 1) {
    await connection.pace()
    const got = await once({ ...connection, ...limited(connection, purpose) }, request)
    const wait = Math.max(backOff(attempt), got.retryAfter ?? 0)
    const again = got.repeat && performance.now() + wait < deadline
    if (!again) {
      const noted = { ...got, ...repeated(attempt, got.trouble ?? earlier) }
      record(recorded(connection, purpose, request, noted, performance.now() - started))
      if (got.trouble !== undefined || !got.response) throw noAnswer(connection, request, got)
      return { purpose, request, ...got.response }
    }
    earlier = got.trouble
    await pauseUnless(limited(connection, purpose).over, wait)
  }
}

/** What is made has to be removed, also when the time for questions is over. */
function limited({ over, end }: Connection, purpose: Purpose): Pick<Connection, 'over'> {
  const limit = purpose === 'clean-up' ? end : over
  return limit ? { over: limit } : { over: never }
}

const never = new AbortController().signal

/** Waits so many milliseconds, or until the run is over: whoever asks next is told that it is. */
export async function pauseUnless(over: AbortSignal | undefined, milliseconds: number) {
  // As many wait as there are checks at work; Node.js warns of more than ten.
  if (over) setMaxListeners(0, over)
  await pause(milliseconds, undefined, over ? { signal: over } : {}).catch(() => undefined)
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
  /** Milliseconds the target asked us to wait. */
  readonly retryAfter?: number
}

async function once(connection: Connection, request: HttpRequest): Promise<Attempt> {
  const { spelling } = connection
  const deadline = () => deadlineOf(connection)
  try {
    const signed = spelling.sign(request)
    const raw = await connection.wire({ ...signed, url: address(connection, signed) }, deadline)
    const type = header(raw.headers, 'content-type') ?? ''
    // Checks read the body as it came, but say only what may be said of it.
    const text = connection.redact(raw.text)
    const response = { ...raw, text, body: spelling.read(raw.text, type) }
    return judged(spelling, response, type, request)
  } catch (error) {
    if (!isTrouble(error)) throw error
    const repeat = spelling.repeatable(request) || neverSent(error)
    return { trouble: describe(error, connection), repeat: repeat && !connection.over?.aborted }
  }
}

function judged(
  spelling: Spelling,
  response: HttpResponse,
  type: string,
  request: HttpRequest,
): Attempt {
  const busy = spelling.busy(response)
  if (busy !== undefined) {
    const after = Number(header(response.headers, 'retry-after'))
    return {
      response,
      trouble: busy,
      repeat: !perhapsDone(response) || spelling.repeatable(request),
      ...(after > 0 ? { retryAfter: after * 1000 } : {}),
    }
  }
  if (!request.credentials && spelling.unauthenticated(response)) {
    return { response, trouble: 'it does not take these credentials', repeat: false }
  }
  if (!request.mayRedirect && response.status >= 300 && response.status < 400) {
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

/** Busy, but may it have acted all the same? So with a gateway that lost the answer, and with a web page. */
function perhapsDone({ status, body }: HttpResponse): boolean {
  if (status === 502 || status === 504) return true
  return status < 400 || (status >= 500 && status !== 503 && body === undefined)
}

function deadlineOf({ requestMilliseconds, over }: Connection): AbortSignal {
  const own = AbortSignal.timeout(requestMilliseconds)
  return over === undefined || over === never ? own : AbortSignal.any([own, over])
}

/** Endpoint, path and query; never another host than the target's own. */
function address({ endpoint }: Connection, { path, query = [] }: HttpRequest): string {
  if (!path.startsWith('/')) throw new Error(`A path starts with a slash, ${path} does not.`)
  const search = percentEncodePairs(query)
  return endpoint + path + (search === '' ? '' : `?${search}`)
}

function backOff(attempt: number): number {
  return Math.min(longestPause, firstPause * 2 ** attempt)
}

/**
 * Codes of the system and its resolver, of undici (but for those that blame the caller), the HTTP
 * parser, OpenSSL's handshake and its verdicts on certificates, and zlib with brotli.
 */
const troubles = [
  /^E[A-Z0-9]{3,}$/,
  /^EAI_/,
  /^UND_ERR(?!_INVALID|_NOT_SUPPORTED|_REQ_)/,
  /^HPE_/,
  /^ERR_(?:TLS|SSL)/,
  /CERT|^CRL_|^UNABLE_TO_|^(?:INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/,
  /^(?:Z_|ERR__ERROR_|ERR_BROTLI_)|^ERR_BUFFER_TOO_LARGE$/,
]

/** `AssertionError` is undici's own, of an answer it did not expect; it must not count as a check's. */
const troubleNames = [
  'TimeoutError',
  'AbortError',
  'BodyTooLarge',
  'HTTPParserError',
  'AssertionError',
]

/** Is this the network's doing, and not a fault of ours? */
function isTrouble(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  if (troubleNames.includes(error.name)) return true
  const { code } = error as NodeJS.ErrnoException
  return (
    (typeof code === 'string' && troubles.some((kind) => kind.test(code))) ||
    (error.cause !== undefined && isTrouble(error.cause))
  )
}

function neverSent(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ECONNREFUSED' || code === 'UND_ERR_CONNECT_TIMEOUT'
}

function describe(error: Error, { requestMilliseconds, over }: Connection): string {
  if (over?.aborted) return 'the run was over its time'
  if (error.name === 'TimeoutError')
    return `no complete answer within ${requestMilliseconds / 1000} s`
  if (error.name === 'AssertionError') return 'it answered in a way that HTTP does not know'
  const { code } = error as NodeJS.ErrnoException
  return code ? `${code}: ${error.message || 'no connection'}` : error.message
}

function noAnswer(connection: Connection, request: HttpRequest, got: Attempt): NoAnswer {
  const target = `${request.method} ${address(connection, request)}`
  const said = got.response ? `answered ${got.response.status} to` : 'did not answer'
  return new NoAnswer(
    connection.redact(`${connection.name} ${said} ${target}: ${got.trouble ?? 'no reason known'}.`),
  )
}

/**
 * The evidence: the request as it was before signing, so without credentials, and what came back, its
 * text redacted as soon as it was read.
 */
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
            body: response.text,
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
