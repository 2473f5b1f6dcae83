import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { elbReference } from '../reference/elb/reference.ts'
import { referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { listen } from '../reference/server.ts'
import type { Report } from '../report/report.ts'
import { exitCodes } from './exit-codes.ts'
import { planted, started, type Ended } from './started-program.ts'

let folder: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'poolproof-exit-codes-')))
})
afterAll(() => rmSync(folder, { recursive: true }))

const question = 'elb/delete-pool/status-204'
const token = { T: referenceEnvironment['POOLPROOF_REFERENCE_TOKEN'] ?? '' }

interface Trial {
  readonly endpoint?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly only?: readonly string[]
  readonly during?: () => void
  /** The directory of the report; one of its own if it is not given. */
  readonly out?: string
}

let trials = 0

/** A run in a directory of its own, of the built-in reference unless an endpoint is named. */
async function run(trial: Trial = {}): Promise<Ended & { readonly out: string }> {
  trials += 1
  const {
    endpoint,
    environment = token,
    only = [question],
    out = `out-${trials}`,
    ...start
  } = trial
  const file = `target-${trials}.json`
  const given = endpoint === undefined ? [] : ['--target', file]
  if (endpoint !== undefined) {
    const target = referenceTarget('elb', endpoint, { asynchronousMilliseconds: 0 })
    const limits = { patienceSeconds: 0.5 }
    const document = { ...target, auth: { token: { env: 'T' } }, limits }
    writeFileSync(join(folder, file), JSON.stringify(document))
  }
  const chosen = only.flatMap((id) => ['--only', id])
  const words = ['run', '--report', out, ...given, ...chosen]
  return { out, ...(await started(words, { folder, environment, ...start })) }
}

const modified = (out: string, name: string) => statSync(join(folder, out, name)).mtimeMs

function reportIn(out: string): Report {
  return JSON.parse(readFileSync(join(folder, out, 'conformance.json'), 'utf8')) as Report
}

const isArray = (name: string) => ['testsuite', 'testcase'].includes(name)

/** The messages of the errors in `junit.xml`. */
function junitErrors(out: string): string[] {
  const xml = readFileSync(join(folder, out, 'junit.xml'), 'utf8')
  expect(XMLValidator.validate(xml)).toBe(true)
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', isArray })
  const { testsuites } = parser.parse(xml) as {
    testsuites: { testsuite: { testcase: { error?: { message: string } }[] }[] }
  }
  const cases = testsuites.testsuite.flatMap(({ testcase }) => testcase)
  return cases.flatMap(({ error }) => (error ? [error.message] : []))
}

