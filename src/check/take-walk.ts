/**
 * Draws a walk, takes it on a lane of its own, and when it finds something looks for a shorter one that still does.
 *
 * A walk first looks at little after each step. One that finds something is taken again with every look after
 * every step, so that the step that did it is known; what is reported is what the shortest such walk found.
 */

import * as fc from 'fast-check'
import type { Draws, RecordedExchange } from '../model.ts'
import { keeping } from '../exchange/evidence.ts'
import type { Session } from '../session/session.ts'
import type { JudgeAnswer } from './check.ts'
import { drawnBy, seedOf, type Drawn } from './drawn-walk.ts'
import { laneIdOf } from './ending.ts'
import type { Lanes } from './lanes.ts'
import { drawnOn } from './recorded-draws.ts'
import { inWords, isUnfinished, takenOnce, type TakenOnce } from './one-walk.ts'
import { Tape } from './tape.ts'
import { BrokenAnswer, Violation, type WalkOrder, type Walks } from './walk.ts'
import { pathText } from './walk-selection.ts'

/** The result of a walk. Plain data: it crosses from a worker to the main process. */
export interface Walked {
  readonly number: number
  /** Steps that were taken, of the walk as it was drawn. */
  readonly steps: number
  /** All that was sent, shorter walks and clean-up included. */
  readonly requests: number
  readonly violation?: {
    readonly requirement: string
    readonly message: string
    /** Names the shortest walk that found it: see `namedWalk`. */
    readonly path: string
    readonly exchanges: readonly RecordedExchange[]
    /** What that one drew. */
    readonly drawn: Draws
  }
  /** Why it ended early, where it could not go on: nothing is concluded from the rest. */
  readonly unfinished?: string
  readonly leftovers: readonly string[]
  readonly milliseconds: number
}

/** What finding a shorter walk may cost. */
const mostTries = 10
const mostRequests = 400

/**
 * Takes one walk, and those that are drawn from it when it finds something.
 *
 * @param judge - Judges every answer of the walk; without it, only the model does.
 */
export async function takeWalk<LoadBalancer>(
  walks: Walks,
  order: WalkOrder,
  session: Session,
  lanes: Lanes<LoadBalancer>,
  judge: JudgeAnswer = () => [],
): Promise<Walked> {
  const started = performance.now()
  try {
    const lane = await lanes.lend()
    const search = new Search(walks, session, lane.loadBalancer, judge)
    try {
      await search.of(order)
    } finally {
      const changes = await lane.changes()
      search.leftovers.push(...changes)
      lane.release(search.leftovers.length > 0)
    }
    return { ...search.walked(order), milliseconds: Math.round(performance.now() - started) }
  } catch (error) {
    if (!isUnfinished(error) && !isOfAnother(order, error)) throw error
    const unfinished = isUnfinished(error)
      ? session.connection.redact(error.message)
      : 'The path is of another walk: give it with the seed and the version of the report that names it.'
    const milliseconds = Math.round(performance.now() - started)
    return { number: order.number, steps: 0, requests: 0, unfinished, leftovers: [], milliseconds }
  }
}

/** Does the named path not fit the steps that were drawn? fast-check tells that only by its message. */
function isOfAnother({ path }: WalkOrder, error: unknown): boolean {
  return path !== undefined && error instanceof Error && /replayPath/.test(error.message)
}

/** One taking of a walk, with what it sent. */
interface Taken extends TakenOnce {
  readonly exchanges: readonly RecordedExchange[]
  readonly drawn: Draws
}

/** The search for the shortest walk that finds the same. */
class Search {
  readonly leftovers: string[] = []
  readonly #walks: Walks
  readonly #session: Session
  readonly #loadBalancer: unknown
  readonly #judge: JudgeAnswer
  #requests = 0
  #steps = 0
  #tries = 0
  #first: Taken | undefined
  #shortest: (Taken & { readonly violation: Violation }) | undefined
  #path = ''
  #fault: unknown

  constructor(walks: Walks, session: Session, loadBalancer: unknown, judge: JudgeAnswer) {
    this.#walks = walks
    this.#session = session
    this.#loadBalancer = loadBalancer
    this.#judge = judge
  }

