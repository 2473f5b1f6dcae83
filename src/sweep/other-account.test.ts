/** A sweep with the credentials of somebody else sees nothing, and that is no reason to forget a journal. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { folderForTest } from '../documents/folder-for-test.ts'
import { elbRequest, elbSpelling } from '../dialects/elb.ts'
import { slbCall, slbSpelling } from '../dialects/slb.ts'
import type { Dialect } from '../model.ts'
import { everyEnvironment, everyElbAuth } from '../reference/credential-kinds.ts'
import { reference, referenceTarget } from '../reference/embedded.ts'
import { referenceProjects } from '../reference/elb/given.ts'
import { listen } from '../reference/server.ts'
import { headingOf } from '../session/journal-heading.ts'
import { openJournal } from '../session/journal.ts'
import type { Target } from '../target.ts'
import { directWire } from '../wire/wire.ts'
import { exitCodeOf, sweepTarget } from './sweep-target.ts'

const run = '0a1b2c3d'
const name = `poolproof-${run}-lb-1`
const options = { asynchronousMilliseconds: 0 }
const creation = {
  elb: elbRequest('POST', '/loadbalancers', { loadbalancer: { name, vip_subnet_id: 's' } }),
  slb: slbCall('CreateLoadBalancer', {
    RegionId: 'cn-hangzhou',
    LoadBalancerName: name,
    VSwitchId: 'vsw-reference',
  }),
}

/** What a killed run has left: a load balancer, and a journal that was written with these credentials. */
async function killed(dialect: Dialect, own: (endpoint: string) => Partial<Target> = () => ({})) {
  const server = reference(dialect, options)
  const listening = await listen(server)
  onTestFinished(() => listening.close())
  const folder = folderForTest('other-account')
  const { endpoint } = listening
  const plain = { ...referenceTarget(dialect, endpoint, options), limits: { pollSeconds: 0.01 } }
  const heading = headingOf({ ...plain, ...own(endpoint) } as Target, { id: run }, everyEnvironment)
  const directory = join(folder, 'journal')
  const journal = openJournal(directory, heading)
  const spelling = dialect === 'elb' ? elbSpelling : slbSpelling
  const send = operator(dialect, directWire(server))
  const noted = journal.note(spelling)('arrange', creation[dialect])
  noted({ status: 200, headers: [], text: '', body: await send(creation[dialect]) })
  journal.close(true)
  const sweepAs = async (changed: Partial<Target>, environment: Record<string, string> = {}) => {
    const target = join(folder, 'target.json')
    writeFileSync(target, JSON.stringify({ ...plain, ...changed }))
    const around = { ...everyEnvironment, ...environment }
    const result = await sweepTarget({ target, journal: directory }, around)
    const { loadBalancers } = server.inventory()
    return { ...result, code: exitCodeOf(result), isKept: existsSync(journal.file), loadBalancers }
  }
  return { endpoint, file: journal.file, sweepAs, server, send }
}

const otherKey = {
  POOLPROOF_REFERENCE_KEY_ID: everyEnvironment['POOLPROOF_REFERENCE_OTHER_KEY_ID'] ?? '',
  POOLPROOF_REFERENCE_KEY_SECRET: everyEnvironment['POOLPROOF_REFERENCE_OTHER_KEY_SECRET'] ?? '',
}
const otherToken = { POOLPROOF_REFERENCE_TOKEN: referenceProjects[1].token }
const kept = { removed: [], code: 3, isKept: true, loadBalancers: 1 }
const swept = { left: [], code: 0, isKept: false, loadBalancers: 0 }

