/** Stops a run whose target has stopped answering, and says why. */

/** Counts exchanges without an answer. */
export interface Breaker {
  /** Aborted, with the reason, after too many exchanges in a row without an answer. */
  readonly signal: AbortSignal
  /** @param trouble - Why there was no answer; omitted when there was one. */
  heard(trouble?: string): void
}

/**
 * Opens after `most` exchanges in a row got no answer with all their attempts, whichever check they
 * belonged to. One answer resets the count; once open, it stays open.
 */
export function breaker(most: number): Breaker {
  const controller = new AbortController()
  let unanswered = 0
  return {
    signal: controller.signal,
    heard: (trouble) => {
      unanswered = trouble === undefined ? 0 : unanswered + 1
      if (unanswered < most || controller.signal.aborted) return
      const why = (trouble ?? '').replace(/\.$/, '')
      controller.abort(
        new Error(
          `the run was stopped after ${unanswered} requests in a row without an answer; the last one: ${why}`,
        ),
      )
    },
  }
}
