/** `poolproof merge`: the reports of all shards as one. */

import { Command, Option } from 'commander'
import { claimDirectory } from '../documents/own-directory.ts'
import { reporter } from './flags.ts'

interface MergeFlags {
  readonly report: string
  readonly reporter: readonly string[]
  readonly quiet?: boolean
  readonly json?: boolean
}

const examples = `
The exit code is that of the whole run, as for poolproof run.

Examples:
  poolproof run --target staging.json --shard 1/2 --report out/1
  poolproof run --target staging.json --shard 2/2 --report out/2
  poolproof merge out/1 out/2 --report out/all
`

export function mergeCommand(): Command {
  return new Command('merge')
    .description('makes one report of the reports of all shards of a run')
    .argument('<directories...>', 'the report directory of each shard')
    .option('-r, --report <directory>', 'where the report is written', 'reports/merged')
    .addOption(
      new Option('--reporter <name>', 'write the report in this format; repeatable')
        .argParser(reporter)
        .default([], 'the usual formats'),
    )
    .option('-q, --quiet', 'print only the result')
    .option('--json', 'print conformance.json on standard output, and nothing else')
    .addHelpText('after', examples)
    .action(async (directories: readonly string[], flags: MergeFlags) => {
      process.exitCode = await merge(directories, flags)
    })
}

/** @returns the exit code. */
async function merge(directories: readonly string[], flags: MergeFlags): Promise<number> {
  const { suites, setUpSuites } = await import('../../suites/index.ts')
  const { idsOf } = await import('../check/select.ts')
  const { unalteredReport } = await import('../report/read-report.ts')
  const { allureResultsOf } = await import('../report/write-report.ts')
  const { formatsNamed } = await import('../report/format-names.ts')
  const { merged } = await import('../run/merge.ts')
  const { publish } = await import('./publish.ts')
  const reports = await Promise.all(
    directories.map((directory) => unalteredReport(directory, notMerged)),
  )
  const whole = merged(reports, idsOf([...suites, ...setUpSuites]))
  const directory = claimDirectory(flags.report, '--report')
  const results = allureResultsOf(directories)
  try {
    const formats = formatsNamed(flags.reporter)
    const places = { directory, ...flags, formats, environment: process.env }
    return publish(whole, { ...places, allureResults: results.directory })
  } finally {
    results.remove()
    directory.abandon()
  }
}

const notMerged = 'It is not merged. Run the shard again, or copy its report again.'
