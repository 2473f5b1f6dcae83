/** A run: makes a report from targets and suites. Vitest asks the checks in a worker; this side selects and concludes. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BroadcastChannel } from 'node:worker_threads'
import type { Reporter, Vitest } from 'vitest/node'
import { askable, isCheck, missingLoan, type Outcome, type Suite } from '../check/check.ts'
import { conclude, type NotAsked, type Question, type RunResult } from './conclude.ts'
import { Misconfigured, NoAnswer, UsageError } from '../model.ts'
import { openSession } from '../session/session.ts'
import { sweepAfterWorker } from './after-worker.ts'
import { checkPins } from './expected-readings.ts'
import { probe } from '../session/probe.ts'
import type { Report } from '../report/report.ts'
import { nearestId, select, type Selection } from '../check/select.ts'
import { inShard, type Shard } from '../check/shard.ts'
import type { WalkSelection } from '../check/walk-selection.ts'
import { stopChannelOf, type RunId } from '../session/run-names.ts'
import { assertNoOthers } from '../sweep/other-load-balancers.ts'
import { Tokens } from '../session/tokens.ts'
import { mostLanesOf, type Target } from '../target.ts'
import type { Plan } from './vitest-worker.ts'
import { textOf, Watcher, type Progress } from './watcher.ts'

/** What a run asks, and of whom. It is limited by the fields of a selection. */
export interface RunOptions extends Selection {
  readonly targets: readonly Target[]
  readonly suites: readonly Suite[]
  /** The module that exports the suites; the worker imports it too. */
  readonly suitesModule: string
  /** A module with operations of another project, from which the suites were made. */
  readonly operations?: string
  /** The part that is asked; everything where absent. */
  readonly shard?: Shard
  /** The walks that are taken beside the checks; none where absent. */
  readonly walks?: WalkSelection
  readonly run: RunId
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly progress: Progress
  /** A module that answers for the targets; without it they are reached over the network. */
  readonly embedded?: string
  /** The directory of journals. */
  readonly journal?: string
  /** Where Allure's results go. */
  readonly allureResults: string
  /** After so many failures that no waiver excuses, no further check is asked. */
  readonly bail?: number
  /** Of so many failed checks, what they created is left on the target. */
  readonly keep?: number
  /** Ends the run early: no further check is asked, and what was created is removed. */
  readonly interrupted?: AbortSignal
}

/**
 * Asks the selected checks of all targets.
 *
 * Whatever goes wrong once something was sent is in the report: a target that cannot be asked, and faults of
 * this program.
 *
 * @throws {UsageError} When nothing is selected, a waiver matches nothing, or a secret is not set.
 */
export async function run(options: RunOptions): Promise<Report> {
  const started = new Date()
  const { suites, skipped } = select(options.suites, options)
  const { shard } = options
  const all = questionsFor(options, suites)
  const questions = shard ? questionsFor(options, inShard(suites, shard)) : all
  if (all.length === 0) {
    const dialects = options.targets
      .map(({ name, dialect }) => `${name} has the dialect ${dialect}`)
      .join(', ')
    throw new UsageError(
      `${limitsIn(options)} leave nothing to ask of these targets: ${dialects}.${notLent(options, suites)}`,
    )
  }
  checkWaivers(options)
  checkPins(options.targets, options.suites)
  if (questions.length === 0) {
    throw new UsageError(
      `There are only ${all.length} requirements to ask, so the shard ${shard?.index}/${shard?.total} is empty. Use fewer shards.`,
    )
  }
  const ids = new Set(questions.map(({ requirement }) => requirement.id))
  const others = all.filter(({ requirement }) => !ids.has(requirement.id))
  const about = { ...options, started, questions, others, suites, skipped }
  const tokens = new Tokens()
  const notAsked = await probeAll(options, tokens)
  if (notAsked) return conclude({ ...about, ...nothing, notAsked })
  return conclude({ ...about, ...(await ask(options, questions.length, tokens)) })
}

/** The flags that limit a run, as they were typed. */
function limitsIn({ only, levels = [], skip = [], budget }: Selection): string {
  const flags = [
    ...only.map((one) => `--only ${one}`),
    ...levels.map((one) => `--level ${one}`),
    ...skip.map((one) => `--skip ${one}`),
    ...(budget ? [`--budget ${budget.requests}`] : []),
  ]
  return flags.join(' ')
}

const nothing = { outcomes: new Map<string, Outcome>(), leftovers: [] }

