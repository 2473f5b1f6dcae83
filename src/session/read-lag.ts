/** How far the reads of a target lag behind its writes, as far as a run has seen. */

/** Milliseconds that a failing check looks again, after a number of checks have looked again in vain. */
const firstFew = 4
const longAgain = 10_000
const shortAgain = 2_000

/** How many times as long as the next a look must have taken to be taken for an exception. */
const muchLonger = 3

/** The same, when every view that was measured was right at once: others may still be late. */
const promptAgain = 3_000

/**
 * What a run has learned of how long a target's reads may show what was there before a write.
 *
 * No page promises that a read is never old. A lag is learned when a look that was wrong becomes right without
 * another write in between, and from then on every look waits that long after a write.
 */
export class ReadLag {
  #longest = 0
  /** The longest but one. */
  #second = 0
  #vain = 0
  /** Has a measurement shown every view to be right at once? */
  #isPrompt = false
  #measuring: Promise<void> | undefined
  readonly #mostMilliseconds: number

  /** @param mostMilliseconds - The target's `settleSeconds`; 0 for a target whose reads are never late. */
  constructor(mostMilliseconds: number) {
    this.#mostMilliseconds = mostMilliseconds
  }

  /** The longest that was seen, in milliseconds; 0 when every look was right at once. */
  get longest(): number {
    return this.#longest
  }

  /**
   * How long after a write a look is late enough, in milliseconds: a fifth more than was seen. Every look waits that
   * long, so a single one that took much longer than all others does not count: it may have been trouble on the way.
   */
  get lateEnough(): number {
    const isAlone = this.#second > 0 && this.#longest > muchLonger * this.#second
    const usual = isAlone ? this.#second : this.#longest
    return usual === 0 ? 0 : Math.ceil(usual * 1.2) + 20
  }

  /**
   * For how many milliseconds a look that shows the wrong thing is made again.
   *
   * At most the target's `settleSeconds`. Where several have been made again in vain and none was ever late, a
   * further wait is shorter: a broken target must not cost a run its time.
   */
  get again(): number {
    return Math.min(this.#mostMilliseconds, Math.max(this.#usualAgain, 3 * this.#longest))
  }

  get #usualAgain(): number {
    if (this.#longest > 0) return longAgain
    if (this.#vain >= firstFew) return shortAgain
    return this.#isPrompt ? promptAgain : longAgain
  }

  /** A look was right only so many milliseconds after the write. */
  saw(milliseconds: number): void {
    const seen = Math.round(milliseconds)
    this.#second = Math.max(this.#second, Math.min(this.#longest, seen))
    this.#longest = Math.max(this.#longest, seen)
  }

  /** A look was made again until its time was over, and never became right. */
  sawNothing(): void {
    this.#vain += 1
  }

  /**
   * Measures once a run, and not at all where reads are never late. Whoever comes later waits for the result.
   *
   * @param measure - Milliseconds that the latest of all views was late. What it throws is not known then.
   */
  measureOnce(measure: () => Promise<number>): Promise<void> {
    if (this.#mostMilliseconds === 0) return Promise.resolve()
    this.#measuring ??= this.#measure(measure)
    return this.#measuring
  }

  async #measure(measure: () => Promise<number>): Promise<void> {
    try {
      const milliseconds = await measure()
      this.saw(milliseconds)
      this.#isPrompt = milliseconds === 0
    } catch {
      // Nothing is known then.
    }
  }
}
