/** Signals that end the program: once to end the checks and remove what was created, twice to leave at once. */

/** The signals that ask the program to end, and the numbers that shells add to 128. */
const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const

type EndingSignal = keyof typeof numbers

type Handler = (exitCode: number) => void

/** Nothing was created yet. */
const endAtOnce: Handler = (exitCode) => process.exit(exitCode)

let handler = endAtOnce

/**
 * Listens from now on: to be called before anything else is loaded.
 *
 * SIGPIPE is ignored by Node.js, and has to stay so: a run whose output is not read any more still removes
 * what it created.
 */
export function listenForSignals(): void {
  for (const signal of Object.keys(numbers) as EndingSignal[]) {
    process.on(signal, () => handler(128 + numbers[signal]))
  }
}

/** From now on this is called instead. @returns what puts an end to it. */
export function handleSignals(next: Handler): () => void {
  handler = next
  return () => {
    handler = endAtOnce
  }
}

/** Waits for signals, until it is forgotten. */
export interface Interruption {
  readonly signal: AbortSignal
  /** Of the program: 128 and the number of the signal that came first, if one did. */
  exitCode(): number | undefined
  forget(): void
}

/**
 * @param said - Called at the first signal.
 * @param leave - Called at the second; the program ends with this exit code when it is done.
 */
export function interruption(
  said: () => void,
  leave: (exitCode: number) => Promise<void>,
): Interruption {
  const controller = new AbortController()
  let first: number | undefined
  const forget = handleSignals((exitCode) => {
    if (first !== undefined) {
      void leave(first)
      return
    }
    first = exitCode
    said()
    controller.abort()
  })
  return { signal: controller.signal, exitCode: () => first, forget }
}
