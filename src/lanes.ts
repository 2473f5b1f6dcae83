/** Load balancers to work on, one check at a time on each. */

import { Unarranged } from './model.ts'

/** A load balancer lent to one check. */
export interface Lane<Place> {
  readonly place: Place
  /** Of a lent load balancer: what is otherwise than it was when it was lent, one sentence each. */
  changes(): Promise<readonly string[]>
  /** Gives it back; `spoilt` when something was left on it, so that no other check stands on it. */
  release(spoilt: boolean): void
}

/** How lanes are made and taken away. */
export interface LaneKeeper<Place> {
  readonly most: number
  create(): Promise<Place>
  /** Waits until it can be worked on. What is made is destroyed in the end even if this fails. */
  ready(place: Place): Promise<unknown>
  destroy(place: Place): Promise<void>
  /** For the one that an operator lends: there is no other to take its place. */
  readonly lent?: {
    /** Why nothing more can be asked once it is not as it was. */
    readonly spoilt: Unarranged
    /** @param thorough - Every field of everything on it, or only what costs little to see. */
    changes(place: Place, thorough: boolean): Promise<readonly string[]>
  }
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
  /** Has there ever been a lane to work on? */
  #usable = false
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
      if (place !== undefined) return this.#lane(place)
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

  /** What is otherwise than it was on what was lent, to the last field. */
  async changes(): Promise<string[]> {
    const { lent } = this.#keeper
    if (!lent) return []
    const found = await Promise.all(
      [...new Set(this.#all)].map((place) => lent.changes(place, true)),
    )
    return found.flat()
  }

  #lane(place: Place): Lane<Place> {
    return {
      place,
      changes: () => this.#keeper.lent?.changes(place, false) ?? Promise.resolve([]),
      release: (spoilt) => this.#release(place, spoilt),
    }
  }

  /** A new lane, or none when the target allows no more than there are. */
  async #create(): Promise<Place | undefined> {
    this.#open += 1
    try {
      const place = await this.#keeper.create()
      this.#all.push(place)
      await this.#keeper.ready(place)
      this.#usable = true
      return place
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

  #release(place: Place, spoilt: boolean): void {
    if (spoilt) this.#open -= 1
    else this.#free.push(place)
    if (spoilt) this.#refused ??= this.#keeper.lent?.spoilt
    this.#wake(this.#refused ? this.#waiting.length : 1)
  }

  #wake(many: number): void {
    for (const resume of this.#waiting.splice(0, many)) resume()
  }
}
