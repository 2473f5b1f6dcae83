/** Which process writes a journal, and whether it is still running. */

import * as process from '../documents/running-process.ts'

/** As a journal names it. */
export interface WritingProcess extends process.RunningProcess {
  /** The latest time at which the run can end: after that, the id belongs to another process. */
  readonly until?: string
}

/** @param mostSeconds - How long the run may take, with its clean-up. */
export function thisProcess(now: Date, mostSeconds?: number): WritingProcess {
  const own = process.thisProcess()
  if (mostSeconds === undefined) return own
  return { ...own, until: new Date(now.getTime() + mostSeconds * 1000).toISOString() }
}

/** Is it another process that is still running on this machine? `false` if that is not known. */
export function isRunning(writing: WritingProcess | undefined, now: Date = new Date()): boolean {
  if (typeof writing !== 'object' || writing === null) return false
  const { id, until } = writing
  if (id === process.thisProcess().id) return false
  // A time that cannot be read counts as over.
  if (until !== undefined && !(now.getTime() <= Date.parse(until))) return false
  return process.isRunning(writing) === true
}
