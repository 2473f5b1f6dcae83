/** Files that appear whole or not at all. */

import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { FileError, asFileError } from './file-error.ts'

/** Only the owner may read it: evidence can hold what no one else should see. */
export const evidenceMode = 0o600

/** Names of files that were not finished; a killed process can leave one. */
export const unfinished = /^\.poolproof-[0-9a-f]{16}\.partial$/

/** A new name for a file that is being written. */
export function partialName(): string {
  return `.poolproof-${randomBytes(8).toString('hex')}.partial`
}

/**
 * Writes one file in a single step for every reader: the old contents or the new, never a part.
 *
 * A symbolic link at `path` is replaced; what it points to is not touched.
 *
 * @param mode - Readable by the owner only unless stated otherwise.
 * @throws {FileError} When it cannot be written. Then the old file is as it was.
 */
export function writeWholeFile(path: string, contents: string | Uint8Array, mode?: number): void {
  writeWholeFiles(dirname(path), [[basename(path), contents]], mode)
}

/**
 * Writes several files of one directory. All are complete on the disk before the first one appears,
 * and they appear in the order given: put the one that programs wait for last.
 *
 * @param files - Plain names, without a directory in them.
 * @throws {FileError} When one cannot be written. If the disk is full, no file has changed.
 */
export function writeWholeFiles(
  directory: string,
  files: readonly (readonly [name: string, contents: string | Uint8Array])[],
  mode: number = evidenceMode,
): void {
  const begun: { readonly partial: string; readonly path: string }[] = []
  let path = directory
  try {
    for (const [name, contents] of files) {
      assertPlain(name)
      path = join(directory, name)
      const partial = join(directory, partialName())
      begun.push({ partial, path })
      writeNew(partial, contents, mode)
    }
    for (const one of begun) {
      path = one.path
      assertReplaceable(path)
    }
    for (const one of begun) {
      path = one.path
      fs.renameSync(one.partial, one.path)
    }
  } catch (error) {
    for (const { partial } of begun) removeIfThere(partial)
    throw asFileError(error, path)
  }
}

function assertPlain(name: string): void {
  if (name !== '' && name === basename(name) && name !== '.' && name !== '..') return
  throw new Error(`${JSON.stringify(name)} is not the plain name of a file.`)
}

/** Found out before the first file appears, so that all of them appear or none. */
function assertReplaceable(path: string): void {
  const found = fs.lstatSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory()) throw new FileError(path, 'EISDIR')
}

/** `wx`: never into a file or through a link that somebody put there before. */
function writeNew(path: string, contents: string | Uint8Array, mode: number): void {
  const file = fs.openSync(path, 'wx', mode)
  try {
    fs.writeFileSync(file, contents)
    fs.fsyncSync(file)
  } finally {
    fs.closeSync(file)
  }
}

function removeIfThere(path: string): void {
  try {
    fs.rmSync(path, { force: true })
  } catch {
    // The directory is gone or read-only: then nothing more can be done about it.
  }
}
