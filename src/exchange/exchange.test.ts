import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { rpcHmacSigner } from '../credentials/rpc-hmac.ts'
import { elbRequest } from '../dialects/elb.ts'
import { slbCall, slbSpelling } from '../dialects/slb.ts'
import { NoAnswer } from '../model.ts'
import { httpLoopback, json } from '../wire/loopback.ts'
import { type Wire } from '../wire/wire.ts'
import { type Connection } from './connection.ts'
import { exchange } from './exchange.ts'
import { asking, connected, list, remove, show, token, update } from './loopback-connection.ts'
import { virtualClock } from './virtual-clock.ts'

describe('an answer', () => {
  test('is returned with its body parsed; the path prefix of the endpoint is kept', async () => {
    const server = await httpLoopback((response) => json(response, 200, { pools: [] }))
    const connection = connected(`${server.endpoint}/gateway/elb`)
    const query = [
      ['name', 'a b&c=d/é'],
      ['name', "it's"],
    ] as const
    const answer = await exchange(connection, 'look', { ...list, query })
    expect(answer).toMatchObject({
      purpose: 'look',
      status: 200,
      body: { pools: [] },
      request: { method: 'GET', path: '/v2.0/lbaas/pools' },
    })
    expect(server.arrived.map(({ url }) => url)).toEqual([
      '/gateway/elb/v2.0/lbaas/pools?name=a%20b%26c%3Dd%2F%C3%A9&name=it%27s',
    ])
  })

  test('is recorded with its request, without the credentials', async () => {
    const { endpoint } = await httpLoopback((response) => json(response, 200, { pool: {} }))
    const { evidence } = await asking(connected(endpoint), update)
    expect(evidence).toMatchObject([
      {
        purpose: 'ask',
        request: {
          method: 'PUT',
          url: `${endpoint}/v2.0/lbaas/pools/1`,
          headers: [['Content-Type', 'application/json']],
          body: '{"pool":{"name":"a"}}',
        },
        response: { status: 200, body: '{"pool":{}}' },
      },
    ])
    expect(evidence[0]).not.toHaveProperty('trouble')
  })

  test.each([400, 403, 404, 409, 422, 500, 501])(
    'with status %i is returned after one request',
    async (status) => {
      const server = await httpLoopback((response) => json(response, status, { error: 'no' }))
      expect((await asking(connected(server.endpoint), remove)).status).toBe(status)
      expect(server.arrived).toHaveLength(1)
    },
  )

  test('is never a redirect, and none is followed', async () => {
    const elsewhere = await httpLoopback((response) => json(response, 200, {}))
    const { endpoint } = await httpLoopback((response) =>
      response.writeHead(307, { Location: `${elsewhere.endpoint}/v2.0/lbaas/pools` }).end(),
    )
    const { error, evidence } = await asking(connected(endpoint), list)
    expect(error).toBeInstanceOf(NoAnswer)
    expect(String(error)).toContain('a redirect, which is not followed')
    expect(evidence).toMatchObject([{ response: { status: 307 } }])
    expect(elsewhere.arrived).toEqual([])
  })

  test('can be a 404 with a web page', async () => {
    const { endpoint } = await httpLoopback((response) =>
      response.writeHead(404, { 'Content-Type': 'text/html' }).end('<html>Not found</html>'),
    )
    const answer = await exchange(connected(endpoint), 'ask', remove)
    expect(answer).toMatchObject({ status: 404, body: undefined })
  })

  test('can be a refusal whose body is cut off', async () => {
    const { endpoint } = await httpLoopback((response) =>
      response.writeHead(409, { 'Content-Type': 'application/json' }).end('{"message": "in u'),
    )
    expect((await asking(connected(endpoint), remove)).status).toBe(409)
  })

  test('can be compressed', async () => {
    const { endpoint } = await httpLoopback((response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('{"pools":[1]}')),
    )
    expect((await exchange(connected(endpoint), 'look', list)).body).toEqual({ pools: [1] })
  })
})

