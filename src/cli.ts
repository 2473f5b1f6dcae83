#!/usr/bin/env node
/** The command line. Only this file may import everything. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import pc from 'picocolors'
import { suites, suitesModule } from '../suites/index.ts'
import { duration, gathered, portNumber, wholeNumber } from './flags.ts'
import { listing, listingText } from './listing.ts'
import { NoAnswer, Unarranged, UsageError } from './model.ts'
import { display, type Display } from './progress.ts'
import type { ProveFlags } from './prove/command.ts'
import { embeddedModule, embeddedTargets, referenceEnvironment } from './reference/embedded.ts'
import { serveReference, type ServeFlags } from './reference/serve.ts'
import { conformanceJson } from './report/conformance.ts'
import { closing } from './report/console.ts'
import { appendSummary } from './report/markdown.ts'
import { readReport } from './report/read.ts'
import type { Report } from './report/report.ts'
import { assertWritable, replaceAllureResults, writeReport } from './report/write.ts'
import type { RunOptions } from './run.ts'
import { selected } from './select.ts'
import { newRunId } from './session.ts'
import { readTarget } from './target-file.ts'
import type { Target } from './target.ts'
import { version } from './version.ts'

const exitCodes = `
Exit codes:
  0   nothing is broken
  1   the target broke a requirement, or a waiver is stale
  2   the command line, a file or a variable is wrong; nothing was asked
  3   nothing is broken, but some questions could not be put
  70  a fault of poolproof itself
  130 the run was interrupted
`

const fault = 70
const interruptedBySignal = 130

/** The program with all its commands. */
function program(): Command {
  const root = new Command('poolproof')
    .description(
      'Checks whether a load balancer keeps what its vendor documents about backend pools.',
    )
    .version(version())
    .addHelpText('after', exitCodes)
    .showHelpAfterError('(poolproof --help shows what there is)')
    .exitOverride()
  const commands = [
    runCommand(),
    listCommand(),
    reportCommand(),
    serveCommand(),
    extractCommand(),
    proveCommand(),
  ]
  for (const command of commands) root.addCommand(command.exitOverride())
  return root
}

interface RunFlags {
  readonly target: readonly string[]
  readonly report: string
  readonly only: readonly string[]
  readonly seed: number
  readonly json?: boolean
}

function runCommand(): Command {
  return new Command('run')
    .description('asks a target everything, or some of it, and writes a report')
    .option('-t, --target <file>', 'a target file; may be given once per dialect', gathered, [])
    .option('-r, --report <directory>', 'where the report goes', 'reports/latest')
    .option(
      '-o, --only <prefix>',
      'ask only what has an id that begins so; repeatable',
      gathered,
      [],
    )
    .option('-s, --seed <number>', 'decides the order of the questions', wholeNumber, 1)
    .option('--json', 'print conformance.json on standard output, and nothing else')
    .addHelpText('after', runExamples + exitCodes)
    .action(async (flags: RunFlags) => {
      process.exitCode = await runAndReport(flags)
    })
}

const runExamples = `
Without --target it asks the built-in reference of both dialects.

Examples:
  poolproof run
  poolproof run --target staging.json --report out/
  poolproof run --target staging.json --only elb/delete-pool --only elb/remove-member
`

function listCommand(): Command {
  return new Command('list')
    .description('lists every requirement, and why some cannot be asked')
    .option('-o, --only <prefix>', 'list only ids that begin so; repeatable', gathered, [])
    .option('--json', 'as JSON')
    .action(({ only, json }: { only: readonly string[]; json?: boolean }) => {
      const all = listing(selected(suites, only))
      process.stdout.write(json ? `${JSON.stringify(all, null, 2)}\n` : listingText(all))
    })
}

