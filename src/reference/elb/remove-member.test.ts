import { describe, expect, test } from 'vitest'

import { addHealthMonitor, addMember, addPolicy, conversation, ground } from './test-client.ts'

describe('removing a member', () => {
  test('removes it from every view, and no other member', () => {
    const { ask } = conversation()
    const { pool, sibling } = ground(ask)
    const [gone, stays] = [addMember(ask, pool), addMember(ask, pool, '192.0.2.11')]
    const twin = addMember(ask, sibling)
    expect(ask('DELETE', `pools/${pool}/members/${gone}`)).toMatchObject({ status: 204, body: {} })
    expect(ask('GET', `pools/${pool}/members/${gone}`).status).toBe(404)
    expect(ask('GET', `pools/${pool}`).body['pool']?.members).toEqual([{ id: stays }])
    expect(ask('GET', `pools/${sibling}`).body['pool']?.members).toEqual([{ id: twin }])
    expect(ask('DELETE', `pools/${pool}/members/${gone}`).status).toBe(404)
    expect(addMember(ask, pool)).not.toBe(gone)
  })

  test('needs the id of its own pool, and its own id', () => {
    const { ask } = conversation()
    const { pool, sibling } = ground(ask)
    const member = addMember(ask, pool)
    const paths = [
      `pools/${sibling}/members/${member}`,
      `pools/nowhere/members/${member}`,
      `pools/${pool}/members/192.0.2.10`,
      `pools/${pool}/members/unknown`,
    ]
    expect(paths.map((path) => ask('DELETE', path).status)).toEqual([404, 404, 404, 404])
    expect(ask('GET', `pools/${pool}`).body['pool']?.members).toEqual([{ id: member }])
  })

  test('is not prevented by other objects', () => {
    const { ask } = conversation()
    const { listener, sibling } = ground(ask)
    const member = addMember(ask, sibling)
    const monitor = addHealthMonitor(ask, sibling)
    const policy = addPolicy(ask, listener, sibling)
    expect(ask('DELETE', `pools/${sibling}/members/${member}`).status).toBe(204)
    expect(ask('GET', `healthmonitors/${monitor}`).status).toBe(200)
    const shown = ask('GET', `l7policies/${policy}`).body['l7policy']
    expect(shown).toMatchObject({ redirect_pool_id: sibling })
  })
})
