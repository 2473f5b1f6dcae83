/** How a walk is drawn: by a seed of its own, and the shorter ones that fast-check finds in it. */

import * as fc from 'fast-check'
import type { Step, WalkOrder, WalkPath, Walks } from './walk.ts'

/** What a walk begins with, and its steps. */
export type Drawn = readonly [scene: unknown, steps: Iterable<fc.AsyncCommand<object, undefined>>]

/** A step, as fast-check takes it. */
class Command implements fc.AsyncCommand<object, undefined> {
  readonly #step: Step<object>

  constructor(step: Step<object>) {
    this.#step = step
  }

  check(world: object): boolean {
    return this.#step.isPossible(world)
  }

  run(world: object): Promise<void> {
    return this.#step.take(world)
  }
}

export function drawnBy({ scene, steps, most }: Walks, taken?: string): fc.Arbitrary<Drawn> {
  const commands = steps.map((step) => step.map((one) => new Command(one)))
  const constraints = { maxCommands: most, size: 'max' as const }
  const replay = taken === undefined ? {} : { replayPath: taken }
  // Without bias: fast-check would begin with the shortest walks.
  return fc.noBias(fc.tuple(scene, fc.commands(commands, { ...constraints, ...replay })))
}

const mostSeeds = 100

/** The seed of one walk: the first of its own that draws enough steps. */
export function seedOf(walks: Walks, { number, seed }: Pick<WalkOrder, 'number' | 'seed'>): number {
  const drawn = drawnBy(walks)
  for (let attempt = 0; ; attempt += 1) {
    const own = fc.hash(`${seed} ${walks.dialect} ${number} ${attempt}`)
    const [one] = fc.sample(
      fc.asyncProperty(drawn, () => Promise.resolve()),
      { seed: own, numRuns: 1 },
    )
    const [[, steps]] = one as unknown as [Drawn]
    if ([...steps].length >= walks.fewest || attempt === mostSeeds) return own
  }
}

/** The walk of this path, as it was taken then; `undefined` where the path leads nowhere. */
export async function drawnAt(
  walks: Walks,
  { number, seed, path }: WalkOrder & { readonly path: WalkPath },
): Promise<Drawn | undefined> {
  const all: Drawn[] = []
  const keep = fc.asyncProperty(drawnBy(walks, path.taken), (one) => {
    all.push(one)
    return Promise.resolve()
  })
  const replayed = { path: path.shrinks, endOnFailure: true }
  await fc.check(keep, { seed: seedOf(walks, { number, seed }), numRuns: 1, ...replayed })
  return all[0]
}
