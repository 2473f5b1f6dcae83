/** `poolproof extract`: pages to schemas. */

import { Command } from 'commander'
import { streams } from './streams.ts'

interface ExtractFlags {
  readonly out?: string
  readonly json?: boolean
  readonly check?: string
}

const examples = `
Exit codes:
  0  every page was read; errata.json settles every contradiction in them, notes.json what they leave unsaid
  1  something is not settled; with --check: requirements were added, removed or changed
  2  a file cannot be read as a page; no schema was written

Examples:
  poolproof extract pages/update-pool.md
  poolproof extract --check pages/
`

export function extractCommand(): Command {
  return new Command('extract')
    .description("reads vendors' pages into schemas, and reports contradictions in them")
    .argument('[pages...]', 'files that contain pages')
    .option('--out <directory>', 'write <directory>/<dialect>/<operation>.json')
    .option('--json', 'as JSON')
    .option(
      '--check <directory>',
      'check whether these pages still give the schemas of this package',
    )
    .addHelpText('after', examples)
    .action(async (pages: readonly string[], options: ExtractFlags) => {
      // Loaded here because no other command needs these parsers.
      const { extractCommand: extract } = await import('../extract/index.ts')
      process.exitCode = await extract(pages, options, streams)
    })
}
