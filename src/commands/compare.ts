/** `poolproof compare`: says how two reports differ. */

import { Command, Option } from 'commander'
import type { Comparison } from '../report/comparison.ts'
import { streams } from './streams.ts'

interface CompareFlags {
  readonly format: 'text' | 'markdown' | 'html'
  readonly out?: string
  readonly json?: boolean
}

const examples = `
The reports may be of two builds, of two versions of Poolproof, of two vendors, or of two seeds. Requirements are
compared by their ids, failures by what was expected and received: ids, names and times in them do not count.

Exit codes:
  0  no new failure
  1  a new failure
  2  a report or the command line is wrong, or a report was changed after its run
  3  no new failure, but a requirement is no longer decided

Examples:
  poolproof compare reports/main reports/latest
  poolproof compare main/conformance.json out/ --format html --out compared.html
`

export function compareCommand(): Command {
  return new Command('compare')
    .description('says how two reports differ: new failures, changed ones, readings, cost')
    .argument('<before>', 'a report directory, or a conformance.json')
    .argument('<after>', 'the same of the later run')
    .addOption(
      new Option('--format <name>', 'how it is written')
        .choices(['text', 'markdown', 'html'])
        .default('text'),
    )
    .option('--out <file>', 'write it into this file instead of printing it')
    .addOption(new Option('--json', 'as JSON').conflicts('format'))
    .addHelpText('after', examples)
    .action(compare)
}

async function compare(before: string, after: string, flags: CompareFlags): Promise<void> {
  const { unalteredReport } = await import('../report/read-report.ts')
  const { comparison } = await import('../report/comparison.ts')
  const compared = comparison(
    await unalteredReport(before, notCompared),
    await unalteredReport(after, notCompared),
  )
  const text = flags.json
    ? `${JSON.stringify(compared, null, 2)}\n`
    : await written(compared, flags.format)
  if (flags.out === undefined) streams.stdout(text)
  else {
    const { writeWholeFile } = await import('../documents/whole-file.ts')
    writeWholeFile(flags.out, text)
  }
  process.exitCode = compared.exitCode
}

const notCompared =
  'It is not compared, because the exit code says what the runs found. Run it again, or copy its report again.'

async function written(compared: Comparison, format: CompareFlags['format']): Promise<string> {
  const { comparisonMarkdown, comparisonText } = await import('../report/comparison-text.ts')
  if (format === 'markdown') return comparisonMarkdown(compared)
  if (format === 'text') return comparisonText(compared)
  const { comparisonPage } = await import('../report/comparison-page.ts')
  return comparisonPage(compared)
}
