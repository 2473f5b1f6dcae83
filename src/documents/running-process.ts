/** Which process writes something, and whether it still runs. */

import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** A process, so described that a later one with the same number is not taken for it. */
export interface RunningProcess {
  readonly id: number
  readonly host: string
  /** When it was started, in clock ticks since the machine was; absent where the system does not say. */
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

/** @see proc_pid_stat(5): field 22, counted after the name, which may hold blanks and brackets. */
function startOf(id: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
