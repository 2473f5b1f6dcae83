import { expect, test } from 'vitest'
import type { HttpResponse } from '../model.ts'
import { elbObjects } from './elb-objects.ts'
import { elbRequest } from './elb.ts'

function answer(status: number, body?: unknown): HttpResponse {
  return { status, headers: [], text: '', body }
}

const policies = [
  { id: 'y-1', listener_id: 'l-1', redirect_pool_id: 'p-2' },
  { id: 'y-2', listener_id: 'l-2', redirect_pool_id: 'p-1' },
]

test.each([
  ['/listeners/l-1', ['/l7policies/y-1']],
  ['/pools/p-1', ['/l7policies/y-2']],
])('the policies that name %s, also where a list is not filtered', (key, expected) => {
  const list = answer(200, { l7policies: policies })
  expect(elbObjects.hanging(key)?.keys(list)).toEqual(expected)
})

test.each([
  [200, {}],
  [200, { l7policies: null }],
  [200, { l7policies: [] }],
  [403, {}],
  [404, undefined],
  [405, undefined],
  [501, undefined],
])('%i with %j says that there are none', (status, body) => {
  expect(elbObjects.hanging('/pools/p-1')?.keys(answer(status, body))).toEqual([])
})

test.each([
  [200, undefined],
  [200, { l7policies: 'none' }],
  [302, {}],
  [408, {}],
  [500, {}],
  [503, undefined],
])('%i with %j says nothing', (status, body) => {
  expect(elbObjects.hanging('/pools/p-1')?.keys(answer(status, body))).toBeUndefined()
})

test.each(['/healthmonitors/m-1', '/pools/p-1/members/m-1', '/loadbalancers/lb-1'])(
  'nothing is listed for %s',
  (key) => {
    expect(elbObjects.hanging(key)).toBeUndefined()
  },
)

test.each([
  ['PUT', '/pools/p-1', { pool: { id: 'p-2' } }, ['/pools/p-1', '/pools/p-2']],
  ['PUT', '/pools/p-1', { pool: { id: 'p-1' } }, ['/pools/p-1']],
  [
    'PUT',
    '/pools/p-1',
    { pool: { healthmonitor_id: 'm-1' } },
    ['/pools/p-1', '/healthmonitors/m-1'],
  ],
  ['POST', '/pools', { pool: { id: 'p-2', listener_id: 'l-1' } }, ['/pools/p-2', '/listeners/l-1']],
  [
    'POST',
    '/pools/p-1/members',
    { member: { id: 'm-1' } },
    ['/pools/p-1', '/pools/p-1/members/m-1'],
  ],
])('%s %s with %j may change all that it names', (method, path, body, expected) => {
  const request = elbRequest(method, path, body)
  expect(elbObjects.changes(request).changed).toEqual(expected)
})
