import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { NoAnswer } from '../model.ts'
import { httpLoopback, nobody, rawLoopback } from '../wire/loopback.ts'
import { asking, connected, list, remove, show, update } from './loopback-connection.ts'

describe('no answer', () => {
  test('no server listens: one sentence with the address, also for a write, and evidence', async () => {
    const endpoint = await nobody()
    const { error, evidence } = await asking(connected(endpoint), remove)
    expect(error).toBeInstanceOf(NoAnswer)
    expect(String(error)).toMatch(
      /^NoAnswer: staging did not answer DELETE http:\S+\/pools\/1: ECONNREFUSED: connect \S+ \S+\.$/,
    )
    expect(evidence).toMatchObject([
      { request: { method: 'DELETE' }, trouble: expect.stringContaining('ECONNREFUSED') as string },
    ])
    expect(evidence[0]).not.toHaveProperty('response')
  })

  const resets: readonly [string, string][] = [
    ['before the headers', ''],
    ['in the middle of the headers', 'HTTP/1.1 200 OK\r\nContent-Le'],
    ['in the middle of the body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"pools":'],
    ['in a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{"poo'],
  ]

  test.each(resets)('a reset %s: a GET is repeated', async (_where, said) => {
    const server = await rawLoopback((socket, before) => {
      if (before > 0) {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}')
        return
      }
      socket.write(said)
      setTimeout(() => socket.resetAndDestroy(), 20)
    })
    expect((await asking(connected(server.endpoint), show)).status).toBe(200)
    expect(server.count()).toBe(2)
  })

  test.each(resets)('a reset %s: a DELETE is not', async (_where, said) => {
    const server = await rawLoopback((socket) => {
      socket.write(said)
      setTimeout(() => socket.resetAndDestroy(), 20)
    })
    const { error, evidence } = await asking(connected(server.endpoint), remove)
    expect(error).toBeInstanceOf(NoAnswer)
    expect(server.count()).toBe(1)
    expect(evidence).toHaveLength(1)
  })

  test.each([
    ['too long', 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"pools":[]}'],
    ['too short', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{"pools":[]}'],
    ['no number', 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{"pools":[]}'],
    ['given twice', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
  ])('a content-length that is %s', async (_what, said) => {
    const { endpoint } = await rawLoopback((socket) => socket.end(said))
    expect((await asking(connected(endpoint), remove)).error).toBeInstanceOf(NoAnswer)
  })

  test.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['an invalid header line', 'HTTP/1.1 200 OK\r\nno colon here\r\n\r\n'],
    ['headers that never end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'],
  ])('%s', async (_what, said) => {
    const { endpoint } = await rawLoopback((socket) => socket.end(said))
    expect((await asking(connected(endpoint), remove)).error).toBeInstanceOf(NoAnswer)
  })

  test('a slow trickle of bytes ends at the deadline', async () => {
    const { endpoint } = await rawLoopback((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
      const drip = setInterval(() => socket.write('x'), 20)
      socket.on('close', () => clearInterval(drip))
    })
    const connection = connected(endpoint, { requestMilliseconds: 1_000 })
    expect(String((await asking(connection, remove)).error)).toContain(
      'no complete answer within 1 s',
    )
  })

  test('silence ends at the deadline', async () => {
    const server = await httpLoopback(() => undefined)
    const connection = connected(server.endpoint, { requestMilliseconds: 150 })
    expect((await asking(connection, remove)).error).toBeInstanceOf(NoAnswer)
    // On a busy machine it may not even arrive in time; it must not arrive twice.
    expect(server.arrived.length).toBeLessThanOrEqual(1)
  })

  test.each([200, 500])('a web page with %i; a write is sent once', async (status) => {
    const server = await httpLoopback((response) =>
      response.writeHead(status, { 'Content-Type': 'text/html' }).end('<!DOCTYPE html><p>Hi'),
    )
    const { error } = await asking(connected(server.endpoint), remove)
    expect(String(error)).toContain('a web page is not an answer of this API')
    expect(server.arrived).toHaveLength(1)
  })

  test('JSON that is cut off', async () => {
    const { endpoint } = await httpLoopback((response) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"pools": [{"id'),
    )
    const { error, evidence } = await asking(connected(endpoint), list)
    expect(String(error)).toContain('its body cannot be read as application/json')
    expect(evidence).toMatchObject([{ response: { body: '{"pools": [{"id' } }])
  })

  test.each(['gzip', 'deflate', 'br'])(
    'a body that is not the %s it claims to be',
    async (encoding) => {
      const { endpoint } = await httpLoopback((response) =>
        response.writeHead(200, { 'Content-Encoding': encoding }).end('plain words, really'),
      )
      expect((await asking(connected(endpoint), remove)).error).toBeInstanceOf(NoAnswer)
    },
  )

  test('gzip that is cut off', async () => {
    const { endpoint } = await httpLoopback((response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('{}').subarray(0, 12)),
    )
    expect((await asking(connected(endpoint), remove)).error).toBeInstanceOf(NoAnswer)
  })

  test('a body that never ends, and one that decompresses to too much', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ')
    const bomb = Buffer.concat(Array.from({ length: 64 }, () => gzipSync(chunk)))
    const { endpoint } = await httpLoopback((response, { method }) => {
      if (method === 'PUT') {
        response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb)
        return
      }
      const pour = () => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', pour)
      pour()
    })
    expect(String((await asking(connected(endpoint), remove)).error)).toContain('8 MiB')
    expect((await asking(connected(endpoint), update)).error).toBeInstanceOf(NoAnswer)
  })

  test('TLS to a port without TLS', async () => {
    const { endpoint } = await httpLoopback((response) => response.end())
    const connection = connected(endpoint.replace('http:', 'https:'))
    expect((await asking(connection, remove)).error).toBeInstanceOf(NoAnswer)
  })
})