describe('busy', () => {
  test('429 with Retry-After: the request is repeated, also a write, and the evidence says so', async () => {
    const server = await httpLoopback((response, _request, before) =>
      before === 0
        ? response.writeHead(429, { 'Retry-After': '0.1' }).end()
        : response.writeHead(204).end(),
    )
    const { status, evidence } = await asking(connected(server.endpoint), remove)
    expect(status).toBe(204)
    expect(server.arrived).toHaveLength(2)
    expect(evidence).toMatchObject([
      { response: { status: 204 }, trouble: expect.stringMatching(/429.*asked 2 times/) as string },
    ])
  })

  test('a Retry-After longer than patienceMilliseconds is not waited for', async () => {
    const server = await httpLoopback((response) =>
      response.writeHead(429, { 'Retry-After': '3600' }).end(),
    )
    const { error } = await asking(connected(server.endpoint), list)
    expect(error).toBeInstanceOf(NoAnswer)
    expect(server.arrived).toHaveLength(1)
  })

  test('a Retry-After that is a date is waited for', async () => {
    const hour = 3_600_000
    const later = new Date(Date.now() + hour).toUTCString()
    const { endpoint } = await httpLoopback((response, _request, before) =>
      before === 0
        ? response.writeHead(503, { 'Retry-After': later }).end()
        : json(response, 200, {}),
    )
    const clock = virtualClock()
    const connection = connected(endpoint, { patienceMilliseconds: 2 * hour, clock })
    expect((await asking(connection, list)).status).toBe(200)
    // The date was an hour away, less the time that the first request took.
    expect(clock.pauses).toEqual([expect.closeTo(hour, -6)])
  })

  test('a Retry-After that is a date is one of the clock that the answer shows', async () => {
    const Date = 'Sun, 29 Nov 2026 10:00:00 GMT'
    const later = 'Sun, 29 Nov 2026 10:00:30 GMT'
    const { endpoint } = await httpLoopback((response, _request, before) =>
      before === 0
        ? response.writeHead(429, { Date, 'Retry-After': later }).end()
        : json(response, 200, {}),
    )
    const clock = virtualClock()
    const connection = connected(endpoint, { patienceMilliseconds: 60_000, clock })
    expect((await asking(connection, list)).status).toBe(200)
    expect(clock.pauses).toEqual([30_000])
  })

  test('a Retry-After that is a date in the past means no wait', async () => {
    const { endpoint } = await httpLoopback((response, _request, before) =>
      before === 0
        ? response.writeHead(503, { 'Retry-After': new Date(0).toUTCString() }).end()
        : json(response, 200, {}),
    )
    expect((await asking(connected(endpoint), list)).status).toBe(200)
  })

  test('several 503 in a row are followed by the answer', async () => {
    const server = await httpLoopback((response, _request, before) =>
      before < 3 ? response.writeHead(503).end() : json(response, 200, {}),
    )
    const connection = connected(server.endpoint, { patienceMilliseconds: 10_000 })
    expect((await asking(connection, update)).status).toBe(200)
    expect(server.arrived).toHaveLength(4)
  })

  test('503 without end is no answer; the last response is the evidence', async () => {
    const server = await httpLoopback((response) => response.writeHead(503).end('later'))
    const { error, evidence } = await asking(connected(server.endpoint), update)
    expect(error).toBeInstanceOf(NoAnswer)
    expect(String(error)).toBe(
      `NoAnswer: staging answered 503 to PUT ${server.endpoint}/v2.0/lbaas/pools/1: status 503 is not an answer to the request.`,
    )
    // After pauses of about 50, 100 and 200 ms the next one would end after 400 ms.
    expect(server.arrived).toHaveLength(4)
    expect(evidence).toMatchObject([{ response: { status: 503, body: 'later' } }])
  })

  test.each([502, 504])('%i: a GET is repeated', async (status) => {
    const server = await httpLoopback((response, _request, before) =>
      before === 0 ? response.writeHead(status).end() : json(response, 200, {}),
    )
    expect((await asking(connected(server.endpoint), show)).status).toBe(200)
    expect(server.arrived).toHaveLength(2)
  })

  test.each([502, 504])(
    '%i: a write, which may have taken effect, is not repeated',
    async (status) => {
      const server = await httpLoopback((response) => response.writeHead(status).end())
      for (const request of [remove, update]) {
        expect((await asking(connected(server.endpoint), request)).error).toBeInstanceOf(NoAnswer)
      }
      expect(server.arrived.map(({ method }) => method)).toEqual(['DELETE', 'PUT'])
    },
  )

  test('each attempt is signed with its own nonce', async () => {
    const server = await httpLoopback((response, _request, before) =>
      before === 0
        ? json(response, 400, { Code: 'Throttling.User', RequestId: '1' })
        : json(response, 200, { RequestId: '2' }),
    )
    const own = { accessKeyId: 'id', accessKeySecret: 'secret' }
    const slb = { spelling: slbSpelling, signer: rpcHmacSigner({ own }) }
    const call = slbCall('RemoveBackendServers', { LoadBalancerId: 'lb-1' })
    expect((await asking(connected(server.endpoint, slb), call)).status).toBe(200)
    const nonces = server.arrived.map(({ url }) => /SignatureNonce=([^&]+)/.exec(url)?.[1])
    expect(new Set(nonces).size).toBe(2)
  })
})

