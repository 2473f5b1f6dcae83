import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Proof } from './prove/proof.ts'
import { elbMutants } from './reference/elb/mutants/index.ts'
import { elbReference } from './reference/elb/reference.ts'
import { referenceTarget } from './reference/embedded.ts'
import { listen, type Listening } from './reference/server.ts'
import type { Report } from './report/report.ts'

/** What `npm test` has just built: the commands are tried as a person starts them. */
const program = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url))

interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolproof-cli-'))
})
afterAll(() => rm(folder, { recursive: true }))

function poolproof(
  words: readonly string[],
  environment: Record<string, string> = {},
  started = program,
): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [started, ...words], {
    cwd: folder,
    env: { PATH, HOME, ...environment },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((resolve) => {
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }))
  })
}

async function file(name: string, content: unknown): Promise<string> {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  await writeFile(join(folder, name), text)
  return name
}

/** A target file for an `elb` server on loopback; the token is in `T`. */
function targetFor(endpoint: string, but: object = {}): object {
  const target = referenceTarget('elb', endpoint, { asynchronousMilliseconds: 0 })
  return { ...target, auth: { token: { env: 'T' } }, ...but }
}

const token = { T: 'tQ7xw4ixOnAhuc8J' }
const oneSentence = /^poolproof: [^\n]+\n(?: {2}[^\n]+\n)*(?:[^\n]+\n)?$/

describe('mistakes of the user are reported in a sentence, with exit code 2', () => {
  test.each([
    [['run', '--targte', 'x'], 'Did you mean --target?'],
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['run', '--target', 'nowhere.json'], 'There is no target file'],
    [
      ['run', '--only', 'elb/delete-pol/members-first'],
      'Did you mean elb/delete-pool/members-first?',
    ],
    [['run', '--seed', 'seven'], 'It must be a whole number'],
    [['list', '--only', 'nothing'], '--only nothing selects nothing'],
    [['serve', '--dialect', 'smb'], 'Allowed choices are elb, slb'],
    [['serve', '--dialect', 'elb', '--port', '99999'], 'A port is a number from 0 to 65535'],
    [['report', 'nowhere'], 'There is no report in nowhere'],
    [['prove', '--only', 'elb/delete-pol'], 'Did you mean elb/delete-pool?'],
    [['serve', '-d', 'elb', '--mutant', 'cascade-to-members'], 'Did you mean cascades-to-members?'],
    [['serve', '-d', 'slb', '--variant', 'chunked-body'], 'Did you mean chunked-bodies?'],
  ])('poolproof %j', async (words, said) => {
    const { exitCode, stdout, stderr } = await poolproof(words)
    expect(stderr).toContain(said)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect([exitCode, stdout]).toEqual([2, ''])
  })

  test.each([
    ['malformed.json', '{ "name": ', 'malformed.json is not JSON'],
    ['keys.json', { ...targetFor('http://127.0.0.1:9'), endpont: 1 }, 'Did you mean "endpoint"?'],
    [
      'unset.json',
      targetFor('http://127.0.0.1:9', { auth: { token: { env: 'UNSET' } } }),
      'UNSET is not set',
    ],
    [
      'waiver.json',
      targetFor('http://127.0.0.1:9', {
        waivers: [
          { requirement: 'elb/delete-pool/x', reason: 'r', owner: 'o', expires: '2999-01-01' },
        ],
      }),
      'waives elb/delete-pool/x, but no requirement of elb targets has this id',
    ],
    [
      'prefix.json',
      targetFor('http://127.0.0.1:9', {
        waivers: [
          { requirement: 'elb/delete-pool', reason: 'r', owner: 'o', expires: '2999-01-01' },
        ],
      }),
      'A waiver names one requirement. Did you mean elb/delete-pool/',
    ],
  ])('a target file %s', async (name, content, said) => {
    const words = ['run', '--target', await file(name, content), '--report', 'never']
    const { exitCode, stderr } = await poolproof(words, token)
    expect(stderr).toContain(said)
    expect(stderr).toMatch(oneSentence)
    expect(exitCode).toBe(2)
    expect(existsSync(join(folder, 'never'))).toBe(false)
  })
})

