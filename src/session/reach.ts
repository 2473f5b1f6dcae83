/** Requests that name no object: a target may take one for a request about all of them. */

import type { Objects } from '../dialects/objects.ts'
import { NotOffered, type HttpRequest, type HttpResponse } from '../model.ts'

/**
 * Where a request names no object, everything that it could reach has to be ours.
 *
 * @param isOurs - Judges one object by its key and its name.
 * @throws {NotOffered} When something is somebody else's, or the list of it cannot be read to its end.
 */
export async function assertReachesOnlyOurs(
  objects: Objects,
  request: HttpRequest,
  look: (request: HttpRequest) => Promise<HttpResponse>,
  isOurs: (key: string, name: string) => boolean,
): Promise<void> {
  const everything = objects.everything(request)
  if (!everything) return
  const answer = await look(everything.request)
  const what = `${request.method} ${request.path} names no object, and a target may take it for all of them`
  if (!everything.isWhole(answer)) {
    throw new NotOffered(`${what}: whose they are is not known. Nothing was sent.`)
  }
  const others = objects
    .shown(everything.request, answer)
    .filter(({ key, name = '' }) => !isOurs(key, name))
  if (others.length > 0) {
    throw new NotOffered(`${what}: ${others.length} of them are not of this run. Nothing was sent.`)
  }
}
