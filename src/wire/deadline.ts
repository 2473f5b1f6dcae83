/** Signals that end things, held by what they end. */

import { setMaxListeners } from 'node:events'

/** A clock that runs until it ends something, or is stopped. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Nobody waits any more. */
  stop(): void
}

/**
 * Fires after so many milliseconds, which keep no process alive, with a `TimeoutError`, or with another signal, with its reason.
 *
 * Not by `AbortSignal.any`: on Node 20 what it makes does not keep a timeout alive that it is made of,
 * so that one may be collected before it fires, and then nothing ever ends.
 */
export function deadline(milliseconds: number, other?: AbortSignal): Deadline {
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort(new DOMException('The time is over.', 'TimeoutError'))
  }, milliseconds).unref()
  const follow = () => controller.abort(other?.reason)
  const stop = () => {
    clearTimeout(timer)
    other?.removeEventListener('abort', follow)
  }
  if (other?.aborted) follow()
  else if (other) {
    // As many follow as there are requests under way; Node.js warns of more than ten.
    setMaxListeners(0, other)
    other.addEventListener('abort', follow, { once: true })
  }
  return { signal: controller.signal, stop }
}

/** Fires with the first of them, and with its reason. */
export function firstOf(...signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController()
  for (const signal of signals) {
    const follow = () => controller.abort(signal.reason)
    if (signal.aborted) follow()
    else signal.addEventListener('abort', follow, { once: true })
  }
  return controller.signal
}
