/** `poolproof list`: shows the requirements without asking anything. */

import { Command } from 'commander'
import { levelOption, onlyOption, skipOption } from './flags.ts'
import { selectionOf } from './run-flags.ts'
import type { Level } from '../model.ts'
import { streams } from './streams.ts'

interface ListFlags {
  readonly only: readonly string[]
  readonly level: readonly Level[]
  readonly skip: readonly string[]
  readonly json?: boolean
}

const examples = `
Examples:
  poolproof list --only elb/delete-pool
  poolproof list --level must --json
`

export function listCommand(): Command {
  return new Command('list')
    .description('lists every requirement, and why some cannot be asked')
    .addOption(onlyOption())
    .addOption(levelOption())
    .addOption(skipOption())
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action(async ({ json, ...flags }: ListFlags) => {
      const { suites } = await import('../../suites/index.ts')
      const { listing, listingText } = await import('./listing.ts')
      const { select } = await import('../check/select.ts')
      const all = listing(select(suites, selectionOf(flags)).suites)
      streams.stdout(json ? `${JSON.stringify(all, null, 2)}\n` : listingText(all))
    })
}
