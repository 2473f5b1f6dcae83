/** `poolproof baseline`: writes the failures of a run as waivers. */

import { existsSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { UsageError } from '../model.ts'
import type { Report } from '../report/report.ts'
import { positive } from './flags.ts'
import { streams } from './streams.ts'

interface BaselineFlags {
  readonly out: string
  readonly target?: string
  readonly owner: string
  readonly reason: string
  readonly expires?: string
  readonly days: number
}

const examples = `
Each waiver has a fingerprint of its failure, and excuses only that one. The target file then says
"waivers": "waivers.json". What people have written into the file stays as long as the failure is the same.
A run fails when a waived requirement fails in another way, passes, or when a waiver has expired.

Exit codes:
  0  the file was written
  2  the command line, the report or the file is wrong

Examples:
  poolproof run --target staging.json
  poolproof baseline --owner team-lb --out waivers.json
`

export function baselineCommand(): Command {
  return new Command('baseline')
    .description('writes the failures of a run as waivers, each for exactly that failure')
    .argument('[directory]', 'the report directory of that run', 'reports/latest')
    .requiredOption('--owner <name>', 'the person or team responsible for the failures')
    .option('--out <file>', 'the file of waivers', 'waivers.json')
    .option('--target <name>', 'the target, where the report has several')
    .option('--reason <text>', 'why they are accepted for now', 'TODO')
    .option(
      '--expires <date>',
      'the last day on which the waivers hold, for example 2027-01-31',
      day,
    )
    .option('--days <number>', 'number of days from today, instead of --expires', positive, 90)
    .addHelpText('after', examples)
    .action(write)
}

async function write(directory: string, flags: BaselineFlags): Promise<void> {
  const { unalteredReport } = await import('../report/read-report.ts')
  const { baselineOf } = await import('../report/baseline.ts')
  const { readWaivers } = await import('../session/waivers-file.ts')
  const { writeWholeFile } = await import('../documents/whole-file.ts')
  const report = ofOneTarget(await unalteredReport(directory, notExcused), flags.target)
  const before = existsSync(flags.out) ? await readWaivers(flags.out) : []
  const { owner, reason } = flags
  const expires = flags.expires ?? dayIn(flags.days)
  const { waivers, added, dropped } = baselineOf(report, before, { owner, reason, expires })
  const document = { $schema: waiversSchema, waivers }
  writeWholeFile(flags.out, `${JSON.stringify(document, null, 2)}\n`, ordinaryMode)
  const lines = [
    ...added.map((id) => `added   ${id}`),
    ...dropped.map((id) => `dropped ${id}`),
    `${flags.out}: ${waivers.length} waiver(s), ${added.length} added, ${dropped.length} dropped.`,
  ]
  streams.stdout(`${lines.join('\n')}\n`)
}

/** By package address, so that copies of the file keep completion. */
const waiversSchema = 'https://unpkg.com/poolproof@0/schemas/waivers.schema.json'

/** It is kept in a repository, and holds no evidence. */
const ordinaryMode = 0o644

/** @throws {UsageError} When it is not clear which one is meant, or nothing was asked. */
function ofOneTarget(report: Report, name: string | undefined): Report {
  const names = report.targets.map((one) => one.name)
  const meant = name ?? (names.length === 1 ? names[0] : undefined)
  if (meant === undefined || !names.includes(meant)) {
    throw new UsageError(`The report is about ${names.join(' and ')}. Name one with --target.`)
  }
  if (report.notAsked !== undefined) {
    throw new UsageError(`Nothing was asked in that run, so it has no failures: ${report.notAsked}`)
  }
  return { ...report, findings: report.findings.filter(({ target }) => target === meant) }
}

function dayIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}

/** @throws {InvalidArgumentError} */
function day(value: string): string {
  const time = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value)) return value
  throw new InvalidArgumentError('It must be a day like 2027-01-31.')
}

const notExcused = 'No waiver is made from it. Run again, or copy the report again.'
