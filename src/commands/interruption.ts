/** Signals that end the program: once to end the checks and remove what was created, twice to leave at once. */

import { constants } from 'node:os'

/**
 * The signals that would end the program at once, without a report or a list of what is left: those that people,
 * terminals, shells and supervisors send.
 */
const ending = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGTERM',
  'SIGUSR2',
  'SIGALRM',
  'SIGVTALRM',
  'SIGXCPU',
] as const

type EndingSignal = (typeof ending)[number]

/** @param exitCode - 128 and the number of the signal. */
type Handler = (exitCode: number, signal: EndingSignal) => void

/** Nothing was created yet. */
const endAtOnce: Handler = (exitCode) => process.exit(exitCode)

let handler = endAtOnce

/**
 * Listens from now on: to be called before anything else is loaded.
 *
 * SIGPIPE is ignored by Node.js, and has to stay so: a run whose output is not read any more still removes
 * what it created. SIGUSR1 would make Node.js open its debugger, and with it the credentials, to every user of
 * the machine: it is ignored.
 */
export function listenForSignals(): void {
  for (const signal of ending) {
    process.on(signal, () => handler(128 + constants.signals[signal], signal))
  }
  process.on('SIGUSR1', () => undefined)
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
  /** Its reason is an error that names the signal of the process. */
  readonly signal: AbortSignal
  /** Of the program: 128 and the number of the signal that came first, if one did. */
  exitCode(): number | undefined
  forget(): void
}

const graceMilliseconds = 10_000

/**
 * @param said - Called at the first signal.
 * @param leave - Called at the second, if it is Ctrl-C or comes ten seconds after the first; the program ends with this exit code when
 *   it is done.
 */
export function interruption(
  said: () => void,
  leave: (exitCode: number) => Promise<void>,
): Interruption {
  const controller = new AbortController()
  let first: number | undefined
  let began = 0
  const forget = handleSignals((exitCode, signal) => {
    if (first !== undefined) {
      // A terminal that closes, and supervisors, send several at once: only a person means another one soon after.
      const isMeant = signal === 'SIGINT' || performance.now() - began > graceMilliseconds
      if (isMeant) void leave(first)
      return
    }
    first = exitCode
    began = performance.now()
    said()
    controller.abort(new Error(`the run was ended by ${signal}`))
  })
  return { signal: controller.signal, exitCode: () => first, forget }
}
