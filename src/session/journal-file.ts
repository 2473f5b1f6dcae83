/** Journals of earlier runs, read again: whatever a killed process wrote of its last line is enough. */

import { lstatSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { textOfFile } from '../documents/regular-file.ts'
import { UsageError } from '../model.ts'
import { notRemovedIn, type Entry, type Heading, type Unremoved } from './journal.ts'
import { isRunning } from './writing-process.ts'

/** What one run wrote about one target. */
export interface ReadJournal {
  readonly file: string
  readonly heading: Heading
  readonly entries: readonly Entry[]
  /** The numbers of lines that hold no entry: what they named is not known. */
  readonly odd: readonly number[]
}

/** A journal that names nothing, because it cannot be read. */
export interface UnreadJournal {
  readonly file: string
  /** Continues a sentence: `… could not be read: ` */
  readonly why: string
}

/** What a directory of journals holds. */
export interface Journals {
  readonly read: readonly ReadJournal[]
  readonly unread: readonly UnreadJournal[]
  /** There is no such directory. */
  readonly absent?: true
}

/** The journals in a directory that can be read; none when there is no such directory. @throws {UsageError} */
export async function readJournals(directory: string): Promise<readonly ReadJournal[]> {
  return (await journalsIn(directory)).read
}

/**
 * All journals in a directory, also those that cannot be read: they may name what is left.
 *
 * @throws {UsageError} When the directory is there and cannot be read.
 */
export async function journalsIn(directory: string): Promise<Journals> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    const why = error.code === 'ENOTDIR' ? 'it is not a directory' : (error.code ?? error.message)
    throw new UsageError(`The directory of journals ${directory} cannot be read (${why}).`)
  })
  if (!names) return { read: [], unread: [], absent: true }
  const files = names.filter((name) => name.endsWith('.jsonl')).map((name) => join(directory, name))
  const journals = files.flatMap((file) => readJournal(file) ?? [])
  return {
    read: journals.filter((one) => 'heading' in one),
    unread: journals.filter((one) => 'why' in one),
  }
}

/** Nothing for a journal that its run has deleted meanwhile. */
function readJournal(file: string): ReadJournal | UnreadJournal | undefined {
  try {
    return inText(file, textOfFile(file))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const isGone = code === 'ENOENT' && !lstatSync(file, { throwIfNoEntry: false })
    return isGone
      ? undefined
      : { file, why: code === 'EISDIR' ? 'it is a directory' : (code ?? message) }
  }
}

/** A run that has made nothing leaves no file, so an empty one has lost what was in it. */
function inText(file: string, text: string): ReadJournal | UnreadJournal {
  const lines = text.split('\n')
  // The last line of a process that was killed may be cut off: it was not acted on either.
  const last = lines.pop() ?? ''
  const values = [...lines, ...(readLine(last) ? [last] : [])].map((line) => readLine(line))
  const [heading, ...others] = values
  if (text === '') return { file, why: 'it is empty' }
  if (!isHeading(heading)) return { file, why: 'its first line is not that of a journal' }
  return {
    file,
    heading: withAccount(heading),
    entries: others.filter((line) => isEntry(line)),
    odd: others.flatMap((line, index) => (isEntry(line) ? [] : [index + 2])),
  }
}

type Fields = Readonly<Record<string, unknown>>

function parsed(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}

function isHeading(line: unknown): line is Heading {
  const { run, target, dialect, endpoint } = (line ?? {}) as Fields
  if (dialect !== 'elb' && dialect !== 'slb') return false
  return typeof run === 'string' && /^[0-9a-f]{8}$/.test(run) && areTexts([target, endpoint])
}

/** What is not as a run writes it says nothing of an account. */
function withAccount({ account, ...heading }: Heading): Heading {
  const isOne = typeof account === 'object' && account !== null && areTexts(Object.values(account))
  return isOne ? { ...heading, account } : heading
}

/**
 * One line, or what follows one that a full disk has cut off: earlier versions wrote on in the same line. The part before
 * it was not acted on, as at the end of a journal. No entry has objects in it, and in texts a quotation mark is escaped.
 */
function readLine(line: string): Fields | undefined {
  const at = line.lastIndexOf('{"')
  return parsed(line) ?? (at > 0 && line.startsWith('{') ? parsed(line.slice(at)) : undefined)
}

/** Is it a line as `Entry` describes it? Whoever can write to the directory may have written another. */
function isEntry(line: unknown): line is Entry {
  const fields = (line ?? {}) as Fields
  const { intent, kind, name = '', keys = [], parent = '', of, made, refused, unknown } = fields
  if (intent !== undefined) {
    const lists = [keys, fields['fields'] ?? []]
    return (
      typeof intent === 'number' &&
      areTexts([kind, name, parent]) &&
      lists.every((one) => areTexts(one))
    )
  }
  if (of !== undefined) {
    const isResult =
      made === undefined ? typeof refused === 'number' || unknown === true : areTexts(made)
    return typeof of === 'number' && isResult
  }
  if (fields['removed'] !== undefined) return areTexts(fields['removed'])
  if (fields['renamed'] !== undefined) return areTexts([fields['renamed'], fields['name']])
  return areTexts([fields['status'], fields['loadBalancerId']])
}

function areTexts(list: unknown): list is string[] {
  return Array.isArray(list) && list.every((one) => typeof one === 'string')
}

/** Is the run that writes it still going, on this machine? */
export function isGoing({ heading }: ReadJournal): boolean {
  return isRunning(heading.process)
}

/** What a person has to know of a journal that cannot be read. */
export function unreadSentence({ file, why }: UnreadJournal): string {
  return `The journal ${file} could not be read: ${why}. Objects that it names may still exist.`
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
