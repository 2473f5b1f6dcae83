/** `poolproof list`: shows the requirements without asking anything. */

import { Command } from 'commander'
import { onlyOption } from './flags.ts'
import { streams } from './streams.ts'

interface ListFlags {
  readonly only: readonly string[]
  readonly json?: boolean
}

export function listCommand(): Command {
  return new Command('list')
    .description('lists every requirement, and why some cannot be asked')
    .addOption(onlyOption())
    .option('--json', 'as JSON')
    .action(async ({ only, json }: ListFlags) => {
      const { suites } = await import('../../suites/index.ts')
      const { listing, listingText } = await import('./listing.ts')
      const { selected } = await import('../check/select.ts')
      const all = listing(selected(suites, only))
      streams.stdout(json ? `${JSON.stringify(all, null, 2)}\n` : listingText(all))
    })
}
