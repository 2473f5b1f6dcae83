import { expect, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { slbCall } from '../dialects/slb.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import type { RawResponse, Reference } from '../reference/server.ts'
import { openSession } from '../session/session.ts'
import type { Target } from '../target.ts'
import { directWire } from '../wire/wire.ts'
import { sweep } from './index.ts'

const run = '0a1b2c3d'
const options = { asynchronousMilliseconds: 0 }
const name = `poolproof-${run}-lb-1`

/** A reference that describes a load balancer for so many looks after its deletion, but lists nothing of it. */
function behind(oldLooks: number): Reference {
  const server = reference('slb', options)
  const before = new Map<string, RawResponse>()
  let left = oldLooks
  return {
    ...server,
    handle: (request) => {
      const answer = server.handle(request)
      const { searchParams } = new URL(request.url, 'http://x')
      if (searchParams.get('Action') !== 'DescribeLoadBalancerAttribute') return answer
      const id = searchParams.get('LoadBalancerId') ?? ''
      if (answer.status < 300) before.set(id, answer)
      const old = before.get(id)
      if (answer.status < 300 || !old || left === 0) return answer
      left -= 1
      return old
    },
  }
}

/** Sweeps what a journal names. */
async function swept(oldLooks: number, settleSeconds: number) {
  const wire = directWire(behind(oldLooks))
  const send = operator('slb', wire)
  const own = { RegionId: 'cn-hangzhou', VSwitchId: 'vsw-reference', LoadBalancerName: name }
  const { LoadBalancerId } = await send(slbCall('CreateLoadBalancer', own))
  const named = { RegionId: own.RegionId, LoadBalancerId: String(LoadBalancerId) }
  const target = {
    ...referenceTarget('slb', 'http://reference.invalid', options),
    limits: { patienceSeconds: 0.1, pollSeconds: 0.01, settleSeconds },
  } as Target
  const session = openSession(
    target,
    { id: run, seed: 1 },
    { wire, environment: referenceEnvironment },
  )
  const journal = [
    { intent: 1, kind: 'LoadBalancer', name },
    { of: 1, made: [`LoadBalancer/${named.LoadBalancerId}`] },
  ]
  return sweep(session, { journals: [journal] })
}

test('slb: an old view of a load balancer that was removed is looked at again', async () => {
  const { removed, left, unread } = await swept(2, 60)
  expect([removed.length, left, unread]).toEqual([1, [], []])
})

test('slb: where the old view stays, the list of its groups counts as unread', async () => {
  const { unread } = await swept(1_000, 0.05)
  expect(unread).toEqual([expect.stringContaining('DescribeVServerGroups could not be read')])
})
