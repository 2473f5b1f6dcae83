/** Faults of networks, gateways and services. */

import { gzipSync } from 'node:zlib'
import { respond, type FailingRequest, type Fault } from './faulty-server.ts'

const json = { 'Content-Type': 'application/json' }
const page = '<html><head><title>Error</title></head><body><h1>Bad Gateway</h1></body></html>'
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '))
const huge = ' '.repeat(9 * 1024 * 1024)

/** A status with an HTML page, as gateways send it. */
function gateway(name: string, status: number, acted: boolean, headers = {}): Fault {
  return {
    name,
    fail: ({ serve, outgoing }) => {
      if (acted) serve()
      respond(outgoing, {
        status,
        headers: { 'Content-Type': 'text/html', ...headers },
        body: page,
      })
    },
  }
}

/** Sends something else than the reference answered. */
function garbled(name: string, change: (request: FailingRequest, body: string) => void): Fault {
  return { name, fail: (request) => change(request, request.serve().body) }
}

/** The head of an answer whose body has this length. */
function head(length: number | string, status = 200): string {
  return `HTTP/1.1 ${status} OK\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`
}

/** An error as each dialect sends it. */
function errorOf(
  { dialect, outgoing }: FailingRequest,
  elb: [number, object],
  slb: [number, object],
): void {
  const [status, body] = dialect === 'elb' ? elb : slb
  respond(outgoing, { status, headers: json, body: JSON.stringify(body) })
}

const errno = (code: string, said: string) => Object.assign(new Error(said), { code })

const network: readonly Fault[] = [
  { name: 'refused', fail: ({ stopListening }) => stopListening(40) },
  { name: 'reset before an answer', fail: ({ socket }) => void socket.resetAndDestroy() },
  garbled('lost after the commit', ({ socket }) => void socket.resetAndDestroy()),
  garbled('closed after the commit', ({ socket }) => void socket.end()),
  garbled('reset in the headers', ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Ty', () => void socket.destroy())
  }),
  garbled('reset in the body', ({ socket }, body) => {
    socket.write(head(body.length + 10) + body.slice(0, 10), () => void socket.destroy())
  }),
  {
    name: 'no such name',
    divert: () => {
      throw errno('ENOTFOUND', 'getaddrinfo ENOTFOUND elb.example.com')
    },
  },
  { name: 'TLS to a server without TLS', divert: (url) => url.replace('http:', 'https:') },
]

const gateways: readonly Fault[] = [
  gateway('429', 429, false),
  { ...gateway('429 with Retry-After', 429, false, { 'Retry-After': '1' }), slow: true },
  gateway('500, a web page', 500, false),
  gateway('500, a web page, acted on', 500, true),
  gateway('502', 502, false),
  gateway('502, acted on', 502, true),
  gateway('503', 503, false),
  gateway('504', 504, false),
  gateway('504, acted on', 504, true),
  gateway('200, a web page', 200, false),
  { ...gateway('503 six times', 503, false), lasts: 6 },
  gateway('302 to another host', 302, false, { Location: 'http://198.51.100.1/' }),
]

const bodies: readonly Fault[] = [
  garbled('truncated JSON', ({ outgoing }, body) => {
    const half = body.slice(0, Math.max(1, Math.floor(body.length / 2))) || '{'
    respond(outgoing, { status: 200, headers: json, body: half })
  }),
  garbled('invalid JSON', ({ outgoing }) => {
    respond(outgoing, { status: 200, headers: json, body: '{"pools": [}' })
  }),
  garbled('a gzip bomb', ({ outgoing }) => {
    outgoing.writeHead(200, { ...json, 'Content-Encoding': 'gzip' }).end(bomb)
  }),
  garbled('a huge body', ({ outgoing }) => void outgoing.writeHead(200, json).end(huge)),
  garbled('a body without an end', ({ outgoing }) => {
    outgoing.writeHead(200, json)
    const more = () => {
      while (!outgoing.destroyed && outgoing.write(huge.slice(0, 65_536)));
      if (!outgoing.destroyed) outgoing.once('drain', more)
    }
    more()
  }),
  garbled('a Content-Length too long', ({ socket }, body) => {
    socket.end(head(body.length + 100) + body)
  }),
  garbled('a Content-Length too short', ({ socket }, body) => {
    socket.end(head(Math.max(0, body.length - 5)) + body)
  }),
  garbled(
    'a Content-Length that is not a number',
    ({ socket }, body) => void socket.end(head('many') + body),
  ),
  garbled('another encoding than the header says', ({ outgoing }, body) => {
    outgoing.writeHead(200, { ...json, 'Content-Encoding': 'gzip' }).end(body || 'plain')
  }),
]

const slow: readonly Fault[] = [
  { name: 'a stall', slow: true, fail: () => undefined },
  { ...garbled('a stall after the commit', () => undefined), slow: true },
  {
    ...garbled('one byte a second', ({ socket }, body) => {
      const bytes = head(body.length) + body
      let sent = 0
      const drip = setInterval(() => {
        if (socket.destroyed || sent >= bytes.length) clearInterval(drip)
        else socket.write(bytes.charAt((sent += 1) - 1))
      }, 1000)
      drip.unref()
    }),
    slow: true,
  },
]

const services: readonly Fault[] = [
  {
    name: 'the token or key expires',
    lasts: Infinity,
    fail: (request) =>
      errorOf(
        request,
        [401, { error: { code: 401, title: 'Unauthorized', message: 'Expired.' } }],
        [403, { Code: 'InvalidSecurityToken.Expired', Message: 'Expired.', RequestId: 'r' }],
      ),
  },
  {
    name: 'the clock is wrong',
    dialect: 'slb',
    lasts: Infinity,
    fail: (request) =>
      errorOf(request, [401, {}], [400, { Code: 'InvalidTimeStamp.Expired', RequestId: 'r' }]),
  },
  {
    name: 'a burst of locks',
    lasts: 3,
    fail: (request) =>
      errorOf(
        request,
        [409, { NeutronError: { type: 'StateInvalid', message: 'Invalid state PENDING_UPDATE.' } }],
        [409, { Code: 'OperationFailed.TokenIsProcessing', RequestId: 'r' }],
      ),
  },
  {
    name: 'throttled',
    lasts: 3,
    fail: (request) =>
      errorOf(request, [429, {}], [400, { Code: 'Throttling.User', RequestId: 'r' }]),
  },
  {
    name: 'the server is gone',
    lasts: Infinity,
    slow: true,
    fail: ({ stopListening }) => stopListening(60_000),
  },
]

/** All faults, quick ones first. */
export const faults: readonly Fault[] = [...network, ...gateways, ...bodies, ...services, ...slow]
