/** When a run has to end. */

import { deadline } from '../wire/deadline.ts'
import type { ConnectionOptions } from './target-connection.ts'

/** The signals of one run; see `Connection` for what each of them ends. */
export type RunTime = Required<Pick<ConnectionOptions, 'over' | 'late' | 'end'>>

/** How long a write may still be under way when the time for questions is over. */
const lateSeconds = 5

/**
 * Begins to count.
 *
 * @param interrupted - Ends the time for questions early.
 */
export function runTime(
  { runSeconds, cleanUpSeconds }: { readonly runSeconds: number; readonly cleanUpSeconds: number },
  interrupted: AbortSignal = new AbortController().signal,
): RunTime {
  const { signal: over } = deadline(runSeconds * 1000, interrupted)
  const [late, end] = [new AbortController(), new AbortController()]
  const begun = () => {
    setTimeout(() => late.abort(), Math.min(lateSeconds, cleanUpSeconds / 2) * 1000).unref()
    setTimeout(() => end.abort(), cleanUpSeconds * 1000).unref()
  }
  over.addEventListener('abort', begun, { once: true })
  return { over, late: late.signal, end: end.signal }
}
