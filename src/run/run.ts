/** A run: targets and suites to a report. Vitest asks in a worker; this side selects, watches and concludes. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BroadcastChannel } from 'node:worker_threads'
import {
  createVitest,
  type Reporter,
  type TestCase,
  type TestSuite,
  type Vitest,
} from 'vitest/node'
import { isCheck, type Outcome, type Suite } from '../check/check.ts'
import { conclude, keyOf, type Asked } from './conclude.ts'
import { UsageError } from '../model.ts'
import { checkPins } from './expected-readings.ts'
import { probe } from '../session/probe.ts'
import { PromptAllureReporter } from '../report/allure-reporter.ts'
import type { Report } from '../report/report.ts'
import { nearest, selected } from '../check/select.ts'
import { stopChannelOf, type RunId } from '../session/run-names.ts'
import { assertOurs } from '../sweep/index.ts'
import { lanesOf, type Target } from '../target.ts'
import type { CheckMeta, Plan, TargetMeta } from './vitest-worker.ts'

/** Told while a run goes on. */
export interface Progress {
  /** A check has ended. */
  ended(id: string, done: number, of: number): void
}

export interface RunOptions {
  readonly targets: readonly Target[]
  readonly suites: readonly Suite[]
  /** The module that exports them: the worker loads it again. */
  readonly suitesModule: string
  /** Prefixes of the requirements to ask; none for all. */
  readonly only: readonly string[]
  readonly run: RunId
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly progress: Progress
  /** A module that answers for the targets; without it they are reached over the network. */
  readonly embedded?: string
  /** The directory of journals. */
  readonly journal?: string
  /** Where Allure's results go. */
  readonly allureResults: string
  /** Ends the run early: checks not yet asked are not asked, what was made is removed. */
  readonly interrupted?: AbortSignal
}

/**
 * Asks all that is meant of all targets.
 *
 * @throws {UsageError} When nothing is meant, a waiver matches nothing, or a secret is not set.
 * @throws {NoAnswer} When a target cannot be reached or does not take the credentials.
 */
export async function run(options: RunOptions): Promise<Report> {
  const started = new Date()
  const meant = selected(options.suites, options.only)
  const asked = pairs(options.targets, meant)
  if (asked.length === 0) {
    const dialects = options.targets
      .map(({ name, dialect }) => `${name} speaks ${dialect}`)
      .join(', ')
    throw new UsageError(
      `--only ${options.only.join(' --only ')} selects nothing for these targets: ${dialects}.`,
    )
  }
  checkWaivers(options)
  checkPins(options.targets, options.suites)
  await probeAll(options)
  const { outcomes, leftovers } = await ask(options, asked.length)
  return conclude({ ...options, started, asked, suites: meant, outcomes, leftovers })
}

/** What answers in this process is there. */
async function probeAll(options: RunOptions): Promise<void> {
  const { targets, run, environment, embedded, interrupted } = options
  if (embedded !== undefined) return
  await Promise.all(
    targets.map((target) => probe(target, run, environment, assertOurs, interrupted)),
  )
}

/** Each check that is meant, with each target that speaks its dialect. */
function pairs(targets: readonly Target[], suites: readonly Suite[]): Asked[] {
  return targets.flatMap((target) =>
    suites
      .filter(({ dialect }) => dialect === target.dialect)
      .flatMap(({ operation, entries }) =>
        entries
          .filter((entry) => isCheck(entry))
          .map(({ requirement }) => ({ target, operation, requirement })),
      ),
  )
}

/** A waiver that matches nothing is a mistake of the file, and told before anything is sent. */
function checkWaivers({ targets, suites }: RunOptions): void {
  for (const { name, dialect, waivers = [] } of targets) {
    const ids = suites
      .filter((suite) => suite.dialect === dialect)
      .flatMap(({ entries }) => entries.filter((entry) => isCheck(entry)))
      .map(({ requirement }) => requirement.id)
    const lost = waivers.find(({ requirement }) => !ids.includes(requirement))
    if (lost) {
      throw new UsageError(
        `${name} waives ${lost.requirement}, which is no requirement that is asked of ${dialect} targets. ` +
          `Did you mean ${nearest(lost.requirement, ids)}?`,
      )
    }
  }
}

interface Answers {
  /** By target and requirement: see `keyOf`. */
  readonly outcomes: ReadonlyMap<string, Outcome>
  readonly leftovers: readonly string[]
}

/** Runs `src/run/conformance.ts` in vitest and gathers what the worker says. */
async function ask(options: RunOptions, expected: number): Promise<Answers> {
  const cache = await mkdtemp(join(tmpdir(), 'poolproof-'))
  const watcher = new Watcher(options.progress, expected)
  const exitCode = process.exitCode
  try {
    const vitest = await withoutSignals(() => start(options, watcher, cache))
    let stopped: (() => void) | undefined
    const stop = () => void (stopped = stopping(vitest, options.run))
    options.interrupted?.addEventListener('abort', stop, { once: true })
    try {
      if (!options.interrupted?.aborted) await vitest.start()
    } finally {
      stopped?.()
      await vitest.close()
    }
  } finally {
    // Vitest sets it for a failed test. The verdict is ours, and so is the exit code.
    process.exitCode = exitCode
    await rm(cache, { recursive: true, force: true })
  }
  watcher.throwFaults()
  return watcher
}

