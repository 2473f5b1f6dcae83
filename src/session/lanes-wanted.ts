/** How many load balancers a run uses at once. */

import { defaultLimits, mostLanesOf } from '../target.ts'
import type { Session } from './session.ts'

/** From this many milliseconds on, a run waits for its target longer than it asks. */
const slow = 300

/**
 * As many as the target file says. Where it says nothing, a few; and more once the target was seen to be slow:
 * each check then waits most of its time for a write to settle, or for a read to show it.
 */
export function lanesWanted({ target, reads, found }: Session): number {
  const { limits } = target
  if (limits?.lanes !== undefined) return limits.lanes
  return Math.max(reads.longest, found.longestSettling) > slow
    ? mostLanesOf(limits)
    : defaultLimits.lanes
}
