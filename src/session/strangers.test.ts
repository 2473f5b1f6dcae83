/** What others put into, or hang on, what a run makes on a load balancer that they lend. */

import { expect, test } from 'vitest'
import { elbRequest } from '../dialects/elb.ts'
import { slbCall } from '../dialects/slb.ts'
import type { Wire } from '../wire/wire.ts'
import { lent } from '../../bench/lent-load-balancer.ts'
import { operator } from '../../bench/operator.ts'

/** Writes down what a run asks to be deleted, while others meddle. */
function deleting(meddling: (wire: Wire) => Wire) {
  const deleted: string[] = []
  const noting =
    (wire: Wire): Wire =>
    (request, signal) => {
      const { pathname, searchParams } = new URL(request.url)
      if (request.method === 'DELETE') deleted.push(pathname)
      if (searchParams.get('Action')?.startsWith('Delete'))
        deleted.push(searchParams.get('Action') ?? '')
      return meddling(wire)(request, signal)
    }
  return { deleted, noting }
}

const aPool = /\/pools\/[^/]+$/

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

/** Makes each new pool the default pool of a listener of somebody else's. */
const borrowing =
  (wire: Wire): Wire =>
  async (request, signal) => {
    const answer = await wire(request, signal)
    if (request.method !== 'POST' || !request.url.endsWith('/pools')) return answer
    const { pool } = JSON.parse(answer.text) as {
      pool: { id: string; protocol: string; loadbalancers: readonly { id: string }[] }
    }
    const { id: default_pool_id, protocol, loadbalancers } = pool
    const on = { loadbalancer_id: loadbalancers[0]?.id, protocol, protocol_port: (port += 1) }
    const listener = { name: 'theirs', default_pool_id, ...on }
    await operator('elb', wire)(elbRequest('POST', '/listeners', { listener }))
    return answer
  }

let port = 30_000

test.each([
  ['have put something into', squatting],
  ['have made the default pool of a listener', borrowing],
])('elb: a pool that others %s is not deleted, but named', async (_, meddling) => {
  const { deleted, noting } = deleting(meddling)
  const { outcomes, changes } = await lent('elb', ['elb/update-pool/omitted-name'], noting)
  expect(deleted.filter((path) => aPool.test(path))).toEqual([])
  const left = [...outcomes.flatMap(({ leftovers }) => leftovers), ...changes].join('\n')
  expect(left).toMatch(/\/pools\/\S+ is still there: it holds \S+, which this run has not made/)
})

test('elb: no question deletes a pool into which others have put something, though the target ought to refuse it', async () => {
  const { deleted, noting } = deleting(squatting)
  const { outcomes } = await lent('elb', ['elb/delete-pool/members-first'], noting)
  expect(deleted.filter((path) => aPool.test(path))).toEqual([])
  for (const { thrown } of outcomes) {
    expect(thrown?.family).toBe('unasked')
    expect(thrown?.message).toMatch(/holds \/pools\/\S+, which this run has not made/)
  }
})

/** Puts a forwarding policy of somebody else's on each new listener that takes one. */
const redirecting =
  (wire: Wire): Wire =>
  async (request, signal) => {
    const answer = await wire(request, signal)
    if (request.method !== 'POST' || !request.url.endsWith('/listeners')) return answer
    const { listener } = JSON.parse(answer.text) as {
      listener: { id: string; protocol: string; loadbalancers: readonly { id: string }[] }
    }
    if (listener.protocol !== 'HTTP') return answer
    const send = operator('elb', wire)
    const on = { loadbalancer_id: listener.loadbalancers[0]?.id, protocol: 'HTTP' }
    const made = await send(
      elbRequest('POST', '/pools', {
        pool: { name: 'theirs', lb_algorithm: 'ROUND_ROBIN', ...on },
      }),
    )
    const to = { action: 'REDIRECT_TO_POOL', redirect_pool_id: (made['pool'] as { id: string }).id }
    const l7policy = { name: 'theirs', listener_id: listener.id, ...to }
    await send(elbRequest('POST', '/l7policies', { l7policy }))
    return answer
  }

test('elb: a listener on which others have put a policy is not deleted, but named', async () => {
  const { deleted, noting } = deleting(redirecting)
  const ids = ['elb/delete-pool/forwarding-policies-first']
  const { outcomes, changes, server } = await lent('elb', ids, noting)
  expect(server.inventory()['policies']).toBeGreaterThan(0)
  const left = [...outcomes.flatMap(({ leftovers }) => leftovers), ...changes].join('\n')
  const named =
    /(\/listeners\/\S+) is still there: it holds \/l7policies\/\S+, which this run has not made/
  const [, listener = ''] = named.exec(left) ?? []
  expect(listener).not.toBe('')
  expect(deleted.filter((path) => path.endsWith(listener))).toEqual([])
})

const lentServers = Array.from(
  { length: 24 },
  (_, index) => `i-reference${String(index + 1).padStart(2, '0')}`,
)

