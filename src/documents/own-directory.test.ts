import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { UsageError } from '../model.ts'
import { FileError } from './file-error.ts'
import { folderForTest } from './folder-for-test.ts'
import { claimDirectory, isMarked, markFile } from './own-directory.ts'

let folder: string
beforeEach(() => {
  folder = folderForTest('own-directory')
})

const at = (name: string) => join(folder, name)
const claim = (name: string) => claimDirectory(at(name), '--report')

describe('a directory is claimed', () => {
  test('when it is new: it is made, marked, and readable by the owner only', () => {
    const { path, made } = claim('a/b')
    expect(path).toBe(at('a/b'))
    expect(made).toBe(at('a'))
    expect(isMarked(path)).toBe(true)
    expect(statSync(path).mode & 0o777).toBe(0o700)
  })

  test('when it is empty', () => {
    mkdirSync(at('a'))
    expect(claim('a').made).toBeUndefined()
    expect(isMarked(at('a'))).toBe(true)
  })

  test('when an earlier run marked it, whatever is in it', () => {
    const earlier = claim('a')
    earlier.write([['index.html', 'old']])
    earlier.release()
    claim('a').write([['index.html', 'new']])
    expect(readFileSync(at('a/index.html'), 'utf8')).toBe('new')
  })

  test('through a symbolic link to one that is ours', () => {
    claim('a').release()
    symlinkSync(at('a'), at('link'))
    expect(claim('link').path).toBe(at('a'))
  })

  test('after a run that was killed, whose unfinished files are removed', () => {
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    claim('a').release()
    writeFileSync(at('a/.poolproof-lock'), JSON.stringify({ id: pid, host: hostname() }))
    writeFileSync(at('a/.poolproof-0123456789abcdef.partial'), 'half')
    const { path } = claim('a')
    expect(readdirSync(path).toSorted()).toEqual([markFile, '.poolproof-lock'])
  })
})

describe('a directory is refused, and nothing in it is touched,', () => {
  test.each([
    'index.html',
    'summary.md',
    'junit.xml',
    'conformance.json',
    '.git',
    'allure-results',
  ])('when it has a %s of somebody else', (name) => {
    mkdirSync(at('a'))
    writeFileSync(at(`a/${name}`), 'theirs')
    expect(() => claim('a')).toThrow(UsageError)
    expect(() => claim('a')).toThrow(
      `${at('a')} cannot be written: it has files that Poolproof did not write (${name}), and no file ${markFile}. Name a new or an empty directory with --report.`,
    )
    expect(readdirSync(at('a'))).toEqual([name])
    expect(readFileSync(at(`a/${name}`), 'utf8')).toBe('theirs')
  })

  test('when it is that through a symbolic link', () => {
    mkdirSync(at('theirs'))
    writeFileSync(at('theirs/index.html'), 'theirs')
    symlinkSync(at('theirs'), at('a'))
    expect(() => claim('a')).toThrow('did not write (index.html)')
    expect(readdirSync(at('theirs'))).toEqual(['index.html'])
  })

  test('when the mark is a symbolic link', () => {
    mkdirSync(at('a'))
    writeFileSync(at('marked'), '')
    symlinkSync(at('marked'), at(`a/${markFile}`))
    expect(() => claim('a')).toThrow('did not write')
  })

  test('when a running process has it', () => {
    claim('a')
    expect(() => claim('a')).toThrow(
      `process ${process.pid} on the machine ${hostname()} is writing to it. If that process has ended, remove ${at('a/.poolproof-lock')}.`,
    )
  })

  test.each(['', '{', 'null', '[]', '{"id":"x"}'])('when it is unknown who has it: %j', (text) => {
    claim('a').release()
    writeFileSync(at('a/.poolproof-lock'), text)
    expect(() => claim('a')).toThrow('process')
    expect(() => claim('a')).toThrow(UsageError)
  })

  test('when a file is in its place', () => {
    writeFileSync(at('a'), 'theirs')
    expect(() => claim('a')).toThrow(
      /cannot be written: a file is where a directory should be \(EEXIST\)\. Name a new/,
    )
    expect(() => claim('a/b')).toThrow(UsageError)
  })
})

describe('what is written later', () => {
  test('is written although the directory was removed meanwhile', () => {
    const own = claim('a')
    rmSync(at('a'), { recursive: true })
    own.write([['index.html', 'new']])
    expect(readFileSync(at('a/index.html'), 'utf8')).toBe('new')
    expect(isMarked(at('a'))).toBe(true)
    expect(statSync(at('a/index.html')).mode & 0o777).toBe(0o600)
  })

  test('is not written into a directory that somebody has put in its place', () => {
    const own = claim('a')
    rmSync(at('a'), { recursive: true })
    mkdirSync(at('a'))
    writeFileSync(at('a/index.html'), 'theirs')
    expect(() => own.write([['index.html', 'ours']])).toThrow(FileError)
    expect(readFileSync(at('a/index.html'), 'utf8')).toBe('theirs')
  })

  test('replaces a symbolic link in it, and not what that points to', () => {
    const own = claim('a')
    writeFileSync(at('theirs'), 'theirs')
    symlinkSync(at('theirs'), at('a/index.html'))
    own.write([['index.html', 'ours']])
    expect(readFileSync(at('theirs'), 'utf8')).toBe('theirs')
  })

  test('never goes through a subdirectory that is a symbolic link', () => {
    const own = claim('a')
    mkdirSync(at('theirs'))
    symlinkSync(at('theirs'), at('a/allure-results'))
    expect(() => own.subdirectory('allure-results')).toThrow(FileError)
    expect(own.subdirectory('journal')).toBe(at('a/journal'))
    expect(own.subdirectory('journal')).toBe(at('a/journal'))
  })

  test('can be nothing: then everything is as it was before', () => {
    mkdirSync(at('empty'))
    for (const name of ['a/b/c', 'empty']) claim(name).abandon()
    expect(readdirSync(folder)).toEqual(['empty'])
    expect(readdirSync(at('empty'))).toEqual([])
  })

  test('stays when the directory is abandoned', () => {
    const own = claim('a/b')
    own.write([['x', 'written']])
    own.abandon()
    claim('a/b').abandon()
    expect(readdirSync(at('a/b'))).toEqual([markFile, 'x'])
  })

  test('does not hinder the next run once the directory is released', () => {
    const own = claim('a')
    own.release()
    own.release()
    claim('a').write([['x', 'next']])
    expect(readFileSync(at('a/x'), 'utf8')).toBe('next')
  })
})
