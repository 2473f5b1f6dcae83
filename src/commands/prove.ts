/** `poolproof prove`: shows whether the checks find every planted fault, and nothing else. */

import { Command } from 'commander'
import { onlyOption } from './flags.ts'
import { display } from './progress.ts'
import { streams } from './streams.ts'
import type { ProveFlags } from '../prove/prove-and-write.ts'
import { version } from '../documents/version.ts'

const examples = `
Exit codes:
  0  all mutants are killed, at least 98 % of them by the check of the requirement that they break, and
     the others are explained; no check fails on a variant; every check kills a mutant; nothing is left behind
  1  one of these conditions is not met
  2  the command line is wrong; nothing was asked

Example:
  poolproof prove --only elb/delete-pool
`

export function proveCommand(): Command {
  return new Command('prove')
    .description(
      'runs the checks against the reference, every variant and every mutant, and reports what they find',
    )
    .option('-r, --report <directory>', 'where the matrix is written', 'reports/prove')
    .addOption(onlyOption())
    .option(
      '--full',
      'run every check of an operation against every mutant of it, and each variant alone',
    )
    .option('--json', 'print prove.json on standard output, and nothing else')
    .addHelpText('after', examples)
    .action(async (flags: ProveFlags) => {
      process.exitCode = await proveAll(flags)
    })
}

/** @returns the exit code. */
async function proveAll(flags: ProveFlags): Promise<number> {
  // Loaded here because no other command needs the mutants.
  const { knownServers, knownServersModule } = await import('../reference/known-servers.ts')
  const { suitesFor, suitesModule } = await import('../../suites/index.ts')
  const { proveAndWrite } = await import('../prove/prove-and-write.ts')
  const progress = display(process.stderr, flags.json ?? false, 'servers asked')
  try {
    return await proveAndWrite(flags, {
      suites: suitesFor(flags.only),
      knownServers,
      modules: { suites: suitesModule, knownServers: knownServersModule },
      version: version(),
      onProgress: (done, of, what) => progress.ended(what, done, of),
      print: (text) => {
        progress.stop()
        streams.stdout(text)
      },
      warn: (text) => streams.stderr(text),
    })
  } finally {
    progress.stop()
  }
}
