/** A run in this process that stops at one of its requests, as a killed run does; then a sweep. */

import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setUpSuites, suites } from '../suites/index.ts'
import { perform } from '../src/check/perform.ts'
import { openJournal } from '../src/session/journal.ts'
import { readJournals } from '../src/session/journal-file.ts'
import { Lanes } from '../src/check/lanes.ts'
import type { Dialect } from '../src/model.ts'
import { checks } from '../src/prove/examine.ts'
import { reference, referenceEnvironment, referenceTarget } from '../src/reference/embedded.ts'
import type { Reference } from '../src/reference/server.ts'
import { openSession } from '../src/session/session.ts'
import { sweep } from '../src/sweep/index.ts'
import type { Target } from '../src/target.ts'
import { directWire, type Wire } from '../src/wire/wire.ts'

/** Where it stops: at this request, counted from 1, before or after the server carries it out. */
export interface Stop {
  readonly dialect: Dialect
  readonly only: readonly string[]
  readonly at: number
  readonly moment: 'before' | 'after'
  readonly asynchronousMilliseconds?: number
  /** Then the sweep knows only names. */
  readonly withoutJournal?: boolean
  /** Creates what must exist before the run and after the sweep. */
  readonly prepare?: (wire: Wire, target: Target) => Promise<Partial<Target>>
}

export interface Abandoned {
  readonly requests: number
  /** What the server held when the run was dead, and how much more than at first after the sweep. */
  readonly dirty: boolean
  readonly first: Readonly<Record<string, number>>
  readonly after: Readonly<Record<string, number>>
  readonly left: readonly string[]
}

const run = { id: '0a1b2c3d', seed: 1 }

export async function abandonedRun(stop: Stop): Promise<Abandoned> {
  const { dialect, asynchronousMilliseconds = 0 } = stop
  const server = reference(dialect, { asynchronousMilliseconds })
  const wire = directWire(server)
  const plain = referenceTarget(dialect, 'http://reference.invalid', { asynchronousMilliseconds })
  const prepared = (await stop.prepare?.(wire, plain)) ?? {}
  const target = { ...plain, limits: { lanes: 2, pollSeconds: 0.01 }, ...prepared } as Target
  const first = server.inventory()
  const folder = await mkdtemp(join(tmpdir(), 'poolproof-abandoned-'))
  try {
    const requests = await until(stop, server, target, folder)
    const dead = server.inventory()
    const read = stop.withoutJournal ? [] : await readJournals(folder)
    const session = openSession(target, { ...run, id: 'ffffffff' }, around(server, wire))
    const swept = await sweep(session, { run: run.id, read })
    const left = [...swept.left, ...swept.doubted]
    const after = server.inventory()
    return { requests, dirty: JSON.stringify(dead) !== JSON.stringify(first), first, after, left }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Asks until the stop; the requests from then on are never answered. */
async function until(
  stop: Stop,
  server: Reference,
  target: Target,
  folder: string,
): Promise<number> {
  const direct = directWire(server)
  let requests = 0
  const earlier: Promise<unknown>[] = []
  const death = new AbortController()
  const dead = once(death.signal, 'abort')
  const wire: Wire = async (request, signal) => {
    requests += 1
    if (requests > stop.at) return new Promise(() => undefined)
    if (requests < stop.at) {
      const answer = direct(request, signal)
      earlier.push(answer)
      return answer
    }
    if (stop.moment === 'after') await direct(request, signal)
    death.abort()
    return new Promise(() => undefined)
  }
  const { name, dialect, endpoint } = target
  const journal = openJournal(folder, { run: run.id, target: name, dialect, endpoint })
  const session = openSession(target, run, { ...around(server, wire), journal })
  const own = [...suites, ...setUpSuites].filter((suite) => suite.dialect === dialect)
  const fixtures = own[0]?.fixtures
  if (!fixtures) throw new Error(`No suite speaks ${dialect}.`)
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  const meant = checks(own, (id) => stop.only.includes(id))
  const whole = Promise.all(meant.map((check) => perform(check, fixtures, session, lanes)))
  await Promise.race([dead, whole.then(() => lanes.close())])
  // What was sent before the end has been carried out by the time of a sweep.
  await Promise.allSettled(earlier)
  return requests
}

function around(server: Reference, wire: Wire) {
  return {
    wire,
    environment: referenceEnvironment,
    setProvisioningStatus: (id: string, status: string) => {
      server.setProvisioningStatus(id, status)
      return Promise.resolve()
    },
  }
}
