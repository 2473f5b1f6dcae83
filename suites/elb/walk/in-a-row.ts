/** Several steps that are drawn as one, so that a history that matters is met often. */

import type { Step } from '../../../src/check/walk.ts'
import type { World } from './world.ts'

/** Takes those that are possible, one after another; the first one has to be. */
export class InARow implements Step<World> {
  readonly #steps: readonly Step<World>[]

  constructor(steps: readonly Step<World>[]) {
    this.#steps = steps
  }

  isPossible(world: World): boolean {
    return this.#steps[0]?.isPossible(world) === true
  }

  async take(world: World): Promise<void> {
    for (const step of this.#steps) if (step.isPossible(world)) await step.take(world)
  }
}
