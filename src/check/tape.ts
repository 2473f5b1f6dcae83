/** What a check has sent and drawn so far, so that its last looks can be made again without writing again. */

import { now } from '../exchange/clock.ts'
import type { Session } from '../session/session.ts'
import { Observed } from './observed.ts'
import type {
  Draws,
  Drawn,
  Exchange,
  HttpRequest,
  Purpose,
  RecordedExchange,
  TrafficRecord,
} from '../model.ts'

interface Taped {
  readonly key: string
  /** Does it only read, so that it may be made again? */
  readonly isRead: boolean
  readonly answer: Promise<Exchange>
  readonly records: RecordedExchange[]
  used: boolean
  /** Was it sent by another check, and is it only evidence here? */
  readonly isShared?: true
}

/** What several checks of a run share. */
interface SharedResult {
  readonly value: unknown
  readonly taped: readonly Taped[]
  /** What was drawn for it, and on which load balancer it was asked. */
  readonly drawn: readonly OneDrawn[]
  readonly lane: string | undefined
}

/** A value that was drawn, and what for. */
type OneDrawn = readonly [kind: string, value: Drawn]

/** Under which name observations are among what was drawn. */
const observations = 'observed'

/** What chance, the clock or other checks decide. Anything else is the same whenever the check is run. */
const byChance = /^(?:name .*|port|within|settles|emptied|thorough|patience)$/

/** Sends a request, and hands over what is to be recorded of it. */
type SendAndRecord = (record: (exchange: RecordedExchange) => void) => Promise<Exchange>

/**
 * The tape of one check. After `rewind` the body of the check is run again from its beginning: what it wrote,
 * and what it read before its last write, is answered from the tape; looks after its last write are made anew.
 */
export class Tape {
  #taped: Taped[] = []
  readonly #drawn = new Map<string, { readonly values: unknown[]; next: number }>()
  #lastWrite = now()
  /** The looks that are still to be made again, and how long after the last write the last of them was. */
  #again = { left: 0, milliseconds: 0 }
  #onlyOnce = false
  /** What the body of the check has drawn since it was begun last. */
  #log: OneDrawn[] = []
  readonly #lanes: string[] = []
  readonly #before: ReadonlyMap<string, Drawn[]>
  readonly #traffic: TrafficRecord[] = []
  readonly #observed: Observed
  /** What ends with the check. */
  readonly closings: (() => Promise<void>)[] = []

  /**
   * @param lane - The id of the load balancer that the check is asked on.
   * @param before - What was drawn when it was asked: then the same is drawn again.
   */
  constructor(lane?: string, before?: Draws['values']) {
    if (lane !== undefined) this.#lanes.push(lane)
    const { [observations]: observed = [], ...drawn } = before ?? {}
    this.#before = new Map(Object.entries(drawn).map(([kind, values]) => [kind, [...values]]))
    this.#observed = new Observed(before && observed)
  }

  /** Sends the request, or answers it from the tape. */
  async send(
    purpose: Purpose,
    request: HttpRequest,
    isRead: boolean,
    send: SendAndRecord,
  ): Promise<Exchange> {
    const key = JSON.stringify([purpose, request])
    const before = this.#taped.find((one) => !one.used && one.key === key)
    if (before) {
      before.used = true
      return before.answer
    }
    this.#onlyOnce ||= isStampedAgain(request)
    if (!isRead) this.#endLooks()
    const records: RecordedExchange[] = []
    const answer = send((exchange) => void records.push(exchange))
    this.#taped.push({ key, isRead, answer, records, used: true })
    const answered = await answer
    if (!isRead) this.#lastWrite = now()
    else this.#lookedAgain()
    return answered
  }

