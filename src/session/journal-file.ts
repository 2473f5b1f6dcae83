/** Journals of earlier runs, read again: whatever a killed process wrote of its last line is enough. */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { notRemovedIn, type Entry, type Heading, type Unremoved } from './journal.ts'
import { isRunning } from './writing-process.ts'

/** What one run wrote about one target. */
export interface ReadJournal {
  readonly file: string
  readonly heading: Heading
  readonly entries: readonly Entry[]
}

/** All journals in a directory; none when there is no such directory. */
export async function readJournals(directory: string): Promise<ReadJournal[]> {
  const names = await readdir(directory).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  })
  const files = names.filter((name) => name.endsWith('.jsonl')).map((name) => join(directory, name))
  const journals = await Promise.all(files.map((file) => readJournal(file)))
  return journals.filter((journal) => journal !== undefined)
}

async function readJournal(file: string): Promise<ReadJournal | undefined> {
  const lines = (await readFile(file, 'utf8')).split('\n').map((line) => parsed(line))
  const [heading, ...entries] = lines.filter((line) => line !== undefined)
  if (
    !heading ||
    !['run', 'target', 'endpoint'].every((name) => typeof heading[name] === 'string')
  ) {
    return undefined
  }
  return { file, heading: heading as unknown as Heading, entries: entries as unknown as Entry[] }
}

/** The last line of a process that was killed may be cut off: it was not acted on either. */
function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}

/** Is the run that writes it still going, on this machine? */
export function isGoing({ heading }: ReadJournal): boolean {
  return isRunning(heading.process)
}

/** What may be left of a run, one sentence for each thing. */
export function leftoverSentences(left: readonly Unremoved[]): string[] {
  return left.map(({ kind, names: [name], key }) => {
    const called = name === undefined ? '' : ` ${name}`
    return key === undefined
      ? `${kind}${called}: asked for, and no answer came.`
      : `${kind}${called}: ${key}`
  })
}

/** The same of all journals of one run. */
export async function leftOf(directory: string, run: string): Promise<string[]> {
  const journals = await readJournals(directory)
  const own = journals.filter(({ heading }) => heading.run === run)
  return own.flatMap(({ entries }) => leftoverSentences(notRemovedIn(entries)))
}

/** Journals lie in the report, so that a pipeline keeps them with it. */
export function journalIn({ report, journal }: { report: string; journal?: string }): string {
  return journal ?? join(report, 'journal')
}
