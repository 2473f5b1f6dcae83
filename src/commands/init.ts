/** `poolproof init`: makes a target file by asking, or from flags, and checks that it works. */

import { existsSync } from 'node:fs'
import { Command, Option } from 'commander'
import { UsageError } from '../model.ts'
import { targetFrom, variablesOf } from '../session/new-target.ts'
import { askedAnswers } from './asked-answers.ts'
import { streams } from './streams.ts'

interface InitFlags extends Readonly<Record<string, string | boolean | undefined>> {
  readonly out: string
  readonly probe: boolean
}

const examples = `
Values not given as options are asked for if there is a terminal; Ctrl-C and Ctrl-D leave without
a file. The file contains names of environment variables, never secrets. When the variables are
set, the target is asked once, with reads only.

Exit codes:
  0  the file was written, and the target answers, or its variables are not set yet
  2  an answer is missing or wrong, or the file does not fit the target; a file that was
     already written is kept
  3  the file was written, and the target cannot be asked now

Examples:
  poolproof init
  poolproof init --dialect elb --endpoint https://elb.example.com --subnet-id 5a9a3e9e-… --out staging.json
`

export function initCommand(): Command {
  return new Command('init')
    .description('makes a target file by asking, or from flags, and checks that it works')
    .option('--out <file>', 'the file to write', 'poolproof-target.json')
    .addOption(new Option('--dialect <name>', 'which API it is').choices(['elb', 'slb']))
    .option('--name <name>', 'what reports call it')
    .option('--endpoint <address>', 'its address, up to the documented path')
    .addOption(
      new Option('--extends <family>', 'a known family of services').choices([
        'alibaba',
        'octavia',
        'otc',
      ]),
    )
    .addOption(
      new Option('--auth <kind>', 'elb: the kind of credentials').choices([
        'token',
        'password',
        'access-key',
      ]),
    )
    .option('--iam <address>', 'with a password: the identity service')
    .option('--user <name>', 'with a password: the user')
    .option('--domain <name>', 'with a password: the domain of the user')
    .option('--project <name>', 'with a password: the project')
    .option('--subnet-id <id>', 'elb: the subnet of load balancers')
    .option('--addresses <list>', 'elb: addresses of backend servers, with commas')
    .option('--region <name>', 'slb: the region')
    .option('--server-ids <list>', 'slb: ids of servers, with commas')
    .option('--v-switch-id <id>', 'slb: the vSwitch of load balancers')
    .option('--no-probe', 'do not ask the target')
    .addHelpText('after', examples)
    .action(init)
}

async function init(flags: InitFlags): Promise<void> {
  if (existsSync(flags.out)) {
    throw new UsageError(`${flags.out} is there already. Name another file with --out.`)
  }
  const { stdin: input, stderr: output } = process
  const answers = await askedAnswers(givenBy(flags), input.isTTY ? { input, output } : undefined)
  const { readTarget } = await import('../session/target-file.ts')
  const { writeWholeFile } = await import('../documents/whole-file.ts')
  const { problems } = await import('../documents/schema.ts')
  const document = targetFrom(answers)
  const wrong = problems('target.schema.json', document)
  if (wrong.length > 0) {
    const places = wrong.map((problem) => `  ${problem}`).join('\n')
    throw new UsageError(`No file was written, because the answers make no target file:\n${places}`)
  }
  writeWholeFile(flags.out, `${JSON.stringify(document, null, 2)}\n`, ordinaryMode)
  const target = await readTarget(flags.out)
  streams.stdout(`${flags.out} was written.\n`)
  const missing = variablesOf(answers).filter((name) => !process.env[name])
  if (missing.length > 0) {
    streams.stdout(`Set these variables, which hold the secrets: ${missing.join(', ')}.\n`)
  } else if (flags.probe) {
    const { probe } = await import('../session/probe.ts')
    const { newRunId } = await import('../session/run-names.ts')
    await probe(target, { id: newRunId(), seed: 1 }, process.env)
    streams.stdout(`${target.name} answers, and accepts the credentials.\n`)
  }
  streams.stdout(next(flags.out))
}

/** It holds no secret, and is kept in a repository. */
const ordinaryMode = 0o644

function next(file: string): string {
  return `Next: poolproof plan --target ${file} --probe, then poolproof run --target ${file}\n`
}

/** The flags that were typed, by their long names. */
function givenBy(flags: InitFlags): Record<string, string> {
  const pairs = Object.entries(flags).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), value] as const]
      : [],
  )
  return Object.fromEntries(pairs)
}
