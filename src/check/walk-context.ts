/** Where a walk stands: a lane, and looks that are made again while the reads of a target may be late. */

import { now } from '../exchange/clock.ts'
import { exchange } from '../exchange/exchange.ts'
import { pauseUnless } from '../exchange/retry.ts'
import type { RecordedExchange } from '../model.ts'
import type { Session } from '../session/session.ts'
import type { Target } from '../target.ts'
import type { CheckContext, JudgeAnswer } from './check.ts'
import type { Tape } from './tape.ts'
import { BrokenAnswer, type Watch } from './walk.ts'

const firstPause = 50
const longestPause = 1_000

/** Milliseconds that a look is made again in a walk that is taken again: its reads were waited for before. */
const againWhenThorough = 1_000

/** Watches one taking of a walk. */
export class Watching implements Watch {
  readonly thorough: boolean
  readonly sentences: string[] = []
  readonly #session: Session
  readonly #tape: Tape
  #lastWrite = now()

  /** @param tape - Whoever has it can take the same walk again. */
  constructor(session: Session, thorough: boolean, tape: Tape) {
    this.#session = session
    this.#tape = tape
    this.thorough = tape.once('thorough', () => thorough)
  }

  /** A write was answered. */
  wrote(): void {
    this.#lastWrite = now()
  }

  get sinceLastWrite(): number {
    return now() - this.#lastWrite
  }

  did(sentence: string): void {
    this.sentences.push(sentence)
  }

  async see(look: () => Promise<void>): Promise<void> {
    const { reads, connection } = this.#session
    // What the run had seen of late reads before is not in the evidence of this walk.
    const patience = this.#tape.once('patience', () => this.#patience())
    const over = now() + patience
    for (let wait = firstPause; ; wait = Math.min(2 * wait, longestPause)) {
      try {
        await look()
        if (wait > firstPause) reads.saw(this.sinceLastWrite)
        return
      } catch (error) {
        const late = now() + wait > over || connection.over?.aborted
        const wrong = error instanceof Error && error.name === 'AssertionError'
        if (late && wrong && patience > 0) reads.sawNothing()
        if (late || !wrong) throw error
        await pauseUnless(connection.over, wait)
      }
    }
  }

  #patience(): number {
    const { again, longest } = this.#session.reads
    return this.thorough && longest === 0 ? Math.min(again, againWhenThorough) : again
  }
}

/** What one taking of a walk keeps. */
export interface Keeping {
  /** What it sent. */
  readonly sent: RecordedExchange[]
  /** What removes what it made. */
  readonly cleanUps: (() => Promise<void>)[]
  /** What it drew. */
  readonly tape: Tape
}

/** Where a walk is taken. */
export interface WalkedOn {
  readonly session: Session
  readonly loadBalancer: unknown
  /** Each answer is held against what it must be, whatever it was asked for. */
  readonly judge: JudgeAnswer
}

/** The context of one taking. */
export function walkContext(
  { session, loadBalancer, judge }: WalkedOn,
  watch: Watching,
  { sent, cleanUps, tape }: Keeping,
): CheckContext<Target, unknown> {
  const { connection, reads } = session
  const once: CheckContext<Target, unknown>['once'] = (kind, make) => tape.once(kind, make)
  return {
    session: { ...session, name: (what) => once(`name ${what}`, () => session.name(what)) },
    loadBalancer,
    circumstances: {},
    send: async (purpose, request, when) => {
      const isRead = connection.spelling.repeatable(request)
      const mayWait = isRead && purpose !== 'clean-up' && when !== 'now'
      const wait = mayWait ? reads.lateEnough - watch.sinceLastWrite : 0
      if (wait > 0) await pauseUnless(connection.over, wait)
      const answer = await exchange(connection, purpose, request, (one) => void sent.push(one))
      if (!isRead) watch.wrote()
      const [broken] = judge(answer, [])
      if (broken) throw new BrokenAnswer(broken.requirement, broken.message)
      return answer
    },
    once,
    shared: (_what, make) => make(),
    onEnd: () => undefined,
    observe: (make) => tape.observe(make, connection.redact),
    recordTraffic: () => undefined,
    onCleanUp: (remove) => void cleanUps.push(remove),
  }
}
