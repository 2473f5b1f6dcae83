/** `poolproof plan` on the command line. */

import { Command } from 'commander'
import type { Suite } from '../check.ts'
import { gathered } from '../flags.ts'
import { selected } from '../select.ts'
import { readTarget } from '../target-file.ts'
import type { PlanOptions } from './plan-target.ts'
import { planText } from './wording.ts'

interface PlanFlags {
  readonly target: string
  readonly only: readonly string[]
  readonly probe?: boolean
  readonly json?: boolean
}

/** The command, with all it says of itself. */
export function planCommand(
  suites: readonly Suite[],
  understudy: PlanOptions['understudy'],
): Command {
  return new Command('plan')
    .description('says what a run would make and send, and what it could not ask; sends nothing')
    .requiredOption('-t, --target <file>', 'the target file of that run')
    .option('-o, --only <prefix>', 'as for run; repeatable', gathered, [])
    .option('--probe', 'look at the target, with reads only')
    .option('--json', 'as JSON')
    .addHelpText('after', planExamples)
    .action(async ({ target: file, only, probe, json }: PlanFlags) => {
      const { planTarget } = await import('./plan-target.ts')
      const target = await readTarget(file)
      const environment = probe ? { environment: process.env } : {}
      const meant = selected(suites, only)
      const plan = await planTarget({ target, suites: meant, understudy, ...environment })
      process.stdout.write(json ? `${JSON.stringify(plan, null, 2)}\n` : planText(plan))
    })
}

const planExamples = `
The same checks are asked of the built-in reference, set up as the target file says, and counted. A
target that lists in pages, settles late or has to be asked again costs more.

Exit codes:
  0  the plan was made
  2  the command line, a file or a variable is wrong
  3  with --probe: the target could not be asked

Examples:
  poolproof plan --target staging.json
  poolproof plan --target staging.json --only elb/delete-pool --probe
`
