/** `--bail`: after so many failures that no waiver excuses, nothing further is asked. */

import type { Outcome } from '../check/check.ts'
import type { Requirement } from '../model.ts'
import { waiversOf, type Target } from '../target.ts'
import { pinMismatch } from './expected-readings.ts'
import { judge } from './verdict.ts'

/** Counts the failures of one run. Checks that are being asked when the number is reached are finished. */
export class Bail {
  readonly #most: number | undefined
  readonly #today: string
  #failures = 0

  /** @param most - So many failures end the run; none where absent. */
  constructor(most: number | undefined, now = new Date()) {
    this.#most = most
    this.#today = now.toISOString().slice(0, 10)
  }

  /** Why nothing further is asked, in a sentence; nothing while the number is not reached. */
  get reached(): string | undefined {
    if (this.#most === undefined || this.#failures < this.#most) return undefined
    const failures = this.#most === 1 ? '1 failure' : `${this.#most} failures`
    return `Not asked: the run was to end after ${failures} (--bail ${this.#most}).`
  }

  /** Asks a check and counts its failure; when the number is reached, answers without asking. */
  async unlessReached(
    target: Target,
    requirement: Requirement,
    ask: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const message = this.reached
    if (message !== undefined) {
      return {
        thrown: { family: 'unasked', message },
        exchanges: [],
        leftovers: [],
        milliseconds: 0,
      }
    }
    const outcome = await ask()
    this.#count(target, requirement, outcome)
    return outcome
  }

  /** Counts what a walk has found. */
  walked(
    target: Target,
    {
      violation,
    }: { readonly violation?: { readonly requirement: string; readonly message: string } },
  ): void {
    if (!violation) return
    const { requirement: id, message } = violation
    const thrown = { family: 'broken', message } as const
    this.#count(target, { id }, { thrown, exchanges: [], leftovers: [], milliseconds: 0 })
  }

  #count(
    target: Target,
    requirement: Pick<Requirement, 'id' | 'readings'>,
    outcome: Outcome,
  ): void {
    const pinned = target.readings?.[requirement.id]
    const { verdict } = judge({
      outcome,
      id: requirement.id,
      waivers: waiversOf(target, requirement.id),
      today: this.#today,
      pinMismatch: pinMismatch(outcome.reading, pinned, requirement),
    })
    if (verdict === 'fail') this.#failures += 1
  }
}