/** A server that answers 500 so many times. */
function fails(times: number) {
  return httpLoopback((response, _request, before) =>
    json(response, before < times ? 500 : 200, {}),
  )
}

describe('500', () => {
  test('to a read is asked again once, and the evidence says so', async () => {
    const server = await fails(1)
    const { status, evidence } = await asking(connected(server.endpoint), show)
    expect(status).toBe(200)
    expect(evidence).toMatchObject([{ trouble: 'it answered 500 (asked 2 times)' }])
  })

  test('to a read twice is the answer', async () => {
    const server = await fails(5)
    expect((await asking(connected(server.endpoint), show)).status).toBe(500)
    expect(server.arrived).toHaveLength(2)
  })

  test('to a write that is the question is the answer', async () => {
    const server = await fails(1)
    expect((await asking(connected(server.endpoint), update)).status).toBe(500)
    expect(server.arrived).toHaveLength(1)
  })

  test.each([remove, show])('in clean-up is asked again twice, and no more', async (request) => {
    const twice = await fails(2)
    expect((await exchange(connected(twice.endpoint), 'clean-up', request)).status).toBe(200)
    const always = await fails(5)
    expect((await exchange(connected(always.endpoint), 'clean-up', request)).status).toBe(500)
    expect(always.arrived).toHaveLength(3)
  })
})

describe('a right that the credentials lack', () => {
  test('is no answer, in a sentence without ids, and is not asked again', async () => {
    const server = await httpLoopback((response) =>
      json(response, 403, { Code: 'Forbidden.RAM', RequestId: '1' }),
    )
    const own = { accessKeyId: 'id', accessKeySecret: 'secret' }
    const slb = { spelling: slbSpelling, signer: rpcHmacSigner({ own }) }
    const call = slbCall('RemoveBackendServers', { LoadBalancerId: 'lb-1' })
    const { error } = await asking(connected(server.endpoint, slb), call)
    expect(error).toBeInstanceOf(NoAnswer)
    expect((error as Error).message).toBe(
      'The credentials lack a right: RemoveBackendServers was answered with 403 Forbidden.RAM.',
    )
    expect(server.arrived).toHaveLength(1)
  })
})

/** A connection on which every request fails with this error. */
function broken(error: Error): Connection {
  const wire: Wire = async () => {
    throw error
  }
  return connected('http://127.0.0.1', { wire, patienceMilliseconds: 0 })
}

function coded(code: string): Error {
  return Object.assign(new Error('it went wrong'), { code })
}

describe('the class of an error', () => {
  const network = `
    ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH EPROTO
    ENOTFOUND EAI_AGAIN EAI_FAIL E2BIG UND_ERR_SOCKET UND_ERR_CONNECT_TIMEOUT
    UND_ERR_HEADERS_OVERFLOW UND_ERR_RES_CONTENT_LENGTH_MISMATCH UND_ERR_DESTROYED
    UND_ERR_INFO UND_ERR HPE_INVALID_CONSTANT HPE_INVALID_HEADER_TOKEN
    CERT_HAS_EXPIRED DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN
    UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT_LOCALLY CERT_REVOKED
    ERR_TLS_CERT_ALTNAME_INVALID ERR_SSL_WRONG_VERSION_NUMBER HOSTNAME_MISMATCH
    ERR_TLS_HANDSHAKE_TIMEOUT INVALID_PURPOSE INVALID_CA CRL_HAS_EXPIRED
    Z_DATA_ERROR Z_BUF_ERROR ERR__ERROR_FORMAT_PADDING_1 ERR_BUFFER_TOO_LARGE
  `

  test.each(network.trim().split(/\s+/))(
    '%s is the network’s, however deep it lies',
    async (code) => {
      for (const error of [coded(code), new Error('outside', { cause: coded(code) })]) {
        expect((await asking(broken(error), remove)).error).toBeInstanceOf(NoAnswer)
      }
    },
  )

  test.each([
    new TypeError("Cannot read properties of undefined (reading 'id')"),
    new RangeError('Invalid array length'),
    coded('ERR_INVALID_URL'),
    coded('ERR_INVALID_ARG_TYPE'),
    coded('UND_ERR_INVALID_ARG'),
    coded('UND_ERR_REQ_CONTENT_LENGTH_MISMATCH'),
    coded('MODULE_NOT_FOUND'),
  ])('%s is ours, and goes through as it is', async (error) => {
    const asked = await asking(broken(error), list)
    expect(asked.error).toBe(error)
  })

  test('a path without a slash is ours', async () => {
    const { error } = await asking(connected('http://127.0.0.1'), { method: 'GET', path: '@evil/' })
    expect(error).not.toBeInstanceOf(NoAnswer)
    expect(String(error)).toContain('must start with a slash')
  })
})

