import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { httpLoopback, json, rawLoopback } from './loopback.ts'
import { directWire, socketWire, type Handler, type Wire, type WireRequest } from './wire.ts'

function opened(): Wire {
  const { wire, close } = socketWire(2)
  onTestFinished(close)
  return wire
}

const patient = () => AbortSignal.timeout(60_000)
const get = (url: string): WireRequest => ({ method: 'GET', path: '/', url })

describe('socketWire', () => {
  test('sends method, address, headers and body, and returns the response', async () => {
    const server = await httpLoopback((response) => json(response, 201, { id: 'é' }))
    const answer = await opened()(
      {
        method: 'POST',
        path: '/a',
        url: `${server.endpoint}/prefix/a?b=c%20d`,
        headers: { 'Content-Type': 'application/json', 'X-One': '1' },
        body: '{"name":"ü"}',
      },
      patient,
    )
    expect(answer).toMatchObject({ status: 201, text: '{"id":"é"}' })
    expect(server.arrived).toMatchObject([
      { method: 'POST', url: '/prefix/a?b=c%20d', body: '{"name":"ü"}', headers: { 'x-one': '1' } },
    ])
  })

  test('says which program asks, unless the request says otherwise', async () => {
    const server = await httpLoopback((response) => json(response, 200, {}))
    const { wire, close } = socketWire(2, { userAgent: 'poolproof/1' })
    onTestFinished(close)
    await wire(get(`${server.endpoint}/a`), patient)
    await wire({ ...get(`${server.endpoint}/b`), headers: { 'user-agent': 'other/1' } }, patient)
    expect(server.arrived.map(({ headers }) => headers['user-agent'])).toEqual([
      'poolproof/1',
      'other/1',
    ])
  })

  test('keeps the names, the order and the repetition of headers', async () => {
    const { endpoint } = await rawLoopback((socket) =>
      socket.end(
        'HTTP/1.1 200 OK\r\nX-Two: b\r\nx-one: 1\r\nX-ONE: 2\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n',
      ),
    )
    const { headers } = await opened()(get(endpoint), patient)
    expect(headers).toEqual([
      ['X-Two', 'b'],
      ['x-one', '1'],
      ['X-ONE', '2'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['Content-Length', '0'],
    ])
  })

  test.each([301, 302, 303, 307, 308])(
    'does not follow a %i, to wherever it points',
    async (status) => {
      const elsewhere = await httpLoopback((response) => json(response, 200, {}))
      const server = await httpLoopback((response) =>
        response.writeHead(status, { Location: `${elsewhere.endpoint}/there` }).end(),
      )
      const answer = await opened()(get(`${server.endpoint}/here`), patient)
      expect(answer.status).toBe(status)
      expect(elsewhere.arrived).toEqual([])
      expect(server.arrived).toHaveLength(1)
    },
  )

  test.each([
    ['gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('decodes %s', async (encoding, compress) => {
    const { endpoint } = await httpLoopback((response) =>
      response.writeHead(200, { 'Content-Encoding': encoding }).end(compress('{"é":1}')),
    )
    expect((await opened()(get(endpoint), patient)).text).toBe('{"é":1}')
  })

  test('accepts an encoding without a body', async () => {
    const { endpoint } = await httpLoopback((response) =>
      response.writeHead(204, { 'Content-Encoding': 'gzip' }).end(),
    )
    expect(await opened()(get(endpoint), patient)).toMatchObject({ status: 204, text: '' })
  })

  test('starts the deadline of a request when it has a connection, not while it waits', async () => {
    const answers: (() => void)[] = []
    const server = await httpLoopback((response) => {
      answers.push(() => json(response, 200, {}))
    })
    const { wire, close } = socketWire(1)
    onTestFinished(close)
    const started: string[] = []
    const asked = ['first', 'second'].map((name) =>
      wire(get(server.endpoint), () => {
        started.push(name)
        return AbortSignal.timeout(60_000)
      }),
    )
    await vi.waitUntil(() => answers.length === 1, { timeout: 60_000 })
    expect(started).toEqual(['first'])
    answers[0]?.()
    await vi.waitUntil(() => answers.length === 2, { timeout: 60_000 })
    expect(started).toEqual(['first', 'second'])
    answers[1]?.()
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200])
  })

  test('sends nothing on a connection that was closed while this process was busy', async () => {
    const { endpoint, closeConnections } = await otherThread()
    const { wire, close } = socketWire(1)
    onTestFinished(close)
    const post = { ...get(endpoint), method: 'POST', body: '{}' }
    expect((await wire(post, patient)).status).toBe(200)
    closeConnections()
    expect((await wire(post, patient)).status).toBe(200)
  })

  test('stops at 8 MiB of an endless body', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ')
    let sent = 0
    const { endpoint } = await httpLoopback((response) => {
      const pour = () => {
        while (!response.destroyed && response.write(chunk)) sent += 1
      }
      response.on('drain', pour)
      pour()
    })
    await expect(opened()(get(endpoint), patient)).rejects.toThrow('its body is larger than 8 MiB')
    expect(sent).toBeLessThan(64)
  })

  test('stops when a small gzip body decompresses to more than 8 MiB', async () => {
    // A thousand members of one MiB each: a gigabyte in a megabyte.
    const member = gzipSync(Buffer.alloc(1024 * 1024))
    const bomb = Buffer.concat(Array.from({ length: 1024 }, () => member))
    const { endpoint } = await httpLoopback((response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb),
    )
    const before = process.resourceUsage().maxRSS
    await expect(opened()(get(endpoint), patient)).rejects.toMatchObject({
      code: 'ERR_BUFFER_TOO_LARGE',
    })
    const kibibytes = process.resourceUsage().maxRSS - before
    expect(kibibytes).toBeLessThan(256 * 1024)
  })

  test('accepts a body of just under 8 MiB', async () => {
    const { endpoint } = await httpLoopback((response) => response.end('x'.repeat(8 * 1024 * 1024)))
    expect((await opened()(get(endpoint), patient)).text).toHaveLength(8 * 1024 * 1024)
  })

  test('ends when the signal aborts although bytes still arrive slowly', async () => {
    const { endpoint } = await rawLoopback((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
      const drip = setInterval(() => socket.write('x'), 20)
      socket.on('close', () => clearInterval(drip))
    })
    await expect(opened()(get(endpoint), () => AbortSignal.timeout(150))).rejects.toMatchObject({
      name: 'TimeoutError',
    })
  })

  test('ends requests in progress when it is closed', async () => {
    const { wire, close } = socketWire(1)
    const { endpoint } = await httpLoopback(() => void close())
    await expect(wire(get(endpoint), patient)).rejects.toThrow(Error)
  })
})

