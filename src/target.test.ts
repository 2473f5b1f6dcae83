import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UsageError } from './model.ts'
import { readTarget } from './session/target-file.ts'

const elb = {
  $schema: '../schemas/target.schema.json',
  name: 'staging-eu',
  dialect: 'elb',
  endpoint: 'https://elb.example.test',
  auth: { token: { env: 'STAGING_TOKEN' } },
  given: { subnetId: 'subnet-1', addresses: ['192.0.2.10'] },
}

const slb = {
  name: 'staging-cn',
  dialect: 'slb',
  endpoint: 'https://slb.example.test/',
  auth: { accessKeyId: { env: 'KEY_ID' }, accessKeySecret: { env: 'KEY_SECRET' } },
  given: { region: 'cn-hangzhou', serverIds: ['i-1', 'i-2'] },
}

const password = {
  iam: 'https://iam.example.test/v3',
  userId: 'u',
  projectId: 'p',
  password: { env: 'P' },
}

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolproof-target-'))
})

afterAll(() => rm(folder, { recursive: true }))

let files = 0

async function written(text: string): Promise<string> {
  const file = join(folder, `target-${(files += 1)}.json`)
  await writeFile(file, text)
  return file
}

/** What reading this document as a target complains of. */
async function complaint(document: unknown): Promise<string> {
  const file = await written(typeof document === 'string' ? document : JSON.stringify(document))
  const error: unknown = await readTarget(file).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UsageError)
  return (error as Error).message.replaceAll(`${folder}/`, '')
}

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const examples = [...readme.matchAll(/```json\n(\{[^`]*"(?:auth|tls)"[^`]*)```/g)].map(
  ([, json = '']) => JSON.parse(json) as { auth?: object; tls?: object },
)

describe('the README’s examples', () => {
  test('are there', () => expect(examples).toHaveLength(5))

  test.each(examples)('%j', async (example) => {
    const base = 'signature' in (example.auth ?? {}) ? slb : elb
    const file = await written(JSON.stringify({ ...base, ...example }))
    await expect(readTarget(file)).resolves.toHaveProperty('name')
  })
})

describe('a target file that is right', () => {
  test.each([
    ['elb', elb, 'https://elb.example.test'],
    ['slb', slb, 'https://slb.example.test'],
    [
      'a prefix with slashes at its end',
      { ...elb, endpoint: 'http://[::1]:8080/a/b//' },
      'http://[::1]:8080/a/b',
    ],
  ])('%s: its endpoint ends without a slash', async (_name, document, endpoint) => {
    const file = await written(JSON.stringify(document))
    expect(await readTarget(file)).toEqual({ ...document, endpoint, file })
  })

  test('may say everything', async () => {
    const document = {
      ...elb,
      limits: { lanes: 1, requestsPerSecond: 0.5, runSeconds: 60, patienceSeconds: 0 },
      profile: { asynchronous: true, udp: false },
      hooks: { setProvisioningStatus: ['force', '{loadbalancer_id}', '{status}'] },
      waivers: [{ requirement: 'elb/x', reason: 'r', owner: 'o', expires: '2027-01-31' }],
    }
    expect(await readTarget(await written(JSON.stringify(document)))).toMatchObject(document)
  })
})

const withWaivers = async (waivers: unknown) => {
  await writeFile(join(folder, 'waivers.yaml'), JSON.stringify({ waivers }))
  const file = join(folder, 'with-waivers.json')
  await writeFile(file, JSON.stringify({ ...elb, waivers: 'waivers.yaml' }))
  return readTarget(file)
}

describe('waivers in a file of their own', () => {
  const waiver = { requirement: 'elb/a/b', reason: 'r', owner: 'o', expires: '2027-01-31' }
  test('are read from beside the target file, without those of the other dialect', async () => {
    const others = { ...waiver, requirement: 'slb/a/b' }
    expect(await withWaivers([waiver, others])).toMatchObject({ waivers: [waiver] })
  })

  test('are checked, and a missing file is named', async () => {
    await expect(withWaivers([{ ...waiver, fingerprint: 'x' }])).rejects.toThrow(
      /waivers\.yaml is not a file of waivers:\n {2}waivers\.0\.fingerprint is "x"; expected 16 hex/,
    )
    const file = join(folder, 'lost-waivers.json')
    await writeFile(file, JSON.stringify({ ...elb, waivers: 'nowhere.json' }))
    await expect(readTarget(file)).rejects.toThrow(/nowhere\.json cannot be read \(ENOENT\)/)
  })
})

