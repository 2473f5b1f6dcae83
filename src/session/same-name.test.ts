import { expect, test } from 'vitest'
import { elbRequest } from '../dialects/elb.ts'
import { createPool, ours, serverOf } from './canned-server.ts'

const shown = (name: string) => ({ pool: { id: 'p-1', name } })

test.each([
  ['in another normal form of Unicode', `${ours}-\u00e9`, `${ours}-e\u0301`],
  ['without the blanks at its ends', `${ours} two`, ` ${ours} two `],
])('an object of ours is known by its name %s', async (_, stored, given) => {
  const { send, remove, now } = serverOf({
    'POST /pools': shown(ours),
    'GET /pools/p-1': shown(ours),
    'PUT /pools/p-1': shown(stored),
    'DELETE /pools/p-1': 204,
  })
  await send('arrange', createPool)
  const renaming = { pool: { name: given } }
  await send('ask', elbRequest('PUT', '/pools/p-1', renaming))
  now['GET /pools/p-1'] = shown(stored)
  expect(await remove('/pools/p-1')).toEqual([])
})
