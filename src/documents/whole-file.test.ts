import { spawnSync } from 'node:child_process'
import fs, {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { FileError } from './file-error.ts'
import { writeWholeFile, writeWholeFiles } from './whole-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolproof-whole-file-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const at = (name: string) => join(folder, name)
const text = (name: string) => readFileSync(at(name), 'utf8')

/** What a file that is written from now on fails with. */
function failing(code: string, after = 0): void {
  const write = fs.writeFileSync
  let before = 0
  vi.spyOn(fs, 'writeFileSync').mockImplementation((...all) => {
    if ((before += 1) > after) throw Object.assign(new Error(code), { code, syscall: 'write' })
    write(...all)
  })
}

describe('writeWholeFile', () => {
  test('writes a new file that only the owner may read', () => {
    writeWholeFile(at('a.json'), '{}')
    expect(text('a.json')).toBe('{}')
    expect(statSync(at('a.json')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['a.json'])
  })

  test('gives an old file the new contents and the new mode', () => {
    writeFileSync(at('a.json'), 'old', { mode: 0o644 })
    writeWholeFile(at('a.json'), 'new')
    expect(text('a.json')).toBe('new')
    expect(statSync(at('a.json')).mode & 0o777).toBe(0o600)
  })

  test('never shows a reader a part: who has the old file open still reads all of it', () => {
    writeFileSync(at('a.json'), 'old')
    const reader = fs.openSync(at('a.json'), 'r')
    writeWholeFile(at('a.json'), 'new and longer')
    expect(fs.readFileSync(reader, 'utf8')).toBe('old')
    fs.closeSync(reader)
  })

  test('replaces a symbolic link, and leaves what it points to', () => {
    writeFileSync(at('theirs'), 'theirs')
    symlinkSync(at('theirs'), at('a.json'))
    writeWholeFile(at('a.json'), 'ours')
    expect(text('theirs')).toBe('theirs')
    expect(text('a.json')).toBe('ours')
    expect(fs.lstatSync(at('a.json')).isSymbolicLink()).toBe(false)
  })

  test('says where and why when the directory does not exist', () => {
    expect(() => writeWholeFile(at('gone/a.json'), '')).toThrow(FileError)
    expect(() => writeWholeFile(at('gone/a.json'), '')).toThrow(
      `${at('gone/a.json')} cannot be written: the directory does not exist (ENOENT).`,
    )
  })
})

describe('writeWholeFiles', () => {
  test.each(['ENOSPC', 'EDQUOT', 'EIO'])('changes no file when one fails with %s', (code) => {
    writeFileSync(at('a'), 'old')
    failing(code, 1)
    const write = () =>
      writeWholeFiles(folder, [
        ['a', 'new'],
        ['b', 'new'],
      ])
    expect(write).toThrow(FileError)
    expect(write).toThrow(`(${code})`)
    expect(readdirSync(folder)).toEqual(['a'])
    expect(text('a')).toBe('old')
  })

  test('changes no file when one of them is a directory', () => {
    writeFileSync(at('a'), 'old')
    mkdirSync(at('b'))
    expect(() =>
      writeWholeFiles(folder, [
        ['a', 'new'],
        ['b', 'new'],
      ]),
    ).toThrow(`${at('b')} cannot be written: a directory is where a file should be (EISDIR).`)
    expect(text('a')).toBe('old')
  })

  test.runIf(process.platform === 'linux')('holds when the system really cuts a file off', () => {
    writeFileSync(at('a'), 'old')
    const module = new URL('whole-file.ts', import.meta.url).pathname
    const built = module.replace('/src/', '/dist/src/').replace(/\.ts$/, '.js')
    const program = `import(${JSON.stringify(built)}).then(({ writeWholeFiles }) => {
      try { writeWholeFiles(${JSON.stringify(folder)}, [['a', 'x'.repeat(100_000)]]) }
      catch (error) { console.log(error.code) }
    })`
    // At most 8 blocks a file.
    const { stdout } = spawnSync('sh', [
      '-c',
      'ulimit -f 8; exec "$0" -e "$1"',
      process.execPath,
      program,
    ])
    expect(String(stdout).trim()).toBe('EFBIG')
    expect(readdirSync(folder)).toEqual(['a'])
    expect(text('a')).toBe('old')
  })

  test('leaves errors that are not the file system’s as they are', () => {
    expect(() => writeWholeFiles(folder, [['../a', '']])).toThrow('is not the plain name of a file')
    expect(() => writeWholeFiles(folder, [['..', '']])).not.toThrow(FileError)
  })

  test.skipIf(process.getuid?.() === 0)('says that permission is missing', () => {
    chmodSync(folder, 0o500)
    expect(() => writeWholeFile(at('a'), '')).toThrow('permission denied (EACCES)')
    chmodSync(folder, 0o700)
  })
})
