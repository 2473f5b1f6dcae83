/** Load balancers to work on, one check at a time on each. */

import { Unarranged } from '../model.ts'

/** A load balancer lent to one check. */
export interface Lane<LoadBalancer> {
  readonly loadBalancer: LoadBalancer
  /** Of a lent load balancer: what is otherwise than it was when it was lent, one sentence each. */
  changes(): Promise<readonly string[]>
  /** Gives it back; `spoilt` when something was left on it, so that no other check stands on it. */
  release(spoilt: boolean): void
}

/** How lanes are made and taken away. */
export interface LaneSource<LoadBalancer> {
  readonly most: number
  create(): Promise<LoadBalancer>
  /** Waits until it can be worked on. What is made is destroyed in the end even if this fails. */
  ready(loadBalancer: LoadBalancer): Promise<unknown>
  destroy(loadBalancer: LoadBalancer): Promise<void>
  /** For the one that an operator lends: there is no other to take its place. */
  readonly lent?: {
    /** Why nothing more can be asked once it is not as it was. */
    readonly spoilt: Unarranged
    /** @param thorough - Every field of everything on it, or only what costs little to see. */
    changes(loadBalancer: LoadBalancer, thorough: boolean): Promise<readonly string[]>
  }
}

/**
 * Lends out lanes, making each when it is first needed.
 *
 * One load balancer takes one write at a time: to go faster a run uses more of them.
 */
export class Lanes<LoadBalancer> {
  readonly #laneSource: LaneSource<LoadBalancer>
  readonly #free: LoadBalancer[] = []
  readonly #waiting: (() => void)[] = []
  readonly #all: LoadBalancer[] = []
  #open = 0
  /** What the laneSource would have, or the fewer that the target allows. */
  #most: number
  /** Has there ever been a lane to work on? */
  #usable = false
  #refused: Unarranged | undefined

  constructor(laneSource: LaneSource<LoadBalancer>) {
    this.#laneSource = laneSource
    this.#most = laneSource.most
  }

  /**
   * The next free lane, when there is one.
   *
   * @throws {Unarranged} When none could ever be made; the first refusal is repeated, not asked for again.
   */
  async lend(): Promise<Lane<LoadBalancer>> {
    for (;;) {
      if (this.#refused) throw this.#refused
      const loadBalancer =
        this.#free.pop() ?? (this.#open < this.#most ? await this.#create() : undefined)
      if (loadBalancer !== undefined) return this.#lane(loadBalancer)
      if (this.#open >= this.#most) {
        await new Promise<void>((resolve) => this.#waiting.push(resolve))
      }
    }
  }

  /** Takes all lanes away again. @returns what could not be removed, one sentence each. */
  async close(): Promise<string[]> {
    const left: string[] = []
    for (const loadBalancer of this.#all) {
      await this.#laneSource
        .destroy(loadBalancer)
        .catch((error: unknown) => left.push((error as Error).message))
    }
    return left
  }

  /** What is otherwise than it was on what was lent, to the last field. */
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
      release: (spoilt) => this.#release(loadBalancer, spoilt),
    }
  }

  /** A new lane, or none when the target allows no more than there are. */
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
        this.#most = this.#open
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
    this.#wake(this.#refused ? this.#waiting.length : 1)
  }

  #wake(many: number): void {
    for (const resume of this.#waiting.splice(0, many)) resume()
  }
}
