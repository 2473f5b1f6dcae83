/** How many load balancers a run uses at once. */

import { defaultLimits, lanesByWait } from '../target.ts'
import type { Session } from './session.ts'

/**
 * As many as the target file says. Where it says nothing, a few; and more once the target was seen to be slow:
 * each check then waits most of its time for a write to settle, or for a read to show it.
 */
export function lanesWanted({ target, reads, found }: Session): number {
  const { limits } = target
  if (limits?.lanes !== undefined) return limits.lanes
  const waited = Math.max(reads.longest, found.longestSettling, found.longestLock)
  const slow = lanesByWait.findLast(({ milliseconds }) => waited > milliseconds)
  return slow?.lanes ?? defaultLimits.lanes
}
