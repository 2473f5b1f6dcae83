/** `poolproof report`: writes the pages of an earlier run again. */

import { Command } from 'commander'
import { colours, printColoured, streams } from './streams.ts'

export function reportCommand(): Command {
  return new Command('report')
    .description('writes the pages of an earlier run again, from its conformance.json')
    .argument('<directory>', 'the report directory of that run')
    .option('--allure', "also make Allure's page, allure.html, from the run's Allure results")
    .action(async (directory: string, { allure }: { allure?: boolean }) => {
      const { closing } = await import('../report/console.ts')
      const { readReport } = await import('../report/read.ts')
      const { writeReport } = await import('../report/write.ts')
      const report = await readReport(directory)
      await writeReport(report, directory)
      const page = allure ? await allurePage(directory) : undefined
      printColoured(closing(report, directory, colours()))
      if (page !== undefined) streams.stdout(`Allure: ${page}\n`)
    })
}

async function allurePage(directory: string): Promise<string> {
  const { generateAllurePage } = await import('../report/allure.ts')
  return generateAllurePage(directory)
}
