/** What hangs on an object, and neither its id nor its look shows: some services delete it with the object. */

import { now } from '../exchange/clock.ts'
import type { Objects } from '../dialects/objects.ts'
import { Denied, Unarranged, type HttpRequest, type HttpResponse, type Purpose } from '../model.ts'
import * as say from './ownership-messages.ts'
import type { Strangers } from './strangers.ts'

/** Whose objects they are. */
export interface Holding {
  readonly objects: Objects
  readonly strangers: Strangers
}

type Look = (request: HttpRequest) => Promise<HttpResponse>

/** Milliseconds. */
const mostOld = 5_000

/** Lists that say something of many objects, and are not asked for anew for each of them. */
export class RecentLists {
  readonly #answers = new Map<string, { readonly at: number; readonly answer: HttpResponse }>()

  /**
   * Makes this look, unless it was made less than five seconds ago.
   *
   * @param since - In milliseconds of `now()`: an earlier list says nothing of what is newer.
   */
  looking(look: Look, since = -Infinity): Look {
    return async (request) => {
      const key = JSON.stringify(request)
      const known = this.#answers.get(key)
      if (known && known.at > since && now() - known.at < mostOld) return known.answer
      const at = now()
      const answer = await look(request)
      this.#answers.set(key, { at, answer })
      return answer
    }
  }
}

/**
 * Lists it, and notes what others have hung there.
 *
 * @returns why that is not known; nothing when it is, or where nothing can hang on an object of this kind.
 * @throws What the look throws, but for a `Denied`: whoever may not list it must still be able to remove what a run makes.
 */
export async function seeHanging(
  { objects, strangers }: Holding,
  key: string,
  look: Look,
): Promise<string | undefined> {
  const hanging = objects.hanging(key)
  if (!hanging) return undefined
  try {
    const keys = hanging.keys(await look(hanging.request))
    if (!keys) return 'what hangs on it could not be listed'
    strangers.noteHanging(key, keys)
  } catch (error) {
    if (!(error instanceof Denied)) throw error
  }
  return undefined
}

/**
 * Before a removal: others may have put something into the object, or hung something on it. That the target ought to
 * refuse the removal is no reason to rely on it. A clean-up has listed what hangs there by itself.
 *
 * @throws {Unarranged} When they have, or when that cannot be listed.
 */
export async function assertHoldsNoStranger(
  holding: Holding,
  key: string,
  purpose: Purpose,
  look: Look,
): Promise<void> {
  const why = purpose === 'clean-up' ? undefined : await seeHanging(holding, key, look)
  if (why !== undefined) throw new Unarranged(say.unlisted(key, why))
  const stranger = holding.strangers.in(key)
  if (stranger !== undefined) throw new Unarranged(say.shared(key, stranger))
}
