import { describe, expect, test } from 'vitest'

import {
  addHealthMonitor,
  addMember,
  addPool,
  conversation,
  ground,
  idOf,
  update,
  type Reply,
} from './test-client.ts'
import { errorShapes, type ErrorShape } from './error-shapes.ts'
import { elbReference, referenceProjects } from './reference.ts'

const ids = ({ body }: Reply): readonly string[] =>
  (body['pools'] as unknown as readonly { id: string }[]).map(({ id }) => id)
const rels = ({ body }: Reply): readonly string[] =>
  (body['pools_links'] as unknown as readonly { rel: string }[]).map(({ rel }) => rel)

describe('every call', () => {
  const { ask } = conversation()
  const { pool } = ground(ask)

  test.each([
    ['no known token', () => ask('GET', 'pools', undefined, 'stolen'), 401],
    ['an unknown path', () => ask('GET', 'poolz'), 404],
    ['an empty segment', () => ask('DELETE', `pools//members/${pool}`), 404],
    ['a known path with another method', () => ask('PATCH', `pools/${pool}`, {}), 405],
    ['a collection that cannot be deleted', () => ask('DELETE', 'pools'), 405],
    ['malformed JSON', () => ask('PUT', `pools/${pool}`, '{"pool":'), 400],
    ['malformed escapes', () => ask('GET', 'pools/%zz'), 404],
    ['an unknown filter', () => ask('GET', 'pools?colour=red'), 400],
  ])('%s is refused', (_name, asked, status) => {
    const reply = asked()
    expect(reply.status).toBe(status)
    expect(reply.body['NeutronError']).toMatchObject({ type: expect.any(String), detail: '' })
  })

  test('the body of a deletion need not be JSON', () => {
    expect(ask('DELETE', `pools/${pool}`, '{"pool":').status).toBe(204)
  })

  test('every answer has a request id of its own, and says that it is JSON', () => {
    const [first, second] = [ask('GET', 'pools'), ask('GET', 'pools')]
    expect(first.headers['X-Request-Id']).not.toBe(second.headers['X-Request-Id'])
    expect(first.headers['Content-Type']).toBe('application/json')
  })

  test('a prefix is a part of every path, and of the links', () => {
    const reference = elbReference({ prefix: '/elb' })
    const headers = { 'x-auth-token': 'tQ7xw4ixOnAhuc8J', host: 'h' }
    const get = (url: string) => reference.handle({ method: 'GET', url, headers, body: '' })
    const create = '{"loadbalancer":{"vip_subnet_id":"subnet"}}'
    const url = '/elb/v2.0/lbaas/loadbalancers'
    reference.handle({ method: 'POST', url, headers, body: create })
    reference.handle({ method: 'POST', url, headers, body: create })
    expect(get(`${url}?limit=1`).body).toContain('"href":"http://h/elb/v2.0/lbaas/loadbalancers?')
    expect(get('/v2.0/lbaas/pools').status).toBe(404)
  })

  test.each(Object.keys(errorShapes) as ErrorShape[])(
    'errors can have the form %s',
    (errorShape) => {
      const other = conversation({ errorShape })
      const reply = other.ask('GET', 'pools/nowhere')
      expect(reply.status).toBe(404)
      expect(JSON.stringify(reply.body)).toContain('There is no pool nowhere.')
    },
  )
})

describe('projects', () => {
  const { ask } = conversation()
  const { pool, loadBalancer } = ground(ask)
  const member = addMember(ask, pool)
  const stranger = 'pY3sJ8dGfT1qEh5C'

  test.each([
    ['GET', `pools/${pool}`],
    ['PUT', `pools/${pool}`],
    ['DELETE', `pools/${pool}`],
    ['GET', `pools/${pool}/members`],
    ['DELETE', `pools/${pool}/members/${member}`],
    ['GET', `loadbalancers/${loadBalancer}/statuses`],
  ])('%s %s finds nothing for another project', (method, path) => {
    expect(ask(method, path, { pool: { name: 'mine' } }, stranger).status).toBe(404)
  })

  test('another project does not list it, and cannot create objects on it', () => {
    expect(ask('GET', 'pools', undefined, stranger).body).toEqual({ pools: [] })
    const sent = { protocol: 'HTTP', lb_algorithm: 'SOURCE_IP', loadbalancer_id: loadBalancer }
    expect(ask('POST', 'pools', { pool: sent }, stranger).status).toBe(404)
  })

  test('these requests changed nothing', () => {
    const shown = ask('GET', `pools/${pool}`).body['pool']
    expect(shown).toMatchObject({
      name: 'first',
      tenant_id: referenceProjects[0].id,
      members: [{ id: member }],
    })
  })
})