describe('a run', () => {
  test('on the built-in reference breaks nothing and writes everything', async () => {
    const words = ['run', '--only', 'elb/remove-member', '--report', 'own']
    const { exitCode, stdout } = await poolproof(words)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('that were asked are kept')
    const names = ['conformance.json', 'junit.xml', 'index.html', 'summary.md', 'allure-results']
    expect(names.filter((name) => !existsSync(join(folder, 'own', name)))).toEqual([])
  })

  test('on a broken target below a prefix fails and says why, also of waivers', async () => {
    const { endpoint, close } = await broken('cascades-to-members')
    const only = ['elb/delete-pool/members-first', 'elb/delete-pool/status-204']
    const waivers = [waiver(only[0], '2001-01-01'), waiver(only[1], '2999-12-31')]
    const name = await file('failing.json', targetFor(`${endpoint}/staging`, { waivers }))
    const chosen = only.flatMap((id) => ['--only', id])
    const words = ['run', '-t', name, '-r', 'failed', ...chosen]
    const { exitCode, stdout } = await poolproof(words, token)
    await close()
    const report = await reportIn('failed')
    expect([exitCode, report.exitCode]).toEqual([1, 1])
    expect(stdout).toContain('answered 204 without a body, expected a refusal (4xx)')
    expect(stdout).toContain('Source: Deleting a Backend Server Group › Constraints')
    expect(stdout).toContain('--only elb/delete-pool/members-first --seed 1')
    expect(stdout).toContain('expired on 2001-01-01')
    expect(stdout).toContain('elb/delete-pool/status-204 passes now. Delete the waiver.')
    const finding = report.findings.find(({ id }) => id === only[0])
    expect(finding).toMatchObject({ verdict: 'fail' })
    expect(finding?.evidence.some(({ purpose }) => purpose === 'ask')).toBe(true)
  })

  test('on a broken target is excused by a waiver', async () => {
    const { endpoint, close } = await broken('cascades-to-members')
    const id = 'elb/delete-pool/members-first'
    const waivers = [waiver(id, '2999-12-31')]
    const name = await file('waived.json', targetFor(`${endpoint}/staging`, { waivers }))
    const { exitCode } = await poolproof(['run', '-t', name, '--only', id], token)
    await close()
    expect(exitCode).toBe(0)
  })

  test('on a sound target fails when a waiver is stale', async () => {
    const { endpoint, close } = await listen(elbReference({ prefix: '/staging' }))
    const id = 'elb/delete-pool/members-first'
    const waivers = [waiver(id, '2999-12-31')]
    const name = await file('stale.json', targetFor(`${endpoint}/staging`, { waivers }))
    // Also with nothing but JSON on the streams, without colour or secrets.
    const words = ['run', '-t', name, '--json', '--only', id]
    const { exitCode, stdout, stderr } = await poolproof(words, token)
    await close()
    const report = JSON.parse(stdout) as Report
    expect([exitCode, report.exitCode, report.counts.pass, stderr]).toEqual([1, 1, 1, ''])
    expect(stdout).not.toContain('tQ7xw4ixOnAhuc8J')
  })
})

describe('an endpoint that someone else uses as well', () => {
  const theirs = { loadbalancer: { name: 'theirs\u001b[2J\n::error::x', vip_subnet_id: 's' } }
  const ours = { loadbalancer: { name: 'poolproof-0a1b2c3d-lb-1', vip_subnet_id: 's' } }

  test('is not created on unless the target file says so, and swept only of what is ours', async () => {
    const { endpoint, close } = await listen(elbReference())
    const create = (body: object) =>
      fetch(`${endpoint}/v2.0/lbaas/loadbalancers`, {
        method: 'POST',
        headers: { 'x-auth-token': token.T },
        body: JSON.stringify(body),
      })
    try {
      await create(theirs)
      await create(ours)
      const only = ['--only', 'elb/delete-pool/status-204']
      const alone = await file('alone.json', targetFor(endpoint))
      const refusal = await poolproof(['run', '-t', alone, ...only], token)
      expect(refusal.exitCode).toBe(2)
      expect(refusal.stdout).toMatch(/^Nothing was asked\.\n/)
      expect(refusal.stderr).toContain('holds 1 load balancer(s) that no run made: theirs')
      expect(refusal.stderr).toContain('theirs\\u001b[2J \\u003a:error::x. A run')
      const { given } = referenceTarget('elb', endpoint, { asynchronousMilliseconds: 0 })
      const shared = targetFor(endpoint, { given: { ...given, shared: true } })
      const name = await file('shared.json', shared)
      expect((await poolproof(['run', '-t', name, ...only], token)).exitCode).toBe(0)
      const swept = await poolproof(['sweep', '-t', name, '--json'], token)
      expect(JSON.parse(swept.stdout)).toMatchObject({
        removed: [expect.stringContaining('poolproof-0a1b2c3d-lb-1')],
        left: [],
      })
      const again = await poolproof(['sweep', '-t', name], token)
      expect(again.exitCode).toBe(0)
      expect(again.stdout).toMatch(
        /^There is no directory \S+ with journals, .*\n.*: 0 removed, 0 left\.\n$/,
      )
      const mistyped = await poolproof(['sweep', '-t', name, '--journal', 'nowhere'], token)
      expect([mistyped.exitCode, mistyped.stderr]).toEqual([
        2,
        expect.stringContaining('There is no directory nowhere.'),
      ])
    } finally {
      await close()
    }
  })
})

test('a run ends normally when no one reads its output', async () => {
  const { PATH = '' } = process.env
  const words = [program, 'run', '--only', 'elb/delete-pool/status-204', '--report', 'unread']
  const child = spawn(process.execPath, words, { cwd: folder, env: { PATH } })
  child.stdout.destroy()
  child.stderr.destroy()
  const exitCode = await new Promise((resolve) => child.on('close', resolve))
  expect(exitCode).toBe(0)
  expect(existsSync(join(folder, 'unread/conformance.json'))).toBe(true)
})