/** A server that is closed after use. */
async function serving<Value>(
  server: ReturnType<typeof createServer> | ReturnType<typeof createTlsServer>,
  use: (port: number) => Promise<Value>,
): Promise<Value> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  try {
    return await use((server.address() as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** Says it in the target's words, and leaves a report with an error. */
function corrected({ exitCode, stdout, stderr, out }: Awaited<ReturnType<typeof run>>): string {
  expect([exitCode, stdout]).toEqual([2, `Nothing was asked.\nReport: ${out}/index.html\n`])
  expect(stderr).toMatch(/^poolproof: [^\n]+\n$/)
  const sentence = stderr.slice('poolproof: '.length).trim()
  const { conclusion, notAsked, findings } = reportIn(out)
  expect([conclusion, notAsked]).toEqual(['undecided', sentence])
  expect(findings).toMatchObject([{ verdict: 'inconclusive', reason: sentence, evidence: [] }])
  expect(junitErrors(out)).toEqual([sentence])
  return sentence
}

// 1, that the target broke a requirement, is shown in src/cli.test.ts.

describe('2: something has to be corrected', () => {
  test('a wrong token', async () => {
    const { endpoint, close } = await listen(elbReference())
    const sentence = corrected(await run({ endpoint, environment: { T: 'canary-4711' } }))
    await close()
    expect(sentence).toMatch(/answered 401 .* did not accept these credentials\. Its words: \{/)
    expect(sentence).toContain('auth in target-')
    expect(sentence).toContain('T in the environment.')
    expect(sentence).not.toContain('canary')
  })

  test('an answer in HTML', async () => {
    const server = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Sign in</title>')
    })
    const sentence = await serving(server, async (port) =>
      corrected(await run({ endpoint: `http://127.0.0.1:${port}` })),
    )
    expect(sentence).toContain('It answered with a web page: "Sign in".')
    expect(sentence).toContain('the documented path /v2.0/lbaas is appended')
  })

  test('an endpoint that ends in the documented path', async () => {
    const { endpoint, close } = await listen(elbReference())
    const sentence = corrected(await run({ endpoint: `${endpoint}/v2.0/lbaas` }))
    await close()
    expect(sentence).toContain(`which already ends in it: write ${endpoint} in target-`)
  })

  test('a self-signed certificate', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }])
    const server = createTlsServer({ cert, key }, (_, response) => response.end('{"pools":[]}'))
    const sentence = await serving(server, async (port) =>
      corrected(await run({ endpoint: `https://127.0.0.1:${port}` })),
    )
    expect(sentence).toContain('DEPTH_ZERO_SELF_SIGNED_CERT')
    expect(sentence).toContain('name it, or its authority, as tls.ca in target-')
  })

  test('nothing that listens', async () => {
    const sentence = corrected(await run({ endpoint: 'http://127.0.0.1:9' }))
    expect(sentence).toContain('did not answer GET http://127.0.0.1:9/v2.0/lbaas/pools')
    expect(sentence).toContain('Nothing can be reached at 127.0.0.1:9. Check endpoint in target-')
  })

  test('a name that cannot be resolved', async () => {
    const sentence = corrected(await run({ endpoint: 'http://no-such-host.invalid' }))
    expect(sentence).toContain('The name no-such-host.invalid cannot be resolved.')
  })

  test('over a report of a run that could ask: that stays', async () => {
    const { out, exitCode } = await run()
    const before = readdirSync(join(folder, out)).map((name) => [name, modified(out, name)])
    const refused = await run({ endpoint: 'http://127.0.0.1:9', out })
    const said = `Nothing was asked.\nThe report of an earlier run in ${out} is left.\n`
    expect([exitCode, refused.exitCode, refused.stdout]).toEqual([0, 2, said])
    expect(readdirSync(join(folder, out)).map((name) => [name, modified(out, name)])).toEqual(
      before,
    )
  })

  test('a variable that is not set: then nothing was sent, and there is no report', async () => {
    const { exitCode, stdout, stderr, out } = await run({
      endpoint: 'http://127.0.0.1:9',
      environment: {},
    })
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('The environment variable T is not set')
    expect(() => reportIn(out)).toThrow('ENOENT')
  })
})

describe('3: some requirement could not be decided, or something was left', () => {
  test('a target that answers 503', async () => {
    const server = createServer((_, response) => void response.writeHead(503).end())
    const { exitCode, stderr, out } = await serving(server, (port) =>
      run({ endpoint: `http://127.0.0.1:${port}` }),
    )
    expect([exitCode, reportIn(out).exitCode]).toEqual([3, 3])
    expect(stderr).toContain('Try again later')
    expect(junitErrors(out)).toHaveLength(1)
  })
})