test('slb: the access key of another account leaves the journal, and both are named', async () => {
  const { file, sweepAs } = await killed('slb')
  const written = readFileSync(file, 'utf8')
  const { accessKeyId: own } = { accessKeyId: everyEnvironment['POOLPROOF_REFERENCE_KEY_ID'] ?? '' }
  expect(written).toMatch(/"accessKey":"sha256:[0-9a-f]{8}…"/)
  expect(written).not.toContain(own.slice(0, 6))
  const result = await sweepAs({}, otherKey)
  expect(result).toMatchObject(kept)
  expect(result.left).toEqual([
    expect.stringContaining(name),
    expect.stringMatching(
      /is of access key sha256:\w{8}…, region cn-hangzhou, and this target has access key sha256:\w{8}…, region/,
    ),
  ])
  expect(await sweepAs({})).toMatchObject(swept)
})

test('slb: another region is another place', async () => {
  const { sweepAs } = await killed('slb')
  const { given } = referenceTarget('slb', 'http://x', options)
  const result = await sweepAs({ given: { ...given, region: 'cn-shanghai' } } as Partial<Target>)
  expect(result).toMatchObject(kept)
  expect(result.left.join()).toContain('and this target has access key')
})

const as = (kind: string) => (endpoint: string) =>
  ({ auth: everyElbAuth(endpoint)[kind] }) as Partial<Target>

test('elb: another project leaves the journal', async () => {
  const own = as('password, by ids')
  const { endpoint, sweepAs } = await killed('elb', own)
  const other = { ...own(endpoint).auth, projectId: referenceProjects[1].id }
  const result = await sweepAs({ auth: other } as Partial<Target>)
  expect(result).toMatchObject(kept)
  expect(result.left.join()).toContain(`is of project ${referenceProjects[0].id}, and`)
  // The name of a project cannot be compared with an id, and something of the run is shown.
  expect(await sweepAs(as('password, by names')(endpoint))).toMatchObject(swept)
})

test('elb: a token says nothing, so that something of the run has to be shown', async () => {
  const { sweepAs } = await killed('elb')
  const result = await sweepAs({}, otherToken)
  expect(result).toMatchObject(kept)
  expect(result.left).toEqual([
    expect.stringContaining(name),
    expect.stringContaining('may be of another account: nothing that it names is shown'),
  ])
  expect(await sweepAs({})).toMatchObject(swept)
})

test('elb: what hung on something that the run itself has removed went with it', async () => {
  const { file, sweepAs } = await killed('elb')
  const [heading, ...made] = readFileSync(file, 'utf8').trimEnd().split('\n')
  const {
    made: [balancer],
  } = JSON.parse(made.at(-1) ?? '') as { made: string[] }
  const entries = [
    { intent: 2, kind: 'pools', name: 'x', parent: balancer },
    { of: 2, made: ['/pools/p-1'] },
    { intent: 3, kind: 'members', name: 'server', parent: '/pools/p-1' },
    { of: 3, made: ['/pools/p-1/members/m-1'] },
    { removed: [balancer] },
  ]
  const lines = [heading, ...made, ...entries.map((one) => JSON.stringify(one))]
  writeFileSync(file, `${lines.join('\n')}\n`)
  expect(await sweepAs({}, otherToken)).toMatchObject({ left: [], code: 0, isKept: false })
})

test('elb: where the load balancer is shown that was lent, the rest is gone', async () => {
  const { file, server, send, sweepAs } = await killed('elb')
  const lent = await send(
    elbRequest('POST', '/loadbalancers', { loadbalancer: { name: 'lent', vip_subnet_id: 's' } }),
  )
  const { id } = lent['loadbalancer'] as { id: string }
  const [heading] = readFileSync(file, 'utf8').split('\n')
  const entries = [
    { intent: 1, kind: 'pools', name: `poolproof-${run}-pool-1`, parent: `/loadbalancers/${id}` },
    { of: 1, made: ['/pools/not-there-any-more'] },
  ]
  const lines = [heading, ...entries.map((one) => JSON.stringify(one))]
  writeFileSync(file, `${lines.join('\n')}\n`)
  expect(await sweepAs({}, otherToken)).toMatchObject({ code: 3, isKept: true })
  expect(await sweepAs({})).toMatchObject({ left: [], code: 0, isKept: false })
  expect(server.inventory()).toMatchObject({ loadBalancers: 1 })
})
