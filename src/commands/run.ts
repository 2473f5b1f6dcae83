/** `poolproof run`: runs the checks against targets and writes a report. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import type { Suite } from '../check/check.ts'
import { rmdirIfEmpty, tryDirectory } from '../documents/directory.ts'
import { asFileError } from '../documents/file-error.ts'
import { claimDirectory, type OwnDirectory } from '../documents/own-directory.ts'
import { shardNamed } from '../check/shard.ts'
import { defaultWalks, type WalkSelection } from '../check/walk-selection.ts'
import { interruption, type Interruption } from './interruption.ts'
import { journalIn } from '../session/journal-file.ts'
import { UsageError, type Dialect, type Strength } from '../model.ts'
import { display, verbose, type Display } from './progress.ts'
import { formatsNamed } from '../report/format-names.ts'
import type { RunOptions } from '../run/run.ts'
import type { Progress } from '../run/watcher.ts'
import type { Target } from '../target.ts'
import { selectionOf, withRunFlags, type RunFlags } from './run-flags.ts'
import { withLastFailed } from './last-failed.ts'
import { applyConfig } from './configured.ts'
import { configFor, foundAbove } from '../session/config-file.ts'
import { streams } from './streams.ts'
import { budgetInWords } from './budget.ts'

export function runCommand(): Command {
  const command = new Command('run').description(
    'tests a target against all requirements, or some of them, and writes a report',
  )
  return withRunFlags(command).action(async (_flags: RunFlags, command: Command) => {
    process.exitCode = await runAndReport(configured(command))
  })
}

/** The flags, with what the configuration says where nothing was typed. */
function configured(command: Command): RunFlags {
  const { config, profile } = command.opts<{ config?: string; profile?: string }>()
  const found = configFor(process.cwd(), config)
  applyConfig(command, found, profile)
  const flags = command.opts<RunFlags & Record<string, unknown>>()
  const isQuiet = flags.quiet === true || flags.json === true
  const unseen = config === undefined && foundAbove(found, process.cwd()) !== undefined
  if (found && (unseen || !isQuiet)) streams.stderr(`Configuration: ${found.file}\n`)
  return flags
}

/** @returns the exit code. */
async function runAndReport(flags: RunFlags): Promise<number> {
  const { newRunId } = await import('../session/run-names.ts')
  const attention: Attention = { runId: newRunId() }
  const interrupted = interruptible(flags, attention)
  try {
    const exitCode = await claimAndRun(flags, attention, interrupted)
    return interrupted.exitCode() ?? exitCode
  } finally {
    interrupted.forget()
  }
}

/** What a signal has to know of the run that it interrupts. */
interface Attention {
  readonly runId: string
  progress?: Display
}

async function claimAndRun(
  given: RunFlags,
  attention: Attention,
  interrupted: Interruption,
): Promise<number> {
  const flags = given.lastFailed ? await withLastFailed(given) : given
  const { readTarget } = await import('../session/target-file.ts')
  const files = await Promise.all(flags.target.map((file) => readTarget(file)))
  assertOnePerDialect(files)
  const { suitesFor, suitesModule } = await import('../../suites/index.ts')
  const suites = suitesFor(flags.only)
  const { select } = await import('../check/select.ts')
  const { suites: chosen } = select(suites, selectionOf(flags))
  assertKeepable(flags)
  assertShardable(flags, files)
  announceBudget(flags, files.length > 0 ? files : chosen)
  const directory = claimDirectory(flags.report, '--report')
  try {
    if (files.length > 0) {
      tryJournal(flags, directory)
      const asked = { suites, suitesModule, targets: files, environment: process.env }
      return await attended(flags, asked, directory, attention, interrupted)
    }
    const asked = { suites, suitesModule, ...(await embedded(chosen)) }
    return await attended(flags, asked, directory, attention, interrupted)
  } finally {
    directory.abandon()
  }
}

/** Before anything is created: without a journal nothing may be. @throws {UsageError} */
function tryJournal({ journal }: RunFlags, directory: OwnDirectory): void {
  if (journal === undefined) {
    rmdirIfEmpty(directory.subdirectory('journal'))
    return
  }
  try {
    tryDirectory(journal)
  } catch (error) {
    const { message } = asFileError(error, journal) as Error
    throw new UsageError(`${message} Name another directory with --journal.`)
  }
}

/** The built-in reference, in each of the dialects that are asked. */
async function embedded(suites: readonly Suite[]) {
  const { embeddedModule, embeddedTargets, referenceEnvironment } =
    await import('../reference/embedded.ts')
  const dialects = new Set(suites.map(({ dialect }) => dialect))
  return {
    targets: embeddedTargets([...dialects]),
    environment: { ...process.env, ...referenceEnvironment },
    embedded: embeddedModule,
  }
}

