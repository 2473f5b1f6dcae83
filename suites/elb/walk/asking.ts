/** Asks one operation under test, and looks at the result. */

import { askUnder, type Ruled, type Ruling } from '../../../src/check/ruling.ts'
import { lookingAt } from '../../../src/check/walk-look.ts'
import type { Exchange } from '../../../src/model.ts'
import { allViews, differencesIn } from './views.ts'
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

/** Looks at some views, and names the requirement that a difference breaks. */
export const look = lookingAt(differencesIn, allViews)
