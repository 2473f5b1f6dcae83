/** What a sweep adds to a journal: what it has seen gone, so that a later sweep need not look for it again. */

import { closeSync, openSync, truncateSync } from 'node:fs'
import { appendLine } from '../documents/appended-line.ts'
import { bytesOfFile } from '../documents/regular-file.ts'
import type { ReadJournal } from './journal-file.ts'
import { notRemovedIn } from './journal.ts'

/**
 * Notes in a journal that these objects are gone, as far as it names them.
 *
 * A journal that cannot be written stays as it is: then it names too much, and never too little.
 *
 * @returns the journal as it is read from now on.
 */
export function withRemoved(journal: ReadJournal, gone: readonly string[]): ReadJournal {
  const named = new Set(notRemovedIn(journal.entries).map(({ key }) => key))
  const removed = gone.filter((key) => named.has(key))
  if (removed.length === 0) return journal
  const entry = { removed }
  try {
    append(journal.file, JSON.stringify(entry))
  } catch {
    // It is only read again.
  }
  return { ...journal, entries: [...journal.entries, entry] }
}

/** Not behind what a killed process has begun to write: that was not acted on, and would be read with this line. */
function append(file: string, line: string): void {
  const bytes = bytesOfFile(file)
  const start = bytes.lastIndexOf('\n') + 1
  const last = bytes.subarray(start).toString()
  if (last !== '' && !isWhole(last)) truncateSync(file, start)
  const end = openSync(file, 'a')
  try {
    appendLine(end, isWhole(last) ? `\n${line}` : line)
  } finally {
    closeSync(end)
  }
}

function isWhole(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object'
  } catch {
    return false
  }
}
