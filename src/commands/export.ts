/** `poolproof export`: what was extracted, in formats that other tools read. */

import { Command } from 'commander'
import { streams } from './streams.ts'

interface ExportFlags {
  readonly openapi?: boolean
  readonly dialect?: string
  readonly schemas?: string
  readonly out?: string
}

const examples = `
Examples:
  poolproof export --openapi --dialect elb --out elb.openapi.json
  poolproof export --openapi --schemas my/ > openapi.json
`

export function exportCommand(): Command {
  return new Command('export')
    .description('writes the extracted operations for other tools')
    .option('--openapi', 'as one OpenAPI 3.1 document, with x-source beside every keyword')
    .option('--dialect <dialect>', 'only operations of this dialect')
    .option(
      '--schemas <directory>',
      'schemas that extract --out wrote (default: those of the package)',
    )
    .option('--out <file>', 'write this file instead of standard output')
    .addHelpText('after', examples)
    .action(async ({ openapi, ...flags }: ExportFlags) => {
      const { UsageError } = await import('../model.ts')
      if (openapi !== true) throw new UsageError('export writes one format so far. Add --openapi.')
      const { exportOpenApi } = await import('../extract/openapi/export-openapi.ts')
      const { version } = await import('../documents/version.ts')
      const text = exportOpenApi({ ...flags, version: version() })
      if (text !== undefined) streams.stdout(text)
    })
}