/** Starts `serve`, which goes on until the test has ended. @returns the target file that it prints. */
async function served(name: string, ...words: readonly string[]): Promise<string> {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [program, 'serve', ...words], { env: { PATH } })
  onTestFinished(() => void child.kill())
  const printed = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
  })
  return file(name, printed)
}

test('serve prints a target file with which run can ask it, and plants a fault, which run finds', async () => {
  const [sound, faulty] = await Promise.all([
    served('served.json', '--dialect', 'slb', '--asynchronous', '20ms'),
    served('faulty.json', '--dialect', 'elb', '--mutant', 'cascades-to-members'),
  ])
  const only = ['slb/remove-backend-servers/empties', 'elb/delete-pool/members-first']
  const chosen = only.flatMap((id) => ['--only', id])
  const { exitCode } = await poolproof(
    ['run', '-t', sound, '-t', faulty, '-r', 'served', ...chosen],
    {
      POOLPROOF_REFERENCE_TOKEN: 'tQ7xw4ixOnAhuc8J',
      POOLPROOF_REFERENCE_OTHER_TOKEN: 'pY3sJ8dGfT1qEh5C',
      POOLPROOF_REFERENCE_KEY_ID: 'LTAI4kQ9AZ7xR2mT',
      POOLPROOF_REFERENCE_KEY_SECRET: 'bV5nM8kJ3hG6fD1sA9pa',
      POOLPROOF_REFERENCE_OTHER_KEY_ID: 'LTAI7pL2vC5jN8yB',
      POOLPROOF_REFERENCE_OTHER_KEY_SECRET: 'wE4rT7yU1iO5pAFsD2fG',
      POOLPROOF_REFERENCE_READ_ONLY_KEY_ID: 'LTAI2dR6nX9cM4hW',
      POOLPROOF_REFERENCE_READ_ONLY_KEY_SECRET: 'qL3sX8eF5jT2yB7uN4kH',
    },
  )
  expect(exitCode).toBe(1)
  const { findings } = await reportIn('served')
  const verdicts = Object.fromEntries(findings.map(({ id, verdict }) => [id, verdict]))
  expect(verdicts).toEqual({
    'slb/remove-backend-servers/empties': 'pass',
    'elb/delete-pool/members-first': 'fail',
  })
})

test('prove writes a matrix, and says the same as JSON', async () => {
  const words = ['prove', '--only', 'elb/delete-pool/members-first', '--json', '--report', 'proof']
  const { exitCode, stdout, stderr } = await poolproof(words)
  const proof = JSON.parse(stdout) as Proof
  expect([exitCode, stderr, proof.shortcomings]).toEqual([0, '', []])
  expect(proof.counts).toMatchObject({ checks: 1, survived: 0, idleChecks: 0 })
  expect(await readFile(join(folder, 'proof/prove.json'), 'utf8')).toBe(stdout)
  const page = await readFile(join(folder, 'proof/index.html'), 'utf8')
  const matrix = await readFile(join(folder, 'proof/matrix.md'), 'utf8')
  for (const text of [page, matrix]) expect(text).toContain('cascades-to-members')
  expect(page).not.toMatch(/(?:src|href)="http/)
})

test('list shows every requirement, as text and as JSON', async () => {
  const [text, json] = await Promise.all([poolproof(['list']), poolproof(['list', '--json'])])
  const all = JSON.parse(json.stdout) as { id: string }[]
  expect(all.filter(({ id }) => !text.stdout.includes(`${id}  [`))).toEqual([])
  expect(all.length).toBeGreaterThan(250)
})

describe('a build that is older than its sources', () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const warning = 'poolproof: src/cli.ts is newer than the build in dist/. Run: npm run build\n'
  let copy: string
  beforeAll(async () => {
    copy = join(folder, 'checkout')
    await cp(join(root, 'dist'), join(copy, 'dist'), { recursive: true })
    await cp(join(root, 'package.json'), join(copy, 'package.json'))
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  })

  test.each(['--version', 'list --help', 'prove --help'])(
    'is reported by %s in a checkout, and not in an installed package',
    async (line) => {
      const words = line.split(' ')
      const started = join(copy, 'dist/src/cli.js')
      const installed = await poolproof(words, {}, started)
      await mkdir(join(copy, 'src'), { recursive: true })
      await writeFile(join(copy, 'src/cli.ts'), '')
      const checkout = await poolproof(words, {}, started)
      await rm(join(copy, 'src'), { recursive: true })
      expect(installed).toMatchObject({ exitCode: 0, stderr: '' })
      expect(checkout).toEqual({ ...installed, stderr: warning })
    },
  )
})

/** A reference below `/staging` with one fault. */
function broken(id: string): Promise<Listening> {
  const mutant = elbMutants.find((one) => one.id === id)
  if (!mutant) throw new Error(`There is no mutant ${id}.`)
  return listen(elbReference({ change: mutant.mutate, prefix: '/staging' }))
}

function waiver(requirement: string | undefined, expires: string): object {
  return { requirement, reason: 'known', owner: 'us', expires }
}

async function reportIn(directory: string): Promise<Report> {
  return JSON.parse(await readFile(join(folder, directory, 'conformance.json'), 'utf8')) as Report
}
