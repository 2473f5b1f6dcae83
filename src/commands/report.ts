/** `poolproof report`: writes the pages of an earlier run again. */

import { Command, Option } from 'commander'
import type { Report } from '../report/report.ts'
import { existingReport } from './existing-report.ts'
import { gathered } from './flags.ts'
import { fault } from './exit-codes.ts'
import { colours, printColoured, streams } from './streams.ts'

interface ReportFlags {
  readonly out?: string
  readonly allure?: boolean
  readonly all?: boolean
  readonly pages?: string
  readonly history: readonly string[]
}

const examples = `
Examples:
  poolproof report reports/latest
  poolproof report reports/latest --all
  poolproof report reports/latest --history earlier/1 --history earlier/2
  poolproof report downloaded/ --out pages/ --allure
`

export function reportCommand(): Command {
  return new Command('report')
    .description('writes the pages of an earlier run again, from its conformance.json')
    .argument('<directory>', 'the report directory of that run')
    .option('--out <directory>', 'where the pages are written (default: into the same directory)')
    .option('--allure', "also make Allure's page, allure.html, from the run's Allure results")
    .option(
      '--pages <directory>',
      "copies of the vendor's pages: each finding then shows the page's own words",
    )
    .addOption(
      new Option(
        '--history <directory>',
        'an earlier report: the page shows verdicts over runs; repeatable',
      )
        .argParser(gathered)
        .default([], 'none'),
    )
    .option('--all', 'print every failure in full, not each cause once')
    .addHelpText('after', examples)
    .action(writeAgain)
}

async function writeAgain(
  from: string,
  { out = from, allure, all, pages, history }: ReportFlags,
): Promise<void> {
  const { claimDirectory } = await import('../documents/own-directory.ts')
  const { closing } = await import('../report/console.ts')
  const { originalOf } = await import('../report/read-report.ts')
  const { reportFiles } = await import('../report/write-report.ts')
  const { report: earlier, altered, kept } = await originalOf(from)
  const additions = {
    ...(pages === undefined ? {} : { passages: await passagesOf(pages, earlier) }),
    ...(history.length === 0 ? {} : { history: await over(history, earlier) }),
    ...(altered === undefined ? {} : { altered }),
  }
  const { report, files } = reportFiles(earlier, undefined, additions)
  const directory = claimDirectory(out, '--out')
  try {
    if (altered !== undefined) streams.stderr(`poolproof: ${altered}\n`)
    const isPage = ([name]: (typeof files)[number]) => !kept.some(([one]) => one === name)
    directory.write([...files.filter(isPage), ...kept])
    if (report !== earlier) process.exitCode = fault
    printColoured(closing(report, out, colours(), { all }))
    if (!allure) return
    const { generateAllurePage } = await import('../report/allure.ts')
    streams.stdout(`Allure: ${await generateAllurePage(from, directory)}\n`)
  } finally {
    directory.abandon()
  }
}

async function passagesOf(directory: string, { findings }: Report) {
  const { passagesFrom } = await import('./passages.ts')
  return passagesFrom(
    directory,
    findings.map(({ source }) => source),
  )
}

async function over(directories: readonly string[], report: Report) {
  const { historyOf } = await import('../report/history.ts')
  return historyOf(report, await Promise.all(directories.map((one) => existingReport(one))))
}
