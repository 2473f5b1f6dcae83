import { describe, expect, test } from 'vitest'

import {
  addHealthMonitor,
  addListener,
  addMember,
  addPolicy,
  addPool,
  conversation,
  ground,
  idOf,
} from './test-client.ts'

describe('what is created', () => {
  const { ask } = conversation()
  const { loadBalancer, listener, pool, sibling } = ground(ask)
  const member = addMember(ask, pool)
  const monitor = addHealthMonitor(ask, pool)
  const policy = addPolicy(ask, listener, sibling)

  test('is shown in every object that it belongs to', () => {
    expect(ask('GET', `loadbalancers/${loadBalancer}`).body['loadbalancer']).toMatchObject({
      listeners: [{ id: listener }],
      pools: [{ id: pool }, { id: sibling }],
    })
    expect(ask('GET', `listeners/${listener}`).body['listener']).toMatchObject({
      default_pool_id: pool,
      loadbalancers: [{ id: loadBalancer }],
    })
    expect(ask('GET', `healthmonitors/${monitor}`).body['healthmonitor']).toMatchObject({
      pools: [{ id: pool }],
      url_path: '/',
    })
  })

  test('is shown in the twelve keys of a pool', () => {
    expect(ask('GET', `pools/${pool}`).body['pool']).toEqual({
      id: pool,
      tenant_id: expect.any(String),
      name: 'first',
      description: 'one',
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
      admin_state_up: true,
      members: [{ id: member }],
      healthmonitor_id: monitor,
      listeners: [{ id: listener }],
      loadbalancers: [{ id: loadBalancer }],
      session_persistence: null,
    })
  })

  test('is in the status tree, a pool twice if a listener uses it', () => {
    const { body } = ask('GET', `loadbalancers/${loadBalancer}/statuses`)
    const branch = { id: pool, members: [{ id: member }], healthmonitor: { id: monitor } }
    expect(body['statuses']).toMatchObject({
      loadbalancer: {
        listeners: [{ id: listener, pools: [branch], l7policies: [{ id: policy }] }],
        pools: [branch, { id: sibling, healthmonitor: {}, members: [] }],
      },
    })
  })

  test('includes the rules of a policy', () => {
    const rule = { type: 'PATH', compare_type: 'STARTS_WITH', value: '/x' }
    const path = `l7policies/${policy}/rules`
    const id = idOf(ask('POST', path, { rule }), 'rule')
    expect(ask('POST', path, { rule }).status).toBe(409)
    expect(ask('GET', `l7policies/${policy}`).body['l7policy']).toMatchObject({ rules: [{ id }] })
    expect(ask('PUT', `${path}/${id}`, { rule: { value: '/y' } }).body['rule']).toMatchObject({
      value: '/y',
      type: 'PATH',
    })
  })
})

