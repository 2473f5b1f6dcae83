import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UsageError } from '../model.ts'
import { readTarget } from '../session/target-file.ts'
import type { Target } from '../target.ts'
import { secretsOf } from './secrets.ts'

const elb = {
  name: 'staging-eu',
  dialect: 'elb',
  endpoint: 'https://elb.example.test',
  auth: { token: { env: 'STAGING_TOKEN' } },
  given: { subnetId: 'subnet-1', addresses: ['192.0.2.10'] },
} as const satisfies Target

const slb = {
  name: 'staging-cn',
  dialect: 'slb',
  endpoint: 'https://slb.example.test',
  auth: { accessKeyId: { env: 'KEY_ID' }, accessKeySecret: { env: 'KEY_SECRET' } },
  given: { region: 'cn-hangzhou', serverIds: ['i-1', 'i-2'] },
} as const satisfies Target

describe('from the environment', () => {
  const target: Target = { ...elb, file: 'staging.json' }

  test('secrets are looked up by the key of auth', () => {
    const environment = { KEY_ID: 'id', KEY_SECRET: 's e+c/r=t', PATH: 'x' }
    expect(secretsOf(slb, environment).auth).toEqual({
      values: { accessKeyId: 'id', accessKeySecret: 's e+c/r=t' },
      secrets: ['id', 's e+c/r=t'],
    })
  })

  test.each([
    [{}, 'is not set'],
    [{ STAGING_TOKEN: undefined }, 'is not set'],
    [{ STAGING_TOKEN: '' }, 'is empty'],
  ])('a missing variable is named: %j', (environment, trouble) => {
    const look = () => secretsOf(target, environment)
    expect(look).toThrow(UsageError)
    expect(look).toThrow(
      `The environment variable STAGING_TOKEN ${trouble}. staging.json names it as auth.token; set it before the run: export STAGING_TOKEN=…`,
    )
  })

  test.each(['hunter2\n', ' hunter2', 'hun\r\nter2', 'hunter2é', '\u0000hunter2', ' '])(
    'a value that no header can carry is refused, and not repeated: %j',
    (value) => {
      const look = () => secretsOf(target, { STAGING_TOKEN: value })
      expect(look).toThrow(UsageError)
      expect(look).toThrow('STAGING_TOKEN contains a line break, a blank at an end')
      expect(look).not.toThrow('hunter2')
    },
  )

  test('a target without a file is named by its name', () => {
    expect(() => secretsOf(elb, {})).toThrow('staging-eu names it as auth.token')
  })

  test('a password may have any characters, and plain values are not secrets', () => {
    const auth = { iam: 'https://iam.test', user: 'ops', domain: 'd', project: 'p' } as const
    const password = { ...elb, auth: { ...auth, password: { env: 'PW' } } }
    expect(secretsOf(password, { PW: ' пароль ' }).auth).toEqual({
      values: { ...auth, password: ' пароль ' },
      secrets: [' пароль '],
    })
    expect(() => secretsOf(password, { PW: 'a\u0007b' })).toThrow(
      'PW contains a line break, or a con',
    )
  })
})

describe('from a file', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'poolproof-secrets-'))
    await mkdir(join(folder, 'secrets'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** A target file that names a file as its token. */
  async function naming(file: string, contents?: string): Promise<Target> {
    if (contents !== undefined) await writeFile(join(folder, file), contents)
    const target = join(folder, 'target.json')
    await writeFile(target, JSON.stringify({ ...elb, auth: { token: { file } } }))
    return readTarget(target)
  }

  test.each(['canary', 'canary\n', 'canary\r\n', 'canary\n\n'])(
    'relative to the target file, without the line break at its end: %j',
    async (contents) => {
      const target = await naming('secrets/token', contents)
      expect(secretsOf(target, {}).auth.values).toEqual({ token: 'canary' })
    },
  )

  test.each([
    ['a file that is not there', 'secrets/nowhere', undefined, 'does not exist'],
    ['a directory', 'secrets', undefined, 'is a directory'],
    ['an empty file', 'empty', '\n', 'is empty'],
    ['a file of two lines', 'two', 'canary\ncanary\n', 'contains a line break'],
  ])('%s is named, but its contents are not', async (_what, file, contents, trouble) => {
    const target = await naming(file, contents)
    const look = () => secretsOf(target, {})
    expect(look).toThrow(UsageError)
    expect(look).toThrow(`The file ${join(folder, file)} ${trouble}`)
    expect(look).toThrow('names it as auth.token')
    expect(look).not.toThrow('canary')
  })

  test('a file without a certificate is reported', async () => {
    await writeFile(join(folder, 'ca.pem'), 'canary')
    const file = join(folder, 'ca.pem')
    const target: Target = { ...elb, tls: { ca: { file } } }
    expect(() => secretsOf(target, { STAGING_TOKEN: 'x' })).toThrow(`${file} contains no PEM block`)
  })
})
