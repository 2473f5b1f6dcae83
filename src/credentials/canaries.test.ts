import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { elbReference } from '../reference/elb/reference.ts'
import { everyEnvironment, everyTarget } from '../reference/credential-kinds.ts'
import {
  listen,
  type Carry,
  type RawRequest,
  type RawResponse,
  type Reference,
} from '../reference/server.ts'
import { slbReference } from '../reference/slb/index.ts'
import { spellingsByCharacter, spellingsByGroup } from '../exchange/spelled-secrets.ts'
import { formatNames } from '../report/format-names.ts'
import type { Target } from '../target.ts'

/** The built program: secrets must not get out of it as a whole. */
const program = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url))

/** Every way to write a secret that the README names. */
const spellings = Object.values({ ...spellingsByCharacter, ...spellingsByGroup })

/** A server that echoes every secret it received, in a few spellings at a time, until all have had their turn. */
function telltale(reference: Reference, heard: Set<string>): Reference {
  let count = 0
  let late: readonly string[] = []
  return {
    ...reference,
    handle(request) {
      const { status, headers, body } = reference.handle(request)
      const told = secretsIn(request, headers)
      for (const secret of told) heard.add(secret)
      const whole = [request.url, request.headers['authorization'] ?? '']
      const turn = spellings.filter((_, index) => index % 8 === count % 8)
      // Data of one request appears again in the answer to the next.
      const echo = [...told, ...whole, ...late].flatMap((one) => turn.map((spell) => spell(one)))
      late = told
      const answer = { status, headers: { ...headers, ...inHeaders(echo, told) }, body }
      count += 1
      // Not while the program looks whether it may run at all.
      const wrong = count > 20 && count % 9 === 0
      return wrong ? refusal(answer, echo) : { ...answer, body: withEcho(body, echo) }
    },
  }
}

/** Values have no line breaks, no letters beyond ASCII, and an end; names have letters and digits only. */
function inHeaders(echo: readonly string[], told: readonly string[]): Record<string, string> {
  const value = echo
    .join(' ')
    .replaceAll(/[^ -~]/g, '')
    .slice(0, 5_000)
  const names = told.map((one) => [`x-${one.replaceAll(/[^0-9A-Za-z]/g, '').slice(0, 40)}`, value])
  const location = `https://elsewhere.test/${told.join('/')}`
    .replaceAll(/[^ -~]/g, '')
    .slice(0, 2_000)
  return { 'x-echo': value, location, ...Object.fromEntries(names.slice(0, 1)) }
}

/** Some answers are wrong, so that sentences are made of what is in them. */
function refusal({ headers }: RawResponse, echo: readonly string[]): RawResponse {
  const Message = `It was ${echo.join(' ')}`
  const body = { Code: Message, Message, message: Message, NeutronError: { message: Message } }
  return { status: 409, headers, body: JSON.stringify(body) }
}

function withEcho(body: string, echo: readonly string[]): string {
  if (!body.startsWith('{')) return body
  const halves = echo.flatMap((one) => [one.slice(0, one.length / 2), one.slice(one.length / 2)])
  return JSON.stringify({ ...(JSON.parse(body) as object), echo, halves })
}

/** What in a request or in its answer is made of secrets. */
function secretsIn({ url, headers, body }: RawRequest, answered: RawResponse['headers']): string[] {
  const { searchParams } = new URL(url, 'http://reference.invalid')
  const found = [
    searchParams.get('Signature'),
    new URLSearchParams(body).get('Signature'),
    /Signature=(\w+)$/.exec(headers['authorization'] ?? '')?.[1],
    answered['X-Subject-Token'],
    headers['x-auth-token'],
  ]
  // The value used as a wrong token is not a secret.
  return found.filter((one): one is string => Boolean(one) && !one?.startsWith('nobody'))
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolproof-canaries-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs the program; resolves with all its output. */
function poolproof(words: readonly string[], environment: object = {}): Promise<string> {
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, ...everyEnvironment, ...environment }
  const child = spawn(process.execPath, [program, ...words], { cwd: folder, env })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  }
  return new Promise((resolve) => child.on('close', () => resolve(said)))
}

