/** Directories that are made step by step, and removed again when they are empty. */

import { mkdirSync, mkdtempSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * Makes a directory and those above it that are missing.
 *
 * Not by `recursive: true`, which on Node 20 tries for ever below a directory that takes no entries,
 * as `/proc` takes none.
 *
 * @param mode - Of the directory itself; those above it are made as usual.
 * @returns the uppermost directory that had to be made, if one had.
 * @throws {Error} What the file system says, with its code: `EEXIST` or `ENOTDIR` where a file is in the way.
 */
export function makeDirectory(path: string, mode?: number): string | undefined {
  const whole = resolve(path)
  if (statSync(whole, { throwIfNoEntry: false })?.isDirectory() === true) return undefined
  const above = dirname(whole) === whole ? undefined : makeDirectory(dirname(whole))
  mkdirSync(whole, mode)
  return above ?? whole
}

/**
 * Tries whether files can be written into a directory, and leaves nothing behind.
 *
 * @throws {Error} What the file system says, with its code.
 */
export function tryDirectory(path: string): void {
  const made = makeDirectory(path)
  rmdirSync(mkdtempSync(join(path, '.poolproof-')))
  if (made !== undefined) removeEmpty(resolve(path), made)
}

/** Removes empty directories from one upward; stops at the first that is not empty. */
export function removeEmpty(path: string, uppermost: string): void {
  for (let empty = path; rmdirIfEmpty(empty) && empty !== uppermost; empty = dirname(empty))
    continue
}

/** @returns whether it was removed. */
export function rmdirIfEmpty(path: string): boolean {
  try {
    rmdirSync(path)
    return true
  } catch {
    return false
  }
}

/** Removes a file that is of no more use. One that cannot be removed stays: nothing depends on that. */
export function removeIfPossible(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // A directory on its path is a file by now, or takes no changes.
  }
}
