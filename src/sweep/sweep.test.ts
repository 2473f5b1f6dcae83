import { describe, expect, test } from 'vitest'
import { abandonedRun, type Stop } from '../../bench/abandoned-run.ts'
import { rpcHmacSigner } from '../credentials/rpc-hmac.ts'
import { tokenSigner } from '../credentials/token.ts'
import { elbRequest } from '../dialects/elb.ts'
import { slbCall } from '../dialects/slb.ts'
import type { Exchange, HttpRequest } from '../model.ts'
import { percentEncodePairs } from '../wire/percent-encoding.ts'
import type { Target } from '../target.ts'
import { directWire, type Wire } from '../wire/wire.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { openSession } from '../session/session.ts'
import { sweep } from './index.ts'

type Run = Omit<Stop, 'at' | 'moment'>

const elb: Run = { dialect: 'elb', only: ['elb/delete-pool/all-three-first'] }
const renamed: Run = { dialect: 'elb', only: ['elb/update-pool/name-length-in-characters'] }
const drawnName: Run = { dialect: 'elb', only: ['elb/create-pool/request.pool.name.max-length'] }
const pinned: Run = { dialect: 'elb', only: ['elb/update-pool/active-only.error'] }
const slb: Run = {
  dialect: 'slb',
  only: ['slb/remove-backend-servers/empties', 'slb/remove-vserver-group-backend-servers/empties'],
}

type Send = (request: HttpRequest) => Promise<Exchange['body']>

/** Asks the server as the operator would, with no run around it. */
function operator(wire: Wire, { dialect }: Target): Send {
  const own = { accessKeyId: 'LTAI4kQ9AZ7xR2mT', accessKeySecret: 'bV5nM8kJ3hG6fD1sA9pa' }
  const signer =
    dialect === 'elb' ? tokenSigner({ token: 'tQ7xw4ixOnAhuc8J' }) : rpcHmacSigner({ own })
  return async (request) => {
    const { request: signed } = await signer.sign(request, () => AbortSignal.timeout(60_000))
    const url = `http://reference.invalid${signed.path}?${percentEncodePairs(signed.query ?? [])}`
    const { text } = await wire({ ...signed, url }, () => AbortSignal.timeout(60_000))
    return JSON.parse(text) as unknown
  }
}

