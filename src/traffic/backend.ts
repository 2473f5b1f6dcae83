/**
 * A backend server: says who it is, sets a cookie when asked, holds streams open, and counts what has a label.
 *
 * TCP, HTTP and UDP share one port number: a TCP connection that begins with a greeting is a stream, any other HTTP.
 */

import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { randomBytes } from 'node:crypto'
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { greetingStart, identityLine, labelIn, streamMilliseconds } from './words.ts'

/** A backend server that listens. */
export interface Backend {
  /** Its name in every answer. */
  readonly id: string
  readonly address: string
  readonly port: number
  /** How many connections of that label it has had, over each protocol; of HTTP, requests. */
  counted(label: string): number
  /** Milliseconds since the last connection with a label, or since it started. */
  idle(): number
  close(): Promise<void>
}

/** So many labels are counted; then the oldest is forgotten. */
const mostLabels = 10_000
const longestGreeting = 128
/** A connection over which nothing comes for so long is closed. */
const silentMilliseconds = 600_000

/** What the parts of one backend server share. */
interface Shared {
  readonly id: string
  connections: number
  readonly counts: Map<string, number>
  last: number
  readonly sockets: Set<Socket>
}

/**
 * Starts a backend server.
 *
 * @param port - 0 for any free one.
 * @throws the error of `listen`, such as `EADDRINUSE` or `EADDRNOTAVAIL`.
 */
export async function startBackend(address: string, port = 0): Promise<Backend> {
  const shared: Shared = {
    id: randomBytes(4).toString('hex'),
    connections: 0,
    counts: new Map(),
    last: performance.now(),
    sockets: new Set(),
  }
  const { server, datagrams, own } = await listeningOnBoth(shared, address, port)
  return {
    id: shared.id,
    address,
    port: own,
    counted: (label) => shared.counts.get(label) ?? 0,
    idle: () => performance.now() - shared.last,
    close: async () => {
      await Promise.all([closeServer(server, shared), closeDatagrams(datagrams)])
    },
  }
}

interface Listening {
  readonly server: Server
  readonly datagrams: UdpSocket
  /** The port of both. */
  readonly own: number
}

/** A port that the system gives for TCP may be in use for UDP: then another one is asked for. */
const mostPorts = 10

async function listeningOnBoth(shared: Shared, address: string, port: number): Promise<Listening> {
  for (let tried = 1; ; tried += 1) {
    const server = streamServer(shared)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, address, resolve)
    })
    const own = (server.address() as AddressInfo).port
    try {
      return { server, datagrams: await datagramServer(shared, address, own), own }
    } catch (error) {
      await closeServer(server, shared)
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (port !== 0 || !isTaken || tried === mostPorts) throw error
    }
  }
}

function counted(shared: Shared, label: string): void {
  const { counts } = shared
  shared.last = performance.now()
  const [oldest] = counts.keys()
  if (!counts.has(label) && counts.size >= mostLabels) counts.delete(oldest ?? '')
  counts.set(label, (counts.get(label) ?? 0) + 1)
}

/** Looks at the first bytes of a connection, and hands it to HTTP or answers its lines. */
function streamServer(shared: Shared): Server {
  const http = createHttpServer((request, response) => answerRequest(shared, request, response))
  http.keepAliveTimeout = silentMilliseconds
  return createServer({ noDelay: true }, (socket) => {
    const connection = (shared.connections += 1)
    numbers.set(socket, connection)
    shared.sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => shared.sockets.delete(socket))
    socket.setTimeout(silentMilliseconds, () => socket.destroy())
    socket.once('data', (first: Buffer) => {
      const isGreeting = first.toString('latin1').startsWith(greetingStart)
      if (isGreeting) return answerLines(shared, socket, connection, first)
      socket.pause()
      socket.unshift(first)
      http.emit('connection', socket)
      socket.resume()
    })
  })
}

const numbers = new WeakMap<Socket, number>()

function answerLines(shared: Shared, socket: Socket, connection: number, first: Buffer): void {
  let rest = ''
  let greeted = false
  const take = (chunk: Buffer) => {
    rest += chunk.toString('latin1')
    if (rest.length > longestGreeting && !rest.includes('\n')) return socket.destroy()
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const label = greeted ? '' : labelIn(line)
      if (label === undefined) return socket.destroy()
      if (!greeted) counted(shared, label)
      socket.write(identityLine({ server: shared.id, connection }, greeted ? line : ''))
      greeted = true
    }
    return undefined
  }
  socket.on('data', take)
  take(first)
}

function answerRequest(shared: Shared, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://backend.invalid')
  const label = labelIn(`${greetingStart}${url.searchParams.get('label') ?? ''}`)
  request.resume()
  response.on('error', () => undefined)
  // Health checks of a load balancer are answered, and not counted.
  if (label === undefined) return void response.writeHead(200, plain).end('ready\n')
  counted(shared, label)
  const line = identityLine({ server: shared.id, connection: numbers.get(request.socket) ?? 0 })
  response.writeHead(200, { ...plain, ...cookieFor(shared, request, url) })
  if (url.pathname.endsWith('/who')) return void response.end(line)
  response.write(line)
  const timer = setInterval(() => response.write(line), streamMilliseconds)
  response.on('close', () => clearInterval(timer))
}

const plain = { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' }

/** The cookie of an application, set with the first answer to a client, as applications do. */
function cookieFor({ id }: Shared, request: IncomingMessage, url: URL): Record<string, string> {
  const name = url.searchParams.get('cookie')
  if (name === null || !/^[\w-]{1,64}$/.test(name)) return {}
  const sent = (request.headers.cookie ?? '').split(/;\s*/)
  if (sent.some((pair) => pair.startsWith(`${name}=`))) return {}
  return { 'Set-Cookie': `${name}=${id}${randomBytes(6).toString('hex')}; Path=/; HttpOnly` }
}

async function datagramServer(shared: Shared, address: string, port: number): Promise<UdpSocket> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  const senders = new Map<string, number>()
  socket.on('message', (message, { address: from, port: fromPort }) => {
    const label = labelIn(message.toString('latin1'))
    if (label === undefined) return
    const sender = `${from} ${fromPort}`
    const connection = senders.get(sender) ?? (shared.connections += 1)
    if (senders.size > mostLabels) senders.clear()
    senders.set(sender, connection)
    counted(shared, label)
    socket.send(identityLine({ server: shared.id, connection }), fromPort, from, () => undefined)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject).bind(port, address, resolve)
  })
  return socket.on('error', () => undefined)
}

async function closeServer(server: Server, { sockets }: Shared): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const socket of sockets) socket.destroy()
  await closed
}

function closeDatagrams(socket: UdpSocket): Promise<void> {
  return new Promise((resolve) => {
    socket.close(() => resolve())
  })
}
