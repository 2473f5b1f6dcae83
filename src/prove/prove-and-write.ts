/** What `poolproof prove` does: makes the proof, writes it, and prints the conclusion. */

import { FileError } from '../documents/file-error.ts'
import { claimDirectory, type OwnDirectory } from '../documents/own-directory.ts'
import { onOneLine } from '../report/legible.ts'
import { expanded, idsOf } from '../check/select.ts'
import type { Suite } from '../check/check.ts'
import { proofPage } from './proof-page.ts'
import { killOrderJson } from './kill-order.ts'
import { proofJson } from './proof-json.ts'
import { proofMarkdown } from './proof-markdown.ts'
import type { Proof } from './proof.ts'
import { prove, type OnProgress, type ProveOptions } from './prove.ts'
import { figures, inOneSentence, seconds } from './proof-text.ts'
import type { KnownServers } from './known-servers.ts'
import { onThreads, usefulThreads, type Modules } from './threads.ts'

export interface ProveFlags {
  readonly only: readonly string[]
  readonly json?: boolean
  readonly full?: boolean
  readonly report: string
}

/** What the command line provides. */
export interface Provided {
  readonly suites: readonly Suite[]
  readonly knownServers: KnownServers
  readonly modules: Modules
  readonly version: string
  readonly onProgress: OnProgress
  /** Writes to standard output. */
  readonly print: (text: string) => void
  /** Writes to standard error. */
  readonly warn: (text: string) => void
}

/** Pairs of mutants, and the seed that chooses them: the same in every proof, so that figures can be compared. */
const pairs = 500
const seed = 1

/** Walks on each lawful server. */
export const walksOnLawfulServers = 1

type Writer = readonly [file: string, write: (proof: Proof) => string]

/** What `--budget` goes by: it is copied to suites/kill-order.json. */
const orderWriter: Writer = ['kill-order.json', ({ requirements }) => killOrderJson(requirements)]

/** `prove.json` comes last: when it exists, everything is written. */
const writers: readonly Writer[] = [
  ['index.html', proofPage],
  ['matrix.md', proofMarkdown],
  ['prove.json', proofJson],
]

/**
 * Makes the proof, writes it to the report directory, and prints the conclusion.
 *
 * @returns the exit code: 0 when everything is proved, 1 otherwise.
 * @throws {UsageError} When a prefix selects nothing, or the directory is not ours to write.
 */
export async function proveAndWrite(flags: ProveFlags, provided: Provided): Promise<number> {
  const { suites, knownServers, modules, version, onProgress, print, warn } = provided
  const { full = false, json = false, report } = flags
  const only = expanded(flags.only, idsOf(suites))
  const directory = claimDirectory(report, '--report')
  try {
    const threads = usefulThreads()
    const selection = { only, full, walks: only.length > 0 ? 0 : walksOnLawfulServers }
    const runner = onThreads(modules, selection, threads)
    const about = { poolproof: version, command: commandOf(flags), threads }
    const asked = { only, full, suites, knownServers, runner, pairs, seed, onProgress, about }
    const proof = await proveAndClose(asked)
    const whole = full && only.length === 0
    const files = [...writers, ...(whole ? [orderWriter] : [])].map(
      ([file, write]) => [file, write(proof)] as const,
    )
    print(json ? proofJson(proof) : closing(proof, report))
    written(directory, files, warn)
    return proof.exitCode
  } finally {
    directory.abandon()
  }
}

/** What was proved is printed already, so a full disk does not change the exit code. */
function written(
  directory: OwnDirectory,
  files: Parameters<OwnDirectory['write']>[0],
  warn: Provided['warn'],
): void {
  try {
    directory.write(files)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    warn(`poolproof: ${error.message}\n`)
  }
}

/** Ends the threads, also when the proof fails with an error. */
async function proveAndClose(asked: ProveOptions): Promise<Proof> {
  try {
    return await prove(asked)
  } finally {
    await asked.runner.close()
  }
}

/** The command that repeats it. */
function commandOf({ only, full }: ProveFlags): string {
  const chosen = only.map((prefix) => ` --only ${prefix}`).join('')
  return `poolproof prove${chosen}${full ? ' --full' : ''}`
}

/** As many shortcomings as fit on a screen; the page lists all of them. */
const mostShortcomings = 20

/** What is printed at the end, the most important last. */
function closing(proof: Proof, report: string): string {
  const { shortcomings, milliseconds, threads } = proof
  const more = shortcomings.length - mostShortcomings
  const shown = shortcomings.slice(0, mostShortcomings).map((one) => `■ ${onOneLine(one)}`)
  const rest = more > 0 ? [`… and ${more} more; the report lists all of them.`] : []
  const width = Math.max(...figures(proof).map(([name]) => name.length))
  return [
    ...shown,
    ...rest,
    ...(shown.length > 0 ? [''] : []),
    ...figures(proof).map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    '',
    inOneSentence(proof),
    `In ${seconds(milliseconds)} on ${threads} threads. The matrix: ${report}/index.html`,
    '',
  ].join('\n')
}
