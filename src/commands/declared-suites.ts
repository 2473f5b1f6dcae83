/** What `poolproof/vitest` declares in a vitest project of somebody else's. */

import { AssertionError } from 'node:assert'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, test, type TestContext } from 'vitest'
import { ownSuite, suitesFor } from '../../suites/index.ts'
import { askable, isCheck, judgeOf, type Check, type Suite } from '../check/check.ts'
import { Lanes } from '../check/lanes.ts'
import { perform } from '../check/perform.ts'
import { select } from '../check/select.ts'
import { UsageError } from '../model.ts'
import { legible } from '../report/legible.ts'
import { referenceEnvironment, embeddedTargets, surroundings } from '../reference/embedded.ts'
import { pinMismatch } from '../run/expected-readings.ts'
import { finalCleanUp } from '../run/final-clean-up.ts'
import { judge } from '../run/verdict.ts'
import { headingOf } from '../session/journal-heading.ts'
import { openJournal } from '../session/journal.ts'
import { networkWire } from '../session/network-wire.ts'
import { probe } from '../session/probe.ts'
import { runTime } from '../session/run-deadline.ts'
import { newRunId, type RunId } from '../session/run-names.ts'
import { openSession, type Session, type SessionOptions } from '../session/session.ts'
import { Tokens } from '../session/tokens.ts'
import { assertNoOthers } from '../sweep/other-load-balancers.ts'
import { connectionsOf, defaultLimits, waiversOf, type Target } from '../target.ts'
import { targetsOf } from './library-run.ts'
import type { SuitesOptions } from './library-options.ts'

/** See `conformance` of the library for vitest. */
export async function declareSuites(options: SuitesOptions): Promise<void> {
  const [given] = await targetsOf(options.target)
  const [embedded] = embeddedTargets([options.dialect ?? 'elb'])
  const target = given ?? embedded
  if (!target) throw new UsageError('There is no target.')
  const all = options.operations?.map((one) => ownSuite(one)) ?? suitesFor(options.only ?? [])
  const own = all.filter(({ dialect }) => dialect === target.dialect)
  const { suites: chosen } = select(own, { only: [], ...options })
  const { seed = 1, strength } = options
  const run = { id: newRunId(), seed, ...(strength ? { strength } : {}) }
  describe.concurrent(target.name, () => declare(target, given === undefined, chosen, run, options))
}

function declare(
  target: Target,
  isEmbedded: boolean,
  chosen: readonly Suite[],
  run: RunId,
  options: SuitesOptions,
): void {
  const fixtures = chosen[0]?.fixtures
  if (!fixtures) return
  const { close, ...around } = isEmbedded
    ? embeddedAround(target)
    : networkAround(target, run, options)
  const tokens = new Tokens()
  const session = openSession(target, run, { ...around, tokens })
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  const manner = { reduce: true, judge: judgeOf(chosen) }
  if (!isEmbedded) {
    beforeAll(() => probe(target, run, process.env, { further: assertNoOthers, tokens }))
  }
  for (const { operation, entries } of chosen) {
    describe(operation, () => {
      for (const entry of askable(entries, session).filter((one) => isCheck(one))) {
        test(
          entry.requirement.id,
          async (context) => {
            const outcome = await perform(entry, fixtures, session, lanes, manner)
            told(outcome, entry, session, context, options)
          },
          noLimit,
        )
      }
    })
  }
  afterAll(async () => {
    try {
      const { leftovers } = await finalCleanUp(session, lanes)
      if (leftovers.length > 0) throw new Error(`Left behind: ${leftovers.join(' ')}`)
    } finally {
      await close()
    }
  }, noLimit)
}

/** Deadlines are those of the target file. */
const noLimit = 0

type Around = SessionOptions & { close(): Promise<void> }

function embeddedAround({ dialect }: Target): Around {
  return { ...surroundings(dialect), environment: referenceEnvironment }
}

function networkAround(target: Target, run: RunId, { journal }: SuitesOptions): Around {
  const limits = { ...defaultLimits, ...target.limits }
  const about = headingOf(target, run, process.env)
  const directory = journal ?? join('reports', 'latest', 'journal')
  const most = limits.runSeconds + limits.cleanUpSeconds
  return {
    ...networkWire(target, connectionsOf(target.limits), process.env),
    ...runTime(limits),
    environment: process.env,
    journal: openJournal(directory, about, new Date(), most),
  }
}

/** The outcome as vitest knows it. @throws what makes the test fail. */
function told(
  outcome: Awaited<ReturnType<typeof perform>>,
  { requirement }: Check,
  { target }: Session,
  { skip }: TestContext,
  { undecided = 'fail' }: SuitesOptions,
): void {
  const { id, text, source } = requirement
  const {
    verdict,
    reason = '',
    stale,
  } = judge({
    outcome,
    id,
    waivers: waiversOf(target, id),
    today: new Date().toISOString().slice(0, 10),
    pinMismatch: pinMismatch(outcome.reading, target.readings?.[id], requirement),
  })
  const message = legible(`${reason || text}\n${text} (${id})\nSource: ${source}`)
  if (stale !== undefined) throw new AssertionError({ message: legible(stale) })
  if (verdict === 'fail') throw new AssertionError({ message })
  if (verdict === 'not-applicable') skip(message)
  if (verdict !== 'inconclusive') return
  if (undecided === 'skip') skip(message)
  throw new Error(`Not decided: ${message}`)
}
