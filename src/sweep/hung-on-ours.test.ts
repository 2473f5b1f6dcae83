/** What somebody else has put on an object of ours keeps that from being deleted: many services delete both. */

import { expect, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { elbRequest } from '../dialects/elb.ts'
import { slbCall } from '../dialects/slb.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { openSession } from '../session/session.ts'
import type { SlbTarget, Target } from '../target.ts'
import { directWire, type Wire } from '../wire/wire.ts'
import { sweep } from './index.ts'

const run = '0a1b2c3d'
const named = (what: string) => `poolproof-${run}-${what}-1`
const options = { asynchronousMilliseconds: 0 }

/** What a sweep removes of a load balancer, a listener, a pool and what hangs on them, some of it with these names. */
async function swept(names: { readonly policy?: string; readonly monitor?: string }) {
  const server = reference('elb', options)
  const direct = directWire(server)
  const send = operator('elb', direct)
  const make = async (path: string, key: string, fields: object) =>
    ((await send(elbRequest('POST', path, { [key]: fields })))[key] as { id: string }).id
  const home = { name: named('lb'), vip_subnet_id: 's' }
  const loadbalancer_id = await make('/loadbalancers', 'loadbalancer', home)
  const own = { name: named('listener'), loadbalancer_id, protocol: 'HTTP', protocol_port: 80 }
  const listener_id = await make('/listeners', 'listener', own)
  const kind = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', loadbalancer_id }
  const pool_id = await make('/pools', 'pool', { name: named('pool'), ...kind })
  if (names.policy !== undefined) {
    const to = { action: 'REDIRECT_TO_POOL', redirect_pool_id: pool_id }
    await make('/l7policies', 'l7policy', { name: names.policy, listener_id, ...to })
  }
  if (names.monitor !== undefined) {
    const each = { type: 'HTTP', delay: 5, timeout: 3, max_retries: 3 }
    await make('/healthmonitors', 'healthmonitor', { name: names.monitor, pool_id, ...each })
  }
  const deleted: string[] = []
  const wire: Wire = (request, deadline) => {
    if (request.method === 'DELETE') deleted.push(request.path.split('/').at(-2) ?? '')
    return direct(request, deadline)
  }
  const plain = referenceTarget('elb', 'http://reference.invalid', options)
  const target = { ...plain, limits: { pollSeconds: 0.01 } } as Target
  const around = { wire, environment: referenceEnvironment }
  const session = openSession(target, { id: 'ffffffff', seed: 1 }, around)
  const { left } = await sweep(session, { run })
  return { left: left.join('\n'), deleted: [...new Set(deleted)] }
}

test('elb: a policy of somebody else’s on a listener of ours', async () => {
  const { left, deleted } = await swept({ policy: 'theirs' })
  expect(deleted).toEqual([])
  expect(left).toMatch(/^pools .* it is linked with l7policies .* \(theirs\)/m)
  expect(left).toMatch(
    /^listeners .* is still there, or may be: it holds l7policies .* \(theirs\)/m,
  )
})

test('elb: a health monitor of somebody else’s on a pool of ours', async () => {
  const { left, deleted } = await swept({ monitor: 'theirs' })
  expect(deleted).toEqual(['listeners'])
  expect(left).toMatch(/^pools .* it holds healthmonitors .* \(theirs\)/m)
})

test('elb: what is all ours goes', async () => {
  const { left, deleted } = await swept({ policy: named('policy'), monitor: named('monitor') })
  expect(left).toBe('')
  expect(deleted).toEqual(['healthmonitors', 'l7policies', 'pools', 'listeners', 'loadbalancers'])
})

const [lent = '', theirs = ''] = (referenceTarget('slb', '', options) as SlbTarget).given.serverIds

const list = (...ids: readonly string[]) =>
  JSON.stringify(ids.map((ServerId) => ({ ServerId, Port: '80', Weight: '100' })))

/** What a sweep leaves of a load balancer with a group, where these servers are. */
async function sweptSlb(servers: { readonly group?: string; readonly defaultGroup?: string }) {
  const server = reference('slb', options)
  const wire = directWire(server)
  const send = operator('slb', wire)
  const RegionId = 'cn-hangzhou'
  const call = async (action: string, own: Readonly<Record<string, string>>) => {
    const answer = await send(slbCall(action, { RegionId, ...own }))
    expect(answer).not.toHaveProperty('Code')
    return answer
  }
  const own = { LoadBalancerName: named('lb'), VSwitchId: 'vsw-reference' }
  const { LoadBalancerId: id } = await call('CreateLoadBalancer', own)
  const LoadBalancerId = String(id)
  await call('CreateVServerGroup', {
    LoadBalancerId,
    VServerGroupName: named('group'),
    BackendServers: list(servers.group ?? lent),
  })
  if (servers.defaultGroup !== undefined) {
    await call('AddBackendServers', { LoadBalancerId, BackendServers: list(servers.defaultGroup) })
  }
  const plain = referenceTarget('slb', 'http://reference.invalid', options)
  const given = { region: RegionId, serverIds: [lent] }
  const target = { ...plain, given, limits: { pollSeconds: 0.01 } } as Target
  const session = openSession(
    target,
    { id: 'ffffffff', seed: 1 },
    { wire, environment: referenceEnvironment },
  )
  const { left } = await sweep(session, { run })
  const { loadBalancers, vserverGroups } = server.inventory()
  return { left: left.join('\n'), held: { loadBalancers, vserverGroups } }
}

test('slb: a server of somebody else’s in a group of ours', async () => {
  const { left, held } = await sweptSlb({ group: theirs })
  expect(held).toEqual({ loadBalancers: 1, vserverGroups: 1 })
  expect(left).toMatch(
    new RegExp(`^VServerGroup .* it holds BackendServer ${theirs}, which no run`, 'm'),
  )
  expect(left).toMatch(
    new RegExp(`^LoadBalancer .* it holds BackendServer ${theirs}, which no run`, 'm'),
  )
})

test('slb: a server of somebody else’s in the default group of a load balancer of ours', async () => {
  const { left, held } = await sweptSlb({ defaultGroup: theirs })
  expect(held).toEqual({ loadBalancers: 1, vserverGroups: 0 })
  expect(left).toMatch(
    new RegExp(`^LoadBalancer .* it holds BackendServer ${theirs}, which no run`, 'm'),
  )
})

test.each([{}, { group: lent, defaultGroup: lent }])(
  'slb: servers that the target file lends go with a group: %j',
  async (servers) => {
    const { left, held } = await sweptSlb(servers)
    expect({ left, held }).toEqual({ left: '', held: { loadBalancers: 0, vserverGroups: 0 } })
  },
)
