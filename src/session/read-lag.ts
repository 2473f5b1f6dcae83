/** How far the reads of a target lag behind its writes, as far as a run has seen. */

/** Milliseconds that a failing check looks again, after a number of checks have looked again in vain. */
const firstFew = 4
const longAgain = 10_000
const shortAgain = 2_000

/** The same, when every view that was measured was right at once: others may still be late. */
const promptAgain = 3_000

/** How many times as long as what was measured a look must have taken to be taken for an exception. */
const muchLonger = 3

/**
 * What a run has learned of how long a target's reads may show what was there before a write.
 *
 * No page promises that a read is never old. A lag is learned when a look that was wrong becomes right without
 * another write in between, and from then on every look waits that long after a write.
 */
export class ReadLag {
  #longest = 0
  /** Of a measurement; 0 where there was none, or every view was right at once. */
  #measured = 0
  /** The longest that is not much longer than what was measured. */
  #usual = 0
  /** Those that are, the longest first. */
  #exceptions: readonly number[] = []
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
   * How long after a write a look is late enough, in milliseconds: a fifth more than was seen.
   *
   * Every look waits that long. So a single one that took much longer than what was measured does not count: it may
   * have been trouble on the way. What was seen otherwise does not count, since a look may come long after its write.
   */
  get lateEnough(): number {
    const [, second = 0] = this.#exceptions
    const lag = Math.max(this.#usual, second)
    return lag === 0 ? 0 : Math.ceil(lag * 1.2) + 20
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
    this.#longest = Math.max(this.#longest, seen)
    const isException = this.#measured > 0 && seen > muchLonger * this.#measured
    if (isException) this.#exceptions = [...this.#exceptions, seen].toSorted((a, b) => b - a)
    else this.#usual = Math.max(this.#usual, seen)
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
      this.#measured = milliseconds
      this.saw(milliseconds)
      this.#isPrompt = milliseconds === 0
    } catch {
      // Nothing is known then.
    }
  }
}
