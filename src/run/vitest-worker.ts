/** Inside vitest: each check becomes a test, and its outcome is sent with the test. */

import { AssertionError } from 'node:assert'
import { BroadcastChannel } from 'node:worker_threads'
import * as allure from 'allure-js-commons'
import { afterAll, describe, inject, test, type TestContext } from 'vitest'
import { withSetUp } from '../check/set-up-answers.ts'
import { askable, isCheck, judgeOf, type Check, type Outcome, type Suite } from '../check/check.ts'
import { perform } from '../check/perform.ts'
import { inShard, type Shard } from '../check/shard.ts'
import type { WalkSelection } from '../check/walk-selection.ts'
import type { Walks } from '../check/walk.ts'
import { Lanes } from '../check/lanes.ts'
import { headingOf } from '../session/journal-heading.ts'
import { openJournal } from '../session/journal.ts'
import { addressOf, NoAnswer, type Dialect, type Requirement } from '../model.ts'
import { allureAttachment, allureDescription } from '../report/allure-text.ts'
import { legible } from '../report/legible.ts'
import type { Found } from '../report/report.ts'
import { select, type Selection } from '../check/select.ts'
import { stopChannelOf, type RunId } from '../session/run-names.ts'
import { openSession, type Session, type SessionOptions } from '../session/session.ts'
import { connectionsOf, defaultLimits, type Target } from '../target.ts'
import { Tokens, type Told } from '../session/tokens.ts'
import { runTime } from '../session/run-deadline.ts'
import { Bail } from './bail.ts'
import { Keep } from './keep.ts'
import { thrownAt } from './expected-readings.ts'
import { finalCleanUp, type CleanUpResult } from './final-clean-up.ts'
import { networkWire } from '../session/network-wire.ts'
import { declareWalks } from './walk-tests.ts'

/** What the main thread sends to the worker. Plain data; secrets of the target file are in the environment. */
export interface Plan extends Selection {
  readonly targets: readonly Target[]
  readonly run: RunId
  readonly shard?: Shard
  readonly walks?: WalkSelection
  readonly bail?: number
  readonly keep?: number
  /** The module that exports the suites, and the walks. */
  readonly suites: string
  /** A module with operations of another project: then only these are asked. */
  readonly operations?: string
  /** A module with servers that answer in this process, instead of a network. */
  readonly embedded?: string
  /** The directory of journals. Servers in this process need none. */
  readonly journal?: string
  /** What the probes were given and have sent: masked here, too. */
  readonly told?: Told
}

/** What a module of servers exports: how to reach the server of a dialect. */
export interface Embedded {
  surroundings(
    dialect: Dialect,
  ): Pick<SessionOptions, 'wire' | 'setProvisioningStatus'> & { close(): Promise<void> }
}

/** What the worker reports about a test, as its metadata. */
export interface CheckMeta {
  target: string
  outcome?: Outcome
}

/** What the worker reports about a target, as metadata of its describe block. */
export type TargetMeta = Partial<CleanUpResult & { found: Found }>

declare module 'vitest' {
  interface ProvidedContext {
    plan: Plan
  }
}

/** Declares a test for each check of each target. The name of a test is the requirement's id. */
export async function conform(): Promise<void> {
  const plan = inject('plan')
  const module = (await import(plan.suites)) as {
    readonly suites: readonly Suite[]
    readonly suitesFor?: (only: readonly string[]) => readonly Suite[]
    readonly ownSuites?: (module: string) => Promise<readonly Suite[]>
    readonly walks?: readonly Walks[]
  }
  const { walks = [], suitesFor = () => module.suites } = module
  const own = plan.operations === undefined ? undefined : module.ownSuites?.(plan.operations)
  const suites = (await own) ?? suitesFor(plan.only)
  const { suites: chosen } = select(suites, plan)
  // Of all dialects together, as the side that concludes divides them.
  const inThisShard = plan.shard ? inShard(chosen, plan.shard) : chosen
  const networkFor = await networksOf(plan)
  const tokens = new Tokens(plan.told)
  const manner = { bail: new Bail(plan.bail), keep: new Keep(plan.keep) }
  for (const target of plan.targets) {
    const isOwn = ({ dialect }: Suite) => dialect === target.dialect
    const own = { suites: chosen.filter(isOwn), asked: inThisShard.filter(isOwn) }
    describe.concurrent(target.name, () =>
      declare(target, own, walks, plan, { ...networkFor(target), tokens }, manner),
    )
  }
}

/** Each walk is taken in one shard. */
function walksOf({ shard }: Plan, walks: WalkSelection): WalkSelection {
  return shard ? { ...walks, shard } : walks
}

/** How to reach a target, and how to close the connections at the end. */
interface Network extends Pick<SessionOptions, 'wire' | 'tokens' | 'setProvisioningStatus'> {
  close(): Promise<void>
}

