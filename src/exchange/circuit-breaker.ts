/** Ends a run of which nothing can be expected any more, and says why. */

/** Told what came of every exchange. */
export interface Breaker {
  /** Aborted, with the reason, once too many in a row went unanswered. */
  readonly signal: AbortSignal
  /** @param trouble - Why there was no answer; nothing when there was one. */
  heard(trouble?: string): void
}

/**
 * Opens after so many exchanges in a row that got no answer with all their patience, whichever check
 * they belonged to. One answer starts the count again; once it is open it stays so.
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
          `the run was given up after ${unanswered} requests in a row without an answer, the last: ${why}`,
        ),
      )
    },
  }
}
