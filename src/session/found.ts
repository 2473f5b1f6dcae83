/** What a run finds a target to offer, beside what its profile says: seen once, and remembered. */

import { pause } from '../exchange/clock.ts'

interface Finding {
  readonly offered: boolean
  /** One sentence for the report. */
  readonly how: string
}

/**
 * What a target was found to offer or not to offer, by the name of a call or a form of calls.
 *
 * What was seen first counts: a call that worked once is offered, whatever it answers later.
 */
export class Found {
  readonly #findings = new Map<string, Finding>()
  readonly #probes = new Map<string, Promise<boolean>>()
  #statusLag = 0
  #settles = false
  #longestSettling = 0
  #longestLock = 0
  #expectedSettling = 0
  readonly #stuck = new Set<string>()
  readonly #inVain = new Map<string, number>()

  /** Notes what was seen, unless it is known. @param how - One sentence, needed only where it is not offered. */
  note(what: string, offered: boolean, how = ''): void {
    if (!this.#findings.has(what)) this.#findings.set(what, { offered, how })
  }

  /** `undefined` while nothing was seen. */
  offers(what: string): boolean | undefined {
    return this.#findings.get(what)?.offered
  }

  /**
   * Looks once whether something is offered. Whoever asks later gets the same answer.
   *
   * @param probe - Why it is not offered, as a sentence; nothing when it is. What it throws is not remembered.
   */
  async probe(what: string, probe: () => Promise<string | undefined>): Promise<boolean> {
    const known = this.offers(what)
    if (known !== undefined) return known
    const probing = this.#probes.get(what) ?? this.#ask(what, probe)
    this.#probes.set(what, probing)
    return probing
  }

  async #ask(what: string, probe: () => Promise<string | undefined>): Promise<boolean> {
    try {
      const why = await probe()
      this.note(what, why === undefined, why)
      return why === undefined
    } finally {
      this.#probes.delete(what)
    }
  }

  /** What is not offered, and what showed it, for a report. */
  get notOffered(): readonly { readonly what: string; readonly evidence: string }[] {
    return [...this.#findings].flatMap(([what, { offered, how }]) =>
      offered ? [] : [{ what, evidence: how }],
    )
  }

  /** What was seen to be offered. */
  get offered(): readonly string[] {
    return [...this.#findings].flatMap(([what, { offered }]) => (offered ? [what] : []))
  }

  /**
   * A load balancer was seen that had not settled after a write, and took so many milliseconds more.
   *
   * @param lastUnsettled - After how many of them it was last seen not to have settled.
   */
  sawSettling(milliseconds: number, lastUnsettled = 0): void {
    this.#settles = true
    this.#longestSettling = Math.max(this.#longestSettling, milliseconds)
    const expected = this.#expectedSettling
    // Where it had settled by the first look that was made late, when it did is not known.
    if (lastUnsettled === 0) this.#expectedSettling = expected / 2
    else
      this.#expectedSettling =
        expected === 0 ? lastUnsettled : Math.min(1.25 * expected, lastUnsettled)
  }

  /** For how many milliseconds to look at no load balancer that has just been seen not to have settled. */
  get expectedSettling(): number {
    return this.#expectedSettling
  }

  /** A load balancer did not settle in time, or it has settled after all. */
  sawStuck(loadBalancerId: string, stuck: boolean): void {
    if (stuck) this.#stuck.add(loadBalancerId)
    else this.#stuck.delete(loadBalancerId)
  }

  /** Was it waited for in vain? Nobody has to wait for it once more; a look is enough. */
  isStuck(loadBalancerId: string): boolean {
    return this.#stuck.has(loadBalancerId)
  }

  /**
   * Waits a while for something that may pass by itself; longer each time. Once it did not pass in the whole of the
   * time that it is given, twice, it is not waited for any more.
   *
   * @param what - The same wherever waiting for it can be in vain for the same reason: `a conflict at members`.
   * @param attempt - How often it has been waited for, for the same reason.
   * @param most - Milliseconds, in all; some 4 s unless told.
   * @returns whether it is worth another attempt.
   */
  async mayPass(what: string, attempt: number, most = mostUntilPassed): Promise<boolean> {
    const inVain = this.#inVain.get(what) ?? 0
    if (inVain >= mostInVain) return false
    const wait = pauseOf(attempt, most)
    if (wait === undefined) this.#inVain.set(what, inVain + 1)
    else await pause(wait)
    return wait !== undefined
  }

  /** A request had to wait so many milliseconds until the target was done with another write. */
  sawLock(milliseconds: number): void {
    this.#longestLock = Math.max(this.#longestLock, milliseconds)
  }

  /** In milliseconds; 0 when none was seen. */
  get longestLock(): number {
    return this.#longestLock
  }

  /** In milliseconds; 0 when none was waited for. */
  get longestSettling(): number {
    return this.#longestSettling
  }

  /** Has any load balancer been seen that had not settled? */
  get settles(): boolean {
    return this.#settles
  }

  /** A load balancer was locked although it had been shown as ACTIVE: its status follows late. */
  sawLateStatus(): void {
    this.#settles = true
    this.#statusLag = Math.min(Math.max(firstStatusLag, 2 * this.#statusLag), longestStatusLag)
  }

  /** For how many milliseconds a status has to stay before it counts; 0 when none was seen to follow late. */
  get statusLag(): number {
    return this.#statusLag
  }

  /** A sentence for each thing that is not offered, for a report. */
  get lacking(): readonly string[] {
    return [...this.#findings].flatMap(([what, { offered, how }]) =>
      offered ? [] : [`Not offered: ${what}. ${how}`.trim()],
    )
  }
}

/** Milliseconds. */
const firstPauses = [50, 200, 500, 1_000]
const longestPause = 2_000
const mostUntilPassed = 3_750
const mostInVain = 2
const firstStatusLag = 40
const longestStatusLag = 2_000

/** The pause after so many others, where there is time left for one. */
function pauseOf(attempt: number, most: number): number | undefined {
  const before = firstPauses.slice(0, attempt).reduce((sum, pause) => sum + pause, 0)
  const left = most - before - Math.max(attempt - firstPauses.length, 0) * longestPause
  return left > 0 ? Math.min(firstPauses[attempt] ?? longestPause, left) : undefined
}
