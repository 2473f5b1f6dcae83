import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { streams } from './streams.ts'

const source = fileURLToPath(new URL('..', import.meta.url))

test('no other file writes to standard output or standard error', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  const writers = files.filter(
    (file) =>
      file.endsWith('.ts') &&
      !file.endsWith('.test.ts') &&
      /process\.std(?:out|err)\.write|console\.\w+\(/.test(
        readFileSync(join(source, file), 'utf8'),
      ),
  )
  expect(writers).toEqual([join('commands', 'streams.ts')])
})

test.each(['stdout', 'stderr'] as const)('%s shows what a target hides in a message', (name) => {
  const write = vi.spyOn(process[name], 'write').mockReturnValue(true)
  streams[name]('\u001b[2J\n::error::x\n')
  const [[text] = []] = write.mock.calls
  write.mockRestore()
  expect(text).toBe('\\u001b[2J\n\\u003a:error::x\n')
})
