/** Requests that no client should send, drawn by a seed, and a server on loopback that gets them. */

import * as fc from 'fast-check'
import { connect } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Dialect } from '../src/model.ts'
import { reference } from '../src/reference/embedded.ts'
import { listen } from '../src/reference/server.ts'

const methods = fc.constantFrom(
  ...'GET POST PUT DELETE PATCH HEAD OPTIONS TRACE get FOO'.split(' '),
)
const paths = fc.oneof(
  fc.constantFrom(
    '/',
    '/v2.0/lbaas/pools',
    '/v2.0/lbaas/pools/%',
    '/v2.0/lbaas/__proto__/constructor',
    '/v2.0/lbaas/pools/../loadbalancers',
    '/?Action=DescribeRegions',
    '/?Action=__proto__&Format=XML',
    '/?Action=CreateVServerGroup&Action=DeleteLoadBalancer&BackendServers=[',
    '/v3/auth/tokens',
    '/_reference/loadbalancers/%zz/provisioning_status/ERROR',
    'http://198.51.100.1/',
    '*',
  ),
  fc
    .string({ unit: 'binary', maxLength: 30 })
    .map((text) => `/${encodeURIComponent(text.toWellFormed())}`),
  fc.nat(20_000).map((length) => `/${'x'.repeat(length)}`),
)
const headers = fc.constantFrom(
  'X-Auth-Token: tQ7xw4ixOnAhuc8J',
  'Content-Type: application/json',
  'Content-Type: text/xml',
  'Content-Encoding: gzip',
  'Transfer-Encoding: chunked',
  'Expect: 100-continue',
  'Connection: upgrade',
  'Upgrade: h2c',
  '__proto__: x',
  `X-Long: ${'x'.repeat(20_000)}`,
  'Host: h',
  'no header',
)
const bodies = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.constantFrom(
    '{"pool":',
    '['.repeat(20_000),
    '{"pool":{"__proto__":{"id":"1"}}}',
    '\u0000',
    '',
  ),
  fc.nat(100_000).map((length) => `{"pool":{"name":"${'x'.repeat(length)}"}}`),
)
/** What the length of the body is said to be, compared with what it is. */
const lengths = fc.constantFrom('right', 'right', 'right', 'longer', 'shorter', 'none', 'no number')

const oddRequests = fc
  .record({
    method: methods,
    path: paths,
    own: fc.array(headers, { maxLength: 4 }),
    body: bodies,
    length: lengths,
  })
  .map(({ method, path, own, body, length }) => {
    const bytes = Buffer.from(body)
    const said = {
      right: bytes.length,
      longer: bytes.length + 9,
      shorter: bytes.length >> 1,
      'no number': 'x',
    }
    const declared = length === 'none' ? [] : [`Content-Length: ${said[length as 'right']}`]
    const head = [`${method} ${path} HTTP/1.1`, 'Host: h', ...own, ...declared].join('\r\n')
    return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), bytes])
  })

/** What a server holds after all of them. */
export interface Odd {
  readonly sent: number
  /** Connections on which the server answered something. */
  readonly answered: number
  /** Bytes of memory in use after each tenth of the requests. */
  readonly heap: readonly number[]
  /** Does it still answer as it should? */
  readonly status: number
}

/** Sends so many odd requests to a reference on loopback, a few at a time. */
export async function sendOddRequests(dialect: Dialect, count: number): Promise<Odd> {
  const { endpoint, close } = await listen(reference(dialect, { asynchronousMilliseconds: 0 }))
  const port = Number(new URL(endpoint).port)
  const drawn = fc.sample(oddRequests, { numRuns: count, seed: 13 })
  const [heap, tenth]: [number[], number] = [[], Math.ceil(count / 10)]
  let answered = 0
  try {
    for (let first = 0; first < count; first += tenth) {
      const waiting = drawn.slice(first, first + tenth)
      const worker = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift())
          if (await isAnswered(port, next)) answered += 1
      }
      await Promise.all(Array.from({ length: atOnce }, worker))
      heap.push(memory())
    }
    const path = dialect === 'elb' ? '/v2.0/lbaas/pools' : '/?Action=DescribeRegions'
    const { status } = await fetch(endpoint + path, {
      headers: { 'X-Auth-Token': 'tQ7xw4ixOnAhuc8J' },
    })
    return { sent: count, answered, heap, status }
  } finally {
    await close()
  }
}

const atOnce = 8

/** Writes the bytes, says that no more will come, and waits for whatever the server does. */
function isAnswered(port: number, bytes: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    let any = false
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes))
    socket.on('data', () => {
      any = true
      // The next request would wait for the end of a connection that is kept open.
      socket.destroy()
    })
    socket.on('error', () => undefined).on('close', () => resolve(any))
  })
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function memory(): number {
  collect()
  return process.memoryUsage().heapUsed
}