describe('what is refused', () => {
  const { ask } = conversation()
  const { loadBalancer, listener, pool, sibling } = ground(ask)
  const tcp = addListener(ask, loadBalancer, 'TCP', 81)
  const udp = addListener(ask, loadBalancer, 'UDP', 82)
  const other = addListener(ask, loadBalancer, 'HTTP', 83)
  const tcpPool = addPool(ask, { loadbalancer_id: loadBalancer, protocol: 'TCP' })
  addMember(ask, pool)
  addHealthMonitor(ask, pool)
  addPolicy(ask, listener, sibling)
  const member = { address: '192.0.2.10', protocol_port: 80, subnet_id: 's' }
  const aPool = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' }
  const monitor = { pool_id: tcpPool, type: 'TCP', delay: 1, timeout: 1, max_retries: 1 }
  const toPool = { listener_id: listener, action: 'REDIRECT_TO_POOL' }

  test.each([
    ['loadbalancers', 'loadbalancer', {}, 400],
    ['loadbalancers', 'loadbalancer', { vip_subnet_id: 's', tenant_id: 'not-mine' }, 400],
    ['listeners', 'listener', { loadbalancer_id: loadBalancer, protocol: 'HTTP' }, 400],
    [
      'listeners',
      'listener',
      { loadbalancer_id: loadBalancer, protocol: 'HTTP', protocol_port: 80 },
      409,
    ],
    ['listeners', 'listener', { loadbalancer_id: 'none', protocol: 'HTTP', protocol_port: 9 }, 404],
    [
      'listeners',
      'listener',
      { loadbalancer_id: loadBalancer, protocol: 'UDP', protocol_port: 4789 },
      400,
    ],
    [
      'listeners',
      'listener',
      { loadbalancer_id: loadBalancer, protocol: 'TERMINATED_HTTPS', protocol_port: 443 },
      400,
    ],
    [
      'listeners',
      'listener',
      {
        loadbalancer_id: loadBalancer,
        protocol: 'HTTP',
        protocol_port: 9,
        default_pool_id: tcpPool,
      },
      409,
    ],
    ['pools', 'pool', aPool, 400],
    ['pools', 'pool', { ...aPool, loadbalancer_id: loadBalancer, protocol: 'HTTPS' }, 400],
    ['pools', 'pool', { ...aPool, loadbalancer_id: loadBalancer, name: 'x'.repeat(256) }, 400],
    ['pools', 'pool', { ...aPool, listener_id: listener }, 409],
    ['pools', 'pool', { ...aPool, listener_id: tcp }, 409],
    ['pools', 'pool', { ...aPool, listener_id: udp, protocol: 'TCP' }, 409],
    ['pools', 'pool', { ...aPool, listener_id: other, protocol: 'UDP' }, 409],
    ['pools', 'pool', { ...aPool, listener_id: other, session_persistence: {} }, 400],
    [
      'pools',
      'pool',
      { ...aPool, listener_id: other, session_persistence: { persistence_timeout: 1 } },
      400,
    ],
    [`pools/${pool}/members`, 'member', member, 409],
    [`pools/${pool}/members`, 'member', { ...member, protocol_port: 81, weight: 101 }, 400],
    [`pools/${pool}/members`, 'member', { ...member, protocol_port: 0 }, 400],
    ['healthmonitors', 'healthmonitor', { ...monitor, pool_id: pool }, 409],
    ['healthmonitors', 'healthmonitor', { ...monitor, delay: 51 }, 400],
    ['healthmonitors', 'healthmonitor', { ...monitor, type: 'UDP_CONNECT' }, 400],
    ['l7policies', 'l7policy', toPool, 400],
    ['l7policies', 'l7policy', { ...toPool, redirect_pool_id: pool }, 409],
    ['l7policies', 'l7policy', { ...toPool, redirect_pool_id: tcpPool }, 409],
    ['l7policies', 'l7policy', { ...toPool, listener_id: other, redirect_pool_id: sibling }, 409],
    ['l7policies', 'l7policy', { ...toPool, listener_id: tcp, redirect_pool_id: sibling }, 400],
  ])('POST %s %s %j: %i', (path, wrapper, sent, status) => {
    expect(ask('POST', path, { [wrapper]: sent }).status).toBe(status)
  })

  test.each([
    [`loadbalancers/${loadBalancer}`, 409],
    [`listeners/${listener}`, 409],
    [`listeners/${tcp}`, 204],
  ])('DELETE %s: %i', (path, status) => {
    expect(ask('DELETE', path).status).toBe(status)
  })
})

test('removal in order leaves nothing', () => {
  const { ask, reference } = conversation()
  const { loadBalancer, listener, pool, sibling } = ground(ask)
  const member = addMember(ask, pool)
  const monitor = addHealthMonitor(ask, pool)
  const policy = addPolicy(ask, listener, sibling)
  const rule = { type: 'HOST_NAME', compare_type: 'EQUAL_TO', value: 'example.org' }
  ask('POST', `l7policies/${policy}/rules`, { rule })
  const paths = [
    `pools/${pool}/members/${member}`,
    `healthmonitors/${monitor}`,
    `l7policies/${policy}`,
    `pools/${pool}`,
    `pools/${sibling}`,
    `listeners/${listener}`,
    `loadbalancers/${loadBalancer}`,
  ]
  const statuses = paths.map((path) => ask('DELETE', path).status)
  expect(statuses).toEqual(paths.map(() => 204))
  expect(Object.values(reference.inventory())).toEqual([0, 0, 0, 0, 0, 0, 0])
})
