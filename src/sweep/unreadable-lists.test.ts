import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { operator, type Send } from '../../bench/operator.ts'
import { elbRequest, elbSpelling } from '../dialects/elb.ts'
import { slbCall, slbSpelling } from '../dialects/slb.ts'
import type { Dialect } from '../model.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { listen, type RawResponse } from '../reference/server.ts'
import { openJournal } from '../session/journal.ts'
import { directWire } from '../wire/wire.ts'
import { sweepTarget } from './sweep-target.ts'

const run = '0a1b2c3d'
const name = `poolproof-${run}-lb-1`
const options = { asynchronousMilliseconds: 0 }

/** How a list can answer without showing what is there. */
const bad: readonly [string, RawResponse][] = [
  ['403', { status: 403, headers: {}, body: '{"Code":"Forbidden","RequestId":"r"}' }],
  ['500', { status: 500, headers: {}, body: '{"Code":"InternalError","RequestId":"r"}' }],
  ['404', { status: 404, headers: {}, body: '{}' }],
  ...[
    'null',
    '{}',
    '[]',
    '{"loadbalancers":null}',
    '{"loadbalancers":[null]}',
    '"text"',
    '{"LoadBalancers":{"LoadBalancer":[null]},"RequestId":"r"}',
    '{"RequestId":"r"}',
    '{"LoadBalancers":{},"RequestId":"r"}',
    '{"LoadBalancers":null,"RequestId":"r"}',
    '{"LoadBalancers":{"LoadBalancer":null},"RequestId":"r"}',
    '{"LoadBalancers":{"LoadBalancer":""},"RequestId":"r"}',
    '{"LoadBalancers":{"LoadBalancer":[]},"TotalCount":5,"RequestId":"r"}',
    '{"LoadBalancers":{"LoadBalancer":[]},"TotalCount":"many","RequestId":"r"}',
    '{"loadbalancers":[],"loadbalancers_links":{"rel":"next"}}',
    '{"loadbalancers":[],"loadbalancers_links":[{"rel":"next"}]}',
  ].map((body): [string, RawResponse] => [
    body,
    { status: 200, headers: { 'Content-Type': 'application/json' }, body },
  ]),
]

async function madeElb(send: Send): Promise<string> {
  const loadbalancer = { name, vip_subnet_id: 's' }
  const made = await send(elbRequest('POST', '/loadbalancers', { loadbalancer }))
  return (made['loadbalancer'] as { id: string }).id
}

async function madeSlb(send: Send): Promise<string> {
  const own = { RegionId: 'cn-hangzhou', LoadBalancerName: name, VSwitchId: 'vsw-reference' }
  return String((await send(slbCall('CreateLoadBalancer', own)))['LoadBalancerId'])
}

/** A journal of a killed run: it names one load balancer by its id, and one whose answer never came. */
async function journalled(dialect: Dialect, folder: string, endpoint: string, id: string) {
  const directory = join(folder, 'journal')
  // So old that nothing comes any more of what was not answered.
  const began = new Date('2026-01-02T03:04:05Z')
  const journal = openJournal(directory, { run, target: 'reference', dialect, endpoint }, began)
  const [spelling, request, body] =
    dialect === 'elb'
      ? [
          elbSpelling,
          elbRequest('POST', '/loadbalancers', { loadbalancer: { name } }),
          { loadbalancer: { id } },
        ]
      : [
          slbSpelling,
          slbCall('CreateLoadBalancer', { LoadBalancerName: name }),
          { RequestId: 'r', LoadBalancerId: id },
        ]
  const note = journal.note(spelling)
  note('arrange', request)({ status: 200, headers: [], text: '', body })
  note('arrange', request)()
  journal.close(true)
  return { directory, file: journal.file }
}

test.each(
  (['elb', 'slb'] as const).flatMap((dialect) =>
    bad.map(([what, answer]) => [dialect, what, answer] as const),
  ),
)(
  '%s: a sweep that is answered %s says what it could not see, and keeps the journal',
  async (dialect, _what, answer) => {
    const server = reference(dialect, options)
    const id = await (dialect === 'elb' ? madeElb : madeSlb)(operator(dialect, directWire(server)))
    let blind = true
    const listening = await listen({
      ...server,
      handle: (request) => {
        const isProbe = /\/pools\?limit=1|Action=DescribeRegions/.test(request.url)
        const isLook = request.method === 'GET' && !/Action=(?!Describe)/.test(request.url)
        return blind && isLook && !isProbe ? answer : server.handle(request)
      },
    })
    onTestFinished(() => listening.close())
    const folder = await mkdtemp(join(tmpdir(), 'poolproof-blind-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const target = join(folder, 'target.json')
    const limits = { patienceSeconds: 0.1, pollSeconds: 0.01, settleSeconds: 0.05 }
    const plain = referenceTarget(dialect, listening.endpoint, options)
    await writeFile(target, JSON.stringify({ ...plain, limits }))
    const { directory, file } = await journalled(dialect, folder, listening.endpoint, id)

    const seen = await sweepTarget({ target, journal: directory }, referenceEnvironment)
    expect(seen.removed).toEqual([])
    expect(seen.left.join('\n')).toContain(id)
    expect(seen.left.join('\n')).toMatch(/could not be read/)
    expect(existsSync(file)).toBe(true)
    expect(Object.values(server.inventory()).some((count) => count > 0)).toBe(true)

    blind = false
    const after = await sweepTarget({ target, journal: directory }, referenceEnvironment)
    expect([after.removed, after.left]).toEqual([[expect.stringContaining(name)], []])
    expect(existsSync(file)).toBe(false)
    expect(Object.values(server.inventory()).filter((count) => count > 0)).toEqual([])
  },
)