function reportCommand(): Command {
  return new Command('report')
    .description('writes the pages of an earlier run again, from its conformance.json')
    .argument('<directory>', 'what --report named')
    .option('--allure', "also make Allure's page, allure.html, from the run's Allure results")
    .action(async (directory: string, { allure }: { allure?: boolean }) => {
      const report = await readReport(directory)
      await writeReport(report, directory)
      const page = allure ? await allurePage(directory) : undefined
      process.stdout.write(closing(report, directory, colours()))
      if (page !== undefined) process.stdout.write(`Allure: ${page}\n`)
    })
}

function extractCommand(): Command {
  return new Command('extract')
    .description("reads vendors' pages into schemas, and says what in them does not fit")
    .argument('[pages...]', 'files of pages')
    .option('--out <directory>', 'write <directory>/<dialect>/<operation>.json')
    .option('--json', 'as JSON')
    .option('--check <directory>', 'do the schemas of this package still follow from these pages?')
    .addHelpText('after', extractExamples)
    .action(async (pages: readonly string[], options: ExtractFlags) => {
      // Parsers that no other command needs.
      const { extractCommand: extract } = await import('./extract/index.ts')
      process.exitCode = await extract(pages, options, {
        stdout: (text) => process.stdout.write(text),
        stderr: (text) => process.stderr.write(text),
      })
    })
}

interface ExtractFlags {
  readonly out?: string
  readonly json?: boolean
  readonly check?: string
}

const extractExamples = `
Exit codes:
  0  every page was read, and whatever does not fit is settled in errata.json
  1  something is not settled, or with --check: requirements appeared, disappeared or changed
  2  a file is no page that can be read; no schema was written

Examples:
  poolproof extract pages/update-pool.md
  poolproof extract --check pages/
`

async function allurePage(directory: string): Promise<string> {
  const { generateAllurePage } = await import('./report/allure.ts')
  return generateAllurePage(directory)
}

function serveCommand(): Command {
  const dialect = new Option('-d, --dialect <name>', 'which API to serve').choices(['elb', 'slb'])
  return new Command('serve')
    .description('serves the reference on loopback, and prints a target file for it')
    .addOption(dialect.makeOptionMandatory())
    .option('-p, --port <number>', 'the port; any free one unless given', portNumber, 0)
    .option('-a, --asynchronous <time>', 'writes settle this much later: 200ms, 2s', duration, 0)
    .option('--mutant <id>', 'with this fault planted in it')
    .addOption(new Option('--variant <id>', 'with this lawful difference').conflicts('mutant'))
    .addHelpText('after', serveExample)
    .action(serve)
}

const serveExample = `
Examples:
  poolproof serve --dialect elb --asynchronous 200ms > my-target.json
  poolproof serve --dialect elb --mutant cascades-to-members > broken.json
`

function proveCommand(): Command {
  return new Command('prove')
    .description('asks the reference, every variant and every mutant: do the checks find faults?')
    .option('-r, --report <directory>', 'where the matrix goes', 'reports/prove')
    .option('-o, --only <prefix>', 'prove only ids that begin so; repeatable', gathered, [])
    .option('--full', 'every check of the operation against every mutant')
    .option('--json', 'print prove.json on standard output, and nothing else')
    .addHelpText('after', proveExample)
    .action(async (flags: ProveFlags) => {
      process.exitCode = await proveAll(flags)
    })
}

const proveExample = `
Exit codes:
  0  every mutant is killed, at least 98 % by the check of what they break and the rest explained;
     nothing fails on a variant; no check is idle; nothing is left
  1  something of that is not so
  2  the command line is wrong; nothing was asked

Example:
  poolproof prove --only elb/delete-pool
`

/** @returns the exit code. */
async function proveAll(flags: ProveFlags): Promise<number> {
  // Hundreds of faults that no other command needs.
  const { collection, collectionModule } = await import('./reference/specimens.ts')
  const { proveAndWrite } = await import('./prove/command.ts')
  const progress = await display(process.stderr, flags.json ?? false, 'servers asked')
  try {
    return await proveAndWrite(flags, {
      suites,
      collection,
      modules: { suites: suitesModule, collection: collectionModule },
      version: version(),
      watch: (done, of, what) => progress.ended(what, done, of),
      print: (text) => {
        progress.stop()
        process.stdout.write(text)
      },
    })
  } finally {
    progress.stop()
  }
}

