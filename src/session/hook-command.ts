/** Runs a command of the operator's, and ends it with all that it has started when its time is over. */

import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'

/** How long the processes may take to end by themselves once they are asked to. */
const graceMilliseconds = 2_000

/** How long to read on when the command has ended, and something that it started still holds its output. */
const readOnMilliseconds = 500

/** Characters of what it says when it fails: enough for a reason. */
const mostSaid = 4_000

/**
 * Starts a command without a shell, as the leader of a process group, and waits for its end.
 *
 * @param time - When it fires, the group gets SIGTERM, and SIGKILL if that does not end it.
 * @throws {Error} With what the command wrote to standard error, when it cannot be started, does not succeed, or
 *   is not given the time to.
 */
export async function runCommand(words: readonly string[], time: AbortSignal): Promise<void> {
  time.throwIfAborted()
  const [program = '', ...rest] = words
  const child = spawn(program, rest, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  const stopped = new Promise<void>((resolve) => {
    time.addEventListener('abort', () => resolve(endGroup(child)), { once: true })
  })
  running.add(child)
  try {
    await Promise.race([endOf(child, words), stopped])
    time.throwIfAborted()
  } catch (error) {
    if (time.aborted) await stopped
    throw error
  } finally {
    running.delete(child)
    child.stderr.destroy()
  }
}

/** Those that are ended when this process ends earlier, as at a second Ctrl-C. */
const running = new Set<ChildProcess>()

process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL')
})

/** Resolves when it has succeeded. */
async function endOf(child: ChildProcess, words: readonly string[]): Promise<void> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(0, mostSaid)))
  const closed = new Promise((resolve) => child.once('close', resolve))
  const how = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? signal))
  })
  if (how === 0) return
  await Promise.race([closed, pause(readOnMilliseconds)])
  throw new Error(`${words[0] ?? ''} ended with ${how ?? 'no exit code'}.\n${said}`)
}

/** Resolves when no process of the group is left, or none should be. */
async function endGroup(child: ChildProcess): Promise<void> {
  const latest = performance.now() + graceMilliseconds
  let isThere = signalGroup(child, 'SIGTERM')
  while (isThere && performance.now() < latest) {
    await pause(20)
    isThere = signalGroup(child, 0)
  }
  if (isThere) signalGroup(child, 'SIGKILL')
}

/** Signals what this child leads, and nothing else. @returns whether anything was there to be signalled. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false
  // Windows has no process groups.
  if (process.platform === 'win32') return child.exitCode === null && child.kill(signal)
  try {
    return process.kill(-child.pid, signal)
  } catch {
    return false
  }
}
