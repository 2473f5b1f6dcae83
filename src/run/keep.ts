/** `--keep`: what some failed checks created stays on the target, so that a person can look at it. */

import type { Manner } from '../check/derivations.ts'
import type { Requirement } from '../model.ts'
import type { Target } from '../target.ts'

/** Counts the checks of one run whose objects are kept. */
export class Keep {
  readonly #most: number
  #kept = 0

  /** @param most - Of so many checks; 0, of none, where absent. */
  constructor(most = 0) {
    this.#most = most
  }

  /** What `perform` is told: a known failure, which a waiver names, is cleaned up as usual. */
  mannerOf(target: Target, { id }: Requirement): Pick<Manner, 'keep'> {
    const isKnown = target.waivers?.some(({ requirement }) => requirement === id)
    return this.#most === 0 || isKnown === true ? {} : { keep: () => this.#take() }
  }

  #take(): boolean {
    if (this.#kept >= this.#most) return false
    this.#kept += 1
    return true
  }
}
