/**
 * The passing of time for whoever waits for a target: the machine's, unless what is asked was recorded long ago.
 *
 * Every wait of checks, fixtures and exchanges goes through here, so that a replay waits for nothing.
 */

import { setMaxListeners } from 'node:events'
import { setTimeout as machinePause } from 'node:timers/promises'

/** How time passes. */
export interface Clock {
  /** Milliseconds from any fixed moment. */
  now(): number
  /** Waits so long, or until the signal is aborted. */
  pause(over: AbortSignal | undefined, milliseconds: number): Promise<void>
}

/** The time of the machine. */
export const machineClock: Clock = {
  now: () => performance.now(),
  pause: async (over, milliseconds) => {
    // Every check in progress may wait here; Node.js warns about more than ten listeners.
    if (over) setMaxListeners(0, over)
    const options = over ? { signal: over } : {}
    await machinePause(milliseconds, undefined, options).catch(() => undefined)
  },
}

let current = machineClock

/** Milliseconds from any fixed moment. */
export function now(): number {
  return current.now()
}

/** Waits so long, or returns early when the signal is aborted; the caller checks the signal. */
export async function pause(milliseconds: number, over?: AbortSignal): Promise<void> {
  await current.pause(over, milliseconds)
}

/** Does something in another time. In one process, one thing at a time. */
export async function inTimeOf<Value>(clock: Clock, act: () => Promise<Value>): Promise<Value> {
  const before = current
  current = clock
  try {
    return await act()
  } finally {
    current = before
  }
}
