/** Backend servers of `slb` have no names: which of them a run adds is known by their ids. */

import { isAbsentServerId } from '../session/run-names.ts'
import type { GivenSlb } from '../target.ts'

/** Does the target file lend this server, or has a run made up its id? Every other server is somebody else's. */
export function isServerOfRuns(id: string, { serverIds, eniIds = [], traffic }: GivenSlb): boolean {
  const carrying = traffic?.servers.map(({ serverId }) => serverId) ?? []
  return [...serverIds, ...eniIds, ...carrying].includes(id) || isAbsentServerId(id)
}
