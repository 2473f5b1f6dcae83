/** Carries HTTP: each request is balanced by itself. */

import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http'
import { connect, type Socket } from 'node:net'
import type { LivePool, Routed } from './pool.ts'
import type { Client, TrafficRules } from './rules.ts'
import { keep, type Listener } from './streams.ts'

interface Carrier {
  readonly pool: LivePool
  readonly rules: TrafficRules
  readonly sockets: Set<Socket>
  /** For each client connection the server that its last request went to, where connections are used again. */
  readonly used: WeakMap<Socket, { readonly routed: Routed; readonly agent: Agent }>
}

/** @throws the error of `listen`. */
export async function carryRequests(
  address: string,
  port: number,
  pool: LivePool,
  rules: TrafficRules,
): Promise<Listener> {
  const carrier: Carrier = { pool, rules, sockets: new Set(), used: new WeakMap() }
  const server = createServer({ noDelay: true }, (incoming, outgoing) => {
    outgoing.on('error', () => undefined)
    carry(carrier, incoming, outgoing, [])
  })
  server.on('connection', (socket: Socket) => keep(carrier.sockets, socket))
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, address, resolve)
  })
  server.unref()
  return {
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of carrier.sockets) socket.destroy()
      await closed
    },
  }
}

function clientOf({ socket, headers }: IncomingMessage): Client {
  const { remoteAddress = '', remotePort = 0 } = socket
  return {
    address: remoteAddress,
    port: remotePort,
    protocol: 'HTTP',
    cookies: cookiesIn((headers.cookie ?? '').split(/;\s*/)),
  }
}

/** `name=value` pairs; attributes after a value are left out. */
function cookiesIn(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.flatMap((pair): [string, string][] => {
      const [, name, value = ''] = /^\s*([^=;\s]+)=([^;]*)/.exec(pair) ?? []
      return name === undefined ? [] : [[name, value]]
    }),
  )
}

function carry(
  carrier: Carrier,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  tried: readonly string[],
): void {
  const { pool, rules, used } = carrier
  const client = clientOf(incoming)
  const before = rules.toServer.reuses ? used.get(incoming.socket) : undefined
  const routed = before?.routed ?? pool.route(client, tried)
  if (!routed) return refuse(outgoing, rules)
  const agent = before?.agent ?? new Agent({ keepAlive: rules.toServer.reuses, maxSockets: 1 })
  if (rules.toServer.reuses && !before) {
    used.set(incoming.socket, { routed, agent })
    incoming.socket.on('close', () => agent.destroy())
  }
  const { server } = routed
  const upstream = request({
    host: server.address,
    port: server.port,
    method: incoming.method,
    path: incoming.url,
    headers: headersFor(incoming, client, rules),
    agent,
    createConnection: () => connectTo(carrier, server.address, server.port),
  })
  const ended = pool.opened({
    server,
    protocol: 'HTTP',
    end: (how) => {
      if (how === 'reset') incoming.socket.resetAndDestroy()
      else outgoing.destroy()
    },
  })
  outgoing.on('close', () => {
    ended()
    upstream.destroy()
  })
  upstream.on('response', (answer) => {
    pool.learn(client, server, cookiesIn(answer.headers['set-cookie'] ?? []))
    outgoing.writeHead(answer.statusCode ?? 502, answerHeaders(answer, routed, carrier))
    outgoing.flushHeaders()
    answer.on('error', () => outgoing.destroy()).pipe(outgoing)
  })
  upstream.on('error', () => {
    ended()
    if (outgoing.headersSent || outgoing.destroyed) return void outgoing.destroy()
    used.delete(incoming.socket)
    if (!rules.toServer.retries) return void outgoing.writeHead(502).end()
    return carry(carrier, incoming, outgoing, [...tried, server.key])
  })
  // Requests of our own have no body; one that has is not sent again.
  if (tried.length === 0) incoming.pipe(upstream)
  else upstream.end()
}

function headersFor(
  { headers }: IncomingMessage,
  { address }: Client,
  { toServer }: TrafficRules,
): OutgoingHttpHeaders {
  const { connection: _hop, ...others } = headers
  const forwarded = toServer.forwardedFor ? { 'x-forwarded-for': address } : {}
  return { ...others, ...forwarded, connection: toServer.reuses ? 'keep-alive' : 'close' }
}

function answerHeaders(
  { headers }: IncomingMessage,
  { setCookie }: Routed,
  { pool, rules }: Carrier,
): OutgoingHttpHeaders {
  const {
    connection: _hop,
    'transfer-encoding': _coding,
    'set-cookie': set = [],
    ...others
  } = headers
  const cookies = [...pool.passed(set), ...(setCookie ? [setCookie] : [])]
  return {
    ...others,
    ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
    ...(rules.toServer.closes ? { connection: 'close' } : {}),
  }
}

/** A connection to a backend server; where the rules say so, requests on it are HTTP/1.0. */
function connectTo({ sockets, rules }: Carrier, host: string, port: number): Socket {
  const socket = connect({ host, port, noDelay: true })
  keep(sockets, socket)
  if (rules.toServer.version === '1.1') return socket
  const write = socket.write.bind(socket) as (...given: unknown[]) => boolean
  const older = (chunk: unknown, ...more: unknown[]) =>
    write(
      typeof chunk === 'string' ? chunk.replace(' HTTP/1.1\r\n', ' HTTP/1.0\r\n') : chunk,
      ...more,
    )
  return Object.assign(socket, { write: older })
}

function refuse(outgoing: ServerResponse, { refusal }: TrafficRules): void {
  if (refusal === 503) return void outgoing.writeHead(503).end('No server is available.\n')
  if (refusal === 'reset') return void outgoing.socket?.resetAndDestroy()
  outgoing.destroy()
  return undefined
}
