/**
 * The control port of a backend server on another machine: who it is, what it has counted, and that it may stop.
 *
 * Every request carries the shared secret. Nothing else is told or done there.
 */

import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Backend } from './backend.ts'

/** What a run asks of a backend server that it did not start. */
export interface Control {
  /** The id that the backend server gives in its answers. */
  identity(): Promise<string>
  /** How many connections of that label it has had. */
  counted(label: string): Promise<number>
  /** Ends it. */
  stop(): Promise<void>
}

/** The control port of a backend server did not answer as one; the message is a sentence. */
export class NoControl extends Error {
  override readonly name = 'NoControl'
}

/**
 * Listens for a run.
 *
 * @param stop - Called when a run asks for it.
 * @throws the error of `listen`.
 */
export async function listenForControl(
  backend: Backend,
  { address, port, secret }: { address: string; port: number; secret: string },
  stop: () => void,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    const answer = (status: number, body: object) =>
      void outgoing
        .writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' })
        .end(JSON.stringify(body))
    incoming.resume()
    if (!isSame(incoming.headers.authorization ?? '', `Bearer ${secret}`)) return answer(401, {})
    const url = new URL(incoming.url ?? '/', 'http://control.invalid')
    if (incoming.method === 'GET' && url.pathname === '/identity') {
      return answer(200, { server: backend.id, port: backend.port })
    }
    if (incoming.method === 'GET' && url.pathname === '/counted') {
      return answer(200, { counted: backend.counted(url.searchParams.get('label') ?? '') })
    }
    if (incoming.method !== 'POST' || url.pathname !== '/stop') return answer(404, {})
    outgoing.on('close', stop)
    return answer(200, {})
  })
  server.headersTimeout = 5_000
  server.requestTimeout = 5_000
  server.maxConnections = 50
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, address, resolve)
  })
  return { port: (server.address() as AddressInfo).port, close: () => close(server) }
}

/** Takes as long for any wrong secret as for the right one. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}

/** Asks the control port at an address. */
export function controlAt(address: string, port: number, secret: string): Control {
  const ask = (method: string, path: string) => askControl(method, path, { address, port, secret })
  return {
    identity: async () => String((await ask('GET', '/identity'))['server']),
    counted: async (label) =>
      Number((await ask('GET', `/counted?label=${encodeURIComponent(label)}`))['counted']),
    stop: async () => void (await ask('POST', '/stop')),
  }
}

const controlMilliseconds = 10_000
const mostBytes = 10_000

/** @throws {NoControl} When it does not answer in time, refuses the secret, or says something else. */
async function askControl(
  method: string,
  path: string,
  { address, port, secret }: { address: string; port: number; secret: string },
): Promise<Record<string, unknown>> {
  const place = `The control port ${port} of the backend server at ${address}`
  const headers = { Authorization: `Bearer ${secret}` }
  const { status, text } = await new Promise<{ status: number; text: string }>(
    (resolve, reject) => {
      const signal = AbortSignal.timeout(controlMilliseconds)
      const sent = request({ method, path, host: address, port, headers, agent: false, signal })
      sent.on('error', (error: NodeJS.ErrnoException) =>
        reject(
          new NoControl(
            `${place} does not answer (${error.code ?? error.name}). Check that poolproof backend runs there, that its ` +
              '--control is that address and port, and that no firewall keeps this machine from it.',
          ),
        ),
      )
      sent.on('response', (response) => {
        let all = ''
        response.setEncoding('latin1').on('data', (chunk: string) => {
          if (all.length < mostBytes) all += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: all }))
        response.on('error', () => reject(new NoControl(`${place} ended its answer early.`)))
      })
      sent.end()
    },
  )
  if (status === 401) {
    throw new NoControl(`${place} refuses the secret that given.traffic.secret names.`)
  }
  try {
    if (status === 200) return JSON.parse(text) as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new NoControl(`${place} is not one of poolproof backend: it answers ${status}.`)
}
