/** A reference on loopback behind something that fails: at which request, and how, is told. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { RawRequest, RawResponse, Reference } from '../src/reference/server.ts'
import type { Dialect } from '../src/model.ts'

/** One request that is to fail. */
export interface Victim {
  readonly dialect: Dialect
  /** Has the reference act on it. */
  serve(): RawResponse
  readonly outgoing: ServerResponse
  readonly socket: Socket
  /** Nobody listens for so long. */
  away(milliseconds: number): void
}

/** What goes wrong. */
export interface Fault {
  readonly name: string
  /** For how many requests, the first among them; one unless told otherwise. */
  readonly lasts?: number
  /** Takes as long as a request may take: not asked at every position. */
  readonly slow?: boolean
  /** Of one dialect only. */
  readonly dialect?: Dialect
  /** On the server's side. */
  strike?(victim: Victim): void
  /** Before anything is on its way: the address that is asked instead, or an error that is thrown. */
  divert?(url: string): string
}

/** A server that fails at some of its requests. */
export interface FaultyServer {
  readonly endpoint: string
  /** Of all requests that arrived, and those that never could. */
  readonly requests: () => number
  /** What a wire has to do with an address, for faults on the way. */
  readonly divert: (url: string) => string
  /** From now on all goes well. */
  mend(): void
  close(): Promise<void>
}

/** @param at - The request that the fault begins with, counted from 1. */
export async function faultyServer(
  dialect: Dialect,
  reference: Reference,
  fault: Fault | undefined,
  at: number,
): Promise<FaultyServer> {
  let [requests, mended] = [0, false]
  const { lasts = 1 } = fault ?? {}
  const strikes = () => !mended && requests >= at && requests < at + lasts
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing))
  server.keepAliveTimeout = 30_000
  server.on('connection', (socket) => void socket.on('error', () => undefined))
  const listen = (port: number) =>
    new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const away = (milliseconds: number) => {
    server.close()
    server.closeAllConnections()
    setTimeout(() => void (mended || listen(port)), milliseconds)
  }
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const request = await read(incoming).catch(() => undefined)
    if (!request) return
    if (!fault?.divert) requests += 1
    const { socket } = incoming
    const serve = () => reference.handle(request)
    if (fault?.strike && strikes()) fault.strike({ dialect, serve, outgoing, socket, away })
    else respond(outgoing, serve())
  }
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests: () => requests,
    divert: (url) => {
      if (!fault?.divert) return url
      requests += 1
      return strikes() ? fault.divert(url) : url
    },
    mend: () => {
      mended = true
      if (!server.listening) void listen(port)
    },
    close: async () => {
      mended = true
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

export function respond(outgoing: ServerResponse, { status, headers, body }: RawResponse): void {
  outgoing.writeHead(status, headers).end(body)
}

async function read(incoming: IncomingMessage): Promise<RawRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  )
  const { method = '', url = '' } = incoming
  return { method, url, headers, body: Buffer.concat(chunks).toString('utf8') }
}
