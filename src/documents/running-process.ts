/** Which process writes something, and whether it still runs. */

import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** A process, described so that a later one with the same number is not mistaken for it. */
export interface RunningProcess {
  readonly id: number
  readonly host: string
  /** When it was started; absent where the operating system does not say. Ids are used again. */
  readonly started?: string
}

/** This process. */
export function thisProcess(): RunningProcess {
  const started = startOf(process.pid)
  return { id: process.pid, host: hostname(), ...(started === undefined ? {} : { started }) }
}

/**
 * Does it still run?
 *
 * @returns `unknown` for a process of another machine, and for anything that does not describe one.
 */
export function isRunning({ id, host, started }: Partial<RunningProcess>): boolean | 'unknown' {
  if (!Number.isSafeInteger(id) || id === undefined || id <= 0) return 'unknown'
  if (host !== hostname()) return 'unknown'
  if (!isAlive(id)) return false
  const now = startOf(id)
  return started === undefined || now === undefined || now === started
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Linux only: the boot, and the clock ticks from then to the start of the process. @see proc_pid_stat(5) */
function startOf(id: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8')
    // Field 22. The name of the program is in parentheses, and may contain blanks and parentheses itself.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return ticks === undefined ? undefined : `${boot} ${ticks}`
  } catch {
    return undefined
  }
}
