import { describe, expect, test } from 'vitest'
import { elbRequest } from '../dialects/elb.ts'
import { ours, serverOf, createPool, update } from './canned-server.ts'

/** Ours at first; then, as a look has shown, called otherwise. */
async function turned(name: unknown, rename: unknown = 'other') {
  const shown = { pool: { id: 'p-1', name: ours } }
  const server = serverOf({
    'POST /pools': shown,
    'GET /pools/p-1': shown,
    'PUT /pools/p-1': 400,
  })
  const renaming = elbRequest('PUT', '/pools/p-1', { pool: { name: rename } })
  await server.send('arrange', createPool)
  await server.send('ask', renaming)
  server.now['GET /pools/p-1'] = { pool: { id: 'p-1', name } }
  await server.send('look', elbRequest('GET', '/pools/p-1'))
  return server
}
const writes = (sent: readonly string[]) => sent.filter((one) => /^(?:PUT|DELETE)/.test(one)).length

describe('an object of ours that has become somebody’s', () => {
  test('is not meant in another spelling of its id either', async () => {
    const { send, sent } = await turned('production')
    await expect(send('ask', update('%22p-1%22'))).rejects.toHaveProperty('name', 'AssertionError')
    expect(writes(sent)).toBe(1)
  })

  test('nor is it named in a body', async () => {
    const { send, sent } = await turned('production')
    const stray = elbRequest('DELETE', '/pools/p-9', { pool: { id: 'p-1' } })
    await expect(send('ask', stray)).rejects.toHaveProperty('name', 'AssertionError')
    expect(writes(sent)).toBe(1)
  })

  test('and has no name now, is not ours because a request for no name was refused', async () => {
    const { remove, sent } = await turned('', null)
    expect(await remove('/pools/p-1')).toMatchObject([{ is: 'foreign' }])
    expect(writes(sent)).toBe(1)
  })
})

test('a load balancer is looked at before it is removed, however short ago it was seen', async () => {
  const name = 'poolproof-0a1b2c3d-lb-1'
  const shown = { loadbalancer: { id: 'lb-1', name } }
  const { send, remove, sent, now } = serverOf({
    'POST /loadbalancers': shown,
    'GET /loadbalancers/lb-1': shown,
  })
  await send('arrange', elbRequest('POST', '/loadbalancers', { loadbalancer: { name } }))
  await send('look', elbRequest('GET', '/loadbalancers/lb-1'))
  now['GET /loadbalancers/lb-1'] = { loadbalancer: { id: 'lb-1', name: 'production' } }
  expect(await remove('/loadbalancers/lb-1')).toMatchObject([{ is: 'foreign' }])
  expect(sent.filter((one) => one.startsWith('DELETE'))).toEqual([])
})
