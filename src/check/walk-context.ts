/** Where a walk stands: a lane, and looks that are made again while the reads of a target may be late. */

import { exchange } from '../exchange/exchange.ts'
import { pauseUnless } from '../exchange/retry.ts'
import type { RecordedExchange } from '../model.ts'
import type { Session } from '../session/session.ts'
import type { Target } from '../target.ts'
import type { CheckContext, JudgeAnswer } from './check.ts'
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
  #lastWrite = performance.now()

  constructor(session: Session, thorough: boolean) {
    this.#session = session
    this.thorough = thorough
  }

  /** A write was answered. */
  wrote(): void {
    this.#lastWrite = performance.now()
  }

  get sinceLastWrite(): number {
    return performance.now() - this.#lastWrite
  }

  did(sentence: string): void {
    this.sentences.push(sentence)
  }

  async see(look: () => Promise<void>): Promise<void> {
    const { reads, connection } = this.#session
    const patience = this.#patience()
    const over = performance.now() + patience
    for (let wait = firstPause; ; wait = Math.min(2 * wait, longestPause)) {
      try {
        await look()
        if (wait > firstPause) reads.saw(this.sinceLastWrite)
        return
      } catch (error) {
        const late = performance.now() + wait > over || connection.over?.aborted
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
}

/** The context of one taking. @param judge - Each answer is held against what it must be, whatever it was asked for. */
export function walkContext(
  session: Session,
  loadBalancer: unknown,
  watch: Watching,
  { sent, cleanUps }: Keeping,
  judge: JudgeAnswer,
): CheckContext<Target, unknown> {
  const { connection, reads } = session
  return {
    session,
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
    once: (_kind, make) => make(),
    shared: (_what, make) => make(),
    onEnd: () => undefined,
    observe: (make) => make(),
    recordTraffic: () => undefined,
    onCleanUp: (remove) => void cleanUps.push(remove),
  }
}