describe('lists', () => {
  const { ask } = conversation()
  const { pool, sibling, loadBalancer } = ground(ask)
  const third = addPool(ask, { loadbalancer_id: loadBalancer, name: 'third' })
  addMember(ask, sibling, '192.0.2.77')

  test('are whole and ascending without a limit', () => {
    const reply = ask('GET', 'pools')
    expect(ids(reply)).toEqual([pool, sibling, third])
    expect(reply.body).not.toHaveProperty('pools_links')
  })

  test('can be followed forwards by their links', () => {
    const first = ask('GET', 'pools?limit=2')
    expect(ids(first)).toEqual([pool, sibling])
    expect(first.body['pools_links']).toEqual([
      {
        rel: 'next',
        href: `http://reference.example/v2.0/lbaas/pools?limit=2&marker=${sibling}`,
      },
    ])
    const last = ask('GET', `pools?limit=2&marker=${sibling}`)
    expect(ids(last)).toEqual([third])
    expect(rels(last)).toEqual(['previous'])
  })

  test('can be followed backwards with page_reverse', () => {
    const reply = ask('GET', `pools?limit=1&marker=${third}&page_reverse=True`)
    expect(ids(reply)).toEqual([sibling])
    expect(rels(reply)).toEqual(['next', 'previous'])
  })

  test.each([
    ['name=second', 1],
    ['name=secon', 0],
    [`id=${pool}&id=${third}`, 2],
    [`loadbalancer_id=${loadBalancer}&protocol=HTTP`, 3],
    ['member_address=192.0.2.77', 1],
    ['protocol=TCP', 0],
  ])('%s matches exactly: %i', (query, count) => {
    expect(ids(ask('GET', `pools?${query}`))).toHaveLength(count)
  })

  test.each(['marker=x', 'page_reverse=True', 'limit=-1', 'limit=many'])(
    '%s is refused',
    (query) => {
      expect(ask('GET', `pools?${query}`).status).toBe(400)
    },
  )
})

describe('asynchronous', () => {
  const options = { asynchronousMilliseconds: 100 }
  const create = { loadbalancer: { vip_subnet_id: 'subnet' } }

  test('each write settles visibly, and other writes are refused meanwhile', () => {
    const { ask, wait } = conversation(options)
    const id = idOf(ask('POST', 'loadbalancers', create), 'loadbalancer')
    const status = () =>
      ask('GET', `loadbalancers/${id}`).body['loadbalancer']?.['provisioning_status']
    const pool = { loadbalancer_id: id, protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' }
    expect(status()).toBe('PENDING_CREATE')
    expect(ask('POST', 'pools', { pool }).status).toBe(409)
    wait(100)
    expect(status()).toBe('ACTIVE')
    const made = idOf(ask('POST', 'pools', { pool }), 'pool')
    expect(status()).toBe('PENDING_UPDATE')
    expect(update(ask, made, { name: 'x' }).status).toBe(409)
    expect(ask('DELETE', `pools/${made}`).status).toBe(409)
    expect(ask('GET', `pools/${made}`).body['pool']).toMatchObject({ name: '' })
    wait(99)
    expect(update(ask, made, { name: 'x' }).status).toBe(409)
    wait(1)
    expect(update(ask, made, { name: 'x' }).status).toBe(200)
  })

  test('a deleted load balancer is shown until its deletion has ended', () => {
    const { ask, wait, reference } = conversation(options)
    const id = idOf(ask('POST', 'loadbalancers', create), 'loadbalancer')
    wait(100)
    expect(ask('DELETE', `loadbalancers/${id}`).status).toBe(204)
    const shown = ask('GET', `loadbalancers/${id}`).body['loadbalancer']
    expect(shown).toMatchObject({ provisioning_status: 'PENDING_DELETE' })
    expect(reference.inventory()['loadBalancers']).toBe(0)
    wait(100)
    expect(ask('GET', `loadbalancers/${id}`).status).toBe(404)
  })

  test('a synchronous server is ACTIVE at once', () => {
    const { ask } = conversation()
    const { loadBalancer } = ground(ask)
    const shown = ask('GET', `loadbalancers/${loadBalancer}`).body['loadbalancer']
    expect(shown).toMatchObject({ provisioning_status: 'ACTIVE' })
  })
})

describe('a pinned status', () => {
  test('holds until it is ACTIVE again, and refuses every write', () => {
    const { ask, wait, reference } = conversation()
    const { loadBalancer, pool, sibling, listener } = ground(ask)
    const monitor = addHealthMonitor(ask, sibling)
    const member = addMember(ask, pool)
    expect(reference.setProvisioningStatus(loadBalancer, 'PENDING_UPDATE')).toBe(true)
    wait(1_000_000)
    const writes = [
      update(ask, pool, { name: 'x' }),
      ask('DELETE', `pools/${pool}/members/${member}`),
      ask('DELETE', `healthmonitors/${monitor}`),
      ask('PUT', `listeners/${listener}`, { listener: { name: 'x' } }),
      ask('PUT', `loadbalancers/${loadBalancer}`, { loadbalancer: { name: 'x' } }),
    ]
    expect(writes.map(({ status }) => status)).toEqual(writes.map(() => 409))
    reference.setProvisioningStatus(loadBalancer, 'ACTIVE')
    expect(update(ask, pool, { name: 'x' }).status).toBe(200)
  })

  test('of ERROR lets the load balancer be deleted', () => {
    const { ask, reference } = conversation()
    const created = ask('POST', 'loadbalancers', { loadbalancer: { vip_subnet_id: 'subnet' } })
    const id = idOf(created, 'loadbalancer')
    reference.setProvisioningStatus(id, 'ERROR')
    expect(ask('PUT', `loadbalancers/${id}`, { loadbalancer: {} }).status).toBe(409)
    expect(ask('DELETE', `loadbalancers/${id}`).status).toBe(204)
    expect(ask('GET', `loadbalancers/${id}`).status).toBe(404)
  })

  test('cannot be set for an unknown load balancer', () => {
    expect(elbReference().setProvisioningStatus('nowhere', 'ERROR')).toBe(false)
  })
})
