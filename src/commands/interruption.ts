/** Ctrl-C: once to end the questions and remove what was made, twice to leave and be told what is left. */

/** Waits for the signals, until it is forgotten. */
export interface Interruption {
  readonly signal: AbortSignal
  forget(): void
}

/**
 * @param said - Told a sentence at the first press.
 * @param leave - Called at the second; the program ends when it is done.
 */
export function interruption(said: () => void, leave: () => Promise<void>): Interruption {
  const controller = new AbortController()
  const pressed = () => {
    if (controller.signal.aborted) {
      void leave()
      return
    }
    said()
    controller.abort()
  }
  process.on('SIGINT', pressed).on('SIGTERM', pressed)
  return {
    signal: controller.signal,
    forget: () => void process.off('SIGINT', pressed).off('SIGTERM', pressed),
  }
}
