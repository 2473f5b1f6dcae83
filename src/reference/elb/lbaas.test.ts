import { expect, test } from 'vitest'
import { elbReference } from './reference.ts'
test('x', () => {
  const r = elbReference()
  const ask = (method: string, url: string, body?: unknown) => {
    const a = r.handle({
      method,
      url,
      headers: { 'x-auth-token': 'reference-token', host: 'h' },
      body: body === undefined ? '' : JSON.stringify(body),
    })
    console.log(method, url, a.status, a.body)
    return a.body ? JSON.parse(a.body) : undefined
  }
  const lb = ask('POST', '/v2.0/lbaas/loadbalancers', {
    loadbalancer: { name: 'a', vip_subnet_id: 's' },
  }).loadbalancer
  const l = ask('POST', '/v2.0/lbaas/listeners', {
    listener: { loadbalancer_id: lb.id, protocol: 'HTTP', protocol_port: 80 },
  }).listener
  const p = ask('POST', '/v2.0/lbaas/pools', {
    pool: { listener_id: l.id, protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' },
  }).pool
  const q = ask('POST', '/v2.0/lbaas/pools', {
    pool: {
      loadbalancer_id: lb.id,
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
      session_persistence: { type: 'APP_COOKIE', cookie_name: 'c', persistence_timeout: 1 },
    },
  }).pool
  ask('POST', `/v2.0/lbaas/pools/${p.id}/members`, {
    member: { address: '1.1.1.1', protocol_port: 80, subnet_id: 's' },
  })
  ask('POST', `/v2.0/lbaas/healthmonitors`, {
    healthmonitor: { pool_id: p.id, type: 'HTTP', delay: 10, timeout: 5, max_retries: 3 },
  })
  ask('POST', `/v2.0/lbaas/l7policies`, {
    l7policy: {
      listener_id: l.id,
      action: 'REDIRECT_TO_POOL',
      redirect_pool_id: q.id,
      rules: [{ type: 'PATH', compare_type: 'EQUAL_TO', value: '/x' }],
    },
  })
  ask('GET', `/v2.0/lbaas/loadbalancers/${lb.id}/statuses`)
  ask('GET', `/v2.0/lbaas/pools?limit=1`)
  ask('DELETE', `/v2.0/lbaas/pools/${p.id}`)
  ask('PUT', `/v2.0/lbaas/pools/${p.id}`, {
    pool: { name: 'x', session_persistence: { type: 'HTTP_COOKIE', persistence_timeout: 61 } },
  })
  ask('PATCH', `/v2.0/lbaas/pools/${p.id}`)
  ask('GET', `/v2.0/lbaas/poolz`)
  console.log(r.inventory())
  expect(1).toBe(1)
})
