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

test('what is no regular file is said, and what is not there as the system says it', () => {
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
      ['a report', () => readReport(pipe)],
    ])('%s', async (_what, read) => {
      const error = await Promise.resolve()
        .then(() => read())
        .catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(UsageError)
      expect((error as Error).message).toMatch(/pipe\.json.* a device, and no regular file/)
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
  ['deep.yaml', '['.repeat(300_000), 'deep'],
  ['aliases.yaml', aliases(), 'alias'],
])('what no file of ours needs is a fault of the file: %s', async (name, text, why) => {
  const file = join(folder, name)
  await writeFile(file, text)
  const error = await readTarget(file).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UsageError)
  expect((error as Error).message).toContain(why)
})
