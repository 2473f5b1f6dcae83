/** `poolproof prove`: the proof from beginning to end, for a person or a pipeline. */

import { assertWritable, writeFiles } from '../report/write.ts'
import { onOneLine } from '../report/legible.ts'
import { selected } from '../check/select.ts'
import type { Suite } from '../check/check.ts'
import { proofPage } from './html.ts'
import { proofJson } from './json.ts'
import { proofMarkdown } from './markdown.ts'
import type { Proof } from './proof.ts'
import { prove, type ProveOptions, type Watch } from './prove.ts'
import { figures, inOneSentence, seconds } from './sentences.ts'
import type { Collection } from './specimen.ts'
import { onThreads, processors, type Modules } from './threads.ts'

export interface ProveFlags {
  readonly only: readonly string[]
  readonly json?: boolean
  readonly full?: boolean
  readonly report: string
}

/** What only the command line can know. */
export interface Provided {
  readonly suites: readonly Suite[]
  readonly collection: Collection
  readonly modules: Modules
  readonly version: string
  readonly watch: Watch
  /** Writes on standard output. */
  readonly print: (text: string) => void
}

/** Pairs of mutants, and the seed that chooses them: the same in every proof, so that figures compare. */
const pairs = 500
const seed = 1

/** The record that programs wait for comes last. */
const writers: readonly (readonly [file: string, write: (proof: Proof) => string])[] = [
  ['index.html', proofPage],
  ['matrix.md', proofMarkdown],
  ['prove.json', proofJson],
]

/**
 * Proves, writes the matrix, and says what came of it.
 *
 * @returns the exit code: 0 when everything is proved, 1 otherwise.
 * @throws {UsageError} When a prefix selects nothing, or the directory cannot be written.
 */
export async function proveAndWrite(flags: ProveFlags, provided: Provided): Promise<number> {
  const { suites, collection, modules, version, watch, print } = provided
  const { only, full = false, json = false, report } = flags
  selected(suites, only)
  const files = writers.map(([file]) => file)
  await assertWritable(report, files)
  const threads = processors()
  const bench = onThreads(modules, { only, full }, threads)
  const about = { poolproof: version, command: commandOf(flags), threads }
  const asked = { only, full, suites, collection, bench, pairs, seed, watch, about }
  const proof = await proving(asked)
  await writeFiles(
    report,
    writers.map(([file, write]) => [file, write(proof)] as const),
  )
  print(json ? proofJson(proof) : closing(proof, report))
  return proof.exitCode
}

/** The threads end with the proof, also when it breaks off. */
async function proving(asked: ProveOptions): Promise<Proof> {
  try {
    return await prove(asked)
  } finally {
    await asked.bench.close()
  }
}

/** To repeat it, wherever the report went. */
function commandOf({ only, full }: ProveFlags): string {
  const chosen = only.map((prefix) => ` --only ${prefix}`).join('')
  return `poolproof prove${chosen}${full ? ' --full' : ''}`
}

/** Of shortcomings: a screen holds no more, and the page has them all. */
const mostShortcomings = 20

/** What a person wants to know in the end, most important last. */
function closing(proof: Proof, report: string): string {
  const { shortcomings, milliseconds, threads } = proof
  const more = shortcomings.length - mostShortcomings
  const shown = shortcomings.slice(0, mostShortcomings).map((one) => `■ ${onOneLine(one)}`)
  const rest = more > 0 ? [`… and ${more} more; the report has them all.`] : []
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
