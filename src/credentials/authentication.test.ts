import { describe, expect, test } from 'vitest'
import { slbCall, slbSpelling } from '../dialects/slb.ts'
import { asking, connected, list, remove, token } from '../exchange/loopback-connection.ts'
import { httpLoopback, json } from '../wire/loopback.ts'
import { NoAnswer } from '../model.ts'
import { learning } from '../exchange/redact.ts'
import { rpcHmacSigner } from './rpc-hmac.ts'
import { NoCredentials, type Signer } from './signer.ts'

/** Fetches a new token whenever the last one was refused. */
function renewing(most = Infinity): Signer {
  let tokens = 1
  return {
    sign: (request) =>
      Promise.resolve({
        request: { ...request, headers: { ...request.headers, 'X-Auth-Token': `t-${tokens}` } },
        secrets: [],
      }),
    renew: () => (tokens += 1) <= most,
  }
}

const taking = (token: string) =>
  httpLoopback((response, { headers }) =>
    headers['x-auth-token'] === token
      ? json(response, 200, { pools: [] })
      : json(response, 401, {}),
  )

/** Fails so many times before there is something to sign with. */
function failing(times: number, passing: boolean): Signer {
  let before = 0
  return {
    sign: async (request) => {
      if ((before += 1) <= times) throw new NoCredentials(`no ${token} today`, passing)
      return { request, secrets: [] }
    },
  }
}

describe('credentials that can be renewed', () => {
  test.each([list, remove])('a refused request is sent once more: $method', async (one) => {
    const server = await taking('t-2')
    const got = await asking(connected(server.endpoint, { signer: renewing() }), one)
    expect(got.status).toBe(200)
    expect(got.evidence).toMatchObject([
      {
        trouble: 'it did not accept these credentials (asked 2 times)',
        response: { status: 200 },
      },
    ])
  })

  test('but not twice', async () => {
    const server = await taking('t-3')
    const got = await asking(connected(server.endpoint, { signer: renewing() }), list)
    expect(String(got.error)).toContain('it did not accept these credentials')
    expect(server.arrived).toHaveLength(2)
  })

  test('and not when there are no new ones', async () => {
    const server = await taking('t-2')
    const got = await asking(connected(server.endpoint, { signer: renewing(1) }), list)
    expect(got.error).toBeInstanceOf(NoAnswer)
    expect(server.arrived).toHaveLength(1)
  })

  test('and not when the check asks with wrong ones', async () => {
    const server = await taking('t-2')
    const connection = connected(server.endpoint, { signer: renewing() })
    expect((await asking(connection, { ...list, credentials: 'wrong' })).status).toBe(401)
    expect(server.arrived).toHaveLength(1)
  })
})

describe('credentials that cannot be obtained', () => {
  test('end the request with the reason, and nothing is sent', async () => {
    const server = await httpLoopback((response) => json(response, 200, { pools: [] }))
    const got = await asking(connected(server.endpoint, { signer: failing(9, false) }), remove)
    expect(String(got.error)).toMatch(
      /^NoAnswer: DELETE \S+ was not sent to staging: no \[redacted\] today\.$/,
    )
    expect(got.evidence).toMatchObject([{ trouble: 'no [redacted] today' }])
    expect(server.arrived).toHaveLength(0)
  })

  test('are waited for when the cause is temporary, also for a write', async () => {
    const server = await httpLoopback((response) => json(response, 200, { pools: [] }))
    const got = await asking(connected(server.endpoint, { signer: failing(2, true) }), remove)
    expect(got.status).toBe(200)
    expect(server.arrived).toHaveLength(1)
  })
})

const signatureIn = (url: string) => new URL(url, 'http://e').searchParams.get('Signature') ?? ''

/** A target that repeats every signature it has seen, and its connection. */
async function repeating() {
  const seen: string[] = []
  const { endpoint } = await httpLoopback((response, { url }) => {
    seen.push(signatureIn(url))
    for (const one of seen) response.setHeader(`X-Echo-${one.replaceAll(/\W/g, '')}`, one)
    json(response, 200, { RequestId: '1', said: seen, again: seen.map((one) => btoa(one)) })
  })
  const signer = rpcHmacSigner({ own: { accessKeyId: 'id', accessKeySecret: 'secret' } })
  const { redact, learnSignature } = learning([])
  const connection = { spelling: slbSpelling, signer, redact, learnSignature }
  return { seen, connection: connected(endpoint, connection) }
}

describe('a signature in a response', () => {
  test('is masked in its own answer and in every later one, in names and values', async () => {
    const { seen, connection } = await repeating()
    for (const _ of [1, 2, 3]) {
      const { evidence } = await asking(connection, slbCall('DescribeRegions', {}))
      const text = JSON.stringify(evidence)
      expect(text).toContain('["X-Echo-[redacted]","')
      for (const one of seen) {
        expect(text).not.toContain(one.slice(3, 12))
        expect(text).not.toContain(btoa(one).slice(4, 16))
      }
    }
    expect(seen).toHaveLength(3)
  })
})

test('a 407 of a proxy is not an answer of the target', async () => {
  const { endpoint } = await httpLoopback((response) => json(response, 407, {}))
  const { error } = await asking(connected(endpoint), { ...list, credentials: 'none' })
  expect(String(error)).toContain('a proxy requires other credentials (407)')
})