describe('directWire', () => {
  const echo: Handler = {
    handle: ({ method, url, headers, body }) => ({
      status: method === 'DELETE' ? 404 : 200,
      headers: { 'Content-Type': 'application/json', 'X-Seen': headers['x-auth-token'] ?? 'none' },
      body: JSON.stringify({ method, url, body, type: headers['content-type'] ?? null }),
    }),
  }

  const requests: readonly [string, Omit<WireRequest, 'url'>][] = [
    ['a query', { method: 'GET', path: '/x?a=1&a=2&b=%2F%20%C3%A9' }],
    ['a path to be kept as it is', { method: 'GET', path: '/pools/a%2Fb' }],
    ['a header in mixed case', { method: 'GET', path: '/', headers: { 'X-Auth-Token': 't' } }],
    [
      'a body',
      { method: 'PUT', path: '/y', body: '{"é":1}', headers: { 'Content-Type': 'text/plain' } },
    ],
    ['a refusal', { method: 'DELETE', path: '/z' }],
  ]

  test.each(requests)('gives the same response as a socket: %s', async (_what, request) => {
    const { endpoint } = await httpLoopback((response, { method, url, headers, body }) => {
      const plain = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, String(value)]),
      )
      const answer = echo.handle({ method, url, headers: plain, body })
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })
    const whole = { ...request, url: endpoint + request.path }
    const direct = await directWire(echo)(whole, patient)
    const socket = await opened()(whole, patient)
    expect(direct).toMatchObject({ status: socket.status, text: socket.text })
    expect(socket.headers).toEqual(expect.arrayContaining([...direct.headers]))
  })
})

/** A server whose thread closes its connections while this thread does nothing else. */
async function otherThread() {
  const closed = new Int32Array(new SharedArrayBuffer(4))
  const program = `
    const { createServer } = require('node:http')
    const { parentPort, workerData } = require('node:worker_threads')
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.end('{}'))
    })
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
    parentPort.on('message', () => {
      server.closeAllConnections()
      setImmediate(() => {
        Atomics.add(workerData, 0, 1)
        Atomics.notify(workerData, 0)
      })
    })
  `
  const worker = new Worker(program, { eval: true, workerData: closed })
  onTestFinished(async () => void (await worker.terminate()))
  const [port] = (await once(worker, 'message')) as [number]
  return {
    endpoint: `http://127.0.0.1:${port}`,
    closeConnections() {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage('close')
      Atomics.wait(closed, 0, 0)
    },
  }
}
