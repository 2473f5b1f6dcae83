/** What hangs on an object, and neither its id nor its look shows: some services delete it with the object. */

import type { Objects } from '../dialects/objects.ts'
import { Denied, type HttpRequest, type HttpResponse } from '../model.ts'
import type { Strangers } from './strangers.ts'

/** Whose objects they are. */
export interface Holding {
  readonly objects: Objects
  readonly strangers: Strangers
  /** Is there a load balancer that is lent? Its owner's objects may refer to ours. */
  readonly hasLent: boolean
}

/**
 * Lists it, and notes what others have hung there.
 *
 * @returns why that is not known; nothing when it is, or where nothing can hang on an object of this kind.
 * @throws What the look throws, but for a `Denied`: whoever may not list it must still be able to remove what a run makes.
 */
export async function seeHanging(
  { objects, strangers, hasLent }: Holding,
  key: string,
  look: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<string | undefined> {
  const hanging = objects.hanging(key, hasLent)
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
