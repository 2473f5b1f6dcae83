/** Carries TCP: a connection of a client is one connection to a backend server. */

import { connect, createServer, type Socket } from 'node:net'
import type { LivePool } from './pool.ts'
import type { TrafficRules } from './rules.ts'

/** What listens for a frontend. */
export interface Listener {
  close(): Promise<void>
}

/** @throws the error of `listen`. */
export async function carryStreams(
  address: string,
  port: number,
  pool: LivePool,
  rules: TrafficRules,
): Promise<Listener> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    keep(sockets, socket)
    carry(socket, sockets, pool, rules, [])
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, address, resolve)
  })
  server.unref()
  return {
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Remembers a socket until it closes. Its errors end that connection, and nothing else. */
export function keep(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket)
  socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  socket.unref()
}

function carry(
  client: Socket,
  sockets: Set<Socket>,
  pool: LivePool,
  rules: TrafficRules,
  tried: readonly string[],
): void {
  const { remoteAddress = '', remotePort = 0 } = client
  const from = { address: remoteAddress, port: remotePort, protocol: 'TCP' as const, cookies: {} }
  const routed = pool.route(from, tried)
  if (!routed) return refuse(client, rules)
  const { server } = routed
  const upstream = connect({
    host: server.address,
    port: server.port,
    noDelay: true,
    allowHalfOpen: true,
  })
  keep(sockets, upstream)
  let connected = false
  const ended = pool.opened({
    server,
    protocol: 'TCP',
    end: (how) => {
      for (const socket of [client, upstream]) {
        if (how === 'reset') socket.resetAndDestroy()
        else socket.destroySoon()
      }
    },
  })
  upstream.on('connect', () => {
    connected = true
    client.pipe(upstream).pipe(client)
  })
  upstream.on('close', (failed) => {
    ended()
    if (connected || client.destroyed)
      return failed ? client.resetAndDestroy() : client.destroySoon()
    if (rules.toServer.retries) return carry(client, sockets, pool, rules, [...tried, server.key])
    return refuse(client, rules)
  })
  client.on('close', () => upstream.destroy())
}

function refuse(client: Socket, { refusal }: TrafficRules): void {
  if (refusal === 'reset') client.resetAndDestroy()
  else client.destroySoon()
}
