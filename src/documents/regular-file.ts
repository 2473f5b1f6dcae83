/** Reads files that others name: a pipe in place of a file must not block the program for ever. */

import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs'

/** It is not a regular file. `code` has what an error of the system has there. */
class NotRegular extends Error {
  override readonly name = 'NotRegular'
  readonly code: string
  readonly syscall = 'read'

  constructor(file: string, isDirectory: boolean) {
    const code = isDirectory ? 'EISDIR' : 'a pipe, a socket or a device, not a regular file'
    super(`${file} cannot be read (${code}).`)
    this.code = code
  }
}

/** The contents of a regular file as text; see `bytesOfFile`. @throws {NodeJS.ErrnoException} */
export function textOfFile(file: string): string {
  return bytesOfFile(file).toString('utf8')
}

/**
 * The contents of a regular file.
 *
 * It is opened without waiting for a writer, and looked at before anything is read.
 *
 * @param accept - Is told what was opened, before anything is read, and throws when it is not to be read.
 * @throws {NodeJS.ErrnoException} With the code of the system; `EISDIR` for a directory, and words for other things
 *   that are not regular files.
 */
export function bytesOfFile(
  file: string,
  accept: (opened: Stats) => void = () => undefined,
): Buffer {
  // Windows has no pipes among its files, and no such flag.
  const { O_RDONLY, O_NONBLOCK = 0 } = constants as Partial<typeof constants>
  const handle = openSync(file, (O_RDONLY ?? 0) | O_NONBLOCK)
  try {
    const status = fstatSync(handle)
    if (!status.isFile()) throw new NotRegular(file, status.isDirectory())
    accept(status)
    return readFileSync(handle)
  } finally {
    closeSync(handle)
  }
}