describe('credentials', () => {
  test('401 means that they were not accepted; the request is sent once', async () => {
    const server = await httpLoopback((response) => json(response, 401, { error: 'who?' }))
    const { error, evidence } = await asking(connected(server.endpoint), list)
    expect(error).toBeInstanceOf(NoAnswer)
    expect(String(error)).toContain('answered 401')
    expect(String(error)).toContain('did not accept these credentials')
    expect(server.arrived).toHaveLength(1)
    expect(evidence).toMatchObject([{ response: { status: 401 } }])
  })

  test('401 to a request without credentials is an answer', async () => {
    const server = await httpLoopback((response) => json(response, 401, {}))
    const { status } = await asking(connected(server.endpoint), { ...list, credentials: 'none' })
    expect(status).toBe(401)
    expect(server.arrived[0]?.headers).not.toHaveProperty('x-auth-token')
  })

  test('slb reports it by a code', async () => {
    const { endpoint } = await httpLoopback((response) =>
      json(response, 404, { Code: 'InvalidAccessKeyId.NotFound', Message: 'no' }),
    )
    const own = { accessKeyId: 'id', accessKeySecret: 'secret' }
    const signer = rpcHmacSigner({ own })
    const connection = connected(endpoint, { spelling: slbSpelling, signer })
    const call = slbCall('DescribeRegions', {})
    expect(String((await asking(connection, call)).error)).toContain('these credentials')
    expect((await asking(connection, { ...call, credentials: 'none' })).status).toBe(404)
  })
})

describe('secrets', () => {
  const spelled = [
    token,
    encodeURIComponent(token),
    Buffer.from(token).toString('base64'),
    Buffer.from(token).toString('hex'),
    JSON.stringify(token),
    Buffer.from(`project:${token}`).toString('base64'),
  ]
  const traces = [
    'canary-7f3a',
    Buffer.from('canary-7f').toString('base64'),
    Buffer.from('canary-7f3a').toString('hex'),
  ]

  test('that a target echoes are not in the evidence: whether it answers', async () => {
    const { endpoint } = await httpLoopback((response, { method }) => {
      for (const [index, value] of spelled.entries()) response.setHeader(`X-${index}`, value)
      response.statusCode = method === 'DELETE' ? 401 : 200
      response.end(JSON.stringify({ raw: token, rest: spelled }))
    })
    const echoing = elbRequest('PUT', `/pools/${encodeURIComponent(token)}`, { pool: token })
    for (const request of [list, echoing, remove]) {
      const { error, evidence } = await asking(connected(endpoint), request)
      const text = `${JSON.stringify(evidence)} ${String(error)}`
      expect(text).toContain('[redacted]')
      for (const trace of traces) expect(text).not.toContain(trace)
    }
  })

  test('are not in a message about a missing answer', async () => {
    const error = Object.assign(new Error(`bad header x-auth-token: ${token}`), { code: 'EPROTO' })
    const query = [['token', token]] as const
    const asked = await asking(broken(error), { ...list, query })
    const text = `${JSON.stringify(asked.evidence)} ${String(asked.error)}`
    expect(text).toContain('[redacted]')
    for (const trace of traces) expect(text).not.toContain(trace)
  })
})
