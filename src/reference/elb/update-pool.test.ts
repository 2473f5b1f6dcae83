import { describe, expect, test } from 'vitest'

import { addMember, addPool, conversation, ground, update, type Ask } from './test-client.ts'

function stickiness(ask: Ask, pool: string): unknown {
  return ask('GET', `pools/${pool}`).body['pool']?.['session_persistence']
}

describe('an update', () => {
  test('changes what was sent and nothing else, and answers what is shown', () => {
    const { ask } = conversation()
    const { pool, sibling } = ground(ask)
    addMember(ask, pool)
    const before = ask('GET', `pools/${pool}`).body['pool']
    const other = ask('GET', `pools/${sibling}`).body
    const sent = { name: '', lb_algorithm: 'SOURCE_IP' }
    const updated = update(ask, pool, sent)
    expect(updated.status).toBe(200)
    expect(updated.body['pool']).toEqual({ ...before, ...sent })
    expect(ask('GET', `pools/${pool}`).body).toEqual(updated.body)
    expect(ask('GET', `pools/${sibling}`).body).toEqual(other)
  })

  test('without fields changes nothing', () => {
    const { ask } = conversation()
    const { pool } = ground(ask)
    const before = ask('GET', `pools/${pool}`).body
    expect(update(ask, pool, {})).toMatchObject({ status: 200, body: before })
  })

  test.each([
    [{ lb_algorithm: 'RANDOM' }],
    [{ lb_algorithm: null }],
    [{ name: 'x'.repeat(256) }],
    [{ name: null }],
    [{ description: 7 }],
    [{ admin_state_up: false }],
    [{ admin_state_up: 'true' }],
    [{ protocol: 'HTTP' }],
    [{ colour: 'red' }],
    [{ session_persistence: 'HTTP_COOKIE' }],
    [{ session_persistence: {} }],
    [{ session_persistence: { persistence_timeout: 5 } }],
    [{ session_persistence: { type: 'http_cookie' } }],
    [{ session_persistence: { type: 'HTTP_COOKIE', colour: 'red' } }],
    [{ session_persistence: { type: 'HTTP_COOKIE', persistence_timeout: '5' } }],
    [{ session_persistence: { type: 'HTTP_COOKIE', persistence_timeout: 1.5 } }],
    [{ session_persistence: { type: 'HTTP_COOKIE', cookie_name: 'c' } }],
    [{ session_persistence: { type: 'APP_COOKIE' } }],
    [{ session_persistence: { type: 'APP_COOKIE', cookie_name: '' } }],
    [{ session_persistence: { type: 'APP_COOKIE', cookie_name: null } }],
  ])('%j is refused as a whole', (wrong) => {
    const { ask } = conversation()
    const { pool } = ground(ask)
    const before = ask('GET', `pools/${pool}`).body
    expect(update(ask, pool, { description: 'new', ...wrong }).status).toBe(400)
    expect(ask('GET', `pools/${pool}`).body).toEqual(before)
  })

  test.each([[{}], [{ pool: [] }], [{ pool: null }], [{ name: 'x' }], ['[]'], ['']])(
    '%j is refused, as it has no wrapper',
    (body) => {
      const { ask } = conversation()
      const { pool } = ground(ask)
      expect(ask('PUT', `pools/${pool}`, body).status).toBe(400)
    },
  )

  test('counts characters, not bytes or UTF-16 units', () => {
    const { ask } = conversation()
    const { pool } = ground(ask)
    expect(update(ask, pool, { name: '💧'.repeat(255) }).status).toBe(200)
    expect(update(ask, pool, { name: '💧'.repeat(256) }).status).toBe(400)
  })
})

describe('sticky sessions', () => {
  test.each([
    ['TCP', 0, 400],
    ['TCP', 1, 200],
    ['TCP', 60, 200],
    ['TCP', 61, 400],
    ['TCP', 1440, 400],
    ['UDP', 0, 400],
    ['UDP', 60, 200],
    ['UDP', 61, 400],
    ['HTTP', 0, 400],
    ['HTTP', 61, 200],
    ['HTTP', 1440, 200],
    ['HTTP', 1441, 400],
  ])('on %s for %i minutes: %i', (protocol, minutes, status) => {
    const { ask } = conversation()
    const pool = addPool(ask, { loadbalancer_id: ground(ask).loadBalancer, protocol })
    const session_persistence = { type: 'SOURCE_IP', persistence_timeout: minutes }
    expect(update(ask, pool, { session_persistence }).status).toBe(status)
  })

  test('have the longest timeout by default', () => {
    const { ask } = conversation()
    const { loadBalancer, pool } = ground(ask)
    const tcp = addPool(ask, { loadbalancer_id: loadBalancer, protocol: 'TCP' })
    update(ask, pool, { session_persistence: { type: 'HTTP_COOKIE' } })
    update(ask, tcp, { session_persistence: { type: 'SOURCE_IP' } })
    expect(stickiness(ask, pool)).toMatchObject({ persistence_timeout: 1440 })
    expect(stickiness(ask, tcp)).toMatchObject({ persistence_timeout: 60 })
  })

  test('keep omitted fields while the type stays, and drop them when it changes', () => {
    const { ask } = conversation()
    const { pool } = ground(ask)
    const set = (session_persistence: unknown): unknown => {
      expect(update(ask, pool, { session_persistence }).status).toBe(200)
      return stickiness(ask, pool)
    }
    const named = { type: 'APP_COOKIE', cookie_name: 'c', persistence_timeout: null }
    expect(set({ type: 'APP_COOKIE', cookie_name: 'c', persistence_timeout: 5 })).toEqual(named)
    expect(set({ persistence_timeout: 5 })).toEqual(named)
    expect(set(named)).toEqual(named)
    const cookie = { type: 'HTTP_COOKIE', cookie_name: null, persistence_timeout: 30 }
    expect(set({ type: 'HTTP_COOKIE', persistence_timeout: 30 })).toEqual(cookie)
    expect(set({ type: 'HTTP_COOKIE' })).toEqual(cookie)
    expect(set(cookie)).toEqual(cookie)
    expect(set({ persistence_timeout: 31 })).toEqual({ ...cookie, persistence_timeout: 31 })
    expect(set(null)).toBeNull()
    expect(set(null)).toBeNull()
    expect(set({ type: 'HTTP_COOKIE' })).toEqual({ ...cookie, persistence_timeout: 1440 })
  })
})

test.each(['PENDING_UPDATE', 'PENDING_CREATE', 'PENDING_DELETE', 'ERROR', 'DEGRADED'])(
  'while the load balancer is %s, nothing is updated',
  (status) => {
    const { ask, reference } = conversation()
    const { loadBalancer, pool } = ground(ask)
    reference.setProvisioningStatus(loadBalancer, status)
    expect(update(ask, pool, { name: 'new' }).status).toBe(409)
    expect(ask('GET', `pools/${pool}`).body['pool']).toMatchObject({ name: 'first' })
    reference.setProvisioningStatus(loadBalancer, 'ACTIVE')
    expect(update(ask, pool, { name: 'new' }).status).toBe(200)
  },
)
