/** What somebody else has put on an object of ours keeps that from being deleted: many services delete both. */

import { expect, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { elbRequest } from '../dialects/elb.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { openSession } from '../session/session.ts'
import type { Target } from '../target.ts'
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
