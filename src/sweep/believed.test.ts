import { expect, test } from 'vitest'
import { foreignInventory, type ForeignInventory } from '../../bench/foreign-inventory.ts'
import { operator, type Send } from '../../bench/operator.ts'
import { elbObjects } from '../dialects/elb-objects.ts'
import { elbRequest } from '../dialects/elb.ts'
import { slbCall } from '../dialects/slb.ts'
import { slbObjects } from '../dialects/slb-objects.ts'
import type { Dialect } from '../model.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import type { Entry } from '../session/journal.ts'
import { openSession } from '../session/session.ts'
import type { Target } from '../target.ts'
import { directWire } from '../wire/wire.ts'
import { sweep, type Swept } from './index.ts'

const run = '0a1b2c3d'
const own = (what: string) => `poolproof-${run}-${what}-1`
const options = { asynchronousMilliseconds: 0 }
const endpoint = 'http://reference.invalid'

interface Ground {
  readonly theirs: ForeignInventory
  readonly send: Send
  /** What a sweep does, and every request of it that is no read, with what is asked outside of the API. */
  sweepWith(
    entries: readonly Entry[],
    lent?: string,
    going?: readonly string[],
  ): Promise<Swept & { readonly writes: string[] }>
}

async function ground(dialect: Dialect): Promise<Ground> {
  const server = reference(dialect, options)
  const direct = directWire(server)
  const send = operator(dialect, direct)
  const theirs = await foreignInventory(dialect, send)
  const sweepWith: Ground['sweepWith'] = async (entries, loadBalancerId, except = []) => {
    const plain = referenceTarget(dialect, endpoint, options)
    const lent =
      loadBalancerId === undefined ? {} : { loadBalancerId, serverIds: ['i-reference01'] }
    const target = { ...plain, given: { ...plain.given, ...lent }, limits: { pollSeconds: 0.01 } }
    const writes: string[] = []
    const wire: typeof direct = (request, signal) => {
      const { pathname, searchParams } = new URL(request.url)
      const action = searchParams.get('Action') ?? ''
      const isRead = dialect === 'elb' ? request.method === 'GET' : action.startsWith('Describe')
      const isOutside = dialect === 'elb' && !pathname.startsWith('/v2.0/lbaas/')
      if (!isRead || isOutside) writes.push(`${request.method} ${request.url}`)
      return direct(request, signal)
    }
    const around = { wire, environment: referenceEnvironment }
    const session = openSession(target as Target, { id: 'ffffffff', seed: 1 }, around)
    const heading = { run, target: 'reference', dialect, endpoint, began: '2026-01-01T00:00:00Z' }
    const journal = { file: 'j.jsonl', heading, entries, odd: [] }
    return { ...(await sweep(session, { read: [journal], except })), writes }
  }
  return { theirs, send, sweepWith }
}

const made = (kind: string, key: string, name?: string, parent?: string): Entry[] => [
  { intent: 1, kind, ...(name === undefined ? {} : { name }), ...(parent ? { parent } : {}) },
  { of: 1, made: [key] },
]

const first = ({ ids }: ForeignInventory, kind: string) => ids[kind]?.[0] ?? ''

/** Lines by which somebody could want objects of others to be deleted. */
const tampered: readonly [string, Dialect, (theirs: ForeignInventory) => Entry[]][] = [
  ...['loadbalancers', 'listeners', 'pools', 'healthmonitors'].map(
    (kind): (typeof tampered)[number] => [
      `${kind} with a name of its own`,
      'elb',
      (theirs) => made(kind, `/${kind}/${first(theirs, kind)}`, 'production'),
    ],
  ),
  [
    'a pool without a name',
    'elb',
    (theirs) => made('pools', `/pools/${first(theirs, 'pools')}`, ''),
  ],
  [
    'a pool of the run that got another name',
    'elb',
    (theirs) => [
      ...made('pools', `/pools/${first(theirs, 'pools')}`, own('pool')),
      { renamed: `/pools/${first(theirs, 'pools')}`, name: '' },
    ],
  ],
  [
    'a way out of a collection',
    'elb',
    (theirs) =>
      made('pools', `/pools/../loadbalancers/${first(theirs, 'loadbalancers')}`, own('pool')),
  ],
  ['a way out of the API', 'elb', () => made('pools', '/../../../v3/users/x', own('pool'))],
  ['another host', 'elb', () => made('pools', '//elsewhere.invalid/pools/x', own('pool'))],
  ['a query', 'elb', () => made('pools', '/pools/x?y=1', own('pool'))],
  ['a path that is encoded', 'elb', () => made('pools', '/pools/%2e%2e%2fx', own('pool'))],
  [
    'another kind than it says',
    'elb',
    (theirs) => made('pools', `/listeners/${first(theirs, 'listeners')}`, own('pool')),
  ],
  [
    'a parent that is no object',
    'elb',
    () => made('members', '/pools/p-1/members/m-1', own('member'), '/pools/..'),
  ],
  ['a forced status', 'elb', () => [{ status: 'ERROR', loadBalancerId: '../x' }]],
  ...['LoadBalancer', 'VServerGroup'].map((kind): (typeof tampered)[number] => [
    `${kind} with a name of its own`,
    'slb',
    (theirs) =>
      made(kind, `${kind}/${first(theirs, kind)}`, kind === 'LoadBalancer' ? 'billing' : 'api'),
  ]),
  [
    'a second parameter',
    'slb',
    () => made('VServerGroup', 'VServerGroup/g&Action=x', own('group')),
  ],
]