/** Redirects from a listener of somebody else's to each new pool for HTTP. */
const pointing =
  (wire: Wire): Wire =>
  async (request, signal) => {
    const answer = await wire(request, signal)
    if (request.method !== 'POST' || !request.url.endsWith('/pools')) return answer
    const { pool } = JSON.parse(answer.text) as {
      pool: { id: string; protocol: string; loadbalancers: readonly { id: string }[] }
    }
    if (pool.protocol !== 'HTTP') return answer
    const send = operator('elb', wire)
    const on = { loadbalancer_id: pool.loadbalancers[0]?.id, protocol_port: (port += 1) }
    const listener = { name: 'theirs', protocol: 'HTTP', ...on }
    const made = await send(elbRequest('POST', '/listeners', { listener }))
    const { id: listener_id } = made['listener'] as { id: string }
    const to = { action: 'REDIRECT_TO_POOL', redirect_pool_id: pool.id, listener_id }
    await send(elbRequest('POST', '/l7policies', { l7policy: { name: 'theirs', ...to } }))
    pointed.push(pool.id)
    return answer
  }

const pointed: string[] = []

test('elb: a pool to which others redirect is not deleted, by no question either', async () => {
  const { deleted, noting } = deleting(pointing)
  const { outcomes, server } = await lent(
    'elb',
    ['elb/delete-pool/forwarding-policies-first'],
    noting,
  )
  expect(outcomes.length).toBeGreaterThan(0)
  expect(server.inventory()['policies']).toBeGreaterThanOrEqual(pointed.length)
  expect(deleted.filter((url) => pointed.some((id) => url.endsWith(`/pools/${id}`)))).toEqual([])
  expect(pointed.length).toBeGreaterThan(0)
})

/** Cannot list forwarding policies. */
const failing =
  (wire: Wire): Wire =>
  (request, signal) =>
    request.method === 'GET' && /\/l7policies(?:\?|$)/.test(request.url)
      ? Promise.resolve({ status: 500, headers: [], text: '{}' })
      : wire(request, signal)

test('elb: where policies cannot be listed, no question deletes a pool, and it is named', async () => {
  const { deleted, noting } = deleting(failing)
  const { outcomes } = await lent('elb', ['elb/delete-pool/status-204'], noting)
  expect(deleted.filter((path) => aPool.test(path))).toEqual([])
  const [{ thrown, leftovers } = { thrown: undefined, leftovers: [] }] = outcomes
  expect(thrown).toMatchObject({ family: 'unasked' })
  expect(leftovers.join('\n')).toMatch(/\/pools\/\S+ is still there: what hangs on it could not be/)
})

/** Puts a backend server that nobody lends into each new group. */
const serving =
  (wire: Wire): Wire =>
  async (request, signal) => {
    const answer = await wire(request, signal)
    const { VServerGroupId } = JSON.parse(answer.text || '{}') as { VServerGroupId?: string }
    const { searchParams } = new URL(request.url)
    if (searchParams.get('Action') !== 'CreateVServerGroup' || !VServerGroupId) return answer
    const BackendServers = JSON.stringify([{ ServerId: 'i-reference30', Port: '80', Weight: '66' }])
    const added = { RegionId: 'cn-hangzhou', VServerGroupId, BackendServers }
    await operator('slb', wire)(slbCall('AddVServerGroupBackendServers', added))
    return answer
  }

test('slb: a group into which others have put a server is not deleted, but named', async () => {
  const { deleted, noting } = deleting(serving)
  const ids = ['slb/remove-vserver-group-backend-servers/removes-named-server']
  const { outcomes, changes } = await lent('slb', ids, noting, { serverIds: lentServers })
  expect(deleted).not.toContain('DeleteVServerGroup')
  const left = [...outcomes.flatMap(({ leftovers }) => leftovers), ...changes].join('\n')
  expect(left).toMatch(/VServerGroup\/\S+ is still there: it holds \S+i-reference30, which/)
})

/** Puts a backend server that nobody lends into the default group after each addition. */
const adding =
  (wire: Wire): Wire =>
  async (request, signal) => {
    const answer = await wire(request, signal)
    const { searchParams } = new URL(request.url)
    if (searchParams.get('Action') !== 'AddBackendServers') return answer
    const LoadBalancerId = searchParams.get('LoadBalancerId') ?? ''
    const ServerId = `i-reference${25 + (added % 6)}`
    added += 1
    const BackendServers = JSON.stringify([{ ServerId, Weight: '66' }])
    const own = { RegionId: 'cn-hangzhou', LoadBalancerId, BackendServers }
    await operator('slb', wire)(slbCall('AddBackendServers', own))
    return answer
  }

let added = 0

test('slb: servers that the owner adds to the default group meanwhile fail no check, and stay', async () => {
  const ids = ['removes-named-server', 'absent-server-ignored', 'several-in-one-call'].map(
    (name) => `slb/remove-backend-servers/${name}`,
  )
  const { outcomes, changes, ...there } = await lent('slb', ids, adding, { serverIds: lentServers })
  expect(outcomes.map(({ thrown, leftovers }) => [thrown?.message, leftovers])).toEqual(
    ids.map(() => [undefined, []]),
  )
  expect(changes).toEqual([])
  const { send, loadBalancerId: LoadBalancerId } = there
  const own = { RegionId: 'cn-hangzhou', LoadBalancerId }
  const shown = await send(slbCall('DescribeLoadBalancerAttribute', own))
  const { BackendServer: servers } = shown['BackendServers'] as { BackendServer: unknown[] }
  expect([added > 0, servers.length]).toEqual([true, Math.min(added, 6)])
})
