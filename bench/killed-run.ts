/** A run in its own process that is killed at one of its requests, and then a sweep. */

import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Dialect } from '../src/model.ts'
import { reference, referenceEnvironment, referenceTarget } from '../src/reference/embedded.ts'
import { listen, type Reference } from '../src/reference/server.ts'
import { sweepTarget, type SweepResult } from '../src/sweep/sweep-target.ts'
import { directWire } from '../src/wire/wire.ts'
import { foreignInventory } from './foreign-inventory.ts'
import { operator } from './operator.ts'

/** Built by `npm run build`. */
const program = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url))

/** Where a run is killed: at this request, counted from 1, before or after the server carries it out. */
export interface Kill {
  readonly dialect: Dialect
  readonly only: readonly string[]
  readonly at: number
  readonly moment: 'before' | 'after'
  readonly asynchronousMilliseconds?: number
  /** Is a load balancer of somebody else's lent to it, with objects of theirs on it? */
  readonly isLent?: boolean
  /** How many walks are taken beside the checks. */
  readonly walks?: number
}

export interface Killed {
  /** False when the run ended before that request. */
  readonly killed: boolean
  readonly requests: number
  /** How much more than before the run the target held after the kill, and after the sweep; no kinds with nothing. */
  readonly before: Readonly<Record<string, number>>
  readonly after: Readonly<Record<string, number>>
  readonly swept: SweepResult
}

/** Starts a run, kills it, sweeps, and counts what is left. */
export async function killedRun(kill: Kill): Promise<Killed> {
  const { dialect, asynchronousMilliseconds = 0 } = kill
  const server = reference(dialect, { asynchronousMilliseconds })
  const lent = kill.isLent ? await lentOn(server, dialect) : {}
  const first = server.inventory()
  let [requests, dead] = [0, false]
  let child: ReturnType<typeof spawn> | undefined
  const handle: Reference['handle'] = (request) => {
    requests += dead ? 0 : 1
    const now = !dead && requests === kill.at
    if (now) dead = child?.kill('SIGKILL') ?? false
    return now && kill.moment === 'before' ? unread : server.handle(request)
  }
  const listening = await listen({ ...server, handle })
  const folder = await mkdtemp(join(tmpdir(), 'poolproof-killed-'))
  try {
    const file = join(folder, 'target.json')
    const options = { asynchronousMilliseconds }
    const target = referenceTarget(dialect, listening.endpoint, options)
    await writeFile(file, JSON.stringify({ ...target, given: { ...target.given, ...lent } }))
    child = start(kill, file, folder)
    await new Promise((resolve) => child?.on('close', resolve))
    const before = held(server, first)
    const killed = dead
    dead = true
    const swept = await sweepTarget(
      { target: file, journal: join(folder, 'out', 'journal') },
      referenceEnvironment,
    )
    return { killed, requests, before, after: held(server, first), swept }
  } finally {
    await listening.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** An answer that the killed run does not read. */
const unread = { status: 503, headers: {}, body: '' }

/** Objects of somebody else's; one of their load balancers is lent. */
async function lentOn(server: Reference, dialect: Dialect): Promise<object> {
  const theirs = await foreignInventory(dialect, operator(dialect, directWire(server)))
  return { loadBalancerId: theirs.loadBalancerId }
}

function start({ only, walks = 0 }: Kill, file: string, folder: string) {
  const meant = only.flatMap((prefix) => ['--only', prefix])
  const drawn = ['--walks', String(walks)]
  const words = ['run', '--target', file, '--report', join(folder, 'out'), ...meant, ...drawn]
  const { PATH = '', HOME = '' } = process.env
  return spawn(process.execPath, [program, ...words], {
    cwd: folder,
    stdio: 'ignore',
    env: { PATH, HOME, ...referenceEnvironment },
  })
}

function held(server: Reference, first: Readonly<Record<string, number>>): Record<string, number> {
  const more = Object.entries(server.inventory()).map(
    ([kind, count]) => [kind, count - (first[kind] ?? 0)] as const,
  )
  return Object.fromEntries(more.filter(([, count]) => count !== 0))
}
