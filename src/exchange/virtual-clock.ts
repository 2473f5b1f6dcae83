/** A clock for tests and replays: time passes only in pauses, which take none of the machine's time. */

import type { Clock } from './clock.ts'

export interface VirtualClock extends Clock {
  /** How long each pause was, in milliseconds, in order. */
  readonly pauses: readonly number[]
}

export function virtualClock(): VirtualClock {
  const pauses: number[] = []
  let now = 0
  return {
    pauses,
    now: () => now,
    async pause(_over, milliseconds) {
      now += milliseconds
      pauses.push(milliseconds)
    },
  }
}
