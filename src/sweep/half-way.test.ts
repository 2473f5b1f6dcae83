/** A sweep that ends before it is done: what it has removed is said, and a later sweep knows it. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { builtProgram } from '../commands/started-program.ts'
import { folderForTest } from '../documents/folder-for-test.ts'
import { elbRequest } from '../dialects/elb.ts'
import { NoAnswer } from '../model.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { listen, type Reference } from '../reference/server.ts'
import { readJournals } from '../session/journal-file.ts'
import { withRemoved } from '../session/journal-removals.ts'
import { directWire } from '../wire/wire.ts'
import { exitCodeOf, sweepTarget } from './sweep-target.ts'

const runs = ['0a1b2c3d', 'f0e1d2c3'] as const
const options = { asynchronousMilliseconds: 0 }

/** Of each run a load balancer with a pool, and its journal. */
async function ground(
  refuses: (request: { method: string; url: string }) => boolean = () => false,
  status = 403,
) {
  const server = reference('elb', options)
  const handle: Reference['handle'] = (request) => {
    return refuses(request) ? { status, headers: {}, body: '{}' } : server.handle(request)
  }
  const { endpoint, close } = await listen({ ...server, handle })
  onTestFinished(close)
  const folder = folderForTest('half-way')
  const journal = join(folder, 'journal')
  mkdirSync(journal)
  const send = operator('elb', directWire(server))
  const make = async (path: string, key: string, fields: object) =>
    ((await send(elbRequest('POST', path, { [key]: fields })))[key] as { id: string }).id
  const pools: string[] = []
  for (const run of runs) {
    const name = (what: string) => `poolproof-${run}-${what}-1`
    const home = { name: name('lb'), vip_subnet_id: 's' }
    const loadbalancer_id = await make('/loadbalancers', 'loadbalancer', home)
    const kind = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', loadbalancer_id }
    const pool = await make('/pools', 'pool', { name: name('pool'), ...kind })
    pools.push(pool)
    const lines = [
      { run, target: 'reference-elb', dialect: 'elb', endpoint, began: '' },
      { intent: 1, kind: 'loadbalancers', name: name('lb') },
      { of: 1, made: [`/loadbalancers/${loadbalancer_id}`] },
      { intent: 2, kind: 'pools', name: name('pool'), parent: `/loadbalancers/${loadbalancer_id}` },
      { of: 2, made: [`/pools/${pool}`] },
    ]
    writeFileSync(fileOf(journal, run), lines.map((one) => `${JSON.stringify(one)}\n`).join(''))
  }
  const target = join(folder, 'target.json')
  const limits = { pollSeconds: 0.01, settleSeconds: 0.05 }
  writeFileSync(target, JSON.stringify({ ...referenceTarget('elb', endpoint, options), limits }))
  const sweep = (removed?: (sentence: string) => void) =>
    sweepTarget({ target, journal }, referenceEnvironment, removed)
  return { folder, journal, make, pools, sweep, server }
}

const isRemoval = ({ method, url }: { method: string; url: string }) =>
  method === 'DELETE' && url.includes('/loadbalancers/')

const fileOf = (journal: string, run: string) => join(journal, `${run}-reference-elb.jsonl`)

test('what was removed is said, and no longer named as left', async () => {
  let isEarly = true
  const { journal, pools, sweep, server } = await ground((one) => isEarly && isRemoval(one))
  const failed = await sweep(() => {
    throw new NoAnswer('The target is gone.')
  })
  isEarly = false
  expect(failed.removed).toEqual([expect.stringMatching(/^pools /)])
  expect(failed.notAsked).toBe('The target is gone.')
  expect(failed.left).toHaveLength(2)
  expect(failed.left.join()).not.toContain('/pools/')
  expect(exitCodeOf(failed)).toBe(3)
  expect(readFileSync(fileOf(journal, runs[0]), 'utf8')).toContain(
    `{"removed":["/pools/${pools[0]}"]}\n`,
  )
  const said: string[] = []
  const again = await sweep((sentence) => void said.push(sentence))
  expect([again.left, exitCodeOf(again), existsSync(fileOf(journal, runs[0]))]).toEqual([
    [],
    0,
    false,
  ])
  expect(again.removed).toEqual(said)
  expect(said.every((one) => one.startsWith('loadbalancers'))).toBe(true)
  expect(server.inventory()).toMatchObject({ loadBalancers: 0, pools: 0 })
})

