/** A run in this process with random faults and delays, and with the checks in random order. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suites } from '../suites/index.ts'
import type { Outcome } from '../src/check/check.ts'
import { perform } from '../src/check/perform.ts'
import { openJournal } from '../src/session/journal.ts'
import { Lanes } from '../src/check/lanes.ts'
import type { Dialect } from '../src/model.ts'
import { checks } from '../src/prove/examine.ts'
import { reference, referenceEnvironment, referenceTarget } from '../src/reference/embedded.ts'
import { readJournals } from '../src/session/journal-file.ts'
import { openSession } from '../src/session/session.ts'
import { finalCleanUp } from '../src/run/final-clean-up.ts'
import type { Reference } from '../src/reference/server.ts'
import { sweep } from '../src/sweep/index.ts'
import { directWire, type Wire, type WireResponse } from '../src/wire/wire.ts'

export interface Unsteady {
  readonly dialect: Dialect
  /** Decides faults, delays and order. */
  readonly seed: number
  /** How many of a thousand requests fail; 0 for a run without faults and delays. */
  readonly perMille: number
}

export interface UnsteadyResult {
  readonly outcomes: ReadonlyMap<string, Outcome>
  readonly faults: number
  /** What the server holds at the end; only kinds of which something is left. */
  readonly held: Readonly<Record<string, number>>
  /** What the run says that it has left. */
  readonly leftovers: readonly string[]
  /** What the server still holds when a sweep without faults has followed. */
  readonly heldAfterSweep: Readonly<Record<string, number>>
}

type Chance = () => number

/** Pseudo-random numbers, at least 0 and below 1, the same for the same seed: mulberry32. */
function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Ask = () => Promise<WireResponse>

const page = { headers: [['Content-Type', 'text/html']] as const, text: '<html>Sorry</html>' }

function reset(): never {
  throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
}

/** Faults, with and without the server carrying out the request. */
const faultKinds: readonly ((ask: Ask) => Promise<WireResponse>)[] = [
  async () => reset(),
  async (ask) => {
    await ask()
    return reset()
  },
  async () => ({ status: 503, ...page }),
  async () => ({ status: 429, ...page }),
  async (ask) => {
    await ask()
    return { status: 502, ...page }
  },
  async () => ({ status: 504, ...page }),
  async (ask) => {
    const answer = await ask()
    return { ...answer, text: answer.text.slice(0, answer.text.length / 2) || '{' }
  },
  async () => {
    throw new DOMException('The operation was aborted due to timeout', 'TimeoutError')
  },
]

const longestDelay = 4

function unsteady(wire: Wire, chance: Chance, perMille: number, onFault: () => void): Wire {
  return async (request, signal) => {
    if (perMille > 0 && chance() < 0.2) await pause(chance() * longestDelay)
    if (chance() * 1000 >= perMille) return wire(request, signal)
    onFault()
    const fault = faultKinds[Math.floor(chance() * faultKinds.length)]
    return (fault ?? reset)(() => wire(request, signal))
  }
}

function shuffled<Thing>(things: readonly Thing[], chance: Chance): Thing[] {
  return things
    .map((thing) => ({ thing, loadBalancer: chance() }))
    .toSorted((one, other) => one.loadBalancer - other.loadBalancer)
    .map(({ thing }) => thing)
}

export async function unsteadyRun({ dialect, seed, perMille }: Unsteady): Promise<UnsteadyResult> {
  const chance = chanceOf(seed)
  const server = reference(dialect, { asynchronousMilliseconds: 0 })
  let faults = 0
  const wire = unsteady(directWire(server), chance, perMille, () => void (faults += 1))
  const target = {
    ...referenceTarget(dialect, 'http://reference.invalid', { asynchronousMilliseconds: 0 }),
    limits: { lanes: 8, patienceSeconds: 60, pollSeconds: 0.02 },
  }
  const folder = await mkdtemp(join(tmpdir(), 'poolproof-unsteady-'))
  const { name, endpoint } = target
  const journal = openJournal(folder, { run: run.id, target: name, dialect, endpoint })
  const session = openSession(target, run, {
    wire,
    environment: referenceEnvironment,
    journal,
    setProvisioningStatus: (id, status) => {
      server.setProvisioningStatus(id, status)
      return Promise.resolve()
    },
  })
  try {
    const own = suites.filter((suite) => suite.dialect === dialect)
    const fixtures = own[0]?.fixtures
    if (!fixtures) throw new Error(`No suite speaks ${dialect}.`)
    const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
    const asked = shuffled(
      checks(own, () => true),
      chance,
    ).map(
      async (check) =>
        [check.requirement.id, await perform(check, fixtures, session, lanes)] as const,
    )
    const outcomes = new Map(await Promise.all(asked))
    const { leftovers } = await finalCleanUp(session, lanes)
    const held = heldBy(server)
    const read = await readJournals(folder)
    const around = { wire: directWire(server), environment: referenceEnvironment }
    await sweep(openSession(target, { ...run, id: 'ffffffff' }, around), { run: run.id, read })
    return { outcomes, faults, held, leftovers, heldAfterSweep: heldBy(server) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function heldBy(server: Reference): Record<string, number> {
  return Object.fromEntries(Object.entries(server.inventory()).filter(([, count]) => count > 0))
}

const run = { id: '0a1b2c3d', seed: 1 }

/** Verdicts that differ from those of a steady run, except inconclusive ones. */
export function contradictions(ended: UnsteadyResult, steady: UnsteadyResult): string[] {
  return [...ended.outcomes].flatMap(([id, { thrown, reading }]) => {
    if (thrown?.family === 'unasked') return []
    const expected = steady.outcomes.get(id)
    const same = thrown?.family === expected?.thrown?.family && reading === expected?.reading
    return same ? [] : [`${id}: ${thrown?.message ?? reading ?? 'passed'}`]
  })
}
