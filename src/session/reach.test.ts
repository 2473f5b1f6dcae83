import { expect, test } from 'vitest'
import { elbRequest } from '../dialects/elb.ts'
import { slbCall } from '../dialects/slb.ts'
import { NotOffered } from '../model.ts'
import { ours, serverOf, slb } from './canned-server.ts'

const own = { id: 'p-1', name: ours }
const theirs = { id: 'p-2', name: 'production' }
const next = { rel: 'next', href: 'http://reference.invalid/pools?marker=p-1' }

const wholeCollection = [
  elbRequest('DELETE', '/pools'),
  elbRequest('DELETE', '/pools/'),
  elbRequest('PUT', '/pools', { pool: { description: 'd' } }),
  elbRequest('PATCH', '/pools'),
].map((request) => [`${request.method} ${request.path}`, request] as const)

test.each(wholeCollection)('%s is sent where every pool is of this run', async (_what, request) => {
  const { send, sent } = serverOf({ 'GET /pools': { pools: [own] } })
  await send('ask', request)
  expect(sent).toEqual(['GET /pools', expect.not.stringContaining('GET')])
})

test.each([
  ['a pool is somebody else’s', { pools: [own, theirs] }],
  ['more pools follow', { pools: [own], pools_links: [next] }],
  ['there is no list', { items: [] }],
  ['nobody may list them', 403],
])('nothing is sent to the path of all pools where %s', async (_why, answer) => {
  for (const [, request] of wholeCollection) {
    const { send, sent } = serverOf({ 'GET /pools': answer })
    await expect(send('ask', request)).rejects.toBeInstanceOf(NotOffered)
    expect(sent.filter((one) => one !== 'GET /pools')).toEqual([])
  }
})

const RegionId = 'r'
const removal = slbCall('RemoveBackendServers', {
  RegionId,
  BackendServers: '[{"ServerId":"i-1"}]',
})
const described = (...names: readonly string[]) => ({
  RequestId: '1',
  LoadBalancers: {
    LoadBalancer: names.map((LoadBalancerName, index) => ({
      LoadBalancerId: `lb-${index}`,
      LoadBalancerName,
    })),
  },
})

test('slb: a removal that names no load balancer is sent where each is of this run', async () => {
  const { send, sent } = serverOf({ DescribeLoadBalancers: described(ours) }, slb)
  await send('ask', removal)
  expect(sent).toEqual(['DescribeLoadBalancers', 'RemoveBackendServers'])
})

test.each([
  ['one is somebody else’s', described(ours, 'production')],
  ['not all are listed', { ...described(ours), TotalCount: 2 }],
  ['they are not a list', { RequestId: '1', LoadBalancers: {} }],
  ['nobody may list them', 403],
])('slb: a removal that names no load balancer is not sent where %s', async (_why, answer) => {
  const { send, sent } = serverOf({ DescribeLoadBalancers: answer }, slb)
  await expect(send('ask', removal)).rejects.toThrow(/Nothing was sent|lack a right/)
  expect(sent.filter((one) => one !== 'DescribeLoadBalancers')).toEqual([])
})

test('an object of a collection is judged by itself', async () => {
  const { send, sent } = serverOf({
    'GET /pools': { pools: [theirs] },
    'GET /pools/p-1': { pool: own },
  })
  await send('ask', elbRequest('DELETE', '/pools/p-1'))
  expect(sent).toEqual(['GET /pools/p-1', 'GET /l7policies', 'DELETE /pools/p-1'])
})
