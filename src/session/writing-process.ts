/** Which process writes a journal, and whether it is still running. */

import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** As a journal names it. */
export interface WritingProcess {
  readonly id: number
  readonly host: string
  /** When the operating system says that it was started, where it says so: ids are used again. */
  readonly started?: string
  /** When the run is over at the latest: then whoever has the id is another process. */
  readonly until?: string
}

/** @param mostSeconds - How long the run may take, with its clean-up. */
export function thisProcess(now: Date, mostSeconds?: number): WritingProcess {
  const started = startOf(process.pid)
  const until = mostSeconds === undefined ? undefined : now.getTime() + mostSeconds * 1000
  return {
    id: process.pid,
    host: hostname(),
    ...(started === undefined ? {} : { started }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  }
}

/** Is it still running on this machine? Not known of other machines, and `false` then. */
export function isRunning(writing: WritingProcess | undefined, now: Date = new Date()): boolean {
  if (
    typeof writing !== 'object' ||
    writing === null ||
    !Number.isSafeInteger(writing.id) ||
    writing.id <= 0
  ) {
    return false
  }
  const { id, host, started, until } = writing
  if (host !== hostname() || id === process.pid || !exists(id)) return false
  if (until !== undefined && now.getTime() > Date.parse(until)) return false
  const actual = startOf(id)
  return started === undefined || actual === undefined || started === actual
}

function exists(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Linux only: the boot, and the clock ticks from then to the start of the process. */
function startOf(id: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8')
    // The name of the program stands in parentheses, and may hold blanks and parentheses itself.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return ticks === undefined ? undefined : `${boot} ${ticks}`
  } catch {
    return undefined
  }
}
