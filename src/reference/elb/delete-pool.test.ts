import { expect, test } from 'vitest'

import { addHealthMonitor, addMember, addPolicy, conversation, ground } from './test-client.ts'

test('a pool without dependents is deleted from every view, and no other pool', () => {
  const { ask } = conversation()
  const { loadBalancer, pool, sibling } = ground(ask)
  const deleted = ask('DELETE', `pools/${sibling}`)
  expect(deleted).toMatchObject({ status: 204, body: {} })
  expect(ask('GET', `pools/${sibling}`).status).toBe(404)
  expect(ask('GET', `pools/${sibling}/members`).status).toBe(404)
  expect(ask('GET', `loadbalancers/${loadBalancer}`).body['loadbalancer']?.pools).toEqual([
    { id: pool },
  ])
  expect(ask('DELETE', `pools/${sibling}`).status).toBe(404)
})

test('a default pool is deleted, and its listener has none afterwards', () => {
  const { ask } = conversation()
  const { listener, pool } = ground(ask)
  expect(ask('DELETE', `pools/${pool}`).status).toBe(204)
  const shown = ask('GET', `listeners/${listener}`).body['listener']
  expect(shown).toMatchObject({ default_pool_id: null })
})

test('each kind of dependent prevents the deletion, and nothing changes', () => {
  const { ask } = conversation()
  const { listener, sibling } = ground(ask)
  const members = [addMember(ask, sibling, '192.0.2.1'), addMember(ask, sibling, '192.0.2.2')]
  const monitor = addHealthMonitor(ask, sibling)
  const policy = addPolicy(ask, listener, sibling)
  const before = ask('GET', `pools/${sibling}`).body
  const unlink = { l7policy: { redirect_pool_id: null } }
  const refused = () => ask('DELETE', `pools/${sibling}`).body['NeutronError']?.['message']
  expect(refused()).toBe(`member ${members[0]} is using this pool`)
  expect(ask('GET', `pools/${sibling}`).body).toEqual(before)
  ask('DELETE', `pools/${sibling}/members/${members[0]}`)
  expect(refused()).toBe(`member ${members[1]} is using this pool`)
  ask('DELETE', `pools/${sibling}/members/${members[1]}`)
  expect(refused()).toBe(`healthmonitor ${monitor} is using this pool`)
  ask('DELETE', `healthmonitors/${monitor}`)
  expect(refused()).toBe(`l7policy ${policy} is using this pool`)
  expect(ask('PUT', `l7policies/${policy}`, unlink).body['l7policy']).toMatchObject({
    redirect_pool_id: null,
    action: 'REDIRECT_TO_POOL',
  })
  expect(ask('DELETE', `pools/${sibling}`).status).toBe(204)
})