/**
 * Probes the targets. Those that answer in this process need no probe.
 *
 * @returns why nothing can be asked of them.
 * @throws {UsageError} When a secret is not set.
 */
async function probeAll(options: RunOptions, tokens: Tokens): Promise<NotAsked | undefined> {
  const { targets, run, environment, embedded, interrupted } = options
  if (embedded !== undefined) return undefined
  const probes = await Promise.allSettled(
    targets.map((target) =>
      probe(target, run, environment, { further: assertNoOthers, interrupted, tokens }),
    ),
  )
  const errors = probes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  const expected = errors.filter(
    (error) => error instanceof Misconfigured || error instanceof NoAnswer,
  )
  const other = errors.find((error) => !expected.includes(error as NoAnswer))
  if (other !== undefined) throw other
  if (expected.length === 0) return undefined
  const reason = expected.map(({ message }) => message).join('\n')
  return { reason, exitCode: expected.some((error) => error instanceof Misconfigured) ? 2 : 3 }
}

/** What the selected checks would need, where they need something that nobody has lent. */
function notLent({ targets, run }: RunOptions, suites: readonly Suite[]): string {
  const reasons = targets.flatMap((target) =>
    suites
      .filter(({ dialect }) => dialect === target.dialect)
      .flatMap(({ entries }) => entries)
      .flatMap(({ requirement }) => missingLoan(requirement, { target, run }) ?? []),
  )
  return [...new Set(reasons)].map((reason) => ` ${reason}`).join('')
}

/** Each selected check, with each target of its dialect. */
function questionsFor({ targets, run }: RunOptions, suites: readonly Suite[]): Question[] {
  return targets.flatMap((target) =>
    suites
      .filter(({ dialect }) => dialect === target.dialect)
      .flatMap(({ operation, entries }) =>
        askable(entries, { target, run })
          .filter((entry) => isCheck(entry))
          .map(({ requirement }) => ({ target, operation, requirement })),
      ),
  )
}

/** Refuses waivers that match no requirement, before anything is sent. @throws {UsageError} */
function checkWaivers({ targets, suites }: RunOptions): void {
  for (const { name, dialect, waivers = [] } of targets) {
    const ids = suites
      .filter((suite) => suite.dialect === dialect)
      .flatMap(({ entries }) => entries.filter((entry) => isCheck(entry)))
      .map(({ requirement }) => requirement.id)
    const lost = waivers.find(({ requirement }) => !ids.includes(requirement))
    if (lost) {
      throw new UsageError(
        `${name} waives ${lost.requirement}, but no requirement of ${dialect} targets has this id. ` +
          `A waiver names one requirement. Did you mean ${nearestId(lost.requirement, ids)}?`,
      )
    }
  }
}

/** What is known when vitest has ended, whichever way it did. */
type Answers = Pick<RunResult, 'outcomes' | 'walked' | 'leftovers' | 'faults' | 'found'>

/** Runs `src/run/conformance.ts` in vitest and collects what the worker reports. */
async function ask(options: RunOptions, expected: number, tokens: Tokens): Promise<Answers> {
  const cache = await mkdtemp(join(tmpdir(), 'poolproof-'))
  const watcher = new Watcher(options.progress, expected)
  const exitCode = process.exitCode
  try {
    const vitest = await withoutSignals(() => start(options, watcher, cache, tokens))
    let stopped: (() => void) | undefined
    const stop = () => void (stopped = stopWorker(vitest, options.run))
    options.interrupted?.addEventListener('abort', stop, { once: true })
    try {
      if (!options.interrupted?.aborted) await vitest.start()
    } finally {
      stopped?.()
      await vitest.close()
    }
  } catch (error) {
    watcher.faults.push(textOf([error as Error]))
  } finally {
    // Vitest sets it when a test fails. The exit code of a run is computed from its report.
    process.exitCode = exitCode
    await rm(cache, { recursive: true, force: true })
  }
  const { outcomes, walked, found } = watcher
  const faults = watcher.faults.map(redactionFor(options, tokens))
  return { outcomes, walked, found, leftovers: await leftBehind(watcher, options, tokens), faults }
}

const noWire = () => Promise.reject(new Error('Nothing is sent here.'))

/** Masks the secrets of all targets. */
function redactionFor(
  { targets, run, environment }: RunOptions,
  tokens: Tokens,
): (text: string) => string {
  const around = { wire: noWire, environment, tokens }
  const masks = targets.map((target) => openSession(target, run, around))
  return (text) => masks.reduce((masked, { connection }) => connection.redact(masked), text)
}