  #lookedAgain(): void {
    if (this.#again.left === 1) this.#endLooks()
    else if (this.#again.left > 1) this.#again.left -= 1
  }

  #endLooks(): void {
    if (this.#again.left > 0) this.#again = { left: 0, milliseconds: this.sinceLastWrite }
  }

  /** Does or draws something once, however often the looks of the check are made again. */
  once<Value>(kind: string, make: () => Value): Value {
    const drawn = this.#drawn.get(kind) ?? { values: [], next: 0 }
    this.#drawn.set(kind, drawn)
    if (drawn.next === drawn.values.length)
      drawn.values.push(this.#before.get(kind)?.shift() ?? make())
    drawn.next += 1
    const value = drawn.values[drawn.next - 1]
    if (byChance.test(kind)) this.#log.push([kind, value as Drawn])
    return value as Value
  }

  /** Does something outside of the API, and writes down what came of it; a replay has that without doing it. */
  observe<Value>(make: () => Promise<Value>, redact: (text: string) => string): Promise<Value> {
    return this.#observed.observe(make, redact)
  }

  /** The result of `make`, once for all tapes; the exchanges are on each of them. */
  async share<Value>(
    results: Session['shared'],
    what: string,
    make: () => Promise<Value>,
  ): Promise<Value> {
    for (let before = results.get(what); before; before = next(results, what, before)) {
      const shared = (await before.catch(() => undefined)) as SharedResult | undefined
      if (!shared) continue
      this.#add(shared)
      return shared.value as Value
    }
    const [from, drawnBefore] = [this.#taped.length, this.#log.length]
    const made = make().then((value) => ({
      value,
      taped: this.#taped.slice(from),
      drawn: this.#log.slice(drawnBefore),
      lane: this.#lanes[0],
    }))
    results.set(what, made)
    return (await made).value
  }

  #add({ taped, drawn, lane }: SharedResult): void {
    this.#log.push(...drawn)
    if (lane !== undefined && !this.#lanes.includes(lane)) this.#lanes.push(lane)
    const known = new Set(this.#taped.map(({ records }) => records))
    const others = taped.filter(({ records }) => !known.has(records))
    this.#taped.push(...others.map((one) => ({ ...one, used: true, isShared: true as const })))
  }

  /** Keeps what went through the load balancer. Traffic cannot be repeated as a look can. */
  keepTraffic(record: TrafficRecord): void {
    this.#onlyOnce = true
    this.#traffic.push(record)
  }

  get traffic(): readonly TrafficRecord[] {
    return this.#traffic
  }

  /** Milliseconds since the last write was answered, or since the check began. */
  get sinceLastWrite(): number {
    return now() - this.#lastWrite
  }

  /**
   * How long after the last write, in milliseconds, the looks that a rewind has forgotten were made again. What
   * the check did after that, with whatever pauses, is not part of it.
   */
  get looksTook(): number {
    return this.#again.left > 0 ? this.sinceLastWrite : this.#again.milliseconds
  }

  /** How many writes there are on the tape. */
  get writes(): number {
    return this.#taped.filter(({ isRead }) => !isRead).length
  }

  /** Has anything been looked at since the last write, and can the check be run again from its tape? */
  get looked(): boolean {
    return !this.#onlyOnce && this.#taped.at(-1)?.isRead === true && this.writes > 0
  }

  /** Forgets the looks after the last write, and starts anew. */
  rewind(): void {
    const last = this.#taped.findLastIndex(({ isRead }) => !isRead)
    this.#again = { left: this.#taped.length - last - 1, milliseconds: 0 }
    this.#taped = this.#taped.slice(0, last + 1)
    for (const one of this.#taped) one.used = one.isShared === true
    for (const drawn of this.#drawn.values()) drawn.next = 0
    this.#log = []
  }

  /** From now on nothing is answered from the tape: what a clean-up does is not what the check did. */
  finish(): void {
    for (const one of this.#taped) one.used = true
    for (const drawn of this.#drawn.values()) drawn.next = drawn.values.length
  }

  /** The answers that came to this check, in the order in which they were asked for. */
  async answers(): Promise<readonly Exchange[]> {
    const own = this.#taped.filter(({ isShared }) => !isShared)
    const settled = await Promise.allSettled(own.map(({ answer }) => answer))
    return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  }

  /** What the body of the check drew when it was run last; to be taken before its clean-up draws anything. */
  get draws(): Pick<Draws, 'loadBalancers' | 'values'> {
    const kinds = [...new Set(this.#log.map(([kind]) => kind))]
    const valuesOf = (wanted: string) =>
      this.#log.flatMap(([kind, value]) => (kind === wanted ? [value] : []))
    const values = Object.fromEntries(kinds.map((kind) => [kind, valuesOf(kind)]))
    const { written } = this.#observed
    const observed = written.length > 0 ? { [observations]: written } : {}
    return { loadBalancers: [...this.#lanes], values: { ...values, ...observed } }
  }

  /** How many of the exchanges another check has sent. */
  get sharedExchanges(): number {
    const shared = this.#taped.filter(({ isShared }) => isShared)
    return shared.reduce((sum, { records }) => sum + records.length, 0)
  }

  /** All that was sent, in the order in which it was asked for; of looks made again, the last. */
  get exchanges(): readonly RecordedExchange[] {
    return this.#taped.flatMap(({ records }) => records)
  }
}

/** The result that another check has tried for since, when what was awaited came to nothing. */
function next(
  results: Session['shared'],
  what: string,
  before: Promise<unknown>,
): Promise<unknown> | undefined {
  const now = results.get(what)
  return now === before ? undefined : now
}

/** A call that is stamped like an earlier one is not the same when it is put together again. */
function isStampedAgain({ credentials }: HttpRequest): boolean {
  return typeof credentials === 'object' && credentials.again !== undefined
}
