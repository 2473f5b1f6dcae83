import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { appendLine } from './appended-line.ts'
import { folderForTest } from './folder-for-test.ts'

function opened(): { readonly file: string; readonly descriptor: number } {
  const file = join(folderForTest('appended'), 'lines')
  const descriptor = openSync(file, 'a')
  onTestFinished(() => closeSync(descriptor))
  return { file, descriptor }
}

const oneByte = (to: number, bytes: Buffer) => writeSync(to, bytes.subarray(0, 1))

test('what the system writes in parts is one line', () => {
  const { file, descriptor } = opened()
  for (const line of ['first', 'größer']) appendLine(descriptor, line, oneByte)
  expect(readFileSync(file, 'utf8')).toBe('first\ngrößer\n')
})

test('a line that a full disk cuts off is taken back, and the next one begins a line', () => {
  const { file, descriptor } = opened()
  appendLine(descriptor, 'first')
  let calls = 0
  const full = (to: number, bytes: Buffer) => {
    if (calls > 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    calls += 1
    return writeSync(to, bytes.subarray(0, 3))
  }
  expect(() => appendLine(descriptor, 'second', full)).toThrow('no space left')
  appendLine(descriptor, 'third')
  expect(readFileSync(file, 'utf8')).toBe('first\nthird\n')
})
