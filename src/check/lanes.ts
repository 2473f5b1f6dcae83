/** Lanes: load balancers, each lent to one check at a time. */

import { Unarranged } from '../model.ts'

/** A load balancer lent to one check. */
export interface Lane<LoadBalancer> {
  readonly loadBalancer: LoadBalancer
  /** What changed on a load balancer of the operator since it was lent, one sentence for each change. */
  changes(): Promise<readonly string[]>
  /** Leaves it on the target at the end of the run; it still has to be given back, as spoilt. */
  keep(): void
  /** Gives it back. When something is left on it, it is `spoilt`, and no other check gets it. */
  release(spoilt: boolean): void
}

/** How load balancers are created and deleted. */
export interface LaneSource<LoadBalancer> {
  /** How many there may be; more when the target turns out to be slow. */
  most(): number
  create(): Promise<LoadBalancer>
  /** Waits until it accepts writes. If this fails, the load balancer is still destroyed at the end. */
  ready(loadBalancer: LoadBalancer): Promise<unknown>
  destroy(loadBalancer: LoadBalancer): Promise<void>
  /** Set for a load balancer that the operator lends: no other can replace it. */
  readonly lent?: {
    /** Why no further check is asked after it changed. */
    readonly spoilt: Unarranged
    /** @param thorough - Compares every field of everything on it, and not only what a cheap look shows. */
    changes(loadBalancer: LoadBalancer, thorough: boolean): Promise<readonly string[]>
  }
}

/**
 * Lends lanes to checks, and creates each when it is first needed.
 *
 * A load balancer accepts one write at a time, so a faster run needs more load balancers.
 */
export class Lanes<LoadBalancer> {
  readonly #laneSource: LaneSource<LoadBalancer>
  readonly #free: LoadBalancer[] = []
  readonly #waiting: (() => void)[] = []
  readonly #all: LoadBalancer[] = []
  #open = 0
  /** As many as the target allows; known once it has refused one. */
  #allowed = Infinity
  /** Has at least one lane been ready? */
  #usable = false
  #refused: Unarranged | undefined

  constructor(laneSource: LaneSource<LoadBalancer>) {
    this.#laneSource = laneSource
  }

  /** May another one be created? */
  get #hasRoom(): boolean {
    return this.#open < Math.min(this.#allowed, this.#laneSource.most())
  }

  /**
   * The next free lane, when there is one.
   *
   * @throws {Unarranged} When the first lane was refused. The refusal is thrown again, without another request.
   */
  async lend(): Promise<Lane<LoadBalancer>> {
    for (;;) {
      if (this.#refused) throw this.#refused
      const loadBalancer = this.#free.pop() ?? (this.#hasRoom ? await this.#create() : undefined)
      if (loadBalancer !== undefined) return this.#lane(loadBalancer)
      if (!this.#hasRoom) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /** Deletes all load balancers, at once: none waits for another. @returns What could not be deleted, one sentence for each. */
  async close(): Promise<string[]> {
    const left = await Promise.all(
      this.#all.map((loadBalancer) =>
        this.#laneSource.destroy(loadBalancer).then(
          () => [],
          (error: unknown) => [(error as Error).message],
        ),
      ),
    )
    return left.flat()
  }

  /** What changed on a lent load balancer, compared in every field. */
  async changes(): Promise<string[]> {
    const { lent } = this.#laneSource
    if (!lent) return []
    const found = await Promise.all(
      [...new Set(this.#all)].map((loadBalancer) => lent.changes(loadBalancer, true)),
    )
    return found.flat()
  }

  #lane(loadBalancer: LoadBalancer): Lane<LoadBalancer> {
    return {
      loadBalancer,
      changes: () => this.#laneSource.lent?.changes(loadBalancer, false) ?? Promise.resolve([]),
      keep: () => {
        const index = this.#all.indexOf(loadBalancer)
        if (index !== -1 && !this.#laneSource.lent) this.#all.splice(index, 1)
      },
      release: (spoilt) => this.#release(loadBalancer, spoilt),
    }
  }

  /** A new load balancer, or `undefined` when the target allows no more. */
  async #create(): Promise<LoadBalancer | undefined> {
    this.#open += 1
    try {
      const loadBalancer = await this.#laneSource.create()
      this.#all.push(loadBalancer)
      await this.#laneSource.ready(loadBalancer)
      this.#usable = true
      return loadBalancer
    } catch (error) {
      this.#open -= 1
      const refused = error instanceof Unarranged
      if (refused && this.#open > 0) {
        this.#allowed = this.#open
        return undefined
      }
      if (refused && !this.#usable) this.#refused = error
      this.#wake(this.#refused ? this.#waiting.length : 1)
      throw error
    }
  }

  #release(loadBalancer: LoadBalancer, spoilt: boolean): void {
    if (spoilt) this.#open -= 1
    else this.#free.push(loadBalancer)
    if (spoilt) this.#refused ??= this.#laneSource.lent?.spoilt
    // All look again when there is room for more than before: this one load balancer is enough for one of them.
    this.#wake(this.#refused || this.#hasRoom ? this.#waiting.length : 1)
  }

  #wake(many: number): void {
    for (const resume of this.#waiting.splice(0, many)) resume()
  }
}
