/** The reference on a socket, and the same reference without one. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it arrives, with or without a socket. */
export interface RawRequest {
  readonly method: string
  /** Path and query, as sent. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface RawResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A reference server of one dialect, callable without a socket. */
export interface Reference {
  handle(request: RawRequest): RawResponse
  /**
   * What an operator's hook does: forces a load balancer into a provisioning status until it is set
   * to `ACTIVE` again. `elb` only.
   *
   * @returns whether there is such a load balancer.
   */
  setProvisioningStatus(loadBalancerId: string, status: string): boolean
  /** How many objects it holds, by kind: `{ pools: 0, … }`. Nothing may be left after a run. */
  inventory(): Readonly<Record<string, number>>
  /** Ends the traffic that it carries; absent where it carries none. */
  close?(): Promise<void>
}

export type Outgoing = ServerResponse

/**
 * Puts an answer on its socket in another way than all at once.
 *
 * @param isRead - Whether the request only reads; then it may be sent again when its answer is lost.
 */
export type Carry = (
  outgoing: Outgoing,
  response: RawResponse,
  isRead: boolean,
) => void | Promise<void>

/** Where and how patiently a reference listens. */
export interface ListenOptions {
  /** 0, which is the default, for any free one. */
  readonly port?: number
  /** Loopback by default: whoever reaches a reference can write to it. */
  readonly host?: string
  readonly carry?: Carry
  /** How long a client may take for the head of a request, and for all of it. */
  readonly headMilliseconds?: number
  readonly requestMilliseconds?: number
}

/** A reference that listens. */
export interface Listening {
  /** With a loopback address where it listens on every address. */
  readonly endpoint: string
  close(): Promise<void>
}

const control = /^\/_reference\/loadbalancers\/([^/]+)\/provisioning_status\/([A-Z_]+)$/

/**
 * Serves a reference, on loopback unless another address is named.
 *
 * `PUT /_reference/loadbalancers/{id}/provisioning_status/{status}` is what the hook calls.
 *
 * @throws the error of `listen`, such as `EADDRINUSE`.
 */
export async function listen(
  reference: Reference,
  options: ListenOptions = {},
): Promise<Listening> {
  const { port = 0, host = loopback, carry = atOnce } = options
  const { headMilliseconds = 30_000, requestMilliseconds = 60_000 } = options
  const server = createServer(
    { connectionsCheckingInterval: Math.min(headMilliseconds, mostBetweenChecks) },
    (incoming, outgoing) => void serve(reference, carry, incoming, outgoing),
  )
  server.keepAliveTimeout = 30_000
  // A client that never finishes its request does not keep a connection for good.
  server.headersTimeout = headMilliseconds
  server.requestTimeout = requestMilliseconds
  server.maxConnections = mostConnections
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  return { endpoint: `http://${hostIn(address)}:${address.port}`, close: () => close(server) }
}

const loopback = '127.0.0.1'
const mostConnections = 1_000
const mostBetweenChecks = 10_000

/** A host that a client on this machine can ask. */
function hostIn({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return loopback
  return family === 'IPv6' ? `[${address}]` : address
}

function atOnce(outgoing: ServerResponse, { status, headers, body }: RawResponse): void {
  outgoing.writeHead(status, headers).end(body)
}

async function serve(
  reference: Reference,
  carry: Carry,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  outgoing.on('error', () => undefined)
  try {
    const request = await read(incoming)
    if (request === undefined) {
      outgoing.writeHead(413, { Connection: 'close' }).end()
      return
    }
    const forced = request.method === 'PUT' ? control.exec(request.url) : null
    const response = forced ? force(reference, forced) : reference.handle(request)
    await carry(outgoing, response, isRead(request))
  } catch (error) {
    // A client that closes in the middle of its body ends its own request, and nothing else.
    if (incoming.errored === null && !incoming.destroyed) throw error
  }
}

/** Whether a request only reads: a GET, or where every call can be a GET, an action `Describe…`. */
export function isRead({ method, url, body }: RawRequest): boolean {
  const action = /[?&]Action=(\w+)/.exec(`${url}&${body}`)?.[1]
  const isCall = url.split('?')[0]?.endsWith('/') ?? false
  return isCall ? (action?.startsWith('Describe') ?? false) : method === 'GET'
}

function force(reference: Reference, [, id = '', status = '']: RegExpExecArray): RawResponse {
  const found = reference.setProvisioningStatus(decoded(id), status)
  return { status: found ? 204 : 404, headers: {}, body: '' }
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

/** Many times what any documented request has. */
const mostBytes = 1024 * 1024

/** @returns `undefined` when the body is too large; the rest of it is not kept. */
async function read(incoming: IncomingMessage): Promise<RawRequest | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length
    if (size <= mostBytes) chunks.push(chunk as Buffer)
    else chunks.length = 0
    if (size > mostLeftUnread) break
  }
  if (size > mostBytes) return undefined
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  )
  const body = Buffer.concat(chunks).toString('utf8')
  return { method: incoming.method ?? '', url: incoming.url ?? '', headers, body }
}

/** So much of a body that is too large is read and dropped, so that the client can see the answer. */
const mostLeftUnread = 64 * 1024 * 1024

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}