/** A worker that ended early could not remove what it made; then its journal says what that is. */
async function leftBehind(
  { leftovers, cleanedUp }: Watcher,
  { targets, run, journal, embedded, environment }: RunOptions,
  tokens: Tokens,
): Promise<readonly string[]> {
  const open = targets.filter(({ name }) => !cleanedUp.has(name))
  if (embedded !== undefined || journal === undefined) return leftovers
  const ended = { run, environment, journal, tokens }
  const left = await Promise.all(
    open.map((target) =>
      sweepAfterWorker(target, ended).catch((error: unknown) => [(error as Error).message]),
    ),
  )
  return [...new Set([...leftovers, ...left.flat()])]
}

/** Removes vitest's signal handlers, which would end the process before the run has cleaned up. */
async function withoutSignals<Value>(make: () => Promise<Value>): Promise<Value> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const before = new Set(signals.flatMap((signal) => process.listeners(signal)))
  const made = await make()
  for (const signal of signals) {
    const added = process.listeners(signal).filter((listener) => !before.has(listener))
    for (const listener of added) process.off(signal, listener)
  }
  return made
}

/**
 * Stops the worker: checks that are being asked end, and no further check is asked.
 *
 * The message is repeated, because a worker that is still starting does not receive it.
 *
 * @returns A function that ends the repetition.
 */
function stopWorker(vitest: Vitest, run: RunId): () => void {
  const channel = new BroadcastChannel(stopChannelOf(run))
  const send = () => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    channel.postMessage('stop')
  }
  send()
  // Only once: a second call makes vitest end the threads before they have cleaned up.
  void vitest.cancelCurrentRun('keyboard-input')
  const repetition = setInterval(send, repeatMilliseconds)
  return () => {
    clearInterval(repetition)
    channel.close()
  }
}

const repeatMilliseconds = 100

async function start(
  options: RunOptions,
  watcher: Reporter,
  cacheDir: string,
  tokens: Tokens,
): Promise<Vitest> {
  // Loading them takes half a second, which a run that cannot ask anything does not need.
  const [{ createVitest }, { PromptAllureReporter }] = await Promise.all([
    import('vitest/node'),
    import('../report/allure-reporter.ts'),
  ])
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const { targets, run, suitesModule, environment, allureResults, embedded, journal } = options
  const { only, levels, skip, shard, budget, walks, bail, keep } = options
  const plan: Plan = {
    targets,
    run,
    only,
    told: tokens.told,
    ...(levels ? { levels } : {}),
    ...(skip ? { skip } : {}),
    ...(shard ? { shard } : {}),
    ...(budget ? { budget } : {}),
    ...(walks ? { walks } : {}),
    ...(bail === undefined ? {} : { bail }),
    ...(keep === undefined ? {} : { keep }),
    suites: suitesModule,
    ...(options.operations === undefined ? {} : { operations: options.operations }),
    ...(embedded === undefined ? {} : { embedded }),
    ...(embedded !== undefined || journal === undefined ? {} : { journal: resolve(journal) }),
  }
  const allure = new PromptAllureReporter(
    { resultsDir: allureResults, reportMatchers: false },
    ({ message }) => options.progress.warned(`Allure's results are not complete: ${message}`),
  )
  return createVitest(
    'test',
    {
      config: false,
      root,
      dir: root,
      watch: false,
      include: ['src/run/conformance.{ts,js}'],
      exclude: [],
      // Built files need no transformation. Loading them directly saves half a second.
      server: { deps: { external: [/\/dist\/(?:src\/(?!run\/conformance)|fixtures|suites)/] } },
      pool: 'threads',
      isolate: false,
      maxWorkers: 1,
      // As many as there may be lanes: a check that waits for one cannot be cancelled.
      maxConcurrency: targets.reduce((sum, { limits }) => sum + mostLanesOf(limits), 0),
      sequence: { shuffle: { files: false, tests: true }, seed: run.seed },
      testTimeout: 0,
      hookTimeout: 0,
      // All checks of an operation or of a target may be in other shards.
      passWithNoTests: shard !== undefined,
      provide: { plan },
      env: Object.fromEntries(
        Object.entries(environment).filter(
          (pair): pair is [string, string] => pair[1] !== undefined,
        ),
      ),
      reporters: [watcher, allure],
    },
    { cacheDir, logLevel: 'silent' },
  )
}
