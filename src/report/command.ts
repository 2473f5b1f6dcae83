/** `poolproof report` on the command line. */

import { Command } from 'commander'
import { colours } from './colours.ts'
import { closing } from './console.ts'
import { readReport } from './read.ts'
import { writeReport } from './write.ts'

/** The command, with all it says of itself. */
export function reportCommand(): Command {
  return new Command('report')
    .description('writes the pages of an earlier run again, from its conformance.json')
    .argument('<directory>', 'what --report named')
    .option('--allure', "also make Allure's page, allure.html, from the run's Allure results")
    .action(async (directory: string, { allure }: { allure?: boolean }) => {
      const report = await readReport(directory)
      await writeReport(report, directory)
      const page = allure ? await allurePage(directory) : undefined
      process.stdout.write(closing(report, directory, colours()))
      if (page !== undefined) process.stdout.write(`Allure: ${page}\n`)
    })
}

async function allurePage(directory: string): Promise<string> {
  const { generateAllurePage } = await import('./allure.ts')
  return generateAllurePage(directory)
}
