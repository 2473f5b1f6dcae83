/** Abort signals with a time limit. */

import { setMaxListeners } from 'node:events'

/** A time limit that can be stopped. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Called when the work is done before the limit. */
  stop(): void
}

/**
 * Aborts after `milliseconds` with a `TimeoutError`, or together with `other` and with its reason. The
 * timer does not keep the process alive.
 *
 * Not `AbortSignal.any`: on Node 20 the combined signal does not keep a timeout signal alive, so that
 * it can be garbage-collected before it fires, and the request never ends.
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
    // Every request in progress listens here; Node.js warns about more than ten listeners.
    setMaxListeners(0, other)
    other.addEventListener('abort', follow, { once: true })
  }
  return { signal: controller.signal, stop }
}

/** Aborts with the first of the signals, and with its reason. */
export function firstOf(...signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController()
  for (const signal of signals) {
    const follow = () => controller.abort(signal.reason)
    if (signal.aborted) follow()
    else signal.addEventListener('abort', follow, { once: true })
  }
  return controller.signal
}
