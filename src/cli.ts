#!/usr/bin/env node
/** The command line: the commands, and how errors are reported. */

import { Command, CommanderError } from 'commander'
import { exitCodes, fault } from './commands/exit-codes.ts'
import { extractCommand } from './commands/extract.ts'
import { listCommand } from './commands/list.ts'
import { planCommand } from './commands/plan.ts'
import { proveCommand } from './commands/prove.ts'
import { reportCommand } from './commands/report.ts'
import { runCommand } from './commands/run.ts'
import { serveCommand } from './commands/serve.ts'
import { streams } from './commands/streams.ts'
import { sweepCommand } from './commands/sweep.ts'
import { NoAnswer, Unarranged, UsageError } from './model.ts'
import { FileError } from './documents/file-error.ts'
import { staleBuild } from './documents/stale-build.ts'
import { version } from './documents/version.ts'

/** What commander prints repeats what was typed. */
const output = { writeOut: streams.stdout, writeErr: streams.stderr }

/** The program with all its commands. */
function program(): Command {
  const root = new Command('poolproof')
    .description(
      'Tests whether the API of a load balancer does what its vendor documents about backend pools.',
    )
    .version(version())
    .addHelpText('after', exitCodes)
    .showHelpAfterError('(poolproof --help lists the commands and options)')
    .exitOverride()
  const commands = [
    runCommand(),
    planCommand(),
    sweepCommand(),
    listCommand(),
    reportCommand(),
    serveCommand(),
    extractCommand(),
    proveCommand(),
  ]
  for (const command of commands) root.addCommand(command.exitOverride())
  for (const command of [root, ...commands]) command.configureOutput(output)
  return root
}

/** One sentence for what the user can correct; the stack trace for a fault of this program. */
function complain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UsageError || error instanceof FileError) return say(error.message, 2)
  if (error instanceof NoAnswer || error instanceof Unarranged) return say(error.message, 3)
  const story = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return say(`This is a fault of poolproof, not of the target.\n${story}`, fault)
}

function say(message: string, exitCode: number): number {
  streams.stderr(`poolproof: ${message}\n`)
  return exitCode
}

// The reader of our output may have exited, as with `| head`. A run still has to remove what it created.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const stale = staleBuild(import.meta.url)
if (stale !== undefined) streams.stderr(`poolproof: ${stale}\n`)

try {
  await program().parseAsync()
} catch (error) {
  process.exitCode = complain(error)
}
