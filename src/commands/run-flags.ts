/** The options of `poolproof run`. */

import { Option, type Command } from 'commander'
import type { Selection } from '../check/select.ts'
import { defaultWalks, type NamedWalk } from '../check/walk-selection.ts'
import type { Level } from '../model.ts'
import { formatFiles } from '../report/format-names.ts'
import { budgetOf } from './budget.ts'
import { exitCodes } from './exit-codes.ts'
import {
  budgetOption,
  gathered,
  levelOption,
  onlyOption,
  positive,
  reporter,
  skipOption,
  walkPath,
  wholeNumber,
} from './flags.ts'

export interface RunFlags {
  readonly target: readonly string[]
  readonly report: string
  readonly journal?: string
  readonly only: readonly string[]
  readonly level: readonly Level[]
  readonly skip: readonly string[]
  /** Requests for each target. */
  readonly budget?: number
  readonly lastFailed?: boolean
  readonly shard?: string
  readonly bail?: number
  /** `true` where no number is given. */
  readonly keep?: number | true
  readonly seed?: number
  readonly strength: '1' | '2' | '3'
  readonly patient?: boolean
  readonly walks?: number
  readonly walkPath?: NamedWalk
  readonly reporter: readonly string[]
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly all?: boolean
  readonly json?: boolean
}

/** What the flags limit a run to. */
export function selectionOf({
  only,
  level = [],
  skip = [],
  budget,
}: Pick<RunFlags, 'only'> & Partial<Pick<RunFlags, 'level' | 'skip' | 'budget'>>): Selection {
  const limited = budget === undefined ? {} : { budget: budgetOf(budget) }
  return { only, levels: level, skip, ...limited }
}

const files = Object.entries(formatFiles).map(([name, file]) => `${name} (${file})`)

const examples = `
The target file says under auth where the credentials are: a token, a password for an identity service,
or an access key; certificates are named under tls. Secrets come from environment variables or files.
Proxies are taken from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY. See README.md, Credentials.

Formats of --reporter: ${files.join(', ')}; default stands for
those that are written without it. conformance.json is always written.

Examples:
  poolproof run
  poolproof run --target staging.json --report out/
  poolproof run --target staging.json --only elb/delete-pool --only elb/remove-member
  poolproof run --target staging.json --only 'elb/*/session-*' --level must
  poolproof run --target staging.json --budget 300
  poolproof run --target staging.json --last-failed --bail 1 --keep
`

/** Adds the options and the help. */
export function withRunFlags(command: Command): Command {
  withSelection(command)
  return command
    .option(
      '-s, --seed <number>',
      'decides the order of the checks and the cases drawn for them (default: 1)',
      wholeNumber,
    )
    .option('--patient', 'also asks what takes minutes, such as how long session persistence lasts')
    .addOption(
      new Option(
        '--strength <number>',
        'how many circumstances of a check are covered in all combinations; 1 draws one combination by the seed',
      )
        .choices(['1', '2', '3'])
        .default('1'),
    )
    .option(
      '--walks <number>',
      `how many drawn sequences of operations are tried of each dialect (default: ${defaultWalks}, none with --only, --level or --budget)`,
      wholeNumber,
    )
    .option(
      '--walk-path <path>',
      'try only the sequence that a report names, for example elb/3/0:2:1/AAE:V',
      walkPath,
    )
    .addOption(
      new Option('--reporter <name>', 'write the report in this format; repeatable')
        .argParser(reporter)
        .default([], 'the usual formats'),
    )
    .addOption(new Option('-q, --quiet', 'print only the result').conflicts('verbose'))
    .option('-v, --verbose', 'print a line for each check')
    .option('--all', 'print every failure in full, not each cause once')
    .option('--json', 'print conformance.json on standard output, and nothing else')
    .addHelpText('after', examples + exitCodes)
}

function withSelection(command: Command): Command {
  return command
    .addOption(
      new Option('-t, --target <file>', 'a target file; repeatable, one for each dialect')
        .argParser(gathered)
        .default([], 'the built-in reference, in both dialects'),
    )
    .option('-r, --report <directory>', 'where the report is written', 'reports/latest')
    .option(
      '--config <file>',
      'a configuration file (default: the nearest poolproof.config.json or .yaml, upward)',
    )
    .option('--profile <name>', 'also the options of this profile of the configuration file')
    .option(
      '--journal <directory>',
      'where the run records what it is about to create (default: journal/ in the report)',
    )
    .addOption(onlyOption())
    .addOption(levelOption())
    .addOption(skipOption())
    .addOption(budgetOption())
    .addOption(
      new Option(
        '--last-failed',
        'only requirements that failed in the existing report, with the same seed',
      ).conflicts('only'),
    )
    .option(
      '--shard <i/n>',
      'ask only the i-th of n parts; poolproof merge makes one report of all; auto takes i and n from the pipeline',
    )
    .option('--bail <number>', 'ask nothing further after so many failures', positive)
    .option(
      '--keep [number]',
      'keep the objects of the first (or first N) failed checks on the target, for poolproof sweep',
      positive,
    )
}
