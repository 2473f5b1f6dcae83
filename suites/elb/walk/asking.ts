/** Asks one operation under test, and looks at the result. */

import { askUnder, type Ruled, type Ruling } from '../../../src/check/ruling.ts'
import { Violation } from '../../../src/check/walk.ts'
import { Unarranged, type Exchange } from '../../../src/model.ts'
import type { Blame } from './blame.ts'
import { allViews, differencesIn, type View } from './views.ts'
import type { World } from './world.ts'

/** Asks, and holds the answer to what must follow. @throws {Violation} When it does not. */
export async function ask(
  { elb }: World,
  ruling: Ruling,
  send: () => Promise<Exchange>,
): Promise<Ruled> {
  const mayLock = elb.context.session.target.profile?.asynchronous !== false
  return askUnder(ruling, mayLock, send)
}

/**
 * Looks at some views, or at all of them when the walk is repeated, and names the requirement that a difference breaks.
 *
 * @param blame - The requirement that a difference breaks; none where the step itself may have done it.
 * @param isLate - Is it looked at too late to say which step did it?
 * @throws {Violation} For the first difference that is still there when reads can no longer be late.
 */
export async function look(
  world: World,
  views: readonly View[],
  blame: Blame | ((...difference: Parameters<Blame>) => string | undefined),
  isLate = false,
): Promise<void> {
  const { watch } = world
  await watch.see(async () => {
    const own = await differencesIn(world, views)
    const all =
      own.length === 0 && watch.thorough ? await differencesIn(world, allViews(world)) : own
    if (all.length === 0) return
    const text = all.slice(0, mostTold).map((one) => one.text)
    // Of several, one that can be blamed: the others may follow from it.
    const requirement = all.map((one) => blame(one)).find((name) => name !== undefined)
    const message = `Not as expected: ${text.join('; ')}.`
    if (requirement === undefined) throw new Unarranged(`A step of set-up changed more. ${message}`)
    throw new Violation(requirement, message, isLate)
  })
}

const mostTold = 3
