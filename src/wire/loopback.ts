/** Servers on loopback for our own tests. They close when the test ends. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  createServer as createRawServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net'
import { onTestFinished } from 'vitest'

/** A request as it arrived. */
export interface Arrived {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface HttpLoopback {
  readonly endpoint: string
  /** All requests that arrived, in order. */
  readonly arrived: readonly Arrived[]
}

export interface RawLoopback {
  readonly endpoint: string
  /** How many requests arrived. */
  readonly count: () => number
}

/** An HTTP server. @param answer - Also receives the number of earlier requests. */
export async function httpLoopback(
  answer: (response: ServerResponse, request: Arrived, before: number) => void,
): Promise<HttpLoopback> {
  const arrived: Arrived[] = []
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming
      const request = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') }
      arrived.push(request)
      answer(response, request, arrived.length - 1)
    })
  })
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { endpoint: await listening(server), arrived }
}

/** A TCP server that may write any bytes once a request has begun. */
export async function rawLoopback(
  talk: (socket: Socket, before: number) => void,
): Promise<RawLoopback> {
  let count = 0
  const sockets = new Set<Socket>()
  const server = createRawServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => talk(socket, count++))
  })
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return { endpoint: await listening(server), count: () => count }
}

/** The address of a loopback port on which no server listens. */
export async function nobody(): Promise<string> {
  const server = createRawServer()
  const endpoint = await listening(server)
  await new Promise((resolve) => server.close(resolve))
  return endpoint
}

/** Answers JSON. */
export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
