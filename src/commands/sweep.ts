/** `poolproof sweep`: removes what earlier runs left behind. */

import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { UsageError } from '../model.ts'
import { streams } from './streams.ts'

interface SweepOptions {
  readonly target: string
  readonly run?: string
  readonly report: string
  readonly journal?: string
  readonly json?: boolean
}

const examples = `
It removes what a journal says that a run created and what is named poolproof-<run id>-…; without
--run, of any run. It does not touch a run of the same user that is still in progress on this
machine. Runs of others, and on other machines, it cannot know: name one run with --run.

Exit codes:
  0  nothing of those runs is left
  2  the command line, a file or a variable is wrong; or the target file does not fit its target, and
     no journal names anything
  3  something could not be removed, or has another name now; a journal could not be read, is not
     believed or may be of another account; or the target could not be asked: then what journals name
     is listed as left

Examples:
  poolproof sweep --target staging.json
  poolproof sweep --target staging.json --run 0a1b2c3d --journal out/journal
`

export function sweepCommand(): Command {
  return new Command('sweep')
    .description('removes what earlier runs left on a target, and nothing else')
    .requiredOption('-t, --target <file>', 'the target file of those runs')
    .option('--run <id>', 'only what this run created')
    .option('-r, --report <directory>', 'where the report of those runs is', 'reports/latest')
    .option('--journal <directory>', 'where their journals are (default: journal/ in the report)')
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action(async (flags: SweepOptions) => {
      const { journalIn } = await import('../session/journal-file.ts')
      const { exitCodeOf, sweepTarget } = await import('../sweep/sweep-target.ts')
      const { removedLine, sweepText } = await import('../sweep/wording.ts')
      const journal = journalIn(flags)
      if (flags.journal !== undefined) assertDirectory(flags.journal)
      const target = await namedTarget(flags.target)
      const said = new Set<string>()
      // At once: whatever ends a sweep half-way, what it has removed was said.
      const say = (sentence: string) => {
        if (flags.json || said.has(sentence)) return
        said.add(sentence)
        streams.stdout(`${removedLine(sentence)}\n`)
      }
      process.once('exit', sayUnfinished)
      const result = await sweepTarget({ ...flags, target, journal }, process.env, say).finally(
        () => process.off('exit', sayUnfinished),
      )
      if (result.notAsked !== undefined) streams.stderr(`poolproof: ${result.notAsked}\n`)
      streams.stdout(flags.json ? `${JSON.stringify(result, null, 2)}\n` : sweepText(result, said))
      process.exitCode = exitCodeOf(result)
    })
}

/** For a signal, which ends the program at once. */
function sayUnfinished(): void {
  streams.stderr(
    'poolproof: The sweep was ended before it was done. What it removed is listed, and noted in the journals; ' +
      'the rest may still be there: sweep again.\n',
  )
}

/** A directory that was typed wrongly would hide what its journals name. @throws {UsageError} */
function assertDirectory(journal: string): void {
  if (existsSync(journal)) return
  throw new UsageError(
    `There is no directory ${journal}. A run whose journals name nothing any more deletes it; without --journal, ` +
      'what has the name of a run is swept all the same.',
  )
}

/** A file as it was typed; else what a configuration calls so. */
async function namedTarget(typed: string): Promise<string> {
  if (typed === '-' || existsSync(typed)) return typed
  const { configFor, foundAbove, targetFile } = await import('../session/config-file.ts')
  const config = configFor(process.cwd())
  const file = targetFile(typed, config)
  const above = foundAbove(config, process.cwd())
  if (file !== typed && above !== undefined) streams.stderr(`Configuration: ${above}\n`)
  return file
}
