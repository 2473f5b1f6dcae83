/** The answers of one asking, as a report has them: whoever asks the same gets what was answered then. */

import type { HttpRequest, Purpose, RecordedExchange } from '../model.ts'
import { now } from './clock.ts'
import { shownCredentials } from './shown-credentials.ts'

/** A connection to what was recorded. */
export interface Replaying {
  readonly answers: RecordedAnswers
  /** Told of each request that is not in the evidence, whatever the check then makes of it. */
  missing(sentence: string): void
}

/** One exchange of the evidence. */
interface Recorded {
  readonly exchange: RecordedExchange
  readonly key: string
  readonly isRead: boolean
  used: boolean
}

/** The answer that was given last to a request. */
interface Given {
  readonly at: number
  readonly place: number
  readonly exchange: RecordedExchange
}

/** A check that looks on and on has had enough: whoever wrote the report says how long it may wait. */
const mostRepeated = 100_000

/**
 * Finds the exchange that a request led to.
 *
 * Purpose, method, address, body, headers and kind of credentials are the same to the last character. The order of
 * writes is that of the evidence, and a look is answered as it was after the write before it. What depends on time and
 * not on the target may differ: a look that is made again after a while, and was not made so often then, shows what it
 * showed last.
 */
export class RecordedAnswers {
  readonly #all: readonly Recorded[]
  readonly #given = new Map<string, Given>()
  /** Behind the last write that was asked again. */
  #from = 0
  #last: Recorded | undefined
  #repeated = 0

  /** @param isRead - Does a request with this purpose, method and URL only read? */
  constructor(
    exchanges: readonly RecordedExchange[],
    isRead: (exchange: RecordedExchange) => boolean,
  ) {
    this.#all = exchanges.map((exchange) => ({
      exchange,
      key: keyOf(exchange),
      isRead: isRead(exchange),
      used: false,
    }))
  }

  /** The exchange of this request, which then is used; `undefined` where there is none. */
  take(purpose: Purpose, request: HttpRequest, url: string): RecordedExchange | undefined {
    const key = askedKey(purpose, request, url)
    const found = this.#find(key)
    if (!found) return this.#again(key)
    const place = this.#all.indexOf(found)
    found.used = true
    if (!found.isRead) this.#from = place + 1
    this.#last = found
    this.#given.set(key, { at: now(), place, exchange: found.exchange })
    return found.exchange
  }

  /**
   * The exchange of a look that the guard took for a write: it is right before that. A look of the check itself is not
   * used for it. A write that was not allowed is not there: then it is any that is not used.
   */
  takeBefore(write: number, purpose: Purpose, look: HttpRequest, url: string) {
    const key = askedKey(purpose, look, url)
    const before = write === -1 ? this.#all : this.#all.slice(0, write)
    const ofCheck = before.findLastIndex(({ used, isRead }) => used || !isRead)
    const from = write === -1 ? this.#from : ofCheck + 1
    const found = before.slice(from).find((one) => !one.used && one.key === key)
    if (found) found.used = true
    return found?.exchange
  }

  /** The place of the exchange of this request, which is not used yet; -1 where there is none. */
  placeOf(purpose: Purpose, request: HttpRequest, url: string): number {
    const found = this.#find(askedKey(purpose, request, url))
    return found ? this.#all.indexOf(found) : -1
  }

  /** Was what was asked last asked once more, before anything else was written? */
  get wasRepeated(): boolean {
    const last = this.#last
    if (!last) return false
    const behind = this.#all.slice(this.#all.indexOf(last) + 1)
    const next = behind.findIndex(({ used, key }) => !used && key === last.key)
    const write = behind.findIndex(
      ({ used, isRead, exchange }) => !used && !isRead && exchange.purpose !== 'clean-up',
    )
    return next !== -1 && (write === -1 || next <= write)
  }

  /** What was not asked again, but for clean-up. */
  get unused(): readonly RecordedExchange[] {
    return this.#all
      .filter(({ used, exchange }) => !used && exchange.purpose !== 'clean-up')
      .map(({ exchange }) => exchange)
  }

  #find(key: string): Recorded | undefined {
    const open = (one: Recorded) => !one.used && one.key === key
    const next = this.#all.slice(this.#from).find(open)
    return next ?? this.#all.slice(0, this.#from).find((one) => open(one) && one.isRead)
  }

  /** The same look, later: only what was shown since the last write. */
  #again(key: string): RecordedExchange | undefined {
    const given = this.#given.get(key)
    if (!given || given.place < this.#from || now() <= given.at) return undefined
    this.#repeated += 1
    if (this.#repeated > mostRepeated) return undefined
    this.#given.set(key, { ...given, at: now() })
    return given.exchange
  }
}

function keyOf({ purpose, request }: RecordedExchange): string {
  const { method, url, headers, body, credentials } = request
  return JSON.stringify([purpose, method, url, headers, body ?? '', credentials?.value ?? ''])
}

/** As the evidence says it. */
function askedKey(purpose: Purpose, request: HttpRequest, url: string): string {
  const { method, headers = {}, body, credentials } = request
  const shown = { ...shownCredentials(credentials, 'any') }
  return JSON.stringify([purpose, method, url, Object.entries(headers), body ?? '', shown.value])
}
