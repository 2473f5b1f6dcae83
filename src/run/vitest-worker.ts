/** Inside vitest: checks become tests, and what came of them goes back with the test. */

import { AssertionError } from 'node:assert'
import { BroadcastChannel } from 'node:worker_threads'
import * as allure from 'allure-js-commons'
import { afterAll, describe, inject, test, type TestContext } from 'vitest'
import { isCheck, type Check, type Fixtures, type Outcome, type Suite } from '../check/check.ts'
import { perform } from '../check/perform.ts'
import { Lanes } from '../check/lanes.ts'
import { openJournal } from '../session/journal.ts'
import { NoAnswer, type Dialect, type Requirement } from '../model.ts'
import { exchangeLine } from '../report/exchange-text.ts'
import { selected } from '../check/select.ts'
import { stopChannelOf, type RunId } from '../session/run-names.ts'
import { openSession, type Session, type SessionOptions } from '../session/session.ts'
import { connectionsOf, defaultLimits, type Target } from '../target.ts'
import { runTime } from '../session/run-deadline.ts'
import { tidied, type Tidied } from './final-clean-up.ts'
import { networkWire } from '../session/network-wire.ts'

/** What the main process tells the worker. Plain data; secrets come by the environment. */
export interface Plan {
  readonly targets: readonly Target[]
  readonly run: RunId
  readonly only: readonly string[]
  /** The module that exports the suites. */
  readonly suites: string
  /** A module that answers for the targets in this process, in place of a network. */
  readonly embedded?: string
  /** The directory of journals; what answers in this process needs none. */
  readonly journal?: string
}

/** What such a module exports: how to reach the server it holds for a dialect. */
export interface Embedded {
  surroundings(dialect: Dialect): Pick<SessionOptions, 'wire' | 'setProvisioningStatus'>
}

/** What the worker says about a test, as its meta data. */
export interface CheckMeta {
  target: string
  outcome?: Outcome
}

/** What the worker says about a whole target, as meta data of its describe block. */
export type TargetMeta = Partial<Tidied>

declare module 'vitest' {
  interface ProvidedContext {
    plan: Plan
  }
}

/** Declares a test for each check of each target. The name of a test is the requirement's id. */
export async function conform(): Promise<void> {
  const plan = inject('plan')
  const { suites } = (await import(plan.suites)) as { readonly suites: readonly Suite[] }
  const meant = selected(suites, plan.only)
  const way = await wayTo(plan)
  for (const target of plan.targets) {
    const own = meant.filter(({ dialect }) => dialect === target.dialect)
    describe.concurrent(target.name, () => declare(target, own, plan, way(target)))
  }
}

/** How to reach a target, and what to do when that is over. */
interface Way extends Pick<SessionOptions, 'wire' | 'setProvisioningStatus'> {
  close(): Promise<void>
}

async function wayTo({ embedded }: Plan): Promise<(target: Target) => Way> {
  if (embedded === undefined) {
    return (target) => networkWire(target, connectionsOf(target.limits), process.env)
  }
  const { surroundings } = (await import(embedded)) as Embedded
  return ({ dialect }) => ({ ...surroundings(dialect), close: () => Promise.resolve() })
}

function declare(target: Target, suites: readonly Suite[], plan: Plan, way: Way): void {
  const fixtures = suites[0]?.fixtures
  if (!fixtures) return
  const { forget, ...time } = limitsOf(target, plan.run)
  const journal = journalOf(target, plan)
  const around = { ...way, environment: process.env, ...time, ...(journal ? { journal } : {}) }
  const session = openSession(target, plan.run, around)
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  for (const { operation, entries } of suites) {
    describe(operation, () => {
      for (const entry of entries.filter((one) => isCheck(one))) {
        test(entry.requirement.id, (context) => asTest(entry, fixtures, session, lanes, context))
      }
    })
  }
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the text of the parameter
  afterAll(async ({}, suite) => {
    const meta = suite.meta as TargetMeta
    Object.assign(meta, await tidied(session, lanes))
    forget()
    await way.close()
  })
}

const interruption = new Error('the run was interrupted')

/** When the time for questions is over: at its end, or when somebody presses Ctrl-C. */
function limitsOf(target: Target, run: RunId) {
  const interrupted = new AbortController()
  const channel = new BroadcastChannel(stopChannelOf(run))
  channel.addEventListener('message', () => interrupted.abort(interruption))
  const limits = { ...defaultLimits, ...target.limits }
  return { ...runTime(limits, interrupted.signal), forget: () => channel.close() }
}

function journalOf({ name, dialect, endpoint }: Target, { journal, run }: Plan) {
  if (journal === undefined) return undefined
  return openJournal(journal, { run: run.id, target: name, dialect, endpoint })
}

async function asTest<LoadBalancer>(
  check: Check,
  fixtures: Fixtures<Target, LoadBalancer>,
  session: Session,
  lanes: Lanes<LoadBalancer>,
  { task, skip }: TestContext,
): Promise<void> {
  const meta = task.meta as Partial<CheckMeta>
  meta.target = session.target.name
  const outcome = await perform(check, fixtures, session, lanes)
  meta.outcome = outcome
  await tellAllure(check.requirement, session.target, outcome)
  const { thrown } = outcome
  if (thrown?.family === 'not-offered') skip(thrown.message)
  if (thrown) throw errorOf(thrown)
}

/** The error again, so that vitest and Allure see a failure where the target broke something. */
function errorOf({ family, message }: NonNullable<Outcome['thrown']>): Error {
  const error = family === 'broken' ? new AssertionError({ message }) : new NoAnswer(message)
  error.stack = `${error.name}: ${message}`
  return error
}

async function tellAllure(
  { id, text, source, level }: Requirement,
  target: Target,
  outcome: Outcome,
): Promise<void> {
  await allure.epic(target.dialect)
  await allure.feature(id.split('/').slice(0, 2).join('/'))
  await allure.displayName(id)
  await allure.label('target', target.name)
  await allure.severity(level === 'must' ? 'critical' : level === 'implied' ? 'normal' : 'minor')
  const said = outcome.exchanges.map((exchange) => `- ${exchangeLine(exchange)}`).join('\n')
  await allure.description(`${text}\n\nSource: ${source}\n\n${said}`)
  if (outcome.reading) await allure.parameter('reading', outcome.reading, { excluded: true })
  // Allure flushes every file to the disk, which would cost more than the run: bodies only where they matter.
  if (!outcome.thrown) return
  await allure.attachment(
    'exchanges',
    JSON.stringify(outcome.exchanges, null, 2),
    'application/json',
  )
}
