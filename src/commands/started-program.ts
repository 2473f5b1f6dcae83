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

/**
 * The variables with which the program carries out some code when it begins to load a module, in its workers too.
 *
 * @param file - How the address of the module ends.
 * @param code - It can call `writeSync`, and runs beside the program, in the thread of the loader.
 */
export function atLoad(file: string, code: string): Record<string, string> {
  return hooked(`
    if (url.endsWith(${JSON.stringify(file)})) { ${code} }
    return next(url, context)`)
}

/** The variables with which the program plants a fault into a built file before some words of it. */
export function planted(file: string, before: string, fault: string): Record<string, string> {
  return hooked(`
    const loaded = await next(url, context)
    if (!url.endsWith(${JSON.stringify(file)})) return loaded
    const add = (found) => ${JSON.stringify(fault)} + found
    return { ...loaded, source: String(loaded.source).replace(${JSON.stringify(before)}, add) }`)
}

/** @param body - Of a function that loads a module. */
function hooked(body: string): Record<string, string> {
  const hook = `import { writeSync } from 'node:fs'
  export async function load(url, context, next) {${body}}`
  const hooks = `data:text/javascript,${encodeURIComponent(hook)}`
  const register = `import { register } from 'node:module'; register(${JSON.stringify(hooks)})`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(register)}` }
}
