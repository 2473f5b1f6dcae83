/** When a request may go out again: how long to wait, and whether the first may have acted. */

import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { HttpResponse } from '../model.ts'

const firstPause = 50
const longestPause = 5_000

/**
 * Milliseconds to wait before the next attempt: doubling, with jitter, and never less than was asked for.
 *
 * @param attempt - How many there were before this one.
 */
export function pauseBefore(attempt: number, retryAfter = 0): number {
  return Math.max(Math.min(longestPause, firstPause * 2 ** attempt) * jitter(), retryAfter)
}

/** So that several that were turned away together do not come back together. */
function jitter(): number {
  return 0.75 + Math.random() / 4
}

/** Waits so many milliseconds, or until the run is over: whoever asks next is told that it is. */
export async function pauseUnless(over: AbortSignal | undefined, milliseconds: number) {
  // As many wait as there are checks at work; Node.js warns of more than ten.
  if (over) setMaxListeners(0, over)
  await pause(milliseconds, undefined, over ? { signal: over } : {}).catch(() => undefined)
}

/** Milliseconds, from seconds or from a date. RFC 9110, 10.2.3 */
export function retryAfter(value = ''): number {
  return /^[\d.]+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now() || 0
}

/** Busy, but may it have acted all the same? So with a gateway that lost the answer, and with a web page. */
export function perhapsDone({ status, body }: HttpResponse): boolean {
  if (status === 502 || status === 504) return true
  return status < 400 || (status >= 500 && status !== 503 && body === undefined)
}
