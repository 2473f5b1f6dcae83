/** A 503 says "later", and some services have done it all the same: what the next attempt finds may be its own doing. */

import { expect, test } from 'vitest'
import { deletePool, elbRequest } from '../dialects/elb.ts'
import { NoAnswer } from '../model.ts'
import { httpLoopback, json } from '../wire/loopback.ts'
import { exchange } from './exchange.ts'
import { asking, connected, update } from './loopback-connection.ts'

test('a deletion that finds nothing after a 503 is no answer: the first may have done it', async () => {
  const server = await httpLoopback((response, _request, before) =>
    response.writeHead(before === 0 ? 503 : 404).end(),
  )
  const { error } = await asking(connected(server.endpoint), deletePool('1'))
  expect(error).toBeInstanceOf(NoAnswer)
  expect(String(error)).toContain('an earlier attempt was answered 503, and may have done it')
  expect(server.arrived).toHaveLength(2)
})

const member = elbRequest('POST', '/pools/1/members', { member: { address: '192.0.2.1' } })

test.each([
  [409, {}],
  [400, { message: 'A member with this address already exists.' }],
])('nor is %i to a creation after a 503', async (status, body) => {
  const server = await httpLoopback((response, _request, before) =>
    before === 0 ? response.writeHead(503).end() : json(response, status, body),
  )
  const { error } = await asking(connected(server.endpoint), member)
  expect(error).toBeInstanceOf(NoAnswer)
  expect(server.arrived).toHaveLength(2)
})

test('409 to an update after a 503 is an answer', async () => {
  const server = await httpLoopback((response, _request, before) =>
    before === 0 ? response.writeHead(503).end() : json(response, 409, {}),
  )
  expect((await asking(connected(server.endpoint), update)).status).toBe(409)
})

const pool = { id: '1', name: 'poolproof-0a1b2c3d-pool-1' }
const creation = elbRequest('POST', '/pools', { pool })

test.each([
  { shown: [pool], status: 201, sent: 1 },
  // A read shows that it was not made before, so the conflict is with something else.
  { shown: [], status: 409, sent: 2 },
])(
  'a fixture is looked for after a 503, so that there are not two of it: $status',
  async ({ shown, status, sent }) => {
    const server = await httpLoopback((response, request, before) => {
      if (request.method === 'GET') return json(response, 200, { pools: shown })
      return before === 0 ? response.writeHead(503).end() : json(response, 409, {})
    })
    const answer = await exchange(connected(server.endpoint), 'arrange', creation)
    expect(answer.status).toBe(status)
    expect(server.arrived.filter(({ method }) => method === 'POST')).toHaveLength(sent)
  },
)
