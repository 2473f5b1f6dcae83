import { describe, expect, test } from 'vitest'
import { elbRequest } from '../dialects/elb.ts'
import { slbCall } from '../dialects/slb.ts'
import type { Dialect } from '../model.ts'
import { referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { endpoint, lent, options } from '../../bench/lent-load-balancer.ts'
import { operator, type Send } from '../../bench/operator.ts'
import { suites } from '../../suites/index.ts'
import { openSession } from './session.ts'
import { sweep } from '../sweep/index.ts'
import type { Target } from '../target.ts'
import { directWire, type Wire } from '../wire/wire.ts'

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

/** What it does when a journal names a listener of the owner, and one of an earlier run. */
async function swept(action: string, change: (wire: Wire) => Wire) {
  const { server, send, loadBalancerId } = await lent('slb', [], (wire) => wire)
  const ours = { LoadBalancerId: loadBalancerId, Description: 'poolproof-0a1b2c3d-listener-1' }
  const port = { ListenerPort: '20003', Bandwidth: '-1', BackendServerPort: '80' }
  const off = { StickySession: 'off', HealthCheck: 'off' }
  await send(slbCall(action, { ...ours, ...port, ...off }))
  expect(server.inventory()).toMatchObject({ listeners: 3 })
  const plain = referenceTarget('slb', endpoint, options)
  const target = { ...plain, given: { ...plain.given, loadBalancerId } } as Target
  const around = { wire: change(directWire(server)), environment: referenceEnvironment }
  const session = openSession(target, { id: 'ffffffff', seed: 1 }, around)
  const keys = ['20001', '20003'].map((one) => `Listener/${loadBalancerId}/${one}`)
  const lost = keys.flatMap((key, intent) => [
    { intent, kind: 'Listener', name: ours.Description, keys: [key] },
    { of: intent, unknown: true as const },
  ])
  const { removed, left } = await sweep(session, { run: '0a1b2c3d', journals: [lost] })
  return { removed, left, inventory: server.inventory() }
}

describe('a sweep of a lent load balancer', () => {
  test('leaves a listener that somebody else described, whatever a journal says of its port', async () => {
    const { removed, left, inventory } = await swept(
      'CreateLoadBalancerTCPListener',
      (wire) => wire,
    )
    expect([removed, left]).toEqual([['Listener 20003 (poolproof-0a1b2c3d-listener-1)'], []])
    expect(inventory).toMatchObject({ listeners: 2 })
  })

  test.each(['TCP', 'UDP', 'HTTP'])(
    'knows a listener of %s by its own look where the load balancer shows no descriptions',
    async (protocol) => {
      const action = `CreateLoadBalancer${protocol}Listener`
      const { removed, left, inventory } = await swept(action, withoutDescriptions)
      expect([removed.length, left]).toEqual([1, []])
      expect(inventory).toMatchObject({ listeners: 2 })
    },
  )
})