/** Each artefact and what is in it. */
async function artefacts(directory: string): Promise<Map<string, string>> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile())
  const read = files.map(async ({ parentPath, name }) => {
    const bytes = await readFile(join(parentPath, name))
    const text = name.endsWith('.gz') ? gunzipSync(bytes) : bytes
    return [name, text.toString('utf8')] as const
  })
  return new Map(await Promise.all(read))
}

/** Runs of characters that must not be visible, from every part of a secret. */
function runsOf(secret: string, length: number): string[] {
  const all = Array.from(secret)
  const starts = Array.from({ length: Math.max(0, all.length - length + 1) }, (_, index) => index)
  return starts
    .map((start) => all.slice(start, start + length).join(''))
    .filter((run) => !/\s/.test(run))
}

/**
 * Where a part of a secret can be read: six characters of a credential in any case, sixteen of a signature; the
 * same of a part of it in every spelling.
 */
function leaks(
  texts: ReadonlyMap<string, string>,
  credentials: readonly string[],
  signatures: Iterable<string> = [],
): string[] {
  const runs = [
    ...credentials.flatMap((one) => runsOf(one, 6)),
    ...[...signatures].flatMap((one) => runsOf(one, 16)),
  ]
  const middles = credentials.map((one) => one.slice(2, 14))
  const spelled = middles.flatMap((one) => spellings.map((spell) => spell(one)))
  const wanted = new Wanted([...runs, ...spelled].map((one) => one.toLowerCase()))
  return [...texts].flatMap(([name, text]) =>
    wanted.in(text.toLowerCase()).map((one) => `${name} tells ${one}`),
  )
}

/** As many characters of each text that is looked for are looked up first. */
const beginning = 6

/** Thousands of short texts, looked for at once in megabytes: each by itself would take most of the time. */
class Wanted {
  readonly #byBeginning = new Map<string, string[]>()
  readonly #short: readonly string[]

  constructor(all: readonly string[]) {
    const each = [...new Set(all)]
    this.#short = each.filter((one) => one.length < beginning)
    for (const one of each.filter(({ length }) => length >= beginning)) {
      const key = one.slice(0, beginning)
      this.#byBeginning.set(key, [...(this.#byBeginning.get(key) ?? []), one])
    }
  }

