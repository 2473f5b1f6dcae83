import { describe, expect, test } from 'vitest'
import { rpcHmacSigner } from '../credentials/rpc-hmac.ts'
import { tokenSigner } from '../credentials/token.ts'
import { elbRequest, elbSpelling } from '../dialects/elb.ts'
import { slbCall, slbSpelling } from '../dialects/slb.ts'
import type { Connection } from './connection.ts'
import { exchange } from './exchange.ts'
import { httpLoopback, json } from '../wire/loopback.ts'
import { NoAnswer, type RecordedExchange } from '../model.ts'
import { socketWire } from '../wire/wire.ts'
import { virtualClock } from './virtual-clock.ts'

const name = 'poolproof-0a1b2c3d-pool-1'
const create = elbRequest('POST', '/pools', { pool: { name, protocol: 'TCP' } })
const creations: string[] = []

function connected(
  endpoint: string,
  spoken: Pick<Connection, 'spelling' | 'signer'>,
  but: Partial<Connection> = {},
): Connection {
  return {
    name: 'loopback',
    endpoint,
    wire: socketWire(2).wire,
    ...spoken,
    redact: (text) => text,
    requestMilliseconds: 600_000,
    patienceMilliseconds: 2000,
    clock: virtualClock(),
    pace: () => Promise.resolve(),
    ...but,
  }
}

/** A target that acts on the first creation or not, and drops its answer. */
async function dropping(acts: boolean) {
  const pools: { id: string; name: string }[] = []
  const { endpoint, arrived } = await httpLoopback((response, { method, url, body }, before) => {
    if (method === 'GET') {
      const wanted = new URL(url, 'http://e').searchParams.get('name')
      json(response, 200, { pools: pools.filter((pool) => pool.name === wanted) })
      return
    }
    const pool = { id: `p-${before}`, ...(JSON.parse(body) as { pool: { name: string } }).pool }
    if (acts || before > 0) pools.push(pool)
    if (before === 0) response.destroy()
    else json(response, 201, { pool })
  })
  return { endpoint, pools, methods: () => arrived.map(({ method }) => method) }
}

const elb = { spelling: elbSpelling, signer: tokenSigner({ token: 't' }) }

describe('when the answer to a creation by a fixture is lost', () => {
  test('a read finds what was created, and it is not created twice', async () => {
    const { endpoint, pools, methods } = await dropping(true)
    const evidence: RecordedExchange[] = []
    const connection = connected(endpoint, elb)
    const made = await exchange(connection, 'arrange', create, (one) => evidence.push(one))
    expect(made).toMatchObject({ status: 201, body: { pool: { id: 'p-0', name } } })
    expect([pools.length, methods()]).toEqual([1, ['POST', 'GET']])
    expect(evidence.at(-1)?.trouble).toContain('a later read showed that it was created')
  })

  test('it is repeated when a read shows that nothing was created, as a second journal entry', async () => {
    const { endpoint, pools, methods } = await dropping(false)
    const told: unknown[] = []
    const note = () => {
      told.push('intent')
      return (answer?: { status: number }) => void told.push(answer?.status)
    }
    const made = await exchange(connected(endpoint, elb, { note }), 'arrange', create)
    expect(made.status).toBe(201)
    expect([pools.length, methods()]).toEqual([1, ['POST', 'GET', 'POST']])
    expect(told).toEqual(['intent', undefined, 'intent', 201])
  })

  test('it stays unanswered when a check asks about the creation, or when it has no name', async () => {
    const first = await dropping(true)
    await expect(exchange(connected(first.endpoint, elb), 'ask', create)).rejects.toThrow(NoAnswer)
    const second = await dropping(true)
    const nameless = elbRequest('POST', '/pools', { pool: { protocol: 'TCP' } })
    const connection = connected(second.endpoint, elb)
    await expect(exchange(connection, 'arrange', nameless)).rejects.toThrow(NoAnswer)
    expect([first.methods(), second.methods()]).toEqual([['POST'], ['POST']])
  })

  test('it stays unanswered when the read does not show it', async () => {
    const { endpoint, arrived } = await httpLoopback((response, { method }) => {
      if (method === 'GET') json(response, 404, {})
      else response.destroy()
    })
    await expect(exchange(connected(endpoint, elb), 'arrange', create)).rejects.toThrow(NoAnswer)
    expect(arrived.map(({ method }) => method)).toEqual(['POST', 'GET'])
  })

  test('the RPC API is read as well', async () => {
    const { endpoint } = await httpLoopback((response, { url }) => {
      const { searchParams } = new URL(url, 'http://e')
      creations.push(searchParams.get('Action') ?? '')
      if (searchParams.get('Action') === 'CreateVServerGroup') response.destroy()
      const VServerGroup = [{ VServerGroupId: 'rsp-1', VServerGroupName: name }]
      json(response, 200, { RequestId: 'r', VServerGroups: { VServerGroup } })
    })
    const own = { accessKeyId: 'i', accessKeySecret: 's' }
    const slb = { spelling: slbSpelling, signer: rpcHmacSigner({ own }) }
    const group = { RegionId: 'r', LoadBalancerId: 'lb-1', VServerGroupName: name }
    const call = slbCall('CreateVServerGroup', group)
    const made = await exchange(connected(endpoint, slb), 'arrange', call)
    expect(made.body).toMatchObject({ VServerGroupId: 'rsp-1' })
    expect(creations).toEqual(['CreateVServerGroup', 'DescribeVServerGroups'])
  })
})

test('clean-up whose answer was lost is repeated', async () => {
  const { endpoint, arrived } = await httpLoopback((response, _request, before) => {
    if (before === 0) response.destroy()
    else response.writeHead(404).end()
  })
  const gone = await exchange(
    connected(endpoint, elb),
    'clean-up',
    elbRequest('DELETE', '/pools/p'),
  )
  expect([gone.status, arrived.length]).toEqual([404, 2])
})
