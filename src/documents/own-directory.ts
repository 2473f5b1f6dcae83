/** Directories that only Poolproof writes: new, empty, or marked by an earlier run. */

import fs from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError } from '../model.ts'
import { makeDirectory, removeEmpty } from './directory.ts'
import { asFileError, FileError } from './file-error.ts'
import { isRunning, thisProcess, type RunningProcess } from './running-process.ts'
import { unfinished, writeWholeFiles } from './whole-file.ts'

/** The file by which a directory is recognised as ours. */
export const markFile = '.poolproof-directory'

/** The file that says which process is writing at the moment. */
const lockFile = '.poolproof-lock'

const markText =
  'Poolproof writes this directory and replaces its files without asking.\n' +
  'Keep nothing else in it.\n'

/** Readable by the owner only, like the files in it. */
const directoryMode = 0o700

/** A directory that this process may write until it is released. */
export interface OwnDirectory {
  /** Absolute, with symbolic links resolved. */
  readonly path: string
  /** The uppermost directory that had to be made, if one had. */
  readonly made?: string
  /**
   * Writes these files, all or none, in this order, readable by the owner only. A directory that was
   * removed meanwhile is made again.
   *
   * @throws {FileError} When one cannot be written: the disk is full, the directory is somebody else's by now.
   */
  write(files: readonly (readonly [name: string, contents: string | Uint8Array])[]): void
  /**
   * A directory in this one, made if it is missing.
   *
   * @throws {FileError} When a file or a symbolic link has its name: what a link points to is not ours.
   */
  subdirectory(name: string): string
  /** Lets other runs use the directory. It stays marked. May be called more than once. */
  release(): void
  /** Releases the directory and, if nothing was written into it, leaves it as it was before it was claimed. */
  abandon(): void
}

/**
 * Takes a directory for this process, and makes it if it is missing. Nothing is written into one that
 * is not ours.
 *
 * @param option - The command-line option by which another directory can be named: `--report`.
 * @throws {UsageError} When it holds anything and does not bear our mark, when a running process has
 *   taken it, or when it cannot be made or written.
 */
export function claimDirectory(directory: string, option: string): OwnDirectory {
  try {
    const made = makeDirectory(directory, directoryMode)
    const path = fs.realpathSync(resolve(directory))
    const wasMarked = isMarked(path)
    take(path)
    for (const name of fs.readdirSync(path)) {
      if (unfinished.test(name)) fs.rmSync(join(path, name), { force: true })
    }
    const before = { wasMarked, ...(made === undefined ? {} : { made: fs.realpathSync(made) }) }
    return { path, ...(made === undefined ? {} : { made }), ...operationsOf(path, before) }
  } catch (error) {
    const plain = asFileError(error, directory)
    if (!(plain instanceof FileError)) throw error
    throw new UsageError(`${plain.message} Name a new or an empty directory with ${option}.`)
  }
}

/** Does a directory bear our mark? A symbolic link of that name is none. */
export function isMarked(directory: string): boolean {
  return fs.lstatSync(join(directory, markFile), { throwIfNoEntry: false })?.isFile() ?? false
}

/** What there was before a directory was claimed. */
interface Before {
  readonly wasMarked: boolean
  /** The uppermost directory that had to be made. */
  readonly made?: string
}

function operationsOf(path: string, before: Before): Omit<OwnDirectory, 'path' | 'made'> {
  const release = () => {
    if (holderOf(path) === describedHere()) fs.rmSync(join(path, lockFile), { force: true })
  }
  return {
    write(files) {
      retake(path)
      writeWholeFiles(path, files)
    },
    subdirectory(name) {
      retake(path)
      const below = join(path, name)
      const found = fs.lstatSync(below, { throwIfNoEntry: false })
      if (found?.isDirectory() === false) throw new FileError(below, 'ENOTDIR')
      if (!found) makeDirectory(below, directoryMode)
      return below
    },
    release,
    abandon() {
      release()
      removeUnused(path, before)
    },
  }
}

/** Only empty directories are removed, so nothing can be lost. */
function removeUnused(path: string, { wasMarked, made }: Before): void {
  try {
    const names = fs.readdirSync(path)
    if (wasMarked || names.length !== 1 || names[0] !== markFile) return
    fs.rmSync(join(path, markFile))
    if (made !== undefined) removeEmpty(path, made)
  } catch {
    // Another process has removed it.
  }
}

/** Before each write: the directory may have been removed, and another may be in its place. */
function retake(path: string): void {
  try {
    makeDirectory(path, directoryMode)
    if (holderOf(path) !== describedHere() || !isMarked(path)) take(path)
  } catch (error) {
    throw asFileError(error, path)
  }
}

/** @throws {FileError} When it is not ours to write. */
function take(path: string): void {
  assertOurs(path)
  lock(path)
  if (!isMarked(path)) writeWholeFiles(path, [[markFile, markText]])
}

function assertOurs(path: string): void {
  const names = fs.readdirSync(path).filter((name) => name !== lockFile && !unfinished.test(name))
  if (names.length === 0 || isMarked(path)) return
  const some = names.toSorted().slice(0, 3)
  const more = names.length > some.length ? ` and ${names.length - some.length} more` : ''
  throw new FileError(
    path,
    'ENOTOURS',
    `it has files that Poolproof did not write (${some.join(', ')}${more}), and no file ${markFile}`,
  )
}

/** Created exclusively, so that of two runs that start together one is refused. */
function lock(path: string): void {
  const file = join(path, lockFile)
  for (const isLast of [false, true]) {
    try {
      fs.writeFileSync(file, describedHere(), { flag: 'wx', mode: 0o600 })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = read(holderOf(path))
    if (isLast || isRunning(holder) !== false) {
      const { id = 'unknown', host = 'unknown' } = holder
      throw new FileError(
        path,
        'EINUSE',
        `process ${id} on the machine ${host} is writing to it. If that process has ended, remove ${file}`,
      )
    }
    fs.rmSync(file, { force: true })
  }
}

function describedHere(): string {
  return JSON.stringify(thisProcess())
}

function holderOf(path: string): string | undefined {
  try {
    return fs.readFileSync(join(path, lockFile), 'utf8')
  } catch {
    return undefined
  }
}

function read(text = ''): Partial<RunningProcess> {
  try {
    return Object(JSON.parse(text)) as Partial<RunningProcess>
  } catch {
    return {}
  }
}
