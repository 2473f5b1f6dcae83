import { expect, test } from 'vitest'
import { elbRequest } from '../dialects/elb.ts'
import { createPool, ours, serverOf } from './canned-server.ts'

const shown = (name: string) => ({ pool: { id: 'p-1', name } })

test('an object of ours is known by its name in another normal form of Unicode', async () => {
  const composed = `${ours}-\u00e9`
  const { send, remove, now } = serverOf({
    'POST /pools': shown(ours),
    'GET /pools/p-1': shown(ours),
    'PUT /pools/p-1': shown(composed),
    'DELETE /pools/p-1': 204,
  })
  await send('arrange', createPool)
  const renaming = { pool: { name: `${ours}-e\u0301` } }
  await send('ask', elbRequest('PUT', '/pools/p-1', renaming))
  now['GET /pools/p-1'] = shown(composed)
  expect(await remove('/pools/p-1')).toEqual([])
})