  /** Those that are in a text. */
  in(text: string): string[] {
    const found = new Set(this.#short.filter((one) => text.includes(one)))
    for (let at = 0; at + beginning <= text.length; at += 1) {
      const some = this.#byBeginning.get(text.slice(at, at + beginning))
      for (const one of some ?? []) if (text.startsWith(one, at)) found.add(one)
    }
    return [...found]
  }
}

test('every leak is found, wherever it is', () => {
  const secret = 'canary/"pass-wörd"'
  const signature = '0123456789abcdefghij'
  const texts = new Map([
    ['beginning', 'canary'],
    ['end', 'a S-WÖRD"'],
    ['six in the middle', 'x NARY/" x'],
    ['five in the middle', 'x nary/ x'],
    ['sixteen of a signature', `x${signature.slice(3, 19)}x`],
    ['fifteen of a signature', `x${signature.slice(3, 18)}x`],
    ['spelled', Buffer.from(secret.slice(2, 14)).toString('hex')],
  ])
  const found = leaks(texts, [secret], [signature]).map((leak) => leak.split(' tells ')[0])
  expect([...new Set(found)]).toEqual([
    'beginning',
    'end',
    'six in the middle',
    'sixteen of a signature',
    'spelled',
  ])
})

/** Also the status line says what was heard last. */
function withReason(heard: ReadonlySet<string>): Carry {
  return (outgoing, { status, headers, body }) => {
    const reason = [...heard]
      .slice(-3)
      .join(' ')
      .replaceAll(/[^ -~]/g, '')
    outgoing.writeHead(status, reason, headers).end(body)
  }
}

/** Some checks of credentials, and some others. */
const ids = [
  'elb/delete-pool/credentials-required',
  'elb/delete-pool/other-project',
  'elb/delete-pool/repeated',
  ...['credentials-required', 'altered-parameter', 'other-account', 'error-shape'].map(
    (name) => `slb/remove-backend-servers/${name}`,
  ),
]
const meant = ids.flatMap((id) => ['--only', id])

const everyFormat = formatNames.flatMap((name) => ['--reporter', name])

/** Both dialects at once: a start of the program costs more than its questions. */
async function telltales(heard: Set<string>): Promise<{ elb: string; slb: string }> {
  const [elb, slb] = await Promise.all(
    [elbReference(), slbReference()].map((reference) =>
      listen(telltale(reference, heard), { carry: withReason(heard) }),
    ),
  )
  onTestFinished(async () => void (await Promise.all([elb?.close(), slb?.close()])))
  return { elb: elb?.endpoint ?? '', slb: slb?.endpoint ?? '' }
}

/** The secrets that a target names. */
function namedBy({ auth }: Target): string[] {
  return Object.values(auth as object).flatMap((value: unknown) => {
    const isSecret = typeof value === 'object' && value !== null && 'env' in value
    return isSecret ? (everyEnvironment[String(value.env)] ?? []) : []
  })
}

const kinds = everyTarget({ elb: 'http://elb', slb: 'http://slb' }).map(([kind]) => kind)
const ofElb = kinds.filter((kind) => kind.startsWith('elb'))
const ofSlb = kinds.filter((kind) => kind.startsWith('slb'))

test.each(ofElb.map((kind, index) => [kind, ofSlb[index % ofSlb.length] ?? '']))(
  'no part of a secret is in any file or output of a run: %s; %s',
  async (...pair) => {
    const heard = new Set<string>()
    const all = new Map(everyTarget(await telltales(heard)))
    const targets = pair.flatMap((kind) => all.get(kind) ?? [])
    const files = targets.map(async (target) => {
      const file = join(folder, `${target.name}.json`)
      await writeFile(file, JSON.stringify({ ...target, limits: { lanes: 4, patienceSeconds: 0 } }))
      return ['--target', file]
    })
    const report = join(folder, pair.join(' '))
    const named = (await Promise.all(files)).flat()
    const said = [await poolproof(['run', ...named, '--report', report, ...everyFormat, ...meant])]
    const others = [
      ['plan', ...named, '--probe', '--only', 'elb/delete-pool/repeated'],
      ...ids.slice(-2).map((id) => ['show', report, id]),
      ...ids.slice(-2).map((id) => ['show', report, id, '--json']),
      ...files.map((_, index) => ['sweep', ...named.slice(2 * index, 2 * index + 2)]),
    ]
    said.push(...(await Promise.all(others.map((words) => poolproof(words)))))
    const texts = await artefacts(report)
    expect(texts.get('conformance.json')).toContain('[redacted]')
    expect(texts.get('junit.xml')).toContain('[redacted]')
    expect(texts.get('evidence.json.gz')).toContain('[redacted]')
    expect(heard.size).toBeGreaterThan(5)
    const credentials = targets.flatMap((target) => namedBy(target))
    expect(texts.get('evidence.har')).toContain('[redacted]')
    for (const one of said) expect(one).not.toBe('')
    const everything = new Map([...texts, ['what was said', said.join('\n')]])
    expect(leaks(everything, credentials, heard)).toEqual([])
  },
)

test('a password that the identity service repeats is masked, also in other case', async () => {
  const PASSWORD = 'canary/"pass wörd"'
  let count = 0
  const reference: Reference = {
    ...elbReference(),
    handle: ({ body }) => {
      count += 1
      const message = `${spellings[count % spellings.length]?.(PASSWORD) ?? ''} ${PASSWORD.toUpperCase()}`
      return { status: 401, headers: {}, body: JSON.stringify({ error: { message, body } }) }
    },
  }
  const { endpoint, close } = await listen(reference)
  onTestFinished(close)
  const [, target] = everyTarget({ elb: endpoint, slb: endpoint })[1] ?? []
  await writeFile(join(folder, 'iam.json'), JSON.stringify(target))
  const said = await poolproof(['run', '--target', 'iam.json'], { PASSWORD })
  expect(said).toMatch(/GET .* was not sent to .*: the identity service .* refused the password of/)
  expect(said).toContain('[redacted]')
  expect(leaks(new Map([['what was said', said]]), [PASSWORD])).toEqual([])
})

test.each([
  ['the token that the probe was given', 1],
  ['the signature of the first request', 3],
])('%s is masked, though the target repeats it to the end', async (_what, kind) => {
  const reference = elbReference()
  let first = ''
  const { endpoint, close } = await listen({
    ...reference,
    handle: (request) => {
      const answer = reference.handle(request)
      first ||= secretsIn(request, answer.headers)[0] ?? ''
      return { ...answer, body: withEcho(answer.body, [first]) }
    },
  })
  onTestFinished(close)
  const [, target] = everyTarget({ elb: endpoint, slb: endpoint })[kind] ?? []
  const file = join(folder, `repeats-${kind}.json`)
  await writeFile(file, JSON.stringify(target))
  const report = join(folder, `repeats ${kind}`)
  const words = ['run', '--target', file, '--report', report, ...everyFormat, ...meant.slice(0, 4)]
  const said = await poolproof(words)
  const texts = await artefacts(report)
  expect(texts.get('evidence.har')).toContain('[redacted]')
  expect(first).not.toBe('')
  expect(leaks(new Map([...texts, ['what was said', said]]), [], [first])).toEqual([])
})

test.each([
  ['repeats it', 200],
  ['refuses it', 407],
])('the password of a proxy that %s is masked', async (_how, status) => {
  const password = 'canary-proxy/pass'
  const server = elbReference()
  const proxy: Reference = {
    ...server,
    handle: (request) => {
      const { pathname, search } = new URL(request.url)
      const answer = server.handle({ ...request, url: `${pathname}${search}` })
      const basic = request.headers['proxy-authorization'] ?? ''
      const told = [password, encodeURIComponent(password), basic.replace(/^Basic /, '')]
      const echo = told.flatMap((one) => [one, ...spellings.map((spell) => spell(one))])
      const headers = { ...answer.headers, ...inHeaders(echo, told) }
      const wrong = { error: { message: echo.join(' ') } }
      return status === 407
        ? { status, headers, body: JSON.stringify(wrong) }
        : { ...answer, headers, body: withEcho(answer.body, echo) }
    },
  }
  const { endpoint, close } = await listen(proxy)
  onTestFinished(close)
  const [, target] = everyTarget({ elb: 'http://elb.invalid', slb: 'http://slb.invalid' })[0] ?? []
  const file = join(folder, `proxy-${status}.json`)
  await writeFile(file, JSON.stringify(target))
  const report = join(folder, `proxy ${status}`)
  const HTTP_PROXY = endpoint.replace('//', `//operator:${encodeURIComponent(password)}@`)
  const words = ['run', '--target', file, '--report', report, ...everyFormat, ...meant]
  const said = await poolproof(words, { HTTP_PROXY })
  const texts = await artefacts(report)
  expect([...texts.values(), said].join('\n')).toContain(status === 407 ? '407' : '[redacted]')
  expect(leaks(new Map([...texts, ['what was said', said]]), [password])).toEqual([])
})
