#!/usr/bin/env node
/** The command line. Only this file may import everything. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import { suites } from '../suites/index.ts'
import { extractCommand } from './extract/command.ts'
import { interruption } from './interruption.ts'
import { journalIn } from './journal-file.ts'
import { sweepCommand } from './sweep/command.ts'
import { whatIsLeft } from './sweep/wording.ts'
import { duration, gathered, portNumber, wholeNumber } from './flags.ts'
import { listing, listingText } from './listing.ts'
import { NoAnswer, Unarranged, UsageError, type Dialect } from './model.ts'
import { display } from './progress.ts'
import {
  embeddedModule,
  embeddedTargets,
  referenceEnvironment,
  startReferences,
} from './reference/embedded.ts'
import { colours } from './report/colours.ts'
import { reportCommand } from './report/command.ts'
import { conformanceJson } from './report/conformance.ts'
import { closing } from './report/console.ts'
import { appendSummary } from './report/markdown.ts'
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
    sweepCommand(),
    listCommand(),
    reportCommand(),
    serveCommand(),
    extractCommand(),
  ]
  for (const command of commands) root.addCommand(command.exitOverride())
  return root
}

interface RunFlags {
  readonly target: readonly string[]
  readonly report: string
  readonly journal?: string
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
      '--journal <directory>',
      'where what is made is written down first (default: journal/ in the report)',
    )
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
Credentials are named in the target file under auth: a token, a password for an identity service, or
an access key; certificates under tls. Secrets come from variables or files. Proxies are those of
HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY. See README.md, Credentials.

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

interface ServeFlags {
  readonly dialect: Dialect
  readonly port: number
  readonly asynchronous: number
}

function serveCommand(): Command {
  const dialect = new Option('-d, --dialect <name>', 'which API to serve').choices(['elb', 'slb'])
  return new Command('serve')
    .description('serves the reference on loopback, and prints a target file for it')
    .addOption(dialect.makeOptionMandatory())
    .option('-p, --port <number>', 'the port; any free one unless given', portNumber, 0)
    .option('-a, --asynchronous <time>', 'writes settle this much later: 200ms, 2s', duration, 0)
    .addHelpText('after', serveExample)
    .action(serve)
}

const serveExample = `
Example:
  poolproof serve --dialect elb --asynchronous 200ms > my-target.json
`

/** @returns the exit code. */
async function runAndReport(flags: RunFlags): Promise<number> {
  const files = await Promise.all(flags.target.map((file) => readTarget(file)))
  assertOnePerDialect(files)
  await assertWritable(flags.report)
  if (files.length > 0) await assertWritable(journalIn(flags))
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
  const runId = newRunId()
  const interrupted = interruption(
    () => {
      progress.stop()
      process.stderr.write('\nStopping: removing what this run made. Again, to leave it.\n')
    },
    async () => {
      const told = await whatIsLeft(flags.target, runId, journalIn(flags))
      process.stderr.write(told, () => process.exit(interruptedBySignal))
    },
  )
  try {
    const report = await run({
      ...asked,
      suites,
      only: flags.only,
      run: { id: runId, seed: flags.seed },
      journal: journalIn(flags),
      progress,
      allureResults,
      interrupted: interrupted.signal,
    })
    progress.stop()
    await publish(report, allureResults, flags)
    return interrupted.signal.aborted ? interruptedBySignal : report.exitCode
  } finally {
    progress.stop()
    interrupted.forget()
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

function assertOnePerDialect(targets: readonly Target[]): void {
  const dialects = targets.map(({ dialect }) => dialect)
  const twice = dialects.find((dialect, index) => dialects.indexOf(dialect) !== index)
  if (twice === undefined) return
  throw new UsageError(
    `Two of the targets speak ${twice}. Give one target per dialect, or run twice.`,
  )
}

async function serve({ dialect, port, asynchronous }: ServeFlags): Promise<void> {
  const options = { asynchronousMilliseconds: asynchronous }
  const { targets, close } = await startReferences([dialect], options, port).catch(
    (error: NodeJS.ErrnoException) => {
      throw portTrouble(error, port)
    },
  )
  for (const target of targets) introduce(target)
  const stop = () => void close()
  process.once('SIGINT', stop).once('SIGTERM', stop)
}

/** The target file on standard output, ready to be saved; for people, the rest beside it. */
function introduce(target: Target): void {
  const exports = Object.values(target.auth).map(
    ({ env }: { env: string }) => `  export ${env}=${referenceEnvironment[env] ?? ''}\n`,
  )
  process.stderr.write(
    `The ${target.dialect} reference listens at ${target.endpoint}. Ctrl-C stops it.\n` +
      `Save standard output as a target file; then, in another shell:\n${exports.join('')}` +
      '  poolproof run --target FILE\n',
  )
  process.stdout.write(`${JSON.stringify(target, null, 2)}\n`)
}

function portTrouble(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new UsageError(`Port ${port} is taken. Choose another --port, or leave it out.`)
  }
  if (error.code === 'EACCES') {
    return new UsageError(`Port ${port} may not be opened. Choose one above 1023.`)
  }
  return error
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
