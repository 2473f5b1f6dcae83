/** Reads files that people write, and no more of one than anybody writes. */

import type { Stats } from 'node:fs'
import { UsageError } from '../model.ts'
import { bytesOfFile } from './regular-file.ts'

/** Bytes. The longest are files with thousands of waivers. */
export const mostBytes = 4 * 1024 * 1024

/**
 * The text of a file, or of standard input (`-`).
 *
 * @throws {UsageError} When it is too long.
 * @throws {NodeJS.ErrnoException} When it cannot be read.
 */
export async function limitedText(file: string): Promise<string> {
  if (file !== '-') return limitedTextSync(file)
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer)
    length += (chunk as Buffer).length
    if (length > mostBytes) throw tooLong('Standard input')
  }
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * The text of a file, read at once.
 *
 * @param accept - Is told what was opened, before anything is read, and throws when it is not to be read.
 * @throws {UsageError} When it is too long.
 * @throws {NodeJS.ErrnoException} When it cannot be read.
 */
export function limitedTextSync(
  file: string,
  accept: (opened: Stats) => void = () => undefined,
): string {
  const bytes = bytesOfFile(file, (opened) => {
    accept(opened)
    if (opened.size > mostBytes) throw tooLong(file)
  })
  return bytes.toString('utf8')
}

function tooLong(called: string): UsageError {
  return new UsageError(
    `${called} is longer than ${mostBytes / 1024 / 1024} MiB: it cannot be read.`,
  )
}
