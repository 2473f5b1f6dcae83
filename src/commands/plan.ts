/** `poolproof plan`: shows what a run would do, without doing it. */

import { Command } from 'commander'
import { onlyOption } from './flags.ts'
import { streams } from './streams.ts'

interface PlanFlags {
  readonly target: string
  readonly only: readonly string[]
  readonly probe?: boolean
  readonly json?: boolean
}

const examples = `
The same checks are run against the built-in reference, set up as the target file says, and their
requests are counted. A target that pages its lists, settles late or needs retries takes more requests.

Exit codes:
  0  the plan was made
  2  the command line, a file or a variable is wrong; with --probe also: the target file does not fit its target
  3  with --probe: the target cannot be asked now

Examples:
  poolproof plan --target staging.json
  poolproof plan --target staging.json --only elb/delete-pool --probe
`

export function planCommand(): Command {
  return new Command('plan')
    .description('shows what a run would create and send, and what it could not ask; sends nothing')
    .requiredOption('-t, --target <file>', 'the target file of the planned run')
    .addOption(onlyOption())
    .option('--probe', 'also check whether the target answers, with reads only')
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action(plan)
}

async function plan({ target: file, only, probe, json }: PlanFlags): Promise<void> {
  const { suites } = await import('../../suites/index.ts')
  const { planTarget } = await import('../plan/plan-target.ts')
  const { planText } = await import('../plan/plan-text.ts')
  const { standIn } = await import('../reference/stand-in.ts')
  const { selected } = await import('../check/select.ts')
  const { readTarget } = await import('../session/target-file.ts')
  const target = await readTarget(file)
  const environment = probe ? { environment: process.env } : {}
  const meant = selected(suites, only)
  const made = await planTarget({ target, suites: meant, standIn, ...environment })
  streams.stdout(json ? `${JSON.stringify(made, null, 2)}\n` : planText(made))
}
