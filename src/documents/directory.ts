/** Directories made step by step. */

import { mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

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
