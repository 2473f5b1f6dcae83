/**
 * The words of walks: what the suites of a dialect declare so that sequences of its operations can be drawn,
 * taken one step after another, and held against what the pages say.
 */

import { AssertionError } from 'node:assert'
import type { Arbitrary } from 'fast-check'
import type { Dialect } from '../model.ts'
import type { Fixtures } from './check.ts'

/** After a step the target was not as a page has it. */
export class Violation extends AssertionError {
  /** The id of the requirement that is broken. */
  readonly requirement: string
  /** Was it seen too late to say which step did it? Then it counts only if a closer look finds it. */
  readonly isLate: boolean

  constructor(requirement: string, message: string, isLate = false) {
    super({ message })
    this.requirement = requirement
    this.isLate = isLate
  }
}

/** An answer of a walk breaks what holds for every answer of its operation. */
export class BrokenAnswer extends Violation {}

/** What a step is given beside its model. */
export interface Watch {
  /** Is everything looked at after each step? It is when a walk is taken again because it found something. */
  readonly thorough: boolean
  /**
   * Looks, and looks again while the reads of this target may be late.
   *
   * @param look - Throws a `Violation` for what is not as it must be.
   */
  see(look: () => Promise<void>): Promise<void>
  /** Notes what was done, in a sentence for the reader of a violation. */
  did(sentence: string): void
}

/** One step of a walk. It holds no state of its own: it may be taken again in a shorter walk. */
export interface Step<World> {
  /** Can it be taken as things are? Decided by the model alone. */
  isPossible(world: World): boolean
  /** @throws {Violation} When the target is not as it must be afterwards. */
  take(world: World): Promise<void>
}

/** The walks of one dialect. */
export type Walks = WalksOf<unknown, object, unknown>

/** The walks of one dialect, their types left to that dialect: only its own ground and model meet them. */
export function walksOf<Ground, World extends object, Scene>(
  walks: WalksOf<Ground, World, Scene>,
): Walks {
  return walks
}

/**
 * The walks of one dialect, as they are declared.
 *
 * @typeParam World - The model: what exists, and how the pages have it shown.
 * @typeParam Scene - What a walk begins with.
 */
export interface WalksOf<Ground, World extends object, Scene> {
  readonly dialect: Dialect
  readonly fixtures: Fixtures
  /** The ids of the requirements that a walk may find broken. */
  readonly mayBreak: readonly string[]
  readonly scene: Arbitrary<Scene>
  /** A kind of step that is to be frequent stands here more than once. */
  readonly steps: readonly Arbitrary<Step<World>>[]
  /** How many steps a walk has. */
  readonly fewest: number
  readonly most: number
  /** Arranges what a walk begins with. */
  begin(ground: Ground, scene: Scene, watch: Watch): Promise<World>
  /** Looks at everything for the last time, and removes by the operations under test what is there. */
  end(world: World): Promise<void>
}

/** The first walk of a dialect is number 1. */
export interface WalkOrder {
  readonly number: number
  readonly seed: number
  /** The shorter walk that a report named; without it, the whole one as it is drawn. */
  readonly path?: WalkPath
}

/** Which of the shorter walks: where fast-check finds it, and which of its steps were taken. */
export interface WalkPath {
  readonly shrinks: string
  readonly taken: string
}