/** @returns the exit code. */
async function runAndReport(flags: RunFlags): Promise<number> {
  const files = await Promise.all(flags.target.map((file) => readTarget(file)))
  assertOnePerDialect(files)
  await assertWritable(flags.report)
  const meant = selected(suites, flags.only)
  if (files.length > 0) return attended(flags, { targets: files, environment: process.env })
  const dialects = new Set(meant.map(({ dialect }) => dialect))
  return attended(flags, {
    targets: embeddedTargets([...dialects]),
    environment: { ...process.env, ...referenceEnvironment },
    embedded: embeddedModule,
  })
}

type Asked = Pick<RunOptions, 'targets' | 'environment' | 'embedded'>

/** A run with somebody watching: progress, one press of Ctrl-C, and a report at the end. */
async function attended(flags: RunFlags, asked: Asked): Promise<number> {
  // The test runner is most of what a start costs, and only this command needs it.
  const { run } = await import('./run.ts')
  const allureResults = await mkdtemp(join(tmpdir(), 'poolproof-allure-'))
  const progress = await display(process.stderr, flags.json ?? false)
  const interruption = onceInterrupted(progress)
  try {
    const report = await run({
      ...asked,
      suites,
      only: flags.only,
      run: { id: newRunId(), seed: flags.seed },
      progress,
      allureResults,
      interrupted: interruption.signal,
    })
    progress.stop()
    await publish(report, allureResults, flags)
    return interruption.signal.aborted ? interruptedBySignal : report.exitCode
  } finally {
    progress.stop()
    interruption.forget()
    await rm(allureResults, { recursive: true, force: true })
  }
}

async function publish(report: Report, allureResults: string, flags: RunFlags): Promise<void> {
  await writeReport(report, flags.report)
  await replaceAllureResults(allureResults, flags.report)
  await appendSummary(report, process.env)
  process.stdout.write(
    flags.json ? conformanceJson(report) : closing(report, flags.report, colours()),
  )
}

/** Colour only where a person looks, and never against NO_COLOR. */
function colours(): ReturnType<typeof pc.createColors> {
  return pc.createColors(pc.isColorSupported && process.stdout.isTTY)
}

/** The first Ctrl-C ends the questions and removes what was made; the second ends the program. */
function onceInterrupted(progress: Display): { signal: AbortSignal; forget: () => void } {
  const controller = new AbortController()
  const stop = () => {
    progress.stop()
    process.stderr.write('\nStopping: removing what this run made. Again, to leave it.\n')
    controller.abort()
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  return {
    signal: controller.signal,
    forget: () => void process.off('SIGINT', stop).off('SIGTERM', stop),
  }
}

function assertOnePerDialect(targets: readonly Target[]): void {
  const dialects = targets.map(({ dialect }) => dialect)
  const twice = dialects.find((dialect, index) => dialects.indexOf(dialect) !== index)
  if (twice === undefined) return
  throw new UsageError(
    `Two of the targets speak ${twice}. Give one target per dialect, or run twice.`,
  )
}

async function serve(flags: ServeFlags): Promise<void> {
  const close = await serveReference(flags, {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
  })
  const stop = () => void close()
  process.once('SIGINT', stop).once('SIGTERM', stop)
}

/** One sentence for what a person can mend; the whole story for what only we can. */
function complain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UsageError) return say(error.message, 2)
  if (error instanceof NoAnswer || error instanceof Unarranged) return say(error.message, 3)
  const story = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return say(`This is a fault of poolproof, not of the target.\n${story}`, fault)
}

function say(message: string, exitCode: number): number {
  process.stderr.write(`poolproof: ${message}\n`)
  return exitCode
}

// Whoever read our output may have gone, as with `| head`. A run still has to remove what it made.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

try {
  await program().parseAsync()
} catch (error) {
  process.exitCode = complain(error)
}
