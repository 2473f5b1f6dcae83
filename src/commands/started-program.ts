/** The built program as a user starts it, for our tests. */

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What `npm run build` makes. */
export const builtProgram = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url))

export interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** How to start it. */
export interface Start {
  readonly folder: string
  /** Beside PATH and HOME. */
  readonly environment?: Readonly<Record<string, string>>
  /** A command line of a POSIX shell that ends with `exec "$@"`. */
  readonly shell?: string
  /** Called while it runs. */
  readonly during?: () => void
}

/** Runs a command to its end. */
export function started(words: readonly string[], start: Start): Promise<Ended> {
  const { folder, environment = {}, shell, during } = start
  const { PATH = '', HOME = '' } = process.env
  const command = [process.execPath, builtProgram, ...words]
  const [program = '', ...rest] =
    shell === undefined ? command : ['sh', '-c', shell, 'sh', ...command]
  const child = spawn(program, rest, { cwd: folder, env: { PATH, HOME, ...environment } })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const timer = setInterval(() => during?.(), 20)
  return new Promise((resolve) => {
    child.on('close', (exitCode) => {
      clearInterval(timer)
      resolve({ exitCode, stdout, stderr })
    })
  })
}
