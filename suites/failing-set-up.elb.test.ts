/** A server whose removals of health monitors and policies are carried out, and answered 500: no walk fails for that. */

import { expect, test } from 'vitest'
import { Lanes } from '../src/check/lanes.ts'
import { takeWalk } from '../src/check/take-walk.ts'
import { knownServers } from '../src/reference/known-servers.ts'
import { openSession } from '../src/session/session.ts'
import type { Wire } from '../src/wire/wire.ts'
import { walks } from './index.ts'

test('what a first attempt has removed is gone to a walk', async () => {
  const server = await knownServers.reference('elb', false)
  const { environment, setProvisioningStatus } = server
  const { profile: _, ...target } = server.target
  let failed = 0
  const wire: Wire = async (request, deadline) => {
    const answer = await server.wire(request, deadline)
    const isRemoval = request.method === 'DELETE' && !request.url.includes('/pools/')
    if (!isRemoval || answer.status >= 300 || request.url.includes('/loadbalancers/')) return answer
    failed += 1
    return { status: 500, headers: [['Content-Type', 'application/json']], text: '{}' }
  }
  const own = walks.find(({ dialect }) => dialect === 'elb')
  if (!own) throw new Error('No walks speak elb.')
  const around = { wire, environment, setProvisioningStatus }
  const session = openSession(target, { id: '00000000', seed: 1 }, around)
  const lanes = new Lanes(own.fixtures.laneSource(session, () => undefined))
  for (let number = 1; number <= 12; number += 1) {
    const { violation } = await takeWalk(own, { number, seed: 1 }, session, lanes)
    expect(violation?.message).toBeUndefined()
  }
  expect(failed).toBeGreaterThan(5)
  await lanes.close()
})