/** Vitest would end the process at the first signal; a run first removes what it made. */
async function withoutSignals<Value>(make: () => Promise<Value>): Promise<Value> {
  const signals = ['SIGINT', 'SIGTERM'] as const
  const before = new Set(signals.flatMap((signal) => process.listeners(signal)))
  const made = await make()
  for (const signal of signals) {
    const added = process.listeners(signal).filter((listener) => !before.has(listener))
    for (const listener of added) process.off(signal, listener)
  }
  return made
}

/**
 * Those that are asked end at once, and those that are not yet asked never are.
 *
 * Said again and again: while a worker starts it does not listen. Once it does, nothing more is asked.
 *
 * @returns what ends the saying.
 */
function stopping(vitest: Vitest, run: RunId): () => void {
  const channel = new BroadcastChannel(stopChannelOf(run))
  const say = () => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    channel.postMessage('stop')
  }
  say()
  // Only once: the second time vitest ends the threads, clean-up and all.
  void vitest.cancelCurrentRun('keyboard-input')
  const saying = setInterval(say, stopAgainMilliseconds)
  return () => {
    clearInterval(saying)
    channel.close()
  }
}

const stopAgainMilliseconds = 100

async function start(options: RunOptions, watcher: Reporter, cacheDir: string): Promise<Vitest> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const { targets, run, only, suitesModule, environment, allureResults, embedded, journal } =
    options
  const plan: Plan = {
    targets,
    run,
    only,
    suites: suitesModule,
    ...(embedded === undefined ? {} : { embedded }),
    ...(embedded !== undefined || journal === undefined ? {} : { journal: resolve(journal) }),
  }
  const allure = new PromptAllureReporter({ resultsDir: allureResults, reportMatchers: false })
  return createVitest(
    'test',
    {
      config: false,
      root,
      dir: root,
      watch: false,
      include: ['src/run/conformance.{ts,js}'],
      exclude: [],
      // Built files need no transformation: loading them as they are is half a second sooner.
      server: { deps: { external: [/\/dist\/(?:src\/(?!run\/conformance)|fixtures|suites)/] } },
      pool: 'threads',
      isolate: false,
      maxWorkers: 1,
      // As many as there are lanes: what waits for one could not be called off.
      maxConcurrency: targets.reduce((sum, { limits }) => sum + lanesOf(limits), 0),
      sequence: { shuffle: { files: false, tests: true }, seed: run.seed },
      testTimeout: 0,
      hookTimeout: 0,
      passWithNoTests: false,
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

/** Gathers outcomes while vitest runs. */
class Watcher implements Reporter, Answers {
  readonly outcomes = new Map<string, Outcome>()
  readonly #leftovers = new Map<string, readonly string[]>()
  readonly #faults: string[] = []
  readonly #progress: Progress
  readonly #expected: number

  constructor(progress: Progress, expected: number) {
    this.#progress = progress
    this.#expected = expected
  }

  onTestCaseResult(test: TestCase): void {
    const { target = '', outcome } = test.meta() as Partial<CheckMeta>
    if (!outcome) {
      const { state, errors = [] } = test.result()
      if (state === 'failed') this.#faults.push(`${test.name}: ${textOf(errors)}`)
      return
    }
    this.outcomes.set(keyOf(target, test.name), outcome)
    this.#leave(target, outcome.leftovers)
    this.#progress.ended(test.name, this.outcomes.size, this.#expected)
  }

  onTestSuiteResult(suite: TestSuite): void {
    const { leftovers = [], swept = false } = suite.meta() as TargetMeta
    if (swept) this.#leftovers.delete(suite.name)
    this.#leave(suite.name, leftovers)
    this.#faults.push(...suite.errors().map((error) => textOf([error])))
  }

  onTestRunEnd(
    modules: readonly { errors(): readonly { message: string; stack?: string }[] }[],
    unhandled: readonly { message: string; stack?: string }[],
  ): void {
    const errors = [...modules.flatMap((module) => [...module.errors()]), ...unhandled]
    this.#faults.push(...errors.map((error) => textOf([error])))
  }

  get leftovers(): readonly string[] {
    return [...this.#leftovers.values()].flat()
  }

  #leave(target: string, left: readonly string[]): void {
    this.#leftovers.set(target, [...(this.#leftovers.get(target) ?? []), ...left])
  }

  /** @throws {Error} When something failed that is no answer of a target's. */
  throwFaults(): void {
    if (this.#faults.length > 0) throw new Error(this.#faults.join('\n'))
  }
}

function textOf(errors: readonly { message: string; stack?: string }[]): string {
  return errors.map(({ message, stack }) => stack ?? message).join('\n')
}