async function networksOf({ embedded }: Plan): Promise<(target: Target) => Network> {
  if (embedded === undefined) {
    return (target) => networkWire(target, connectionsOf(target.limits), process.env)
  }
  const { surroundings } = (await import(embedded)) as Embedded
  return ({ dialect }) => surroundings(dialect)
}

function declare(
  target: Target,
  { suites, asked }: Readonly<Record<'suites' | 'asked', readonly Suite[]>>,
  walks: readonly Walks[],
  plan: Plan,
  network: Network,
  { bail, keep }: { readonly bail: Bail; readonly keep: Keep },
): void {
  const fixtures = suites[0]?.fixtures
  if (!fixtures) return
  const { closeChannel, ...time } = limitsOf(target, plan.run)
  const journal = journalOf(target, plan)
  const around = { ...network, environment: process.env, ...time, ...(journal ? { journal } : {}) }
  const session = openSession(target, plan.run, around)
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  const judge = judgeOf(suites)
  const manner = { reduce: true, judge: withSetUp(judge) }
  const ask = (entry: Check, context: TestContext) =>
    asTest(
      () =>
        bail.unlessReached(target, entry.requirement, () =>
          perform(entry, fixtures, session, lanes, {
            ...manner,
            ...keep.mannerOf(target, entry.requirement),
          }),
        ),
      entry,
      session,
      context,
    )
  for (const { operation, entries } of asked) {
    describe(operation, () => {
      for (const entry of askable(entries, session).filter((one) => isCheck(one))) {
        test(entry.requirement.id, (context) => ask(entry, context))
      }
    })
  }
  if (plan.walks) declareWalks(walks, walksOf(plan, plan.walks), session, lanes, { judge, bail })
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the text of the parameter
  afterAll(async ({}, suite) => {
    const meta = suite.meta as TargetMeta
    const { reads, found } = session
    meta.found = {
      readLagMilliseconds: reads.longest,
      notOffered: found.notOffered,
      offered: found.offered,
      ...(session.setProvisioningStatus ? { hook: true } : {}),
    }
    try {
      Object.assign(meta, await finalCleanUp(session, lanes))
    } finally {
      closeChannel()
      await network.close()
    }
  })
}

const interruption = new Error('the run was interrupted')

/** The deadlines of a run, which also end when Ctrl-C is pressed. */
function limitsOf(target: Target, run: RunId) {
  const interrupted = new AbortController()
  const channel = new BroadcastChannel(stopChannelOf(run))
  channel.addEventListener('message', () => interrupted.abort(interruption))
  const limits = { ...defaultLimits, ...target.limits }
  return { ...runTime(limits, interrupted.signal), closeChannel: () => channel.close() }
}

function journalOf(target: Target, { journal, run }: Plan) {
  if (journal === undefined) return undefined
  const { runSeconds, cleanUpSeconds } = { ...defaultLimits, ...target.limits }
  const most = runSeconds + cleanUpSeconds + endSeconds
  return openJournal(journal, headingOf(target, run, process.env), new Date(), most)
}

/** For what a run does after its clean-up. */
const endSeconds = 300

async function asTest(
  performed: () => Promise<Outcome>,
  check: Check,
  session: Session,
  { task, skip }: TestContext,
): Promise<void> {
  const meta = task.meta as Partial<CheckMeta>
  meta.target = session.target.name
  const outcome = await performed()
  meta.outcome = outcome
  await describeForAllure(check.requirement, session.target, outcome)
  const thrown = thrownAt(outcome, check.requirement, session.target)
  if (thrown?.family === 'not-offered') skip(legible(thrown.message))
  if (thrown) throw errorOf(thrown)
}

/** The error, made again so that vitest and Allure show a failure. */
function errorOf({ family, message }: NonNullable<Outcome['thrown']>): Error {
  const shown = legible(message)
  const error = family === 'broken' ? new AssertionError({ message: shown }) : new NoAnswer(shown)
  error.stack = `${error.name}: ${shown}`
  return error
}

async function describeForAllure(
  { id, text, source, level, readings = {} }: Requirement,
  target: Target,
  outcome: Outcome,
): Promise<void> {
  await allure.epic(target.dialect)
  await allure.feature(id.split('/').slice(0, 2).join('/'))
  await allure.displayName(id)
  await allure.label('target', target.name)
  await allure.severity(level === 'must' ? 'critical' : level === 'implied' ? 'normal' : 'minor')
  await allure.label('source', legible(source))
  const address = addressOf(source)
  if (address !== undefined) await allure.link(address, legible(source), 'source')
  await allure.description(allureDescription({ text, source }, outcome.exchanges))
  if (outcome.reading) await allure.parameter('reading', outcome.reading, { excluded: true })
  // Allure flushes every file to the disk, which is slow: only failures have the bodies.
  if (!thrownAt(outcome, { id, readings }, target)) return
  await allure.attachment('exchanges', allureAttachment(outcome.exchanges), 'application/json')
}
