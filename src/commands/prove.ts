/** `poolproof prove`: do the checks find what is broken, and nothing else? */

import { Command } from 'commander'
import { gathered } from './flags.ts'
import { display } from './progress.ts'
import type { ProveFlags } from '../prove/publish.ts'
import { version } from '../documents/version.ts'

const examples = `
Exit codes:
  0  every mutant is killed, at least 98 % by the check of what they break and the rest explained;
     nothing fails on a variant; no check is idle; nothing is left
  1  something of that is not so
  2  the command line is wrong; nothing was asked

Example:
  poolproof prove --only elb/delete-pool
`

export function proveCommand(): Command {
  return new Command('prove')
    .description('asks the reference, every variant and every mutant: do the checks find faults?')
    .option('-r, --report <directory>', 'where the matrix goes', 'reports/prove')
    .option('-o, --only <prefix>', 'prove only ids that begin so; repeatable', gathered, [])
    .option('--full', 'every check of the operation against every mutant')
    .option('--json', 'print prove.json on standard output, and nothing else')
    .addHelpText('after', examples)
    .action(async (flags: ProveFlags) => {
      process.exitCode = await proveAll(flags)
    })
}

/** @returns the exit code. */
async function proveAll(flags: ProveFlags): Promise<number> {
  // Hundreds of faults that no other command needs.
  const { collection, collectionModule } = await import('../reference/collection.ts')
  const { suites, suitesModule } = await import('../../suites/index.ts')
  const { proveAndWrite } = await import('../prove/publish.ts')
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