  async of({ number, seed, path }: WalkOrder): Promise<void> {
    const { dialect } = this.#walks
    const drawn = drawnBy(this.#walks, path?.taken)
    const found = await fc.check(
      fc.asyncProperty(drawn, (one) => this.#try(one)),
      {
        seed: seedOf(this.#walks, { number, seed }),
        numRuns: 1,
        ...(path ? { path: path.shrinks, endOnFailure: true } : {}),
      },
    )
    if (this.#fault !== undefined) throw this.#fault
    const [shortest] = found.counterexample ?? []
    if (!shortest) return
    const taken = /replayPath="([^"]*)"/.exec(fc.stringify(shortest[1]))?.[1] ?? ''
    const own = { shrinks: found.counterexamplePath ?? '0', taken }
    this.#path = pathText({ dialect, number, path: own })
  }

  walked({ number }: WalkOrder): Omit<Walked, 'milliseconds'> {
    const { leftovers } = this
    const { redact } = this.#session.connection
    const { unfinished } = this.#first ?? {}
    const shortest = this.#shortest
    return {
      number,
      steps: this.#steps,
      requests: this.#requests,
      ...(shortest
        ? {
            violation: {
              requirement: shortest.violation.requirement,
              message: redact(inWords(shortest)),
              path: this.#path,
              exchanges: shortest.exchanges,
              drawn: shortest.drawn,
            },
          }
        : {}),
      ...(unfinished === undefined ? {} : { unfinished: redact(unfinished) }),
      leftovers: leftovers.map((sentence) => redact(sentence)),
    }
  }

  /** @throws {Violation} When it finds what the first one found: fast-check then looks for a shorter one. */
  async #try(drawn: Drawn): Promise<void> {
    if (this.#fault !== undefined) return
    try {
      await (this.#first ? this.#shorter(drawn) : this.#whole(drawn))
    } catch (error) {
      if (error instanceof Violation) throw error
      this.#fault = error
    }
  }

  async #whole(drawn: Drawn): Promise<void> {
    this.#first = await this.#take(drawn, false)
    this.#steps = this.#first.sentences.length
    if (!this.#first.violation) return
    const closely = await this.#take(drawn, true)
    if (closely.violation) this.#keep(closely, closely.violation)
    // Something else than the operations under test did it, which only the closer look could tell.
    if (closely.unfinished !== undefined) this.#first = closely
    else if (this.#first.violation.isLate) this.#first = notAgain(this.#first)
    else this.#keep(this.#first, this.#first.violation)
  }

  async #shorter(drawn: Drawn): Promise<void> {
    if (this.#tries >= mostTries || this.#requests > mostRequests) return
    this.#tries += 1
    const { violation, ...taken } = await this.#take(drawn, true)
    if (violation && violation.requirement === this.#shortest?.violation.requirement) {
      this.#keep(taken, violation)
    }
  }

  #keep(taken: Omit<Taken, 'violation'>, violation: Violation): never {
    const { mayBreak, dialect } = this.#walks
    const isExpected = violation instanceof BrokenAnswer || mayBreak.includes(violation.requirement)
    if (!isExpected) {
      throw new Error(`No walk of ${dialect} may find ${violation.requirement} broken.`)
    }
    this.#shortest = { ...taken, violation }
    throw violation
  }

  async #take(drawn: Drawn, thorough: boolean): Promise<Taken> {
    const tape = new Tape(laneIdOf(this.#loadBalancer))
    const cleanUps: (() => Promise<void>)[] = []
    const on = { session: this.#session, loadBalancer: this.#loadBalancer, judge: this.#judge }
    const kept = { sent: [] as RecordedExchange[], cleanUps, tape }
    const ended = await takenOnce(this.#walks, drawn, thorough, on, kept)
    const { draws } = tape
    for (const remove of cleanUps.toReversed()) {
      await remove().catch((error: unknown) => this.leftovers.push((error as Error).message))
    }
    this.#requests += kept.sent.length
    const exchanges: RecordedExchange[] = []
    for (const one of kept.sent) keeping(exchanges)(one)
    return { ...ended, exchanges, drawn: drawnOn(draws, exchanges.length, this.#session) }
  }
}

/** What was seen only in the end, and not when everything was looked at after each step. */
function notAgain({ violation, ...taken }: Taken): Taken {
  return { ...taken, unfinished: `Seen once, and not again: ${violation?.message}` }
}
