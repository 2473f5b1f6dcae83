/** A few checks asked of a hostile target, with all the clean-up there is, and what others lost by it. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suites } from '../suites/index.ts'
import type { Outcome } from '../src/check/check.ts'
import { Lanes } from '../src/check/lanes.ts'
import { perform } from '../src/check/perform.ts'
import type { Dialect } from '../src/model.ts'
import { checks } from '../src/prove/examine.ts'
import { reference, referenceEnvironment, referenceTarget } from '../src/reference/embedded.ts'
import { finalCleanUp } from '../src/run/final-clean-up.ts'
import { readJournals } from '../src/session/journal-file.ts'
import { openJournal } from '../src/session/journal.ts'
import { openSession } from '../src/session/session.ts'
import { sweep } from '../src/sweep/index.ts'
import type { Target } from '../src/target.ts'
import { directWire } from '../src/wire/wire.ts'
import { foreignInventory } from './foreign-inventory.ts'
import { hostileTarget, type Lie } from './hostile-target.ts'
import { operator } from './operator.ts'

export interface Hostile {
  readonly dialect: Dialect
  /** Is one of the foreign load balancers lent to the run? */
  readonly lent: boolean
  /** Which checks are asked, by their place among all of the dialect. */
  readonly checks: readonly number[]
  readonly lie: Lie
}

export interface Survived {
  readonly outcomes: readonly Outcome[]
  readonly lies: number
  /** Requests that would have done something to what others own. */
  readonly harmed: readonly string[]
  readonly before: string
  readonly after: string
  /** What is left of ours, by kind. */
  readonly left: Readonly<Record<string, number>>
}

const run = { id: '0a1b2c3d', seed: 1 }

export async function hostileRun({
  dialect,
  lent,
  checks: meant,
  lie,
}: Hostile): Promise<Survived> {
  const server = reference(dialect, { asynchronousMilliseconds: 0 })
  const direct = directWire(server)
  const theirs = await foreignInventory(dialect, operator(dialect, direct))
  const first = server.inventory()
  const before = await theirs.snapshot()
  const lentId = lent ? theirs.loadBalancerId : undefined
  const hostile = hostileTarget(dialect, direct, theirs, lie, lentId)
  const target = targetOf(dialect, lentId)
  const folder = await mkdtemp(join(tmpdir(), 'poolproof-hostile-'))
  try {
    const { name, endpoint } = target
    const journal = openJournal(folder, { run: run.id, target: name, dialect, endpoint })
    const around = { wire: hostile.wire, environment: referenceEnvironment }
    const session = openSession(target, run, { ...around, journal })
    const outcomes = await asked(dialect, meant, session)
    const read = await readJournals(folder)
    if (read.length > 0) {
      await sweep(openSession(target, { ...run, id: 'ffffffff' }, around), { read })
    }
    const { harmed } = hostile
    const after = await theirs.snapshot()
    return { outcomes, lies: hostile.lies(), harmed, before, after, left: more(server, first) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function targetOf(dialect: Dialect, loadBalancerId: string | undefined): Target {
  const { hooks: _hooks, ...plain } = referenceTarget(dialect, 'http://reference.invalid', {
    asynchronousMilliseconds: 0,
  })
  const lent = loadBalancerId === undefined ? {} : { loadBalancerId }
  const limits = { lanes: 2, pollSeconds: 0.001, settleSeconds: 0.01, lastingSeconds: 0.001 }
  return { ...plain, limits, given: { ...plain.given, ...lent } } as Target
}

async function asked(
  dialect: Dialect,
  meant: readonly number[],
  session: ReturnType<typeof openSession>,
): Promise<Outcome[]> {
  const own = suites.filter((suite) => suite.dialect === dialect)
  const fixtures = own[0]?.fixtures
  if (!fixtures) throw new Error(`There is no suite for ${dialect}.`)
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  const all = checks(own, () => true)
  const outcomes: Outcome[] = []
  for (const place of meant) {
    const check = all[place % all.length]
    if (check) outcomes.push(await perform(check, fixtures, session, lanes))
  }
  await finalCleanUp(session, lanes)
  return outcomes
}

function more(
  server: ReturnType<typeof reference>,
  first: Readonly<Record<string, number>>,
): Record<string, number> {
  const now = Object.entries(server.inventory())
  return Object.fromEntries(
    now
      .map(([kind, count]) => [kind, count - (first[kind] ?? 0)] as const)
      .filter(([, n]) => n !== 0),
  )
}
