import { describe, expect, test } from 'vitest'
import { misfitsOf } from './answer-schema.ts'
import { rowsOf } from './row.ts'

const pool = {
  id: 'p',
  tenant_id: 't',
  name: 'n',
  description: '',
  protocol: 'HTTP',
  lb_algorithm: 'ROUND_ROBIN',
  members: [{ id: 'm' }],
  healthmonitor_id: null,
  admin_state_up: true,
  listeners: [],
  loadbalancers: [{ id: 'l' }],
  session_persistence: null,
}

describe('an answer to an update', () => {
  test('that keeps its table has no misfits', () => {
    expect(misfitsOf('update-pool', { pool })).toEqual([])
  })

  test.each([
    [{ name: 7 }, 'response.pool.name.type'],
    [{ name: 'n'.repeat(256) }, 'response.pool.name.max-length'],
    [{ protocol: 'http' }, 'response.pool.protocol.enum'],
    [{ members: [{}] }, 'response.pool.members.items.id.mandatory'],
    [{ session_persistence: { type: 'COOKIE' } }, 'response.pool.session_persistence.type.enum'],
  ])('with %o breaks %s', (changed, row) => {
    const [misfit] = misfitsOf('update-pool', { pool: { ...pool, ...changed } })
    expect(misfit?.row).toBe(`elb/update-pool/${row}`)
    expect(misfit?.message).toMatch(/; it is .+\.$/)
  })
})

test('an operation without a response table has nothing to keep', () => {
  expect(misfitsOf('delete-pool', undefined)).toEqual([])
})

test('each misfit names a row of the page', () => {
  const ids = new Set(rowsOf('remove-backend-servers', 'response').map(({ id }) => id))
  const found = misfitsOf('remove-backend-servers', {
    RequestId: 1,
    LoadBalancerId: 2,
    BackendServers: { BackendServer: [{ ServerId: 3, Weight: 101, Type: 4 }] },
  })
  expect(found.length).toBeGreaterThanOrEqual(5)
  expect(found.filter(({ row }) => !ids.has(row))).toEqual([])
})