test.each(tampered)(
  'what a journal alone says is named and left alone: %s (%s)',
  async (_what, dialect, entries) => {
    const { theirs, sweepWith } = await ground(dialect)
    const before = await theirs.snapshot()
    const { doubted, removed, writes } = await sweepWith(entries(theirs))
    expect(doubted).toEqual([
      expect.stringContaining('delete j.jsonl when nothing of it is needed'),
    ])
    expect([removed, writes]).toEqual([[], []])
    expect(await theirs.snapshot()).toBe(before)
  },
)

test.each([
  ['that the target file does not lend stays', 'i-reference30', 1],
  ['that it lends goes', 'i-reference01', 0],
])('a server in the default group of a lent load balancer %s', async (_what, server, count) => {
  const { theirs, send, sweepWith } = await ground('slb')
  const LoadBalancerId = theirs.loadBalancerId
  const BackendServers = JSON.stringify([{ ServerId: server, Weight: '7' }])
  const place = { RegionId: 'cn-hangzhou', LoadBalancerId }
  await send(slbCall('AddBackendServers', { ...place, BackendServers }))
  const key = `BackendServer/${LoadBalancerId}/${server}`
  const entries: Entry[] = [{ intent: 1, kind: 'BackendServer', keys: [key] }]
  const { doubted } = await sweepWith(entries, LoadBalancerId)
  const shown = await send(slbCall('DescribeLoadBalancerAttribute', place))
  expect((shown['BackendServers'] as { BackendServer: unknown[] }).BackendServer).toHaveLength(
    count,
  )
  expect(doubted).toHaveLength(count)
})

test('a lent server stays in the default group of a lent load balancer while another run is in progress', async () => {
  const { theirs, send, sweepWith } = await ground('slb')
  const LoadBalancerId = theirs.loadBalancerId
  const BackendServers = JSON.stringify([{ ServerId: 'i-reference01', Weight: '37' }])
  const place = { RegionId: 'cn-hangzhou', LoadBalancerId }
  await send(slbCall('AddBackendServers', { ...place, BackendServers }))
  const key = `BackendServer/${LoadBalancerId}/i-reference01`
  const entries: Entry[] = [{ intent: 1, kind: 'BackendServer', keys: [key] }]
  const { left, removed, writes, cleared } = await sweepWith(entries, LoadBalancerId, ['ffff0000'])
  expect([removed, writes, cleared]).toEqual([[], [], []])
  expect(left.join()).toMatch(/i-reference01 .*a run in progress may have added it/)
  const later = await sweepWith(entries, LoadBalancerId)
  expect([later.left, later.removed.length, later.cleared.length]).toEqual([[], 1, 1])
})

test('what a check has renamed is swept from a load balancer of ours, and stays on that of others', async () => {
  const { theirs, send, sweepWith } = await ground('elb')
  const loadbalancer = { name: own('lb'), vip_subnet_id: 's' }
  const balancer = await send(elbRequest('POST', '/loadbalancers', { loadbalancer }))
  const { id } = balancer['loadbalancer'] as { id: string }
  const pools: string[] = []
  for (const loadbalancer_id of [id, theirs.loadBalancerId]) {
    const pool = { name: 'x', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN', loadbalancer_id }
    const answer = await send(elbRequest('POST', '/pools', { pool }))
    pools.push((answer['pool'] as { id: string }).id)
  }
  const entries = pools.flatMap((pool, intent): Entry[] => [
    { intent, kind: 'pools', name: own('pool') },
    { of: intent, made: [`/pools/${pool}`] },
    { renamed: `/pools/${pool}`, name: 'x' },
  ])
  const { removed, left, doubted } = await sweepWith(entries)
  expect(removed).toEqual([expect.stringContaining(pools[0] ?? ''), expect.stringContaining(id)])
  expect(left).toEqual([])
  expect(doubted).toEqual([expect.stringContaining(pools[1] ?? '')])
})

test.each<[boolean, string]>([
  [true, '/pools/p-1'],
  [true, '/pools/p-1/members/m-1'],
  [true, '/loadbalancers/a:b'],
  [false, '/loadbalancers/a%3Ab'],
  [false, '/pools'],
  [false, '/pools/'],
  [false, '/pools/p-1/'],
  [false, '/pools/p-1/members'],
  [false, '/members/m-1'],
  [false, '/listeners/l-1/members/m-1'],
  [false, '/constructor/x'],
  [false, '/pools/%70'],
  [false, '/pools/%00'],
  [false, '/pools/x\ny'],
  [false, 'pools/x'],
])('elb: is a key, %s: %j', (is, key) => {
  expect(elbObjects.isKey(key)).toBe(is)
})

test.each<[boolean, string]>([
  [true, 'LoadBalancer/lb-1'],
  [true, 'VServerGroup/rsp-1'],
  [true, 'Listener/lb-1/443'],
  [true, 'BackendServer/lb-1/i-1'],
  [false, 'LoadBalancer/lb-1/443'],
  [false, 'LoadBalancer/'],
  [false, 'Listener/lb-1/x'],
  [false, 'BackendServer/i-1'],
  [false, 'VServerGroup/..'],
  [false, 'VServerGroup/a&b'],
  [false, 'toString/x'],
])('slb: is a key, %s: %j', (is, key) => {
  expect(slbObjects('cn-hangzhou').isKey(key)).toBe(is)
})
