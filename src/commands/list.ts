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
      const { suitesFor, setUpSuites } = await import('../../suites/index.ts')
      const { apartText, listing, listingText } = await import('./listing.ts')
      const { select } = await import('../check/select.ts')
      const all = listing(select(suitesFor(flags.only), selectionOf(flags)).suites)
      const apart = flags.only.length === 0 ? apartText(setUpSuites) : ''
      streams.stdout(json ? `${JSON.stringify(all, null, 2)}\n` : listingText(all) + apart)
    })
}
