/** `poolproof report`: writes the pages of an earlier run again. */

import { Command } from 'commander'
import type { Report } from '../report/report.ts'
import { fault } from './exit-codes.ts'
import { colours, printColoured, streams } from './streams.ts'

interface ReportFlags {
  readonly out?: string
  readonly allure?: boolean
  readonly all?: boolean
  readonly pages?: string
}

const examples = `
Examples:
  poolproof report reports/latest
  poolproof report reports/latest --all
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
    .option('--all', 'print every failure in full, not each cause once')
    .addHelpText('after', examples)
    .action(writeAgain)
}

async function writeAgain(
  from: string,
  { out = from, allure, all, pages }: ReportFlags,
): Promise<void> {
  const { claimDirectory } = await import('../documents/own-directory.ts')
  const { closing } = await import('../report/console.ts')
  const { readReport } = await import('../report/read-report.ts')
  const { reportFiles } = await import('../report/write-report.ts')
  const earlier = await readReport(from)
  const passages = pages === undefined ? undefined : await passagesOf(pages, earlier)
  const { report, files } = reportFiles(earlier, undefined, passages)
  const directory = claimDirectory(out, '--out')
  try {
    directory.write(files)
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
