import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { secretsOf } from '../credentials/secrets.ts'
import { readReport } from '../report/read-report.ts'
import { configFor } from '../session/config-file.ts'
import { readTarget } from '../session/target-file.ts'
import { readWaivers } from '../session/waivers-file.ts'
import { referenceTarget } from '../reference/embedded.ts'
import { UsageError } from '../model.ts'
import { valueOf } from './read-text.ts'
import { textOfFile } from './regular-file.ts'

const isWindows = process.platform === 'win32'
let folder: string
let pipe: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolproof-regular-'))
  pipe = join(folder, 'pipe.json')
  if (!isWindows) execFileSync('mkfifo', [pipe])
})

afterAll(() => rm(folder, { recursive: true }))

test('a regular file is read, also through a link', async () => {
  await writeFile(join(folder, 'plain'), 'text')
  await symlink(join(folder, 'plain'), join(folder, 'link'))
  expect([textOfFile(join(folder, 'plain')), textOfFile(join(folder, 'link'))]).toEqual([
    'text',
    'text',
  ])
})

test('what is not a regular file is said, and what is not there as the system says it', () => {
  expect(() => textOfFile(folder)).toThrow('EISDIR')
  expect(() => textOfFile(join(folder, 'nowhere'))).toThrow('ENOENT')
})

describe.skipIf(isWindows)(
  'a pipe that nobody writes to ends the program with a sentence, in the place of',
  () => {
    const target = referenceTarget('elb', 'http://127.0.0.1:1', { asynchronousMilliseconds: 0 })

    test.each<[string, () => unknown]>([
      ['a target file', () => readTarget(pipe)],
      ['a secret', () => secretsOf({ ...target, auth: { token: { file: pipe } } } as never, {})],
      ['a configuration', () => configFor(folder, pipe)],
      ['a file of waivers', () => readWaivers(pipe)],
      ['a report', () => readReport(pipe, expect.unreachable)],
    ])('%s', async (_what, read) => {
      const error = await Promise.resolve()
        .then(() => read())
        .catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(UsageError)
      expect((error as Error).message).toMatch(/pipe\.json.* a device, not a regular file/)
    })
  },
)

function line(name: string, of: string): string {
  return `${name}: &${name} [${Array(9).fill(of).join()}]`
}

/** Each line stands for nine of the line before it. */
function aliases(): string {
  const names = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
  return [line('a', 'x'), ...names.map((name, at) => line(name, `*${['a', ...names][at]}`))].join(
    '\n',
  )
}

test.each([
  ['deep.json', '['.repeat(300_000), 'more than 64 levels deep'],
  ['objects.json', '{"a":'.repeat(300_000), 'more than 64 levels deep'],
  ['deep.yaml', '['.repeat(300_000), 'more than 64 levels deep'],
  ['objects.yaml', '{a: '.repeat(300_000), 'more than 64 levels deep'],
  ['aliases.yaml', aliases(), 'alias'],
])('what no file of ours needs is a fault of the file: %s', async (name, text, why) => {
  const file = join(folder, name)
  await writeFile(file, text)
  const error = await readTarget(file).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UsageError)
  expect((error as Error).message).toContain(why)
})

test.each([
  ['{"name": "[[[{{{", "other": ["]"]}', 'x.json'],
  [`name: "[[[" # [[[\nother: |\n  ${'['.repeat(100)}\nplain: a${'['.repeat(100)}\n`, 'x.yaml'],
])('brackets inside texts and comments are no levels: %s', (text, name) => {
  expect(valueOf(text, name)).toBeTypeOf('object')
})

/** Reads a deep file after more and more of the stack was used. */
const atEveryDepth = `
  import { valueOf } from ${JSON.stringify(new URL('../../dist/src/documents/read-text.js', import.meta.url))}
  const text = '['.repeat(300_000)
  const read = (levels) => levels > 0 ? [read(levels - 1)] : valueOf(text, 'x.yaml')
  for (let levels = 0; levels < 12_000; levels += 1_000) try { read(levels) } catch {}
  console.log('still there')
`

test('a deep file does not end the program, however little of the stack is left', () => {
  // Where a parser calls itself for each level, Node.js ends: an expression is compiled with no room left.
  const words = ['--input-type=module', '--eval', atEveryDepth]
  expect(execFileSync(process.execPath, words, { encoding: 'utf8' })).toBe('still there\n')
})
