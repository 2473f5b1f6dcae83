import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { makeDirectory, removeEmpty, tryDirectory } from './directory.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolproof-directory-'))
})

describe('makeDirectory', () => {
  test('makes what is missing and names the uppermost', () => {
    expect(makeDirectory(join(folder, 'a/b/c'))).toBe(join(folder, 'a'))
    expect(statSync(join(folder, 'a/b/c')).isDirectory()).toBe(true)
  })

  test('makes nothing where there is one', () => {
    expect(makeDirectory(folder)).toBeUndefined()
  })

  test('says that a file is in the way', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => makeDirectory(join(folder, 'file'))).toThrow('EEXIST')
    expect(() => makeDirectory(join(folder, 'file/below'))).toThrow(/EEXIST|ENOTDIR/)
  })

  test.runIf(process.platform === 'linux')('gives up where nothing can be made', () => {
    expect(() => makeDirectory('/proc/poolproof/report')).toThrow(/ENOENT|EACCES/)
  })
})

describe('tryDirectory', () => {
  test('leaves nothing behind', () => {
    tryDirectory(join(folder, 'a/b'))
    tryDirectory(folder)
    expect(readdirSync(folder)).toEqual([])
  })

  test('says that a file is in the way', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => tryDirectory(join(folder, 'file/below'))).toThrow(/EEXIST|ENOTDIR/)
  })
})

test('removeEmpty stops at a directory that is not empty', () => {
  makeDirectory(join(folder, 'a/b/c'))
  writeFileSync(join(folder, 'a/file'), '')
  removeEmpty(join(folder, 'a/b/c'), folder)
  expect(readdirSync(join(folder, 'a'))).toEqual(['file'])
})
