/** A run over sockets, in this process, during which a fault occurs; then a sweep. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suites } from '../suites/index.ts'
import type { Outcome } from '../src/check/check.ts'
import { perform } from '../src/check/perform.ts'
import { openJournal } from '../src/session/journal.ts'
import { readJournals } from '../src/session/journal-file.ts'
import { Lanes } from '../src/check/lanes.ts'
import type { Dialect } from '../src/model.ts'
import { checks } from '../src/prove/examine.ts'
import { reference, referenceEnvironment, referenceTarget } from '../src/reference/embedded.ts'
import { runTime } from '../src/session/run-deadline.ts'
import { openSession } from '../src/session/session.ts'
import { sweep } from '../src/sweep/index.ts'
import { defaultLimits, type Limits, type Target } from '../src/target.ts'
import { finalCleanUp } from '../src/run/final-clean-up.ts'
import { socketWire, type Wire } from '../src/wire/wire.ts'
import { faultyServer, type Fault } from './faulty-server.ts'

export interface FaultyRun {
  readonly dialect: Dialect
  readonly meant: (id: string) => boolean
  /** Without one nothing fails. */
  readonly fault?: Fault
  /** The first request that fails, counted from 1. */
  readonly at?: number
  /** Then it fails again after so many requests, and again. */
  readonly every?: number
  readonly limits?: Limits
  /** Ends the time for checks, as the deadline of the run does. */
  readonly over?: AbortSignal
}

export interface FaultyRunResult {
  readonly requests: number
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** What the run reported as left behind. */
  readonly leftovers: readonly string[]
  /** What the server holds after a sweep; only kinds of which something is left. */
  readonly held: Readonly<Record<string, number>>
  /** The duration of the run, without the sweep. */
  readonly milliseconds: number
}

/** Long enough for a busy machine. What a fault makes slow has shorter ones. */
const generous: Limits = {
  lanes: 2,
  requestSeconds: 60,
  patienceSeconds: 60,
  settleSeconds: 60,
  pollSeconds: 0.02,
  runSeconds: 600,
  cleanUpSeconds: 600,
}

const run = { id: '0a1b2c3d', seed: 1 }

/** Runs the selected checks, repairs the server, sweeps, and counts what is left. */
export async function faultyRun(options: FaultyRun): Promise<FaultyRunResult> {
  const { dialect, meant, fault, at = 1, every, limits, over } = options
  const server = reference(dialect, { asynchronousMilliseconds: 0 })
  const faulty = await faultyServer(dialect, server, fault, at, every)
  const { wire: plain, close } = socketWire(4)
  const wire: Wire = async (request, signal) =>
    plain({ ...request, url: faulty.divert(request.url) }, signal)
  const folder = await mkdtemp(join(tmpdir(), 'poolproof-faulty-'))
  const { hooks: _door, ...target } = {
    ...referenceTarget(dialect, faulty.endpoint, { asynchronousMilliseconds: 0 }),
    limits: { ...generous, ...limits },
  }
  const around = {
    wire,
    environment: referenceEnvironment,
    setProvisioningStatus: (id: string, status: string) => {
      server.setProvisioningStatus(id, status)
      return Promise.resolve()
    },
  }
  const { name, endpoint } = target
  const journal = openJournal(folder, { run: run.id, target: name, dialect, endpoint })
  const time = runTime({ ...defaultLimits, ...target.limits }, over)
  try {
    const session = openSession(target as Target, run, { ...around, ...time, journal })
    const own = suites.filter((suite) => suite.dialect === dialect)
    const fixtures = own[0]?.fixtures
    if (!fixtures) throw new Error(`No suite speaks ${dialect}.`)
    const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
    const started = performance.now()
    const asked = checks(own, meant).map(
      async (check) =>
        [check.requirement.id, await perform(check, fixtures, session, lanes)] as const,
    )
    const outcomes = new Map(await Promise.all(asked))
    const { leftovers } = await finalCleanUp(session, lanes)
    const milliseconds = performance.now() - started
    const requests = faulty.requests()
    await faulty.repair()
    const read = await readJournals(folder)
    const unhurried = { ...target, limits: generous } as Target
    const after = openSession(unhurried, { ...run, id: 'ffffffff' }, around)
    await sweep(after, { run: run.id, read })
    return { requests, outcomes, leftovers, held: held(server.inventory()), milliseconds }
  } finally {
    await close()
    await faulty.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Each verdict that differs from that of a run without a fault, except inconclusive ones. */
export function wrongVerdicts(result: FaultyRunResult, faultless: FaultyRunResult): string[] {
  return [...result.outcomes].flatMap(([id, { thrown, reading }]) => {
    if (thrown?.family === 'unasked') return []
    const expected = faultless.outcomes.get(id)
    const same = thrown?.family === expected?.thrown?.family && reading === expected?.reading
    return same ? [] : [`${id}: ${thrown?.message ?? reading ?? 'passed'}`]
  })
}

/** How many checks were inconclusive. */
export function inconclusive({ outcomes }: FaultyRunResult): number {
  return [...outcomes.values()].filter(({ thrown }) => thrown?.family === 'unasked').length
}

function held(inventory: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(inventory).filter(([, count]) => count > 0))
}
