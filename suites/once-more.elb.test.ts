import { describe, expect, test } from 'vitest'
import { deletePool, elbRequest, updatePool } from '../src/dialects/elb.ts'
import type { Exchange, HttpRequest, Purpose } from '../src/model.ts'
import { onceMore } from '../fixtures/elb/once-more.ts'

/** One pool, `p1`. The first failing writes answer 500, and do what they ask or not. */
function service(failures: number, doesIt: boolean) {
  let pool: Record<string, unknown> | undefined = { id: 'p1', name: 'as created' }
  const methods: string[] = []
  const answer = (purpose: Purpose, request: HttpRequest): Promise<Exchange> => {
    const { method, path, body: text = '' } = request
    methods.push(method)
    const isThere = path.endsWith('/pools/p1') && pool !== undefined
    const fails = method !== 'GET' && methods.filter((one) => one === method).length <= failures
    if (isThere && (!fails || doesIt)) {
      if (method === 'DELETE') pool = undefined
      if (method === 'PUT') pool = { ...pool, ...(JSON.parse(text) as { pool: object }).pool }
    }
    const status = fails ? 500 : isThere ? 200 : 404
    const body = status === 200 && pool ? { pool } : { NeutronError: { message: '' } }
    return Promise.resolve({ purpose, request, status, headers: [], text: '', body })
  }
  return { methods, send: onceMore(answer) }
}

const look = elbRequest('GET', '/pools/p1')
const renaming = updatePool('p1', { pool: { name: 'renamed' } })

describe('after one 500', () => {
  test('an update that did nothing is asked again', async () => {
    const { send, methods } = service(1, false)
    await send('arrange', look)
    expect((await send('ask', renaming)).status).toBe(200)
    expect(methods).toEqual(['GET', 'PUT', 'GET', 'PUT'])
  })

  test('an update that was stored is not', async () => {
    const { send } = service(1, true)
    await send('arrange', look)
    expect((await send('ask', renaming)).status).toBe(500)
  })

  test('an update to what is there already is asked again: it could do nothing', async () => {
    const { send } = service(1, true)
    await send('arrange', look)
    const same = updatePool('p1', { pool: { name: 'as created' } })
    expect((await send('ask', same)).status).toBe(200)
  })

  test('a deletion that did its work is not asked again', async () => {
    const { send } = service(1, true)
    await send('arrange', look)
    expect((await send('ask', deletePool('p1'))).status).toBe(500)
  })

  test('a backend server is added again to a pool that is not there', async () => {
    const { send, methods } = service(1, false)
    const member = elbRequest('POST', '/pools/gone/members', { member: { protocol_port: 80 } })
    expect((await send('ask', member)).status).toBe(404)
    expect(methods).toEqual(['POST', 'GET', 'POST'])
  })

  test('one without a name is not added again to a pool that is there', async () => {
    const { send } = service(1, false)
    const member = elbRequest('POST', '/pools/p1/members', { member: { protocol_port: 80 } })
    expect((await send('ask', member)).status).toBe(500)
  })

  test('a write to what was never seen is asked again', async () => {
    const { send } = service(1, false)
    expect((await send('ask', deletePool('unknown'))).status).toBe(404)
    expect((await send('ask', updatePool('unknown', { pool: {} }))).status).toBe(404)
  })

  test('and so is a path that is not in the API', async () => {
    const { send } = service(1, false)
    expect((await send('ask', elbRequest('PUT', '/pool/p1', {}))).status).toBe(404)
  })
})

test('another method on an object is asked again after one 500 where the object is still there', async () => {
  const { send } = service(1, false)
  expect((await send('ask', elbRequest('POST', '/pools/p1', {}))).status).toBe(200)
})

test('two are an answer', async () => {
  const { send } = service(2, false)
  await send('arrange', look)
  expect((await send('ask', renaming)).status).toBe(500)
})
