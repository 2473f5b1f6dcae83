/** A reference on loopback that fails at chosen requests, in a chosen way. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { RawRequest, RawResponse, Reference } from '../src/reference/server.ts'
import type { Dialect } from '../src/model.ts'

/** A request at which the server fails. */
export interface FailingRequest {
  readonly dialect: Dialect
  /** Lets the reference carry it out. */
  serve(): RawResponse
  readonly outgoing: ServerResponse
  readonly socket: Socket
  /** Closes the server for so long. */
  stopListening(milliseconds: number): void
}

/** A way to fail. */
export interface Fault {
  readonly name: string
  /** For how many requests in a row; one by default. */
  readonly lasts?: number
  /** Takes as long as a request may take, so it is not tried at every request. */
  readonly slow?: boolean
  /** Tried with this dialect only. */
  readonly dialect?: Dialect
  /** Fails in the server. */
  fail?(request: FailingRequest): void
  /** Fails before anything is sent: returns another address to ask, or throws. */
  divert?(url: string): string
}

/** A server that fails at some of its requests. */
export interface FaultyServer {
  readonly endpoint: string
  /** How many requests were sent, also those that could not arrive. */
  readonly requests: () => number
  /** The address to which a request is really sent. */
  readonly divert: (url: string) => string
  /** Ends all faults, and resolves when the server listens. */
  repair(): Promise<void>
  close(): Promise<void>
}

/**
 * @param at - The first request that fails, counted from 1.
 * @param every - Then it fails again after so many requests, and again.
 */
export async function faultyServer(
  dialect: Dialect,
  reference: Reference,
  fault: Fault | undefined,
  at: number,
  every = Infinity,
): Promise<FaultyServer> {
  let [requests, repaired] = [0, false]
  const { lasts = 1 } = fault ?? {}
  const since = () => (every === Infinity ? requests - at : (requests - at) % every)
  const isFailing = () => !repaired && requests >= at && since() < lasts
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing))
  server.keepAliveTimeout = 30_000
  server.on('connection', (socket) => void socket.on('error', () => undefined))
  const listen = (port: number) =>
    new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const stopListening = (milliseconds: number) => {
    server.close()
    server.closeAllConnections()
    setTimeout(() => void (repaired || listen(port)), milliseconds).unref()
  }
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const request = await read(incoming).catch(() => undefined)
    if (!request) return
    if (!fault?.divert) requests += 1
    const { socket } = incoming
    const serve = () => reference.handle(request)
    if (fault?.fail && isFailing()) {
      fault.fail({ dialect, serve, outgoing, socket, stopListening })
    } else respond(outgoing, serve())
  }
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests: () => requests,
    divert: (url) => {
      if (!fault?.divert) return url
      requests += 1
      return isFailing() ? fault.divert(url) : url
    },
    repair: async () => {
      repaired = true
      if (!server.listening) await listen(port)
    },
    close: async () => {
      repaired = true
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
