import { expect, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { elbRequest } from '../dialects/elb.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { openSession } from '../session/session.ts'
import type { Target } from '../target.ts'
import { directWire, type Wire } from '../wire/wire.ts'
import { sweep } from './index.ts'

const run = '0a1b2c3d'
const options = { asynchronousMilliseconds: 0 }
const named = (what: string) => ({ name: `poolproof-${run}-${what}-1` })

test('what cannot go because a removed server is still there is tried a few times, however long that is waited for', async () => {
  const direct = directWire(reference('elb', options))
  const removals: string[] = []
  const wire: Wire = async (request, deadline) => {
    if (request.method !== 'DELETE') return direct(request, deadline)
    removals.push(new URL(request.url).pathname.split('/').at(-2) ?? '')
    // It says that a backend server is gone, and keeps it.
    return request.url.includes('/members/')
      ? { status: 204, headers: [], text: '' }
      : direct(request, deadline)
  }
  const send = operator('elb', direct)
  const target = {
    ...referenceTarget('elb', 'http://reference.invalid', options),
    profile: {},
    limits: { patienceSeconds: 0.01, pollSeconds: 0.001, settleSeconds: 0.5 },
  } as Target
  const { subnetId: subnet_id } = target.given as { readonly subnetId: string }
  const made = async (path: string, key: string, fields: object) => {
    const answer = await send(elbRequest('POST', path, { [key]: { ...named(key), ...fields } }))
    return (answer[key] as { readonly id: string }).id
  }
  const loadbalancer_id = await made('/loadbalancers', 'loadbalancer', { vip_subnet_id: subnet_id })
  const pool = { loadbalancer_id, protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' }
  const poolId = await made('/pools', 'pool', pool)
  const member = { address: '192.0.2.10', protocol_port: 80, subnet_id }
  await made(`/pools/${poolId}/members`, 'member', member)
  const around = { wire, environment: referenceEnvironment }
  const { left } = await sweep(openSession(target, { id: 'ffffffff', seed: 1 }, around), { run })
  expect(left).toHaveLength(3)
  const counts = ['members', 'pools', 'loadbalancers'].map(
    (kind) => removals.filter((one) => one === kind).length,
  )
  expect(counts[0]).toBe(1)
  expect(Math.max(...counts)).toBeLessThanOrEqual(4)
})