describe('70: a fault of ours, and the report has everything else', () => {
  const asking = 'assertOffered(check.requirement, session)'
  const only = ['elb/delete-pool']
  const broken = 'elb/delete-pool/status-204'
  const atOneCheck = (fault: string) => ({
    ...token,
    ...planted(
      '/dist/src/check/perform.js',
      asking,
      `if (check.requirement.id === '${broken}') ${fault};`,
    ),
  })

  test('in one check: the others are asked', async () => {
    const environment = atOneCheck("throw new TypeError('planted')")
    const { exitCode, stdout, out } = await run({ environment, only })
    const { findings, faults = [], counts, conclusion } = reportIn(out)
    expect([exitCode, conclusion, faults.length]).toEqual([70, 'undecided', 1])
    expect(faults[0]).toMatch(
      /^reference-elb elb\/delete-pool\/status-204: TypeError: planted\n +at /,
    )
    expect(findings.find(({ id }) => id === broken)).toMatchObject({ verdict: 'inconclusive' })
    expect([counts.pass, counts.fail]).toEqual([findings.length - 1, 0])
    expect(junitErrors(out).filter((error) => error.includes('planted'))).toHaveLength(2)
    expect(stdout).toContain('Faults of Poolproof')
  })

  test.each([
    ['outside of any check', "setTimeout(() => { throw new Error('planted') })"],
    ['that ends the worker', 'process.reallyExit(1)'],
  ])('%s: what was asked is in the report', async (_what, fault) => {
    const { exitCode, out } = await run({ environment: atOneCheck(fault), only })
    const { counts, faults = [], findings } = reportIn(out)
    expect([exitCode, faults.length > 0]).toEqual([70, true])
    expect(counts.pass).toBeGreaterThan(0)
    expect(counts.pass + counts.inconclusive).toBe(findings.length)
  })

  test('that ends the worker: what it had created is removed', async () => {
    const server = elbReference()
    const { endpoint, close } = await listen(server)
    const environment = atOneCheck('setTimeout(() => process.reallyExit(1), 60)')
    let most = 0
    const held = () => Object.values(server.inventory()).reduce((sum, count) => sum + count, 0)
    const during = () => void (most = Math.max(most, held()))
    const { exitCode, out } = await run({ environment, only, endpoint, during })
    await close()
    expect([exitCode, reportIn(out).leftovers, held()]).toEqual([70, [], 0])
    expect(most).toBeGreaterThan(0)
    expect(readdirSync(join(folder, out, 'journal'))).toEqual([])
  })

  test('in one file of the report: the others are written', async () => {
    const fault = "throw new Error('planted');"
    const environment = {
      ...token,
      ...planted('/dist/src/report/html.js', 'const names =', fault),
    }
    const { exitCode, stdout, out } = await run({ environment })
    expect([exitCode, reportIn(out).exitCode]).toEqual([70, 70])
    expect(reportIn(out).findings).toMatchObject([{ verdict: 'pass' }])
    expect(reportIn(out).faults).toEqual([
      expect.stringContaining('index.html could not be written'),
    ])
    expect(stdout).toContain('is kept (limited to elb/delete-pool/status-204). Poolproof')
  })
})

test('0: no requirement is broken, also when no one reads the output to its end', async () => {
  const shell = '{ "$@"; echo $? > ended; } | head -c 1'
  const words = ['run', '--json', '--report', 'unread', '--only', question]
  const { stdout, stderr } = await started(words, { folder, shell })
  expect([stdout, stderr]).toEqual(['{', ''])
  expect(readFileSync(join(folder, 'ended'), 'utf8')).toBe('0\n')
  const { exitCode, targets } = reportIn('unread')
  expect([exitCode, junitErrors('unread')]).toEqual([0, []])
  expect(targets[0]?.found).toMatchObject({ readLagMilliseconds: 0, notOffered: [] })
})

test.each([
  ['1/2', 'elb/delete-pool/status-204', 'elb/remove-member/status-204'],
  ['2/2', 'elb/delete-pool/status-204', 'slb/remove-backend-servers/empties'],
])('0: shard %s, in which an operation or a target has no requirement', async (shard, ...ids) => {
  const only = ids.flatMap((id) => ['--only', id])
  const out = `shard-${shard.replace('/', '-')}`
  const words = ['run', '--shard', shard, '--report', out, ...only]
  const { exitCode } = await started(words, { folder })
  expect([exitCode, reportIn(out).counts.pass]).toEqual([0, 1])
})

test('3: a plan that probes a target which cannot be asked now', async () => {
  const server = createServer((_, response) => response.writeHead(503).end())
  const plan = await serving(server, async (port) => {
    const target = referenceTarget('elb', `http://127.0.0.1:${port}`, {
      asynchronousMilliseconds: 0,
    })
    const limits = { patienceSeconds: 0.2 }
    const document = { ...target, auth: { token: { env: 'T' } }, limits }
    writeFileSync(join(folder, 'planned.json'), JSON.stringify(document))
    const words = ['plan', '--target', 'planned.json', '--probe']
    return started(words, { folder, environment: token })
  })
  expect([plan.exitCode, plan.stdout]).toEqual([3, ''])
  expect((await started(['plan', '--help'], { folder, environment: {} })).stdout).toMatch(/^  3 /m)
})

test('the README, the help and this file have the same exit codes', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const rows = Array.from(readme.matchAll(/^\| (\d+) +\|/gm), ([, code]) => Number(code))
  const help = Array.from(exitCodes.matchAll(/^ {2}(\d+) /gm), ([, code]) => Number(code))
  expect(rows).toEqual(expect.arrayContaining([0, 1, 2, 3, 70, 130]))
  expect(help).toEqual(rows)
})
