/** Somebody else puts things on the load balancers of a run and takes them away again: no check, and no walk, fails. */

import { expect, test } from 'vitest'
import { lent } from '../bench/lent-load-balancer.ts'
import { operator, type Send } from '../bench/operator.ts'
import { Lanes } from '../src/check/lanes.ts'
import { perform } from '../src/check/perform.ts'
import { takeWalk } from '../src/check/take-walk.ts'
import { elbRequest } from '../src/dialects/elb.ts'
import { slbCall } from '../src/dialects/slb.ts'
import type { Dialect } from '../src/model.ts'
import { knownServers } from '../src/reference/known-servers.ts'
import { openSession } from '../src/session/session.ts'
import type { Wire } from '../src/wire/wire.ts'
import { suites, walks } from './index.ts'

type Colleague = (send: Send, isThere: boolean) => Promise<void>

/** A pool on each load balancer. */
const ofElb: Colleague = async (send, isThere) => {
  const own = { name: 'canary', protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' }
  const { pools } = await send(elbRequest('GET', '/pools'))
  const theirs = (pools as { id: string; name: string }[]).filter(({ name }) => name === 'canary')
  if (isThere) for (const { id } of theirs) await send(elbRequest('DELETE', `/pools/${id}`))
  if (isThere || theirs.length > 0) return
  const { loadbalancers } = await send(elbRequest('GET', '/loadbalancers'))
  for (const { id } of loadbalancers as { id: string }[]) {
    await send(elbRequest('POST', '/pools', { pool: { ...own, loadbalancer_id: id } }))
  }
}

/** A VServer group on each load balancer. */
const ofSlb: Colleague = async (send, isThere) => {
  const RegionId = 'cn-hangzhou'
  const found = await send(slbCall('DescribeLoadBalancers', { RegionId }))
  const { LoadBalancer } = found['LoadBalancers'] as { LoadBalancer: { LoadBalancerId: string }[] }
  for (const { LoadBalancerId } of LoadBalancer) {
    const listed = await send(slbCall('DescribeVServerGroups', { RegionId, LoadBalancerId }))
    const { VServerGroup: groups } = listed['VServerGroups'] as { VServerGroup: Group[] }
    const theirs = groups.filter(({ VServerGroupName }) => VServerGroupName === 'canary')
    for (const { VServerGroupId } of isThere ? theirs : []) {
      await send(slbCall('DeleteVServerGroup', { RegionId, VServerGroupId }))
    }
    const own = { RegionId, LoadBalancerId, VServerGroupName: 'canary' }
    if (!isThere && theirs.length === 0) await send(slbCall('CreateVServerGroup', own))
  }
}

interface Group {
  readonly VServerGroupId: string
  readonly VServerGroupName: string
}

const asked = {
  elb: ['only-that-pool', 'malformed-json', 'timeout-udp-61', 'wrapper-required', 'unknown-member'],
  slb: ['malformed-list', 'absent-server-ignored', 'twenty-one-refused', 'only-that-group'],
}

/** What fails while a colleague comes after some requests, and goes after some. */
async function failing(dialect: Dialect, colleague: Colleague): Promise<readonly string[]> {
  const { wire, environment, target } = await knownServers.reference(dialect, false)
  const send = operator(dialect, wire)
  let requests = 0
  const meddled: Wire = async (request, deadline) => {
    requests += 1
    if (requests % 5 === 0) await colleague(send, requests % 10 === 0)
    return wire(request, deadline)
  }
  const around = { wire: meddled, environment }
  const session = openSession(target, { id: '00000000', seed: 1 }, around)
  const failures: string[] = []
  for (const { entries, fixtures } of suites.filter((one) => one.dialect === dialect)) {
    const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
    for (const entry of entries) {
      const isAsked = asked[dialect].includes(entry.requirement.id.split('/').at(-1) ?? '')
      if (!isAsked || !('ask' in entry)) continue
      const { thrown } = await perform(entry, fixtures, session, lanes)
      if (thrown?.family === 'broken') failures.push(`${entry.requirement.id}: ${thrown.message}`)
    }
    await lanes.close()
  }
  for (const own of walks.filter((one) => one.dialect === dialect)) {
    const lanes = new Lanes(own.fixtures.laneSource(session, () => undefined))
    for (const number of [1, 2, 3]) {
      const { violation } = await takeWalk(own, { number, seed: 1 }, session, lanes)
      if (violation) failures.push(`walk ${number}: ${violation.message}`)
    }
    await lanes.close()
  }
  expect(requests).toBeGreaterThan(200)
  return failures
}

test('elb: a pool', async () => {
  expect(await failing('elb', ofElb)).toEqual([])
})

test('slb: a VServer group', async () => {
  expect(await failing('slb', ofSlb)).toEqual([])
})

test('no load balancer is created beside one that is lent', async () => {
  const creations: string[] = []
  const { outcomes } = await lent(
    'slb',
    [
      'slb/remove-backend-servers/other-load-balancer-untouched',
      'slb/remove-backend-servers/emptied-for-the-first-time',
    ],
    (wire) => (request, deadline) => {
      if (request.url.includes('Action=CreateLoadBalancer&')) creations.push(request.url)
      return wire(request, deadline)
    },
  )
  expect(outcomes.map(({ thrown }) => thrown?.family)).toEqual(['not-offered', 'not-offered'])
  expect(creations).toEqual([])
})
