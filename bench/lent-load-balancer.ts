/** A load balancer of somebody else's that is lent to a run, and checks on it; for our tests. */

import { operator, type Send } from './operator.ts'
import { suites } from '../suites/index.ts'
import type { Outcome } from '../src/check/check.ts'
import { perform } from '../src/check/perform.ts'
import { elbRequest } from '../src/dialects/elb.ts'
import { slbCall } from '../src/dialects/slb.ts'
import { Lanes } from '../src/check/lanes.ts'
import type { Dialect } from '../src/model.ts'
import { checks } from '../src/prove/examine.ts'
import { reference, referenceEnvironment, referenceTarget } from '../src/reference/embedded.ts'
import { openSession } from '../src/session/session.ts'
import type { Target } from '../src/target.ts'
import { directWire, type Wire } from '../src/wire/wire.ts'

export const endpoint = 'http://reference.invalid'
export const options = { asynchronousMilliseconds: 0 }

/** A lent load balancer, and the results of checks on it, one after another. */
export async function lent(
  dialect: Dialect,
  ids: readonly string[],
  meddle: (wire: Wire) => Wire,
  given: object = {},
) {
  const server = reference(dialect, options)
  const direct = directWire(server)
  const send = operator(dialect, direct)
  const loadBalancerId = dialect === 'elb' ? await elbBalancer(send) : await slbBalancer(send)
  const plain = referenceTarget(dialect, endpoint, options)
  const target = { ...plain, given: { ...plain.given, loadBalancerId, ...given } } as Target
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
