/** A sweep whose target cannot be asked, by the built program: what journals name is not forgotten. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { started, type Ended } from '../commands/started-program.ts'
import { folderForTest } from '../documents/folder-for-test.ts'
import { referenceTarget } from '../reference/embedded.ts'
import { elbReference } from '../reference/elb/reference.ts'
import { listen } from '../reference/server.ts'

const run = '0a1b2c3d'
const name = `poolproof-${run}-lb-1`
const made = [
  { intent: 1, kind: 'loadbalancers', name },
  { of: 1, made: ['/loadbalancers/lb-1'] },
]
const gone = [...made, { removed: ['/loadbalancers/lb-1'] }]
const forced = [...gone, { status: 'ERROR', loadBalancerId: 'lb-2' }]

/** Each way in which a target cannot be asked, with what is told of it. */
const unasked: readonly [string, (endpoint: string) => object, RegExp][] = [
  ['a wrong token', () => ({}), /^poolproof: .* did not accept these credentials\. .*\n$/],
  ['no server', () => ({ endpoint: 'http://127.0.0.1:9' }), /Nothing can be reached at 127/],
  ['another path', (endpoint) => ({ endpoint: `${endpoint}/x` }), /is appended to endpoint/],
]

interface Swept extends Ended {
  readonly journal: string
}

/** A sweep with a wrong token, and a journal with these entries about the same endpoint. */
async function swept(
  entries: readonly object[] | undefined,
  but: (endpoint: string) => object = () => ({}),
  more: readonly string[] = [],
): Promise<Swept> {
  const folder = folderForTest('unasked')
  const { endpoint: own, close } = await listen(elbReference())
  onTestFinished(close)
  const target = referenceTarget('elb', own, { asynchronousMilliseconds: 0 })
  const limits = { patienceSeconds: 0.2 }
  const document = { ...target, auth: { token: { env: 'T' } }, limits, ...but(own) }
  writeFileSync(join(folder, 'target.json'), JSON.stringify(document))
  const journal = join(folder, 'journal', `${run}-reference-elb.jsonl`)
  if (entries) {
    mkdirSync(join(folder, 'journal'))
    const { endpoint } = document
    const heading = { run, target: target.name, dialect: 'elb', endpoint, began: '' }
    const lines = [heading, ...entries].map((one) => `${JSON.stringify(one)}\n`)
    writeFileSync(journal, lines.join(''))
  }
  const words = ['sweep', '--target', 'target.json', '--report', '.', ...more]
  const ended = await started(words, { folder, environment: { T: 'canary-4711' } })
  return { ...ended, journal }
}

test.each(unasked)(
  '%s: what a journal names is left, and the journal stays',
  async (_what, but, why) => {
    const { exitCode, stdout, stderr, journal } = await swept(made, but)
    expect([exitCode, stdout]).toEqual([
      3,
      `LEFT    loadbalancers ${name}: /loadbalancers/lb-1\nreference-elb: 0 removed, 1 left.\n`,
    ])
    expect(stderr).toMatch(why)
    expect(readFileSync(journal, 'utf8')).toContain('"intent":1')
  },
)

test('a load balancer that a hook may still hold, and a journal that cannot be read, count too', async () => {
  const held = await swept(forced)
  expect(held.exitCode).toBe(3)
  expect(held.stdout).toContain('LEFT    The load balancer lb-2 may still be forced.\n')
  const odd = await swept([{ of: '1' }], undefined, ['--json'])
  expect([odd.exitCode, JSON.parse(odd.stdout)]).toEqual([
    3,
    expect.objectContaining({
      left: [expect.stringContaining('could not be read')],
      notAsked: expect.stringContaining('did not accept these credentials') as unknown,
    }),
  ])
  expect(existsSync(odd.journal)).toBe(true)
})

test.each([
  ['there is no journal', undefined],
  ['the journal says that all is gone', gone],
])('2 as for a run where %s', async (_what, entries) => {
  const { exitCode, stdout, stderr } = await swept(entries)
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toContain('did not accept these credentials')
})

test('3 where the target cannot be asked now', async () => {
  const server = createServer((_, response) => void response.writeHead(503).end())
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as { port: number }
  const busy = () => ({ endpoint: `http://127.0.0.1:${port}` })
  const { exitCode, stdout } = await swept(made, busy)
  expect([exitCode, stdout.startsWith(`LEFT    loadbalancers ${name}`)]).toEqual([3, true])
  expect((await swept(undefined, busy)).exitCode).toBe(3)
})
