/** `poolproof extract` on the command line. */

import { Command } from 'commander'

/** The command, with all it says of itself. */
export function extractCommand(): Command {
  return new Command('extract')
    .description("reads vendors' pages into schemas, and says what in them does not fit")
    .argument('[pages...]', 'files of pages')
    .option('--out <directory>', 'write <directory>/<dialect>/<operation>.json')
    .option('--json', 'as JSON')
    .option('--check <directory>', 'do the schemas of this package still follow from these pages?')
    .addHelpText('after', extractExamples)
    .action(async (pages: readonly string[], options: ExtractFlags) => {
      // Parsers that no other command needs.
      const { extractCommand: extract } = await import('./index.ts')
      process.exitCode = await extract(pages, options, {
        stdout: (text) => process.stdout.write(text),
        stderr: (text) => process.stderr.write(text),
      })
    })
}

interface ExtractFlags {
  readonly out?: string
  readonly json?: boolean
  readonly check?: string
}

const extractExamples = `
Exit codes:
  0  every page was read, and whatever does not fit is settled in errata.json
  1  something is not settled, or with --check: requirements appeared, disappeared or changed
  2  a file is no page that can be read; no schema was written

Examples:
  poolproof extract pages/update-pool.md
  poolproof extract --check pages/
`
