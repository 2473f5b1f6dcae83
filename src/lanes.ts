/** Load balancers to work on, one check at a time on each. */

import { Unarranged } from './model.ts'

/** A load balancer lent to one check. */
export interface Lane<Place> {
  readonly place: Place
  /** Gives it back; `spoilt` when something was left on it, so that no other check stands on it. */
  release(spoilt: boolean): void
}

/** How lanes are made and taken away. */
export interface LaneKeeper<Place> {
  readonly most: number
  create(): Promise<Place>
  destroy(place: Place): Promise<void>
}

/**
 * Lends out lanes, making each when it is first needed.
 *
 * One load balancer takes one write at a time: to go faster a run uses more of them.
 */
export class Lanes<Place> {
  readonly #keeper: LaneKeeper<Place>
  readonly #free: Place[] = []
  readonly #waiting: (() => void)[] = []
  readonly #all: Place[] = []
  #open = 0
  /** What the keeper would have, or the fewer that the target allows. */
  #most: number
  #refused: Unarranged | undefined

  constructor(keeper: LaneKeeper<Place>) {
    this.#keeper = keeper
    this.#most = keeper.most
  }

  /**
   * The next free lane, when there is one.
   *
   * @throws {Unarranged} When none could ever be made; the first refusal is repeated, not asked for again.
   */
  async lend(): Promise<Lane<Place>> {
    for (;;) {
      if (this.#refused) throw this.#refused
      const place = this.#free.pop() ?? (this.#open < this.#most ? await this.#create() : undefined)
      if (place !== undefined) return { place, release: (spoilt) => this.#release(place, spoilt) }
      if (this.#open >= this.#most) {
        await new Promise<void>((resolve) => this.#waiting.push(resolve))
      }
    }
  }

  /** Takes all lanes away again. @returns what could not be removed, one sentence each. */
  async close(): Promise<string[]> {
    const left: string[] = []
    for (const place of this.#all) {
      await this.#keeper
        .destroy(place)
        .catch((error: unknown) => left.push((error as Error).message))
    }
    return left
  }

  /** A new lane, or none when the target allows no more than there are. */
  async #create(): Promise<Place | undefined> {
    this.#open += 1
    try {
      const place = await this.#keeper.create()
      this.#all.push(place)
      return place
    } catch (error) {
      this.#open -= 1
      const refused = error instanceof Unarranged
      if (refused && this.#open > 0) {
        this.#most = this.#open
        return undefined
      }
      if (refused && this.#all.length === 0) this.#refused = error
      this.#wake(this.#refused ? this.#waiting.length : 1)
      throw error
    }
  }

  #release(place: Place, spoilt: boolean): void {
    if (spoilt) this.#open -= 1
    else this.#free.push(place)
    this.#wake(1)
  }

  #wake(many: number): void {
    for (const resume of this.#waiting.splice(0, many)) resume()
  }
}
