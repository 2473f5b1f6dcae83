/** Creations whose answer never came, with names that no run gives: checks ask for those as well. */

import { expect, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { elbRequest, elbSpelling } from '../dialects/elb.ts'
import { slbCall, slbSpelling } from '../dialects/slb.ts'
import type { Dialect, HttpRequest } from '../model.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import type { Entry } from '../session/journal.ts'
import { openSession } from '../session/session.ts'
import type { Target } from '../target.ts'
import { directWire } from '../wire/wire.ts'
import { sweep } from './index.ts'

const run = '0a1b2c3d'
const options = { asynchronousMilliseconds: 0 }
const endpoint = 'http://reference.invalid'
const RegionId = 'cn-hangzhou'

/** A load balancer with the name of a run, or one of somebody else's that is lent. */
async function ground(dialect: Dialect, isLent = false) {
  const server = reference(dialect, options)
  const wire = directWire(server)
  const send = operator(dialect, wire)
  const name = isLent ? 'theirs' : `poolproof-${run}-lb-1`
  const make = async (path: string, key: string, fields: object) =>
    ((await send(elbRequest('POST', path, { [key]: fields })))[key] as { id: string }).id
  const own = { RegionId, LoadBalancerName: name, VSwitchId: 'vsw-reference' }
  const id =
    dialect === 'elb'
      ? await make('/loadbalancers', 'loadbalancer', { name, vip_subnet_id: 's' })
      : String((await send(slbCall('CreateLoadBalancer', own)))['LoadBalancerId'])
  /** Sweeps as if these requests had been on their way when the run was killed. @param lent - What is lent now. */
  const swept = async (
    asked: readonly HttpRequest[],
    lent: object = isLent ? { loadBalancerId: id } : {},
  ) => {
    const { creation } = dialect === 'elb' ? elbSpelling : slbSpelling
    const entries = asked.map((one, index): Entry => {
      const { kind = '', ...rest } = creation(one) ?? {}
      return { intent: index + 1, kind, ...rest }
    })
    const heading = { run, target: 'reference', dialect, endpoint, began: '2026-01-01' }
    const plain = referenceTarget(dialect, endpoint, options)
    const given = { ...plain.given, ...lent }
    const target = { ...plain, given, limits: { pollSeconds: 0.01 } } as Target
    const around = { wire, environment: referenceEnvironment }
    const session = openSession(target, { id: 'ffffffff', seed: 1 }, around)
    const read = [{ file: 'j.jsonl', heading, entries, odd: [] }]
    const { left, cleared } = await sweep(session, { run, read })
    const held = Object.entries(server.inventory()).filter(([, count]) => count > 0)
    return { left, isCleared: cleared.length === 1, held: Object.fromEntries(held) }
  }
  return { id, send, make, swept }
}

const fields = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' }
const poolOn = (loadbalancer_id: string, own: object) =>
  elbRequest('POST', '/pools', { pool: { ...fields, loadbalancer_id, ...own } })
const untold = /it may have come of a creation whose answer never came/

test.each([
  ['a name that no run gives', { name: 'x' }],
  ['no name', {}],
])('elb: a pool with %s on a load balancer of ours is removed', async (_what, own) => {
  const { id, send, swept } = await ground('elb')
  await send(poolOn(id, own))
  expect(await swept([poolOn(id, own)])).toEqual({ left: [], isCleared: true, held: {} })
})

test('elb: a pool whose name was stored in another normal form is removed', async () => {
  const { id, send, swept } = await ground('elb')
  await send(poolOn(id, { name: 'caf\u00e9' }))
  const asked = poolOn(id, { name: 'cafe\u0301' })
  expect(await swept([asked])).toEqual({ left: [], isCleared: true, held: {} })
})

test('slb: a group on a load balancer that is lent no longer is found by its parent', async () => {
  const { id, send, swept } = await ground('slb', true)
  const own = { RegionId, LoadBalancerId: id, VServerGroupName: `poolproof-${run}-group-2` }
  await send(slbCall('CreateVServerGroup', own))
  const { held, left } = await swept([slbCall('CreateVServerGroup', own)], {})
  expect([held, left]).toEqual([{ loadBalancers: 1 }, []])
})

test('elb: a pool, a listener and a policy that hang on ours are removed', async () => {
  const { id, make, send, swept } = await ground('elb')
  const own = { name: 'y', loadbalancer_id: id, protocol: 'HTTP', protocol_port: 80 }
  const listener = elbRequest('POST', '/listeners', { listener: own })
  const listener_id = ((await send(listener))['listener'] as { id: string }).id
  const pool = elbRequest('POST', '/pools', { pool: { ...fields, name: 'x', listener_id } })
  await send(pool)
  const second = await make('/pools', 'pool', { ...fields, name: 'z', loadbalancer_id: id })
  const policy = { name: 'p', listener_id, action: 'REDIRECT_TO_POOL', redirect_pool_id: second }
  const third = elbRequest('POST', '/l7policies', { l7policy: policy })
  await send(third)
  const asked = [listener, pool, poolOn(id, { name: 'z' }), third]
  expect(await swept(asked)).toEqual({ left: [], isCleared: true, held: {} })
})

test('elb: one that is not as it was asked for is somebody else’s, and is named', async () => {
  const { id, send, swept } = await ground('elb')
  await send(poolOn(id, { name: 'x', lb_algorithm: 'LEAST_CONNECTIONS' }))
  const { left, isCleared, held } = await swept([poolOn(id, { name: 'x' })])
  expect([isCleared, held]).toEqual([false, { loadBalancers: 1, pools: 1 }])
  expect(left).toContainEqual(expect.stringMatching(untold))
})

test('elb: on a lent load balancer it cannot be told from those of others, and is named', async () => {
  const { id, send, swept } = await ground('elb', true)
  await send(poolOn(id, { name: 'x' }))
  await send(poolOn(id, { name: 'other' }))
  const { left, isCleared, held } = await swept([poolOn(id, { name: 'x' })])
  expect(left).toEqual([
    expect.stringMatching(/^pools \S+ \(x\) is still there, or may be: it may/),
  ])
  expect([isCleared, held]).toEqual([false, { loadBalancers: 1, pools: 2 }])
})

test('elb: what is not there is gone', async () => {
  const { id, send, swept } = await ground('elb', true)
  await send(poolOn(id, { name: 'other' }))
  const held = { loadBalancers: 1, pools: 1 }
  expect(await swept([poolOn(id, { name: 'x' })])).toEqual({ left: [], isCleared: true, held })
})

test('elb: a pool of somebody else’s did not come of a creation that named no place', async () => {
  const { id, send, swept } = await ground('elb', true)
  await send(poolOn(id, { name: 'theirs' }))
  const asked = elbRequest('POST', '/pools', { pool: fields })
  const held = { loadBalancers: 1, pools: 1 }
  expect(await swept([asked])).toEqual({ left: [], isCleared: true, held })
})

test.each([
  ['the name', { VServerGroupName: 'x' }],
  ['a name of the service’s', {}],
])('slb: a group with %s on a lent load balancer is named', async (_what, own) => {
  const { id: LoadBalancerId, send, swept } = await ground('slb', true)
  const place = { RegionId, LoadBalancerId }
  await send(slbCall('CreateVServerGroup', { ...place, VServerGroupName: 'x' }))
  const { left, isCleared, held } = await swept([
    slbCall('CreateVServerGroup', { ...place, ...own }),
  ])
  expect(left).toEqual([expect.stringMatching(untold)])
  expect([isCleared, held]).toEqual([false, { loadBalancers: 1, vserverGroups: 1 }])
})

test('slb: a group with a name that no run gives on a load balancer of ours is removed', async () => {
  const { id: LoadBalancerId, send, swept } = await ground('slb')
  const call = slbCall('CreateVServerGroup', { RegionId, LoadBalancerId, VServerGroupName: 'x' })
  await send(call)
  expect(await swept([call])).toEqual({ left: [], isCleared: true, held: {} })
})