test('a journal of which all is gone goes, also where something of another run is left', async () => {
  const { journal, make, pools, sweep } = await ground()
  const place = { address: '192.0.2.10', protocol_port: 80, subnet_id: 's', name: 'theirs' }
  await make(`/pools/${pools[1]}/members`, 'member', place)
  const result = await sweep()
  expect(result.left.join()).toContain('(theirs), which no run made')
  expect(runs.map((run) => existsSync(fileOf(journal, run)))).toEqual([false, true])
})

/** Needs `npm run build`. */
test.each([
  ['SIGKILL', null, ''],
  ['SIGINT', 130, 'The sweep was ended before it was done.'],
] as const)('a sweep that %s ends has said what it removed', async (signal, exitCode, said) => {
  let child: ReturnType<typeof spawn> | undefined
  let refusals = 0
  const { folder, journal, pools, sweep } = await ground((one) => {
    if (!child || !isRemoval(one)) return false
    refusals += 1
    if (refusals > 2) child.kill(signal)
    return true
  })
  const words = [builtProgram, 'sweep', '--target', 'target.json', '--journal', 'journal']
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, ...referenceEnvironment }
  child = spawn(process.execPath, words, { cwd: folder, env })
  let text = ''
  let complaint = ''
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  child = undefined
  expect(code).toBe(exitCode)
  expect(complaint).toContain(said)
  expect(text).toContain(`removed pools ${pools[0]}`)
  expect(readFileSync(fileOf(journal, runs[1]), 'utf8')).toContain(
    `"removed":["/pools/${pools[1]}"]`,
  )
  const again = await sweep()
  expect([again.left, again.removed.join()]).toEqual([[], expect.not.stringContaining('pools')])
})

test('what is added to a journal does not touch what a killed process has written', async () => {
  const { journal, pools } = await ground()
  const file = fileOf(journal, runs[0])
  const key = `/pools/${pools[0]}`
  for (const [last, entries] of [
    ['{"intent":3,"ki', 5],
    [`{"intent":3,"kind":"pools","name":"ü"}`, 6],
  ] as const) {
    const before = readFileSync(file)
    appendFileSync(file, last)
    const [read] = (await readJournals(journal)).filter((one) => one.file === file)
    const added = withRemoved(read!, [key, '/pools/other'])
    const [now] = (await readJournals(journal)).filter((one) => one.file === file)
    expect([now?.entries, now?.odd]).toEqual([added.entries, []])
    expect(now?.entries).toHaveLength(entries)
    writeFileSync(file, before)
  }
})

test('what a target denies after its first lists is not said to be removed, and the next sweep finds it', async () => {
  let isOver = false
  let isListed = false
  const { journal, sweep, server } = await ground(({ url }) => {
    if (isOver) return false
    const denied = isListed
    isListed ||= /\/loadbalancers(?:\?|$)/.test(url)
    return denied
  }, 404)
  const denied = await sweep()
  expect([denied.removed, exitCodeOf(denied)]).toEqual([[], 3])
  expect(denied.left.length).toBeGreaterThan(0)
  for (const run of runs)
    expect(readFileSync(fileOf(journal, run), 'utf8')).not.toContain('removed')
  expect(server.inventory()).toMatchObject({ loadBalancers: 2, pools: 2 })
  isOver = true
  const again = await sweep()
  expect([again.left, exitCodeOf(again)]).toEqual([[], 0])
  expect(server.inventory()).toMatchObject({ loadBalancers: 0, pools: 0 })
})
