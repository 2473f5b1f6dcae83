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
  #refused: Unarranged | undefined

  constructor(keeper: LaneKeeper<Place>) {
    this.#keeper = keeper
  }

  /**
   * The next free lane, when there is one.
   *
   * @throws {Unarranged} When none could ever be made; the first refusal is repeated, not asked for again.
   */
  async lend(): Promise<Lane<Place>> {
    while (this.#free.length === 0 && this.#open >= this.#keeper.most) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    const place = this.#free.pop() ?? (await this.#create())
    return { place, release: (spoilt) => this.#release(place, spoilt) }
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

  async #create(): Promise<Place> {
    if (this.#refused) throw this.#refused
    this.#open += 1
    try {
      const place = await this.#keeper.create()
      this.#all.push(place)
      return place
    } catch (error) {
      this.#open -= 1
      if (error instanceof Unarranged && this.#all.length === 0) this.#refused = error
      this.#waiting.shift()?.()
      throw error
    }
  }

  #release(place: Place, spoilt: boolean): void {
    if (spoilt) this.#open -= 1
    else this.#free.push(place)
    this.#waiting.shift()?.()
  }
}
