/** `poolproof plan`: shows what a run would do, without doing it. */

import { Command } from 'commander'
import { budgetOption, levelOption, onlyOption, skipOption } from './flags.ts'
import { selectionOf } from './run-flags.ts'
import { UsageError, type Level } from '../model.ts'
import type { Plan } from '../run/plan/plan-target.ts'
import type { Suite } from '../check/check.ts'
import type { Target } from '../target.ts'
import { streams } from './streams.ts'

interface PlanFlags {
  readonly target?: string
  readonly only: readonly string[]
  readonly level: readonly Level[]
  readonly skip: readonly string[]
  readonly budget?: number
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
  poolproof plan
  poolproof plan --target staging.json
  poolproof plan --target staging.json --only elb/delete-pool --probe
`

export function planCommand(): Command {
  return new Command('plan')
    .description('shows what a run would create and send, and what it could not ask; sends nothing')
    .option(
      '-t, --target <file>',
      'the target file of the planned run (default: the built-in reference, in both dialects)',
    )
    .addOption(onlyOption())
    .addOption(levelOption())
    .addOption(skipOption())
    .addOption(budgetOption())
    .option('--probe', 'also check whether the target answers, with reads only')
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action(plan)
}

async function plan({ target: file, probe, json, ...flags }: PlanFlags): Promise<void> {
  if (probe && file === undefined) {
    throw new UsageError(
      'With --probe a target is needed: the built-in reference always answers. Name a target file with --target.',
    )
  }
  const { suitesFor } = await import('../../suites/index.ts')
  const { planTarget } = await import('../run/plan/plan-target.ts')
  const { planText } = await import('../run/plan/plan-text.ts')
  const { standIn } = await import('../reference/stand-in.ts')
  const { select } = await import('../check/select.ts')
  const environment = probe ? { environment: process.env } : {}
  const meant = select(suitesFor(flags.only), selectionOf(flags)).suites
  const plans: Plan[] = []
  for (const target of await targetsOf(file, meant)) {
    plans.push(await planTarget({ target, suites: meant, standIn, ...environment }))
  }
  const [only] = plans
  const printed = plans.length === 1 ? only : plans
  const text = () => plans.map((one) => planText(one)).join('\n')
  streams.stdout(json ? `${JSON.stringify(printed, null, 2)}\n` : text())
}

/** The target of the file; without one, the references of the dialects that are asked, as a run has them. */
async function targetsOf(
  file: string | undefined,
  suites: readonly Suite[],
): Promise<readonly Target[]> {
  if (file === undefined) {
    const { embeddedTargets } = await import('../reference/embedded.ts')
    return embeddedTargets([...new Set(suites.map(({ dialect }) => dialect))])
  }
  const { readTarget } = await import('../session/target-file.ts')
  const { configFor, targetFile } = await import('../session/config-file.ts')
  return [await readTarget(targetFile(file, configFor(process.cwd())))]
}