/** A load balancer of somebody else's, with a pool of theirs on it, lent to the run. */
async function lentElb(wire: Wire, target: Target): Promise<Partial<Target>> {
  const send = operator(wire, target)
  const loadbalancer = { name: 'poolproof', vip_subnet_id: 's' }
  const made = await send(elbRequest('POST', '/loadbalancers', { loadbalancer }))
  const { id } = (made as { loadbalancer: { id: string } }).loadbalancer
  const pool = { name: 'theirs', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN', loadbalancer_id: id }
  await send(elbRequest('POST', '/pools', { pool }))
  return { given: { ...target.given, loadBalancerId: id } } as Partial<Target>
}

async function lentSlb(wire: Wire, target: Target): Promise<Partial<Target>> {
  const send = operator(wire, target)
  const RegionId = 'cn-hangzhou'
  const own = { RegionId, LoadBalancerName: 'theirs', VSwitchId: 'vsw-reference' }
  const made = await send(slbCall('CreateLoadBalancer', own))
  const { LoadBalancerId } = made as { LoadBalancerId: string }
  const group = { RegionId, LoadBalancerId, VServerGroupName: 'theirs' }
  await send(slbCall('CreateVServerGroup', group))
  return { given: { ...target.given, loadBalancerId: LoadBalancerId } } as Partial<Target>
}

/** A load balancer of ours, with a pool of theirs on it. */
async function besieged(wire: Wire, target: Target): Promise<Partial<Target>> {
  const send = operator(wire, target)
  const loadbalancer = { name: 'poolproof-0a1b2c3d-lb-1', vip_subnet_id: 's' }
  const made = await send(elbRequest('POST', '/loadbalancers', { loadbalancer }))
  const { id } = (made as { loadbalancer: { id: string } }).loadbalancer
  const pool = { name: 'theirs', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN' }
  await send(elbRequest('POST', '/pools', { pool: { ...pool, loadbalancer_id: id } }))
  return {}
}

const grounds: readonly [string, Run][] = [
  ['elb', elb],
  ['elb, where pools are renamed', renamed],
  ['elb, where a status is forced', pinned],
  ['elb, where pools get names that no run gives', drawnName],
  ['slb', slb],
  ['elb that settles late', { ...elb, asynchronousMilliseconds: 3 }],
  ['elb on a lent load balancer', { ...elb, prepare: lentElb }],
  ['slb on a lent load balancer', { ...slb, prepare: lentSlb }],
]

const mayStillCome = 'no answer to its creation came, and no list shows it'

test.each(grounds)(
  'what a run on %s leaves, stopped at any request, is swept, and nothing else',
  async (_name, run) => {
    const whole = await abandonedRun({ ...run, at: Infinity, moment: 'after' })
    expect(whole.after).toEqual(whole.first)
    expect(whole.requests).toBeGreaterThan(10)
    const stops = Array.from({ length: whole.requests }, (_, index) => index + 1).flatMap((at) => [
      { ...run, at, moment: 'before' as const },
      { ...run, at, moment: 'after' as const },
    ])
    // At once, because those that settle late spend most of their time waiting.
    const swept = await Promise.all(
      stops.map(async (stop) => [stop, await abandonedRun(stop)] as const),
    )
    for (const [{ at, moment }, { first, after, left }] of swept) {
      // What was not carried out may still be: that is said, and nothing else.
      const other = left.filter((one) => !one.includes(mayStillCome))
      expect({ at, moment, after, other }).toEqual({ at, moment, after: first, other: [] })
    }
    const named = swept.filter(([, { left }]) => left.some((one) => one.includes(mayStillCome)))
    expect(named.length).toBeLessThan(swept.length / 2)
    expect(swept.some(([, { dirty }]) => dirty)).toBe(true)
  },
)

test('what has such a name on a lent load balancer is named where it is not removed', async () => {
  const run: Run = { ...drawnName, prepare: lentElb }
  const { requests } = await abandonedRun({ ...run, at: Infinity, moment: 'after' })
  const stops = Array.from({ length: requests }, (_, index) => index + 1)
  const swept = await Promise.all(
    stops.map((at) => abandonedRun({ ...run, at, moment: 'after' as const })),
  )
  const dirty = swept.filter(({ first, after }) => JSON.stringify(first) !== JSON.stringify(after))
  expect(dirty.length).toBeGreaterThan(0)
  expect(dirty.filter(({ left }) => left.length === 0)).toEqual([])
})

test('without a journal, names are enough for what has one', async () => {
  const run: Run = { ...elb, withoutJournal: true }
  for (let at = 1; at < 40; at += 3) {
    const { first, after } = await abandonedRun({ ...run, at, moment: 'after' })
    expect(after).toEqual(first)
  }
})

test('what others put into our objects stays, and is reported', async () => {
  const { left, after } = await abandonedRun({ ...elb, prepare: besieged, at: 1, moment: 'before' })
  expect(after).toMatchObject({ loadBalancers: 1, pools: 1 })
  expect(left.filter((one) => !one.includes(mayStillCome))).toEqual([
    expect.stringContaining('(poolproof-0a1b2c3d-lb-1) is still there'),
  ])
})

/** Sweeps one load balancer of ours, whose removal is answered with 204 and done so. */
async function swept(carryOut: (remove: () => Promise<unknown>) => void, settleSeconds: number) {
  const server = reference('elb', { asynchronousMilliseconds: 0 })
  const direct = directWire(server)
  let removals = 0
  const wire: Wire = async (request, deadline) => {
    if (request.method !== 'DELETE') return direct(request, deadline)
    removals += 1
    carryOut(() => direct(request, deadline))
    return { status: 204, headers: [], text: '' }
  }
  const plain = referenceTarget('elb', 'http://reference.invalid', {
    asynchronousMilliseconds: 0,
  })
  const limits = { pollSeconds: 0.01, settleSeconds }
  const loadbalancer = { name: 'poolproof-0a1b2c3d-lb-1', vip_subnet_id: 's' }
  await operator(direct, plain)(elbRequest('POST', '/loadbalancers', { loadbalancer }))
  const around = { wire, environment: referenceEnvironment }
  const session = openSession({ ...plain, limits }, { id: 'ffffffff', seed: 1 }, around)
  const { removed, left } = await sweep(session, { run: '0a1b2c3d', journals: [] })
  return { removed: removed.length, left, removals }
}

const later = (remove: () => Promise<unknown>) => void setTimeout(() => void remove(), 50)

describe('a removal that is accepted', () => {
  test('and not carried out, is none: what is still listed is left', async () => {
    const left = [expect.stringContaining('the target says that it is gone, and still lists it')]
    expect(await swept(() => undefined, 0.2)).toEqual({ removed: 0, left, removals: 1 })
  })

  test('and carried out a while later, is waited for', async () => {
    expect(await swept(later, 60)).toEqual({ removed: 1, left: [], removals: 1 })
  })
})