/** Says before the run what its budget leaves of it. */
function announceBudget(
  { budget, quiet, json }: RunFlags,
  asked: readonly { readonly dialect: Dialect }[],
): void {
  if (budget === undefined || quiet || json) return
  const dialects = new Set(asked.map(({ dialect }) => dialect))
  for (const sentence of budgetInWords(budget, dialects)) streams.stderr(`${sentence}\n`)
}

/** What the built-in reference holds is gone when the run ends. @throws {UsageError} */
function assertKeepable({ keep, target }: RunFlags): void {
  if (keep === undefined || target.length > 0) return
  throw new UsageError(
    'With --keep a target is needed: what is created on the built-in reference is gone when the run ends. ' +
      'Name a target file with --target; `poolproof serve` prints one.',
  )
}

/** Shards go on at the same time, and a lent load balancer takes one run at a time. @throws {UsageError} */
function assertShardable({ shard }: RunFlags, targets: readonly Target[]): void {
  const lent = targets.find(({ given }) => given.loadBalancerId !== undefined)
  if (shard === undefined || !lent) return
  throw new UsageError(
    `${lent.name} lends a load balancer, and runs that go on at the same time would change it under each other. ` +
      'Leave out given.loadBalancerId, so that each shard creates its own, or leave out --shard.',
  )
}

function walksFrom({ walks, walkPath, only, level, budget }: RunFlags): WalkSelection {
  const isLimited = only.length + level.length > 0 || budget !== undefined
  const count = walks ?? (isLimited ? 0 : defaultWalks)
  return walkPath ? { count: 1, only: walkPath } : { count }
}

type Asked = Pick<RunOptions, 'suites' | 'suitesModule' | 'targets' | 'environment' | 'embedded'>

/** A run with progress, handling of Ctrl-C, and a report at the end. */
async function attended(
  flags: RunFlags,
  asked: Asked,
  directory: OwnDirectory,
  attention: Attention,
  interrupted: Interruption,
): Promise<number> {
  // Loaded here because only this command needs the test runner, which takes most of the start-up time.
  const { run } = await import('../run/run.ts')
  const allureResults = await temporaryDirectory()
  const progress = flags.verbose
    ? verbose(process.stderr)
    : display(process.stderr, flags.json === true || flags.quiet === true)
  attention.progress = progress
  try {
    const report = await run({
      ...asked,
      ...selectionOf(flags),
      ...(flags.shard === undefined ? {} : { shard: shardNamed(flags.shard, process.env) }),
      ...(flags.bail === undefined ? {} : { bail: flags.bail }),
      ...(flags.keep === undefined ? {} : { keep: flags.keep === true ? 1 : flags.keep }),
      walks: walksFrom(flags),
      run: {
        id: attention.runId,
        seed: flags.seed ?? 1,
        strength: Number(flags.strength) as Strength,
        ...(flags.patient ? { minute: 60_000 } : {}),
      },
      journal: journalIn(flags),
      progress: preparing(progress),
      allureResults,
      interrupted: interrupted.signal,
    })
    progress.stop()
    const { publish } = await import('./publish.ts')
    return publish(report, {
      directory,
      allureResults,
      ...flags,
      formats: formatsNamed(flags.reporter),
      environment: process.env,
    })
  } finally {
    progress.stop()
    await rm(allureResults, { recursive: true, force: true })
  }
}

/** Loads what the report needs while the run waits for answers. */
function preparing(progress: Display): Progress {
  let prepared = false
  return {
    warned: (sentence) => streams.stderr(`poolproof: ${sentence}\n`),
    ended: (...which) => {
      progress.ended(...which)
      if (prepared) return
      prepared = true
      void import('../report/conformance.ts').then(({ prepare }) => prepare())
    },
  }
}

/** @throws {UsageError} When it cannot be made. */
async function temporaryDirectory(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'poolproof-allure-'))
  } catch (error) {
    const { message } = asFileError(error, tmpdir()) as Error
    throw new UsageError(`${message} Name another directory for temporary files with TMPDIR.`)
  }
}

/** The first Ctrl-C stops the checks and removes what was created; the second ends the program and lists what is left. */
function interruptible(flags: RunFlags, attention: Attention): Interruption {
  const said = () => {
    attention.progress?.stop()
    streams.stderr(
      '\nStopping: removing what this run created. Press Ctrl-C again to leave it there.\n',
    )
  }
  return interruption(said, async (exitCode) => {
    const { whatIsLeft } = await import('../sweep/wording.ts')
    const told = await whatIsLeft(flags.target, attention.runId, journalIn(flags))
    streams.stderr(told, () => process.exit(exitCode))
  })
}

function assertOnePerDialect(targets: readonly Target[]): void {
  const dialects = targets.map(({ dialect }) => dialect)
  const twice = dialects.find((dialect, index) => dialects.indexOf(dialect) !== index)
  if (twice === undefined) return
  throw new UsageError(
    `Two of the targets have the dialect ${twice}. Give one target file for each dialect, or run twice.`,
  )
}
