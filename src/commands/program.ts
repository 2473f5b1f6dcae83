/** The command line: the commands, and how errors are reported. */

import { Command, CommanderError } from 'commander'
import { baselineCommand } from './baseline.ts'
import { compareCommand } from './compare.ts'
import { completeCommand, completionCommand } from './completion.ts'
import { backendCommand } from './backend.ts'
import { exitCodes, fault } from './exit-codes.ts'
import { exportCommand } from './export.ts'
import { extractCommand } from './extract.ts'
import { initCommand } from './init.ts'
import { listCommand } from './list.ts'
import { mergeCommand } from './merge.ts'
import { planCommand } from './plan.ts'
import { proveCommand } from './prove.ts'
import { reportCommand } from './report.ts'
import { runCommand } from './run.ts'
import { signCommand, verifyCommand } from './verify.ts'
import { showCommand } from './show.ts'
import { serveCommand } from './serve.ts'
import { streams } from './streams.ts'
import { sweepCommand } from './sweep.ts'
import { NoAnswer, Unarranged, UsageError } from '../model.ts'
import { FileError } from '../documents/file-error.ts'
import { staleBuild } from '../documents/stale-build.ts'
import { onOneLine } from '../report/legible.ts'
import { version } from '../documents/version.ts'

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
    initCommand(),
    runCommand(),
    planCommand(),
    sweepCommand(),
    listCommand(),
    reportCommand(),
    showCommand(),
    verifyCommand(),
    signCommand(),
    serveCommand(),
    backendCommand(),
    extractCommand(),
    exportCommand(),
    proveCommand(),
    baselineCommand(),
    compareCommand(),
    mergeCommand(),
    completionCommand(),
  ]
  for (const command of commands) root.addCommand(command.exitOverride())
  root.addCommand(completeCommand().exitOverride(), { hidden: true })
  for (const command of [root, ...commands]) command.configureOutput(output)
  return root
}

/** One sentence for what the user can correct; the stack trace for an internal error. */
function complain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UsageError || error instanceof FileError) return say(error.message, 2)
  // Their messages have words of the target in them.
  if (error instanceof NoAnswer || error instanceof Unarranged)
    return say(onOneLine(error.message), 3)
  const story = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return say(
    `This is an internal error of Poolproof, not a failure of the target.\n${story}`,
    fault,
  )
}

function say(message: string, exitCode: number): number {
  streams.stderr(`poolproof: ${message}\n`)
  return exitCode
}

/** Runs the command that was typed, and sets the exit code. @param cli - The module that was started. */
export async function runProgram(cli: string): Promise<void> {
  const stale = staleBuild(cli)
  if (stale !== undefined) streams.stderr(`poolproof: ${stale}\n`)
  try {
    await program().parseAsync()
  } catch (error) {
    process.exitCode = complain(error)
  }
}
