import { expect, test } from 'vitest'
import { operator, type Send } from '../../bench/operator.ts'
import { slbLaneSource } from '../../fixtures/slb/load-balancers.ts'
import { elbRequest } from '../dialects/elb.ts'
import { slbCall } from '../dialects/slb.ts'
import type { Dialect } from '../model.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import type { Reference } from '../reference/server.ts'
import { openSession, type Session } from '../session/session.ts'
import type { SlbTarget, Target } from '../target.ts'
import { directWire } from '../wire/wire.ts'
import { sweep } from './index.ts'

const run = '0a1b2c3d'
const options = { asynchronousMilliseconds: 0 }
const RegionId = 'cn-hangzhou'

type Fields = Readonly<Record<string, unknown>>

/** What a target shows in place of an answer; nothing for the answer itself. */
type Altered = (url: URL, body: Fields) => Fields | undefined

/** A reference whose reads are altered, as a sweep or a run sees it, and its operator, who sees it as it is. */
function altered(
  dialect: Dialect,
  change: Altered,
): { server: Reference; send: Send; session: Session } {
  const server = reference(dialect, options)
  const handle: Reference['handle'] = (request) => {
    const answer = server.handle(request)
    const isRead = request.method === 'GET' && answer.status < 300
    if (!isRead) return answer
    const body = change(new URL(request.url, 'http://x'), JSON.parse(answer.body) as Fields)
    return body === undefined ? answer : { ...answer, body: JSON.stringify(body) }
  }
  const target = {
    ...referenceTarget(dialect, 'http://reference.invalid', options),
    limits: { patienceSeconds: 0.1, pollSeconds: 0.01, settleSeconds: 0.05 },
  } as Target
  const around = { wire: directWire({ ...server, handle }), environment: referenceEnvironment }
  const session = openSession(target, { id: run, seed: 1 }, around)
  return { server, send: operator(dialect, directWire(server)), session }
}

async function balancer(send: Send, LoadBalancerName: string): Promise<string> {
  const own = { RegionId, LoadBalancerName, VSwitchId: 'vsw-reference' }
  return String((await send(slbCall('CreateLoadBalancer', own)))['LoadBalancerId'])
}

const isAction = (url: URL, action: string) => url.searchParams.get('Action') === action

function balancersIn(body: Fields): readonly unknown[] {
  return (body['LoadBalancers'] as { LoadBalancer: readonly unknown[] }).LoadBalancer
}

test('slb: pages shorter than was asked for are followed to the number that they say', async () => {
  const all: unknown[] = []
  const { server, send, session } = altered('slb', (url, body) => {
    if (!isAction(url, 'DescribeLoadBalancers')) return undefined
    const page = Number(url.searchParams.get('PageNumber'))
    if (page === 1) all.splice(0, all.length, ...balancersIn(body))
    const LoadBalancer = all.slice(page - 1, page)
    return { ...body, TotalCount: all.length, LoadBalancers: { LoadBalancer } }
  })
  await balancer(send, 'theirs')
  for (const nth of [1, 2, 3]) await balancer(send, `poolproof-${run}-lb-${nth}`)
  const { removed, left, unread } = await sweep(session, {})
  expect([removed.length, left, unread]).toEqual([3, [], []])
  expect(server.inventory()).toMatchObject({ loadBalancers: 1 })
})

test('slb: a list that shows fewer than it says is not whole, also on the next page', async () => {
  const { send, session } = altered('slb', (url, body) => {
    if (!isAction(url, 'DescribeLoadBalancers')) return undefined
    const isFirst = url.searchParams.get('PageNumber') === '1'
    const LoadBalancer = isFirst ? balancersIn(body).slice(0, 1) : []
    return { ...body, TotalCount: isFirst ? 2 : 0, LoadBalancers: { LoadBalancer } }
  })
  await balancer(send, 'theirs')
  await balancer(send, `poolproof-${run}-lb-1`)
  const { unread } = await sweep(session, {})
  expect(unread).toEqual([expect.stringContaining('it shows 1 of 2')])
})

test('elb: a next page that shows nothing new ends the list, and is reported', async () => {
  let first: Fields | undefined
  const { session, send } = altered('elb', (url, body) => {
    if (!url.pathname.endsWith('/loadbalancers')) return undefined
    first ??= { ...body, loadbalancers_links: [{ rel: 'next', href: 'http://elsewhere.invalid/' }] }
    return first
  })
  const loadbalancer = { name: 'theirs', vip_subnet_id: 's' }
  await send(elbRequest('POST', '/loadbalancers', { loadbalancer }))
  const { unread } = await sweep(session, {})
  expect(unread).toEqual([expect.stringContaining('shows nothing new')])
})

