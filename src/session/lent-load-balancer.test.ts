import { describe, expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import type { Outcome } from '../check/check.ts'
import { perform } from '../check/perform.ts'
import { rpcHmacSigner } from '../credentials/rpc-hmac.ts'
import { tokenSigner } from '../credentials/token.ts'
import { elbRequest } from '../dialects/elb.ts'
import { slbCall } from '../dialects/slb.ts'
import { Lanes } from '../check/lanes.ts'
import type { Dialect, HttpRequest } from '../model.ts'
import { percentEncodePairs } from '../wire/percent-encoding.ts'
import { checks } from '../prove/examine.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { openSession } from './session.ts'
import { sweep } from '../sweep/index.ts'
import type { Target } from '../target.ts'
import { directWire, type Wire } from '../wire/wire.ts'

const endpoint = 'http://reference.invalid'
const options = { asynchronousMilliseconds: 0 }

type Send = (request: HttpRequest) => Promise<Readonly<Record<string, unknown>>>

/** Asks as the operator would. */
function operator(dialect: Dialect, wire: Wire): Send {
  const own = { accessKeyId: 'LTAI4kQ9AZ7xR2mT', accessKeySecret: 'bV5nM8kJ3hG6fD1sA9pa' }
  const signer =
    dialect === 'elb' ? tokenSigner({ token: 'tQ7xw4ixOnAhuc8J' }) : rpcHmacSigner({ own })
  return async (request) => {
    const { request: signed } = await signer.sign(request, () => AbortSignal.timeout(60_000))
    const url = `${endpoint}${signed.path}?${percentEncodePairs(signed.query ?? [])}`
    const { text } = await wire({ ...signed, url }, () => AbortSignal.timeout(60_000))
    return (text === '' ? {} : JSON.parse(text)) as Awaited<ReturnType<Send>>
  }
}

/** A lent load balancer, and the results of checks on it, one after another. */
async function lent(dialect: Dialect, ids: readonly string[], meddle: (wire: Wire) => Wire) {
  const server = reference(dialect, options)
  const direct = directWire(server)
  const send = operator(dialect, direct)
  const loadBalancerId = dialect === 'elb' ? await elbBalancer(send) : await slbBalancer(send)
  const plain = referenceTarget(dialect, endpoint, options)
  const target = { ...plain, given: { ...plain.given, loadBalancerId } } as Target
  const around = { wire: meddle(direct), environment: referenceEnvironment }
  const session = openSession(target, { id: '0a1b2c3d', seed: 1 }, around)
  const own = suites.filter((suite) => suite.dialect === dialect)
  const fixtures = own[0]?.fixtures as NonNullable<(typeof own)[0]>['fixtures']
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  const outcomes: Outcome[] = []
  for (const check of checks(own, (id) => ids.includes(id))) {
    outcomes.push(await perform(check, fixtures, session, lanes))
  }
  return { outcomes, changes: await lanes.changes(), server, send, loadBalancerId }
}

async function elbBalancer(send: Send): Promise<string> {
  const loadbalancer = { name: 'theirs', vip_subnet_id: 's' }
  const made = await send(elbRequest('POST', '/loadbalancers', { loadbalancer }))
  const { id } = made['loadbalancer'] as { id: string }
  const pool = { name: 'theirs', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN', loadbalancer_id: id }
  await send(elbRequest('POST', '/pools', { pool }))
  return id
}

async function slbBalancer(send: Send): Promise<string> {
  const RegionId = 'cn-hangzhou'
  const own = { RegionId, LoadBalancerName: 'theirs', VSwitchId: 'vsw-reference' }
  const { LoadBalancerId = '' } = await send(slbCall('CreateLoadBalancer', own))
  for (const ListenerPort of ['20001', '20002']) {
    const listener = { LoadBalancerId: String(LoadBalancerId), ListenerPort, Description: 'theirs' }
    const call = { ...listener, Bandwidth: '-1', BackendServerPort: '80' }
    await send(slbCall('CreateLoadBalancerTCPListener', call))
  }
  return String(LoadBalancerId)
}

const three = [
  'elb/delete-pool/status-204',
  'elb/delete-pool/members-first',
  'elb/delete-pool/all-three-first',
]

/** Says that listeners are gone, and leaves them: no clean-up notices. */
const forgetful =
  (wire: Wire): Wire =>
  async (request, signal) => {
    const listener = request.method === 'DELETE' && request.url.includes('/listeners/')
    return listener ? { status: 204, headers: [], text: '' } : wire(request, signal)
  }

/** Touches a pool of somebody else's with each deletion. */
const renaming =
  (wire: Wire): Wire =>
  async (request, signal) => {
    const answer = await wire(request, signal)
    if (request.method !== 'DELETE') return answer
    const { text } = await wire(
      { ...request, method: 'GET', url: `${endpoint}/v2.0/lbaas/pools` },
      signal,
    )
    const { pools } = JSON.parse(text) as { pools: { id: string; name: string }[] }
    const theirs = pools.find(({ name }) => name === 'theirs')
    const url = `${endpoint}/v2.0/lbaas/pools/${theirs?.id ?? 'gone'}`
    const headers = { ...request.headers, 'Content-Type': 'application/json' }
    const body = JSON.stringify({ pool: { name: 'touched' } })
    if (theirs) await wire({ ...request, method: 'PUT', url, headers, body }, signal)
    return answer
  }

/** Between the requests of checks, the owner writes on something of his own. @param work - Of the n-th time. */
const busy =
  (dialect: Dialect, work: (send: Send, times: number) => Promise<void>) =>
  (wire: Wire): Wire => {
    const send = operator(dialect, wire)
    let times = 0
    return async (request, signal) => {
      await work(send, (times += 1))
      return wire(request, signal)
    }
  }

const deploying = busy('elb', async (send, times) => {
  const { pools } = await send(elbRequest('GET', '/pools'))
  const theirs = (pools as { id: string; name: string }[]).find(({ name }) => name === 'theirs')
  const pool = { description: `deploy ${times}` }
  if (theirs) await send(elbRequest('PUT', `/pools/${theirs.id}`, { pool }))
})

const reweighing = busy('slb', async (send, times) => {
  const RegionId = 'cn-hangzhou'
  const found = await send(slbCall('DescribeLoadBalancers', { RegionId }))
  const { LoadBalancer } = found['LoadBalancers'] as { LoadBalancer: { LoadBalancerId: string }[] }
  const LoadBalancerId = LoadBalancer[0]?.LoadBalancerId ?? ''
  const BackendServers = JSON.stringify([{ ServerId: 'i-reference30', Port: 80, Weight: 1 }])
  const own = { RegionId, LoadBalancerId, VServerGroupName: 'theirs', BackendServers }
  if (times === 1) await send(slbCall('CreateVServerGroup', own))
  const listed = await send(slbCall('DescribeVServerGroups', { RegionId, LoadBalancerId }))
  const groups = listed['VServerGroups'] as {
    VServerGroup: { VServerGroupId: string; VServerGroupName: string }[]
  }
  const theirs = groups.VServerGroup.find((one) => one.VServerGroupName === 'theirs')
  if (!theirs) return
  const { VServerGroupId } = theirs
  const servers = [{ ServerId: 'i-reference30', Port: 80, Weight: 1 + (times % 99) }]
  const set = { RegionId, VServerGroupId, BackendServers: JSON.stringify(servers) }
  await send(slbCall('SetVServerGroupAttribute', set))
})

const weighing = busy('slb', async (send, times) => {
  const RegionId = 'cn-hangzhou'
  const found = await send(slbCall('DescribeLoadBalancers', { RegionId }))
  const { LoadBalancer } = found['LoadBalancers'] as { LoadBalancer: { LoadBalancerId: string }[] }
  const LoadBalancerId = LoadBalancer[0]?.LoadBalancerId ?? ''
  const servers = [{ ServerId: 'i-reference30', Weight: 1 + (times % 99) }]
  const own = { RegionId, LoadBalancerId, BackendServers: JSON.stringify(servers) }
  await send(slbCall(times === 1 ? 'AddBackendServers' : 'SetBackendServers', own))
})

/** The owner gives it another name, and puts more and more of his own on it. */
const extending = busy('elb', async (send, times) => {
  const { loadbalancers } = await send(elbRequest('GET', '/loadbalancers'))
  const { id = '' } = (loadbalancers as { id: string }[])[0] ?? {}
  const loadbalancer = { name: `theirs ${times}`, description: `deploy ${times}` }
  await send(elbRequest('PUT', `/loadbalancers/${id}`, { loadbalancer }))
  const pool = { name: `theirs ${times}`, protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN' }
  await send(elbRequest('POST', '/pools', { pool: { ...pool, loadbalancer_id: id } }))
  const listener = { protocol: 'TCP', protocol_port: 30_000 + times, loadbalancer_id: id }
  await send(elbRequest('POST', '/listeners', { listener }))
})

const listening = busy('slb', async (send, times) => {
  const RegionId = 'cn-hangzhou'
  const found = await send(slbCall('DescribeLoadBalancers', { RegionId }))
  const { LoadBalancer } = found['LoadBalancers'] as { LoadBalancer: { LoadBalancerId: string }[] }
  const LoadBalancerId = LoadBalancer[0]?.LoadBalancerId ?? ''
  const own = { RegionId, LoadBalancerId, VServerGroupName: `theirs ${times}` }
  await send(slbCall('CreateVServerGroup', own))
  const ListenerPort = String(30_000 + times)
  const call = { RegionId, LoadBalancerId, ListenerPort, Bandwidth: '-1', BackendServerPort: '80' }
  await send(slbCall('CreateLoadBalancerTCPListener', call))
})

const surveying = {
  elb: ['elb/update-pool/only-that-pool', 'elb/delete-pool/only-that-pool'],
  slb: [
    'slb/remove-vserver-group-backend-servers/absent-server-ignored',
    'slb/remove-vserver-group-backend-servers/twenty-one-refused',
  ],
} as const

describe('a lent load balancer', () => {
  test.each([
    ['elb', deploying],
    ['slb', reweighing],
    ['slb', weighing],
    ['elb', extending],
    ['slb', listening],
  ] as const)('%s: fails no check for what its owner does meanwhile', async (dialect, meddle) => {
    const { outcomes } = await lent(dialect, surveying[dialect], meddle)
    expect(outcomes.map(({ thrown }) => thrown?.message)).toEqual([undefined, undefined])
  })

  test('is put back as it was', async () => {
    const { outcomes, changes } = await lent('elb', three, (wire) => wire)
    expect(outcomes.map(({ thrown, leftovers }) => [thrown, leftovers])).toEqual(
      three.map(() => [undefined, []]),
    )
    expect(changes).toEqual([])
  })

  test('that has changed is reported, and nothing more is asked on it', async () => {
    const { outcomes, changes } = await lent('elb', three, forgetful)
    const spoiling = outcomes.findIndex(({ leftovers }) => leftovers.length > 0)
    expect(outcomes[spoiling]?.leftovers.join()).toContain('has changed: ')
    for (const { thrown, exchanges } of outcomes.slice(spoiling + 1)) {
      expect(thrown?.family).toBe('unasked')
      expect(thrown?.message).toContain('has changed since it was lent')
      expect(exchanges).toEqual([])
    }
    expect(changes.join()).toContain('has changed: ')
  })

  test('is looked at to the last field when all is over', async () => {
    const { changes } = await lent('elb', ['elb/delete-pool/status-204'], renaming)
    expect(changes.join()).toMatch(/pools\.[0-9a-f-]+\.name was "theirs", is "touched"/)
  })

  test('keeps its own listeners: ports that are taken are not asked for', async () => {
    const listening = suites
      .flatMap(({ entries }) => entries)
      .map(({ requirement }) => requirement.id)
      .filter((one) => one.startsWith('slb/remove-backend-servers/'))
    const ports: string[] = []
    const noting =
      (wire: Wire): Wire =>
      (request, signal) => {
        const { searchParams } = new URL(request.url)
        const action = searchParams.get('Action') ?? ''
        if (action.endsWith('Listener')) ports.push(searchParams.get('ListenerPort') ?? '')
        return wire(request, signal)
      }
    const { changes } = await lent('slb', listening, noting)
    expect(ports.length).toBeGreaterThan(0)
    expect(ports).not.toContain('20001')
    expect(ports).not.toContain('20002')
    expect(changes).toEqual([])
  })
})

/** Puts a backend server of somebody else's into each new pool. */
const squatting =
  (wire: Wire): Wire =>
  async (request, signal) => {
    const answer = await wire(request, signal)
    if (request.method !== 'POST' || !request.url.endsWith('/pools')) return answer
    const { pool } = JSON.parse(answer.text) as { pool: { id: string } }
    const member = { name: 'theirs', address: '192.0.2.77', protocol_port: 81, subnet_id: 's' }
    const send = operator('elb', wire)
    await send(elbRequest('POST', `/pools/${pool.id}/members`, { member }))
    return answer
  }

test('elb: a pool into which others have put something is not deleted, but named', async () => {
  const deleted: string[] = []
  const noting =
    (wire: Wire): Wire =>
    (request, signal) => {
      if (request.method === 'DELETE') deleted.push(request.url)
      return squatting(wire)(request, signal)
    }
  const { outcomes, changes } = await lent('elb', ['elb/update-pool/omitted-name'], noting)
  expect(deleted.filter((url) => /\/pools\/[^/]+$/.test(url))).toEqual([])
  const left = [...outcomes.flatMap(({ leftovers }) => leftovers), ...changes].join('\n')
  expect(left).toMatch(/\/pools\/\S+ is still there: it holds \S+, which this run has not made/)
})

/** Shows listeners without their descriptions, but for each of them alone. */
const withoutDescriptions =
  (wire: Wire): Wire =>
  async (request, signal) => {
    const answer = await wire(request, signal)
    const { searchParams } = new URL(request.url)
    if (searchParams.get('Action') !== 'DescribeLoadBalancerAttribute') return answer
    return { ...answer, text: answer.text.replaceAll(/,"Description":"[^"]*"/g, '') }
  }

test('slb: a listener is known by its own look where the load balancer shows none of its description', async () => {
  const id = 'slb/remove-backend-servers/listeners-untouched'
  const { outcomes, changes, server } = await lent('slb', [id], withoutDescriptions)
  expect(outcomes.map(({ thrown, leftovers }) => [thrown, leftovers])).toEqual([[undefined, []]])
  expect([changes, server.inventory()['listeners']]).toEqual([[], 2])
})

test('a sweep leaves a listener that somebody else described, whatever a journal says of its port', async () => {
  const { server, send, loadBalancerId } = await lent('slb', [], (wire) => wire)
  const ours = { LoadBalancerId: loadBalancerId, Description: 'poolproof-0a1b2c3d-listener-1' }
  const port = { ListenerPort: '20003', Bandwidth: '-1', BackendServerPort: '80' }
  await send(slbCall('CreateLoadBalancerTCPListener', { ...ours, ...port }))
  const plain = referenceTarget('slb', endpoint, options)
  const target = { ...plain, given: { ...plain.given, loadBalancerId } } as Target
  const around = { wire: directWire(server), environment: referenceEnvironment }
  const session = openSession(target, { id: 'ffffffff', seed: 1 }, around)
  const keys = ['20001', '20003'].map((one) => `Listener/${loadBalancerId}/${one}`)
  const lost = keys.flatMap((key, intent) => [
    { intent, kind: 'Listener', keys: [key] },
    { of: intent, unknown: true as const },
  ])
  const { removed, left } = await sweep(session, { run: '0a1b2c3d', journals: [lost] })
  expect([removed, left]).toEqual([['Listener 20003 (poolproof-0a1b2c3d-listener-1)'], []])
  expect(server.inventory()).toMatchObject({ listeners: 2 })
})
