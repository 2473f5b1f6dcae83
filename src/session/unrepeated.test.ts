/** Files that are wrong: messages say where and what was expected, and repeat nothing that may be a secret. */

import {
  chownSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { secretsOf } from '../credentials/secrets.ts'
import { mostBytes } from '../documents/limited-file.ts'
import { UsageError } from '../model.ts'
import { configFor } from './config-file.ts'
import { readTarget } from './target-file.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolproof-files-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const secret = 'gAAAAABmZ3kQ9wZ7xR2mTtQ7xw4ixOnAhuc8J'

const elb = {
  name: 'staging',
  dialect: 'elb',
  endpoint: 'http://127.0.0.1:9',
  auth: { token: { env: 'STAGING_TOKEN' } },
  given: { subnetId: 's', addresses: ['192.0.2.10'] },
}

let written = 0

/** What is said of a target file, when it is read and its secrets are looked up. */
async function saidOf(content: unknown, ending = 'json'): Promise<string> {
  const file = join(folder, `target-${(written += 1)}.${ending}`)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  const told = await readTarget(file)
    .then((target) => secretsOf(target, {}))
    .catch((error: unknown) => error)
  expect(told).toBeInstanceOf(UsageError)
  return (told as UsageError).message
}

describe('a secret in a file that is wrong is not repeated', () => {
  const files: readonly [string, string, unknown, string, string?][] = [
    ['JSON', 'line 2, column 14', `{"auth":\n {"token": { x "${secret}"}`, 'is not JSON'],
    [
      'JSON that ends',
      'column 28, the end',
      `{"auth":{"token":"${secret.slice(0, 8)}"`,
      'is not JSON',
    ],
    ['YAML', 'line 3', `auth:\n  token: ${secret}\n bad: [\n`, 'is not YAML', 'yaml'],
    ['a YAML alias', 'stands for nothing', `auth:\n  token: *${secret}\n`, 'aliases', 'yaml'],
    ['a YAML tag', 'is not a target', `auth:\n  token: !${secret} a\n`, 'has no "name"', 'yaml'],
    ['a YAML string', 'line 4', `auth:\n  token: "${secret}\nname: x\n`, 'is not YAML', 'yaml'],
    ['a YAML key', 'is not a target', `auth: {token: {[${secret}]: 1}}`, 'has no "name"', 'yaml'],
    [
      'a key',
      'auth.token has an unknown key',
      { ...elb, auth: { token: { [secret]: 1 } } },
      'env, file',
    ],
    [
      'a variable with signs',
      'auth.token.env',
      { ...elb, auth: { token: { env: `${secret}/+` } } },
      'expected the name',
    ],
    ['a variable', 'auth.token', { ...elb, auth: { token: { env: secret } } }, 'is not set'],
    [
      'a variable in capitals',
      'auth.token',
      { ...elb, auth: { token: { env: 'HPUAUSZ8TEBQIHHOMVZE' } } },
      'is not set',
    ],
    ['a file', 'auth.token', { ...elb, auth: { token: { file: secret } } }, 'does not exist'],
    [
      'an endpoint with a query',
      'endpoint',
      { ...elb, endpoint: `http://h/p?token=${secret}` },
      'is "http://h/p"',
    ],
    ['a short query', 'endpoint', { ...elb, endpoint: 'http://h/?token=gAAAAA' }, 'is "http://h/"'],
    [
      'an endpoint with a user',
      'endpoint',
      { ...elb, endpoint: 'http://u:gAAAAA/+@h?' },
      'is "http://h"',
    ],
    [
      'a wrong port',
      'endpoint',
      { ...elb, endpoint: 'http://u:gAAAAA@h:99999' },
      'address: "http://h:99999"',
    ],
    ['in the place of an endpoint', 'endpoint', { ...elb, endpoint: secret }, 'expected an http'],
  ]

  test.each(files)('%s', async (_what, place, content, expected, ending) => {
    const said = await saidOf(content, ending)
    expect(said).toContain(place)
    expect(said).toContain(expected)
    expect(said).not.toMatch(/gAAAAA|HPUAUSZ/)
  })

  test('but the usual names of variables and files are', async () => {
    expect(await saidOf(elb)).toContain('export STAGING_TOKEN=…')
    const file = { ...elb, auth: { token: { file: 'secrets/iam-password' } } }
    expect(await saidOf(file)).toContain('secrets/iam-password does not exist')
  })

  test('a configuration that is not JSON', () => {
    const home = join(folder, 'broken')
    mkdirSync(home)
    writeFileSync(join(home, 'poolproof.config.json'), `{"run":{"target":["${secret}`)
    expect(() => configFor(home)).toThrow('unexpected end of string at line 1, column 19')
    expect(() => configFor(home)).not.toThrow(secret)
  })
})

describe('a file that is too large', () => {
  const deep = 300_000
  const lines = Array.from('bcdefghij', (one, at) => {
    const before = 'abcdefghi'[at] ?? ''
    return `${one}: &${one} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`
  })
  const files: readonly [string, string, string, string][] = [
    ['JSON of many levels', 'json', '['.repeat(deep), 'more than 64 levels deep'],
    ['closed JSON of many levels', 'json', '['.repeat(99) + ']'.repeat(99), 'more than 64 levels'],
    ['YAML of many levels', 'yaml', '['.repeat(deep), 'more than 64 levels deep'],
    ['YAML keys of many levels', 'yaml', '? '.repeat(20_000), 'more than 64 levels deep'],
    ['YAML lists of many levels', 'yaml', '- '.repeat(20_000), 'more than 64 levels deep'],
    ['YAML that contains itself', 'yaml', 'a: &a [*a]', 'more than 64 levels deep'],
    ['YAML that repeats itself', 'yaml', `a: &a [x]\n${lines.join('\n')}\n`, 'repeats too much'],
    ['a long name', 'json', `{"name":"${'x'.repeat(mostBytes)}"}`, 'is longer than 4 MiB'],
  ]

  test.each(files)('%s', async (_what, ending, content, expected) => {
    const said = await saidOf(content, ending)
    expect(said).toContain(expected)
    expect(said.length).toBeLessThan(400)
  })

  test('a configuration', () => {
    const file = join(folder, 'large.config.json')
    writeFileSync(file, ' '.repeat(mostBytes + 1))
    expect(() => configFor(folder, file)).toThrow('is longer than 4 MiB')
  })
})

function configIn(name: string): string {
  const home = join(folder, name)
  mkdirSync(join(home, 'below'), { recursive: true })
  writeFileSync(join(home, 'poolproof.config.json'), '{"run":{"seed":3}}')
  return home
}

describe('a configuration that was found', () => {
  const other = 12_345
  const user = process.getuid?.() ?? other

  /** @returns who asks: somebody to whom what is owned by `other`, or by the user of this test, is foreign. */
  function foreign(own: (uid: number) => void): number {
    if (user !== 0) return user + 1
    own(other)
    return user
  }

  test('is used where it is the user’s own, or root’s', () => {
    const home = configIn('own')
    expect(configFor(join(home, 'below'))?.run).toEqual({ seed: 3 })
  })

  test('is not used where it is somebody else’s, unless it is named', () => {
    const home = configIn('foreign')
    const file = join(home, 'poolproof.config.json')
    const asking = foreign((uid) => chownSync(file, uid, uid))
    for (const directory of [home, join(home, 'below')]) {
      expect(() => configFor(directory, undefined, asking)).toThrow(UsageError)
      expect(() => configFor(directory, undefined, asking)).toThrow(
        `The configuration ${file} belongs to another user`,
      )
    }
    expect(configFor(home, file, asking)?.run).toEqual({ seed: 3 })
  })

  test('is not used where somebody else’s link leads to it', () => {
    const home = configIn('linked')
    const link = join(home, 'below', 'poolproof.config.json')
    symlinkSync(join(home, 'poolproof.config.json'), link)
    const asking = foreign((uid) => lchownSync(link, uid, uid))
    expect(() => configFor(join(home, 'below'), undefined, asking)).toThrow('belongs to another')
  })

  test.skipIf(process.platform === 'win32')(
    'is a file, and not a pipe that nobody writes to',
    () => {
      const home = join(folder, 'pipe')
      mkdirSync(home)
      execFileSync('mkfifo', [join(home, 'poolproof.config.json')])
      expect(() => configFor(home)).toThrow('not a regular file')
    },
  )
})
