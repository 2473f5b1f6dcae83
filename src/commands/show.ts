/** `poolproof show`: one finding of a report, with every exchange, on the terminal. */

import { Command } from 'commander'
import { UsageError } from '../model.ts'
import { existingReport } from './existing-report.ts'
import { streams } from './streams.ts'

interface ShowFlags {
  readonly script?: boolean
  readonly json?: boolean
}

const examples = `
The script needs bash, curl and, for signed calls, openssl. It holds no secret. It reads ELB_TOKEN, or
SLB_ACCESS_KEY_ID and SLB_ACCESS_KEY_SECRET; LOADBALANCER_ID, a load balancer of your own; and ENDPOINT,
to ask another target.

Examples:
  poolproof show reports/latest elb/delete-pool/members-first
  poolproof show reports/latest elb/delete-pool/members-first --script > repeat.sh
`

export function showCommand(): Command {
  return new Command('show')
    .description(
      'shows one requirement of a report: what was asked, what came back, how to repeat it',
    )
    .argument('<directory>', 'the report directory of a run')
    .argument('<id>', 'the requirement')
    .option('--script', 'print a shell script that sends the same requests without Poolproof')
    .option('--json', 'as JSON, with every exchange')
    .addHelpText('after', examples)
    .action(show)
}

async function show(directory: string, id: string, { script, json }: ShowFlags): Promise<void> {
  const report = await existingReport(directory)
  const found = report.findings.filter((finding) => finding.id === id)
  if (found.length === 0) {
    const { nearestId } = await import('../check/select.ts')
    const near = nearestId(
      id,
      report.findings.map((finding) => finding.id),
    )
    throw new UsageError(
      `The report in ${directory} has no requirement ${id}. Did you mean ${near}?`,
    )
  }
  const { findingText } = await import('../report/finding-text.ts')
  const { repeatScript } = await import('../report/repeat-script.ts')
  if (json) return void streams.stdout(`${JSON.stringify(found, null, 2)}\n`)
  for (const finding of found) {
    const target = report.targets.find(({ name }) => name === finding.target)
    const nothing = `# Nothing was sent for ${id}.\n`
    streams.stdout(script ? (repeatScript(finding, target) ?? nothing) : findingText(finding))
  }
}