/** A group and a listener of somebody else's, of which an answer hides one. */
async function theirs(send: Send, LoadBalancerId: string, action: string): Promise<void> {
  const own = { RegionId, LoadBalancerId }
  const port = { ListenerPort: '443', BackendServerPort: '443', Bandwidth: '-1' }
  await send(
    action === 'DescribeVServerGroups'
      ? slbCall('CreateVServerGroup', { ...own, VServerGroupName: 'theirs' })
      : slbCall('CreateLoadBalancerTCPListener', { ...own, ...port }),
  )
}

/** Answers that do not show what is on a load balancer. */
const blind: readonly [string, string, Fields][] = [
  ['DescribeVServerGroups', 'an object without a list', { VServerGroups: { Groups: [] } }],
  ['DescribeVServerGroups', 'an empty object and a number', { VServerGroups: {}, TotalCount: 1 }],
  ['DescribeVServerGroups', 'an empty object alone', { VServerGroups: {}, RequestId: '' }],
  ['DescribeVServerGroups', 'null in place of a list', { VServerGroups: { VServerGroup: null } }],
  ['DescribeVServerGroups', 'an empty text', { VServerGroups: { VServerGroup: '' } }],
  [
    'DescribeVServerGroups',
    'fewer than it says',
    { VServerGroups: { VServerGroup: [] }, TotalCount: 1 },
  ],
  ['DescribeLoadBalancerAttribute', 'no list of ports', { ListenerPorts: {} }],
  ['DescribeLoadBalancerAttribute', 'no list of servers', { BackendServers: null }],
]

test.each(blind)(
  'slb: %s that answers %s keeps a load balancer from being deleted',
  async (action, _what, shown) => {
    const { server, send, session } = altered('slb', (url, body) =>
      isAction(url, action) ? { ...body, ...shown } : undefined,
    )
    const LoadBalancerId = await balancer(send, `poolproof-${run}-lb-1`)
    await theirs(send, LoadBalancerId, action)
    const before = server.inventory()
    const { left, unread } = await sweep(session, {})
    expect(left.join()).toContain('what it holds could not be listed')
    expect(unread).toHaveLength(1)
    const lanes = slbLaneSource(session as Session<SlbTarget>, () => undefined)
    const lane = { loadBalancerId: LoadBalancerId, nextPort: () => 1 }
    await expect(lanes.destroy(lane)).rejects.toThrow('what it holds could not be listed')
    expect(server.inventory()).toEqual(before)
  },
)

test('slb: what is on a load balancer is seen before it is deleted, also where no list shows that', async () => {
  const { server, send, session } = altered('slb', (url, body) =>
    isAction(url, 'DescribeLoadBalancers')
      ? { ...body, TotalCount: 0, LoadBalancers: { LoadBalancer: [] } }
      : undefined,
  )
  const name = `poolproof-${run}-lb-1`
  const LoadBalancerId = await balancer(send, name)
  await theirs(send, LoadBalancerId, 'DescribeVServerGroups')
  const journal = [
    { intent: 1, kind: 'LoadBalancer', name },
    { of: 1, made: [`LoadBalancer/${LoadBalancerId}`] },
  ]
  const { left } = await sweep(session, { journals: [journal] })
  expect(left.join()).toContain('(theirs), which no run made')
  expect(server.inventory()).toMatchObject({ loadBalancers: 1 })
})

/** An answer in which each list that is empty is printed as an empty object. */
function withEmptyObjects(body: Fields): Fields {
  const printed = Object.entries(body).map(([name, value]) => {
    const [inner, ...more] = Object.values(value ?? {}) as readonly unknown[]
    const isEmpty = Array.isArray(inner) && inner.length === 0 && more.length === 0
    return [name, isEmpty ? {} : value] as const
  })
  return Object.fromEntries(printed)
}

test('slb: an empty list that is printed as an empty object is an empty list', async () => {
  const { server, send, session } = altered('slb', (_url, body) => withEmptyObjects(body))
  await balancer(send, `poolproof-${run}-lb-1`)
  const { removed, left, unread } = await sweep(session, {})
  expect([removed.length, left, unread]).toEqual([1, [], []])
  const LoadBalancerId = await balancer(send, `poolproof-${run}-lb-2`)
  session.ownership.adopt(`LoadBalancer/${LoadBalancerId}`, [`poolproof-${run}-lb-2`])
  const lanes = slbLaneSource(session as Session<SlbTarget>, () => undefined)
  await lanes.destroy({ loadBalancerId: LoadBalancerId, nextPort: () => 1 })
  expect(server.inventory()).toMatchObject({ loadBalancers: 0 })
})
