/** Looks at what a walk has made, and names the requirement that a difference from the model breaks. */

import { Unarranged } from '../model.ts'
import { Violation, type Watch } from './walk.ts'

/** How many differences a message names. */
const mostTold = 3

/**
 * @param blame - The requirement that a difference breaks; none where a step of set-up may have caused it.
 * @param isLate - Is it looked at too late to say which step caused it?
 * @throws {Violation} For the first difference that is still there when reads can no longer be late.
 */
type Look<World, View, Difference> = (
  world: World,
  views: readonly View[],
  blame: (difference: Difference) => string | undefined,
  isLate?: boolean,
) => Promise<void>

/**
 * A function that looks at some views, or at all of them when the walk is repeated.
 *
 * @param differencesIn - What is not as the model has it, in these views.
 */
export function lookingAt<World extends { readonly watch: Watch }, View, Difference extends Told>(
  differencesIn: (world: World, views: readonly View[]) => Promise<readonly Difference[]>,
  allViews: (world: World) => readonly View[],
): Look<World, View, Difference> {
  return async (world, views, blame, isLate = false) => {
    const { watch } = world
    await watch.see(async () => {
      const own = await differencesIn(world, views)
      const all =
        own.length === 0 && watch.thorough ? await differencesIn(world, allViews(world)) : own
      if (all.length === 0) return
      const told = all.slice(0, mostTold).map(({ text }) => text)
      const message = `Not as expected: ${told.join('; ')}.`
      // Of several, one that can be blamed: the others may follow from it.
      const requirement = all.map((one) => blame(one)).find((name) => name !== undefined)
      if (requirement === undefined) {
        throw new Unarranged(`A step of set-up changed more. ${message}`)
      }
      throw new Violation(requirement, message, isLate)
    })
  }
}

interface Told {
  /** What it is, for a sentence. */
  readonly text: string
}
