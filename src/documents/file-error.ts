/** What the file system refuses, as one plain sentence. */

const causes: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file is where a directory should be',
  EFBIG: 'the file would be too large',
  EIO: 'the device reports an error',
  EISDIR: 'a directory is where a file should be',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'the directory does not exist',
  ENOSPC: 'no space is left on the device',
  ENOTDIR: 'a file is where a directory should be',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
}

/** A file or directory that could not be written. */
export class FileError extends Error {
  override readonly name = 'FileError'
  /** As Node.js gives it, `ENOSPC`; or one of ours: `ENOTOURS`, `EINUSE`. */
  readonly code: string
  readonly path: string

  /** @param reason - Where the code alone does not say it. */
  constructor(path: string, code: string, reason = `${causes[code] ?? 'unknown cause'} (${code})`) {
    super(`${path} cannot be written: ${reason}.`)
    this.code = code
    this.path = path
  }
}

/**
 * The same error as a `FileError` if it came from the file system; any other error unchanged.
 *
 * @param path - What was to be written, in the words of the reader: not a temporary name.
 */
export function asFileError(error: unknown, path: string): unknown {
  if (error instanceof FileError) return error
  const { code, syscall } = error as NodeJS.ErrnoException
  return code === undefined || syscall === undefined ? error : new FileError(path, code)
}
