/** Lines at the end of a file: whole, or not at all. */

import { fstatSync, ftruncateSync, writeSync } from 'node:fs'

/**
 * Appends a line. What a full disk has taken of it is removed again, so that the next line begins a line.
 *
 * @param descriptor - Of a file that is open for appending, and that no other process writes.
 * @param write - Returns how many bytes it has written, as `writeSync` does: not always all of them.
 * @throws {Error} Of the file system, when it is not written.
 */
export function appendLine(
  descriptor: number,
  line: string,
  write: (descriptor: number, bytes: Buffer) => number = writeSync,
): void {
  const { size } = fstatSync(descriptor)
  try {
    let rest = Buffer.from(`${line}\n`)
    while (rest.length > 0) rest = rest.subarray(write(descriptor, rest))
  } catch (error) {
    ftruncateSync(descriptor, size)
    throw error
  }
}