describe('a target file that cannot be read', () => {
  test('is not there', async () => {
    const reading = readTarget(join(folder, 'nowhere.json'))
    await expect(reading).rejects.toThrow(UsageError)
    await expect(reading).rejects.toThrow(
      `There is no target file ${join(folder, 'nowhere.json')}. poolproof init makes one;`,
    )
  })

  test('is a directory', async () => {
    await expect(readTarget(folder)).rejects.toThrow(`${folder} is a directory, not a target file.`)
  })

  test.each([
    ['a byte order mark', '\uFEFF', 'json'],
    ['comments and a last comma', '// ours\n', 'json'],
    ['YAML', '', 'yaml'],
  ])('but is read with %s', async (_what, before, ending) => {
    const file = join(folder, `readable.${ending}`)
    const document = JSON.stringify(elb)
    const yaml = Object.entries(elb).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    const text = ending === 'yaml' ? yaml.join('') : document.replace(/\}$/, ',}')
    await writeFile(file, before + (before === '\uFEFF' ? document : text))
    expect(await readTarget(file)).toMatchObject({ name: elb.name, endpoint: elb.endpoint })
  })

  test('names the line and the column of a mistake', async () => {
    const text = '{\n  "name": "x"\n  "dialect": "elb"\n}'
    expect(await complaint(text)).toMatch(/is not JSON: comma expected at line 3, column 3\.$/)
    const file = join(folder, 'mistake.yaml')
    await writeFile(file, 'name: x\nauth: {token: [}\n')
    await expect(readTarget(file)).rejects.toThrow(
      /mistake\.yaml is not YAML: .* at line 2, column/,
    )
  })

  test('has a name that messages can show, and says what one is', async () => {
    const said = await complaint(JSON.stringify({ ...elb, name: 'münchen' }))
    expect(said).toContain('name is "münchen"; expected 1 to 64 of the letters A to Z')
    expect(said).not.toContain('^[A-Za-z0-9]')
  })

  test.each(['', '{"name": ', 'name: staging', '<html>'])('is not JSON: %j', async (text) => {
    expect(await complaint(text)).toMatch(/target-\d+\.json is not JSON: ./)
  })
})

/** Some are blank to the eye only. */
const blankOwners = [' \t', '\u200b', '\u2800', '\u3164']

