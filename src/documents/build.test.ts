import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { build, digestOf } from './build.ts'
import { folderForTest } from './folder-for-test.ts'

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = folderForTest('build')
  mkdirSync(join(folder, 'a'))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  return folder
}

const files = { 'a/one.js': '1', 'two.json': '2', 'three.md': '3' }

test('the same files give the same digest, wherever they are', () => {
  const digest = digestOf([folderWith(files)])
  expect(digest).toMatch(/^[0-9a-f]{16}$/)
  expect(digestOf([folderWith(files)])).toBe(digest)
  expect(digestOf([folderWith({ ...files, 'three.md': 'other' })])).toBe(digest)
})

test.each([{ 'a/one.js': 'x' }, { 'two.json': 'x' }, { 'a/more.js': '' }])(
  'other code is another build: %j',
  (change) => {
    expect(digestOf([folderWith({ ...files, ...change })])).not.toBe(digestOf([folderWith(files)]))
  },
)

test('what is not in the package does not count', () => {
  const digest = digestOf([folderWith(files)])
  expect(digestOf([folderWith({ ...files, 'a/more.js': '' })], ['a/more.js'])).toBe(digest)
})

test('the sources are no build', () => {
  expect(build()).toBeUndefined()
})
