import { request as open } from 'node:http'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { sendOddRequests } from '../../bench/odd-requests.ts'
import { elbReference } from './elb/reference.ts'
import { listen, type ListenOptions } from './server.ts'

async function serving(options: ListenOptions = {}) {
  const { endpoint, close } = await listen(elbReference(), options)
  onTestFinished(close)
  return { endpoint, port: Number(new URL(endpoint).port) }
}

/** The status of an answer to a body of this size, written in pieces. */
function posting(port: number, pieces: number): Promise<number | string> {
  return new Promise((resolve) => {
    const sent = open({ port, host: '127.0.0.1', method: 'POST', path: '/v2.0/lbaas/pools' })
    sent.on('response', (answer) => resolve(answer.resume().statusCode ?? 0))
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'no code'))
    for (let piece = 0; piece < pieces; piece += 1) sent.write(Buffer.alloc(65_536, 'x'))
    sent.end()
  })
}

/** Writes these bytes and closes at once. */
function abandoning(port: number, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(text, () => socket.resetAndDestroy())
    })
    socket.on('error', () => undefined).on('close', () => resolve())
  })
}

test('the reference answers others after a client has closed in the middle of its body', async () => {
  const { port } = await serving()
  const head = 'POST /v2.0/lbaas/pools HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{"pool"'
  for (let count = 0; count < 20; count += 1) await abandoning(port, head)
  expect(await posting(port, 1)).toBeGreaterThanOrEqual(400)
})

test('the reference refuses a body that is too large, and answers others', async () => {
  const { port } = await serving()
  expect(await posting(port, 64)).toBe(413)
  expect(await posting(port, 1)).not.toBe(413)
})

test('the reference answers odd requests, and listens on loopback only', async () => {
  const { port, endpoint } = await serving()
  expect(new URL(endpoint).hostname).toBe('127.0.0.1')
  const paths = ['/%', '/_reference/loadbalancers/%zz/provisioning_status/ERROR', '/v2.0/lbaas/%00']
  for (const path of paths) {
    const status = await new Promise((resolve) => {
      open({ port, host: '127.0.0.1', method: 'PUT', path }, (answer) =>
        resolve(answer.resume().statusCode),
      ).end()
    })
    expect(status).toBeGreaterThanOrEqual(400)
  }
})

/** Writes this, then one letter after another, until the server closes. @returns what it answered. */
function slowly(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    let drip: NodeJS.Timeout | undefined
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(text)
      // Not before that: on a busy machine it takes longer to connect.
      drip = setInterval(() => socket.write('x'), 20)
    })
    socket.on('data', (bytes) => void (heard += bytes.toString('latin1')))
    socket
      .on('error', () => undefined)
      .on('close', () => {
        clearInterval(drip)
        resolve(heard)
      })
  })
}

test.each([
  ['the head of a request', 'GET /v2.0/lbaas/pools HTTP/1.1\r\nX-Slow: '],
  ['a body', 'POST /v2.0/lbaas/pools HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n{'],
])('a client that never finishes %s is answered 408, and others meanwhile', async (_what, text) => {
  const { port } = await serving({ headMilliseconds: 100, requestMilliseconds: 100 })
  const slow = slowly(port, text)
  expect(await posting(port, 1)).toBeGreaterThanOrEqual(400)
  expect(await slow).toMatch(/^HTTP\/1\.1 408 /)
})

test.each(['elb', 'slb'] as const)('the %s reference outlives odd requests', async (dialect) => {
  const { answered, status } = await sendOddRequests(dialect, 300)
  expect(answered).toBeGreaterThan(100)
  expect(status).toBe(dialect === 'elb' ? 200 : 400)
})

test('an address of every machine is one that this machine can ask', async () => {
  const { endpoint } = await serving({ host: '0.0.0.0' })
  expect(new URL(endpoint).hostname).toBe('127.0.0.1')
})