describe('a target file that is wrong', () => {
  const { dialect: _dialect, ...speechless } = elb
  const { given: _given, ...poor } = elb

  const mistakes: readonly [string, unknown, readonly string[]][] = [
    ['a list', [], ['the document must be object.']],
    ['no dialect', speechless, ['the document has no "dialect".']],
    ['nothing given', poor, ['the document has no "given".']],
    ['an unknown dialect', { ...elb, dialect: 'alb' }, ['dialect must be one of "elb", "slb".']],
    [
      'a misspelt key',
      { ...elb, waiver: [] },
      ['the document has an unknown key "waiver". Did you mean "waivers"?'],
    ],
    ...blankOwners.map((owner): [string, unknown, readonly string[]] => [
      `the blank owner ${JSON.stringify(owner)}`,
      { ...elb, waivers: [{ requirement: 'elb/x', reason: 'r', owner, expires: '2027-01-31' }] },
      [
        expect.stringMatching(
          /^waivers\.0\.owner is .*; expected text with a letter or a digit\.$/,
        ) as string,
      ],
    ]),
    [
      'a misspelt key further in',
      { ...elb, limits: { requestPerSecond: 1 } },
      ['limits has an unknown key "requestPerSecond". Did you mean "requestsPerSecond"?'],
    ],
    [
      'a key like no other',
      { ...elb, limits: { colour: 1 } },
      ['limits has an unknown key "colour".'],
    ],
    [
      'the auth of the other dialect',
      { ...slb, auth: elb.auth },
      ['auth names no credentials: slb takes "accessKeyId".'],
    ],
    [
      'no credentials',
      { ...elb, auth: { key: { env: 'T' } } },
      ['auth names no credentials: elb takes "token" or "password" or "accessKeyId".'],
    ],
    [
      'two kinds of credentials',
      { ...elb, auth: { ...elb.auth, ...slb.auth } },
      ['auth names "token" and "accessKeyId", which are two kinds of credentials: give one.'],
    ],
    [
      'a password without a user and a project',
      { ...elb, auth: { iam: 'https://iam.test', password: { env: 'P' } } },
      ['auth has neither "user" nor "userId".', 'auth has neither "project" nor "projectId".'],
    ],
    [
      'a password without an identity service',
      { ...elb, auth: { userId: 'u', projectId: 'p', password: { env: 'P' } } },
      ['auth has no "iam".'],
    ],
    [
      'a user by name, and a project twice',
      {
        ...elb,
        auth: { ...password, userId: undefined, user: 'u', project: 'p' },
      },
      [
        'auth has both "project" and "projectId": give one.',
        'auth has a "user" by name, but not the "domain" of the user.',
      ],
    ],
    [
      'another user without a project and a password',
      { ...elb, auth: { ...password, otherUserId: 'o' } },
      [
        'auth has neither "otherProject" nor "otherProjectId".',
        'auth has another user, but no "otherPassword".',
      ],
    ],
    [
      'an unknown kind of signature',
      { ...slb, auth: { ...slb.auth, signature: 'HMAC-MD5' } },
      ['auth.signature must be one of "HMAC-SHA1", "ACS3-HMAC-SHA256".'],
    ],
    [
      'a key of the other without its secret',
      { ...slb, auth: { ...slb.auth, otherAccessKeyId: { env: 'O' } } },
      ['auth must have property otherAccessKeySecret when property otherAccessKeyId is present.'],
    ],
    [
      'a secret in two places',
      { ...elb, auth: { token: { env: 'T', file: 'token' } } },
      [
        expect.stringMatching(
          /^auth\.token must NOT have more than 1 properties: Where a secret is/,
        ),
      ],
    ],
    [
      'a secret in no place',
      { ...elb, auth: { token: {} } },
      [
        expect.stringMatching(
          /^auth\.token must NOT have fewer than 1 properties: Where a secret is/,
        ),
      ],
    ],
    [
      'a certificate without its key',
      { ...elb, tls: { certificate: { file: 'c.pem' } } },
      ['tls must have property key when property certificate is present.'],
    ],
    [
      'what the other dialect is given',
      { ...slb, given: elb.given },
      [
        'given has no "region".',
        'given has no "serverIds".',
        'given has an unknown key "subnetId".',
        'given has an unknown key "addresses".',
      ],
    ],
    [
      'a secret instead of its variable',
      { ...elb, auth: { token: 'gAAAAAB' } },
      ['auth.token must be object.'],
    ],
    [
      'an address that is none',
      { ...elb, given: { ...elb.given, addresses: ['192.0.2.10', 'localhost'] } },
      ['given.addresses.1 must match format "ipv4".'],
    ],
    ['too few lanes', { ...elb, limits: { lanes: 0 } }, ['limits.lanes must be >= 1.']],
    [
      'a hook of the wrong kind',
      { ...elb, hooks: { setProvisioningStatus: [] } },
      [
        expect.stringMatching(
          /^hooks\.setProvisioningStatus has none of the allowed forms: elb: .*\.$/,
        ),
      ],
    ],
    [
      'a waiver without an end',
      { ...elb, waivers: [{ requirement: 'x', reason: 'r', owner: 'o', expires: '2027-02-30' }] },
      ['waivers.0.expires must match format "date".'],
    ],
    [
      'a port that is none',
      { ...elb, endpoint: 'http://127.0.0.1:99999' },
      ['endpoint is not an address: "http://127.0.0.1:99999"'],
    ],
  ]

  test.each(mistakes)('%s', async (_what, document, sentences) => {
    const [first, ...rest] = (await complaint(document)).split('\n')
    expect(first).toMatch(/^target-\d+\.json is not a target file:$/)
    expect(rest.filter((line) => line.startsWith('  ')).map((line) => line.trim())).toEqual(
      sentences,
    )
  })

  test.each([
    '127.0.0.1:8080',
    'ftp://h',
    'http://h/a?b=c',
    'http://h/#a',
    'http://',
    'http://h /',
  ])('the endpoint %s, with what one is', async (endpoint) => {
    expect(await complaint({ ...elb, endpoint })).toMatch(
      /endpoint is ".*"; expected an http or https address without a query/,
    )
  })

  test('a password in the address of the identity service, which is not repeated', async () => {
    const auth = { ...password, iam: 'https://admin:hunter2@iam.test' }
    const said = await complaint({ ...elb, auth })
    expect(said).toContain('auth.iam contains a user name or a password')
    expect(said).not.toContain('hunter2')
  })

  test('a password in the endpoint, which is not repeated', async () => {
    const said = await complaint({ ...elb, endpoint: 'https://admin:hunter2@h' })
    expect(said).toContain('endpoint contains a user name or a password')
    expect(said).not.toContain('hunter2')
  })

  test('in several places names each', async () => {
    const said = await complaint({ ...elb, name: '-', limit: 1, given: { subnetId: '' } })
    for (const place of ['name ', 'given.subnetId', '"addresses"', '"limit"']) {
      expect(said).toContain(place)
    }
    expect(said).toContain('See schemas/target.schema.json')
  })
})
