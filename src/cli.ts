#!/usr/bin/env node
/** The command line. Only this file may import everything. */

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import pc from 'picocolors'
import { suites } from '../suites/index.ts'
import { listing, listingText } from './listing.ts'
import { NoAnswer, Unarranged, UsageError, type Dialect } from './model.ts'
import { display } from './progress.ts'
import { referenceEnvironment, startReferences } from './reference/embedded.ts'
import { closing } from './report/console.ts'
import { conformanceJson } from './report/conformance.ts'
import { appendSummary } from './report/markdown.ts'
import { assertWritable, clearAllureResults, writeReport } from './report/write.ts'
import type { Report } from './report/report.ts'
import { run } from './run.ts'
import { selected } from './select.ts'
import { newRunId } from './session.ts'
import { readTarget, type Target } from './target.ts'
import { version } from './version.ts'

const exitCodes = `
Exit codes:
  0  nothing is broken
  1  the target broke a requirement, or a waiver is stale
  2  the command line, a file or a variable is wrong; nothing was asked
  3  nothing is broken, but some questions could not be put
  70 a fault of poolproof itself
`

const fault = 70

interface RunFlags {
  readonly target: readonly string[]
  readonly report: string
  readonly only: readonly string[]
  readonly seed: number
  readonly json?: boolean
}

interface ServeFlags {
  readonly dialect: Dialect
  readonly port: number
  readonly asynchronous: number
}

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
  root.addCommand(runCommand())
  root.addCommand(listCommand())
  root.addCommand(serveCommand())
  return root
}

function runCommand(): Command {
  return new Command('run')
    .description('asks a target everything, or some of it, and writes a report')
    .option('-t, --target <file>', 'a target file; may be given once per dialect', gathered, [])
    .option('-r, --report <directory>', 'where the report goes', 'reports/latest')
    .option(
      '-o, --only <prefix>',
      'ask only requirements whose id begins so; repeatable',
      gathered,
      [],
    )
    .option('-s, --seed <number>', 'decides the order of the questions', wholeNumber, 1)
    .option('--json', 'print conformance.json on standard output, and nothing else')
    .addHelpText(
      'after',
      `
Without --target it asks the built-in reference of both dialects.

Examples:
  poolproof run
  poolproof run --target staging.json --report out/
  poolproof run --target staging.json --only elb/delete-pool --only elb/remove-member
${exitCodes}`,
    )
    .action(async (flags: RunFlags) => {
      process.exitCode = await runAndReport(flags)
    })
    .exitOverride()
}

function listCommand(): Command {
  return new Command('list')
    .description('lists every requirement, and why some cannot be asked')
    .option('-o, --only <prefix>', 'list only ids that begin so; repeatable', gathered, [])
    .option('--json', 'as JSON')
    .action(({ only, json }: { only: readonly string[]; json?: boolean }) => {
      const all = listing(selected(suites, only))
      process.stdout.write(json ? `${JSON.stringify(all, null, 2)}\n` : listingText(all))
    })
    .exitOverride()
}

function serveCommand(): Command {
  const dialect = new Option('-d, --dialect <name>', 'which API to serve').choices(['elb', 'slb'])
  return new Command('serve')
    .description('serves the reference on loopback, and prints a target file for it')
    .addOption(dialect.makeOptionMandatory())
    .option('-p, --port <number>', 'the port; any free one unless given', portNumber, 0)
    .option(
      '-a, --asynchronous <time>',
      'writes settle only after this long: 200ms, 2s',
      duration,
      0,
    )
    .addHelpText(
      'after',
      '\nExample:\n  poolproof serve --dialect elb --port 8080 --asynchronous 200ms\n',
    )
    .action(serve)
    .exitOverride()
}

async function runAndReport(flags: RunFlags): Promise<number> {
  const files = await Promise.all(flags.target.map((file) => readTarget(file)))
  assertOnePerDialect(files)
  await assertWritable(flags.report)
  const meant = selected(suites, flags.only)
  const own = files.length > 0 ? undefined : await startReferences(dialectsOf(meant), synchronous)
  const shown = display(process.stderr, flags.json ?? false)
  const interrupted = onceInterrupted()
  try {
    const allureResults = await clearAllureResults(flags.report)
    const report = await run({
      targets: own?.targets ?? files,
      suites,
      only: flags.only,
      run: { id: newRunId(), seed: flags.seed },
      environment: own ? { ...process.env, ...referenceEnvironment } : process.env,
      progress: shown,
      allureResults,
      interrupted: interrupted.signal,
    })
    shown.stop()
    await publish(report, flags)
    return interrupted.signal.aborted ? 130 : report.exitCode
  } finally {
    shown.stop()
    interrupted.forget()
    await own?.close()
  }
}

const synchronous = { asynchronousMilliseconds: 0 }

function dialectsOf(meant: readonly { dialect: Dialect }[]): Dialect[] {
  return [...new Set(meant.map(({ dialect }) => dialect))]
}

async function publish(report: Report, { report: directory, json }: RunFlags): Promise<void> {
  await writeReport(report, directory)
  await appendSummary(report, process.env)
  const colour = pc.createColors(pc.isColorSupported && process.stdout.isTTY)
  process.stdout.write(json ? conformanceJson(report) : closing(report, directory, colour))
}

/** One press of Ctrl-C ends the run: no more questions, and what was made is removed. */
function onceInterrupted(): { signal: AbortSignal; forget: () => void } {
  const controller = new AbortController()
  const stop = () => {
    process.stderr.write('\nStopping: removing what this run made.\n')
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

async function serve({ dialect, port, asynchronous }: ServeFlags): Promise<void> {
  const { targets, close } = await startReferences(
    [dialect],
    { asynchronousMilliseconds: asynchronous },
    port,
  ).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new UsageError(`Port ${port} is taken. Choose another --port.`)
    if (error.code === 'EACCES')
      throw new UsageError(`Port ${port} may not be opened. Choose one above 1023.`)
    throw error
  })
  const [target] = targets
  const needed = Object.values(target?.auth ?? {}).map(({ env }: { env: string }) => env)
  const exports = needed.map((name) => `export ${name}=${referenceEnvironment[name] ?? ''}`)
  process.stderr.write(
    `The ${dialect} reference listens at ${target?.endpoint ?? ''}. Ctrl-C stops it.\n` +
      `Save standard output as a target file, and in another shell:\n  ${exports.join('\n  ')}\n` +
      '  poolproof run --target FILE\n',
  )
  process.stdout.write(`${JSON.stringify(target, null, 2)}\n`)
  const stop = () => void close()
  process.once('SIGINT', stop).once('SIGTERM', stop)
}

function gathered(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function wholeNumber(value: string): number {
  const number = Number(value)
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new InvalidArgumentError('It must be a whole number, 0 or more.')
}

function portNumber(value: string): number {
  const port = wholeNumber(value)
  if (port <= 65_535) return port
  throw new InvalidArgumentError('A port is a number from 0 to 65535.')
}

/** `200ms`, `2s`, or a plain number of milliseconds. */
function duration(value: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(value) ?? []
  if (number === undefined) throw new InvalidArgumentError('It must be a time like 200ms or 2s.')
  return Number(number) * (unit === 's' ? 1000 : 1)
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

try {
  await program().parseAsync()
} catch (error) {
  process.exitCode = complain(error)
}
