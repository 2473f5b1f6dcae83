/** When a request may be sent again: how long to wait, and whether the first may have taken effect. */

import type { HttpResponse } from '../model.ts'
import { now, pause, type Clock } from './clock.ts'

const firstPause = 50
const longestPause = 5_000

/**
 * Milliseconds to wait before the next attempt: doubling, with jitter, and never less than `retryAfter`.
 *
 * @param attempt - The number of earlier attempts.
 */
export function pauseBefore(attempt: number, retryAfter = 0): number {
  return Math.max(Math.min(longestPause, firstPause * 2 ** attempt) * jitter(), retryAfter)
}

/** Spreads out requests that were rejected at the same moment. */
function jitter(): number {
  return 0.75 + Math.random() / 4
}

/** Waits, or returns early when the run is over; the caller checks the signal. */
export async function pauseUnless(over: AbortSignal | undefined, milliseconds: number) {
  await pause(milliseconds, over)
}

/** The clock of an exchange, unless a test brings another. */
export const systemClock: Clock = { now, pause: pauseUnless }

/**
 * Milliseconds, from seconds or from a date. RFC 9110, 10.2.3
 *
 * @param date - The `Date` of the answer: a date is by that clock, which need not be ours.
 */
export function retryAfter(value = '', date = ''): number {
  if (/^[\d.]+$/.test(value)) return Number(value) * 1000
  return Date.parse(value) - (Date.parse(date) || Date.now()) || 0
}

/** Could a "busy" response have taken effect? Yes from a gateway that lost the answer, or with a web page. */
export function perhapsDone({ status, body }: HttpResponse): boolean {
  if (status === 502 || status === 504) return true
  return status < 400 || (status >= 500 && status !== 503 && body === undefined)
}
