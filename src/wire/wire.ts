/** Two ways to carry a request: over a socket, or by calling a reference in the same process. */

import { X509Certificate } from 'node:crypto'
import { setImmediate as pendingEvents } from 'node:timers/promises'
import { createSecureContext, rootCertificates } from 'node:tls'
import { Agent, ProxyAgent, request as send, type Dispatcher } from 'undici'
import { UsageError, type HttpRequest, type HttpResponse } from '../model.ts'
import { decode, readAll } from './body.ts'
import { proxyFor } from './proxy.ts'
import { inSlots } from './slots.ts'

/** A signed request with its absolute address. */
export interface WireRequest extends HttpRequest {
  readonly url: string
}

/** A response whose body is decoded, but not yet parsed. */
export type WireResponse = Omit<HttpResponse, 'body'>

/**
 * Carries one request; rejects with the network's own error, or when the signal fires.
 *
 * @param deadline - Starts the time limit. A wire that answers at once does not need to call it.
 */
export type Wire = (request: WireRequest, deadline: () => AbortSignal) => Promise<WireResponse>

/** A wire that keeps sockets open until it is closed. */
export interface SocketWire {
  readonly wire: Wire
  close(): Promise<void>
}

/** Certificates and proxies for a connection. */
export interface WayOut {
  /** In PEM: authorities to trust besides those of Node.js; a client certificate with its key. */
  readonly tls?: {
    readonly ca?: string
    readonly certificate?: string
    readonly key?: string
    readonly passphrase?: string
  }
  /** The environment variables that name proxies. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Which program asks, where a request does not say it itself. */
  readonly userAgent?: string
}

/**
 * Requests over HTTP(S): HTTP/1.1, no redirects followed, body capped before and after decoding.
 *
 * The total deadline is the signal's: undici's own body timeout measures idle time. It starts when there
 * is a connection for the request, so that requests that wait for one do not run out of time.
 *
 * @throws {UsageError} When a certificate or a key is not valid.
 */
export function socketWire(
  connections: number,
  { tls, environment = {}, userAgent }: WayOut = {},
): SocketWire {
  const dispatcherFor = dispatchers(connections, connectOptions(tls), environment)
  const inSlot = inSlots(Array.from({ length: connections }, () => undefined))
  return {
    wire: (request, deadline) =>
      inSlot(async () => {
        // Connections that the target has closed while this process was busy must not be used again: a
        // request on one is lost, and only some may be sent twice.
        await pendingEvents()
        return carry(request, deadline(), dispatcherFor.get(request.url), userAgent)
      }),
    close: () => dispatcherFor.close(),
  }
}

async function carry(
  { url, method, headers = {}, body }: WireRequest,
  signal: AbortSignal,
  dispatcher: Dispatcher,
  userAgent: string | undefined,
): Promise<WireResponse> {
  const options = {
    method,
    headers: named(headers, userAgent),
    body: body ?? null,
    signal,
    dispatcher,
    responseHeaders: 'raw',
  } as const
  const sent = send(url, options as unknown as Parameters<typeof send>[1])
  const answer = await sent.catch(proxyAuthentication)
  const pairs = paired(answer.headers as unknown as readonly string[])
  const bytes = await readAll(answer.body)
  return { status: answer.statusCode, headers: pairs, text: await decode(bytes, pairs) }
}

/** Outside of signatures, because a proxy may change it. */
function named(
  headers: Readonly<Record<string, string>>,
  userAgent: string | undefined,
): Readonly<Record<string, string>> {
  if (userAgent === undefined) return headers
  const isNamed = Object.keys(headers).some((name) => name.toLowerCase() === 'user-agent')
  return isNamed ? headers : { 'User-Agent': userAgent, ...headers }
}

/** One dispatcher for each proxy and one for direct connections, each made when it is first needed. */
function dispatchers(
  connections: number,
  connect: ConnectOptions,
  environment: NonNullable<WayOut['environment']>,
): { get(url: string): Dispatcher; close(): Promise<void> } {
  const usual = { connections, allowH2: false, headersTimeout: 0, bodyTimeout: 0 }
  const made = new Map<string, Dispatcher>()
  const make = (proxy: URL | undefined) =>
    proxy === undefined
      ? new Agent({ ...usual, connect })
      : new ProxyAgent({
          ...usual,
          uri: proxy.href,
          requestTls: connect,
          proxyTls: connect,
          proxyTunnel: false,
        })
  return {
    get(url) {
      const proxy = proxyFor(url, environment)
      const known = made.get(proxy?.href ?? '') ?? make(proxy)
      made.set(proxy?.href ?? '', known)
      return known
    },
    close: async () => void (await Promise.all([...made.values()].map((one) => one.destroy()))),
  }
}

interface ConnectOptions {
  readonly ca?: string[]
  readonly cert?: string
  readonly key?: string
  readonly passphrase?: string
}

function connectOptions(tls: WayOut['tls']): ConnectOptions {
  if (!tls) return {}
  const { ca, certificate, key, passphrase } = tls
  const options = {
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined ? {} : { passphrase }),
  }
  assertUsable(options)
  return options
}

/** Reports what OpenSSL rejects before anything is sent. A bad authority would be ignored silently. */
function assertUsable({ ca, ...own }: ConnectOptions): void {
  usable('tls.ca is not a valid certificate: PEM expected', () => {
    const bundles = (ca ?? []).slice(-1)
    return bundles.flatMap((bundle) =>
      certificatesIn(bundle).map((one) => new X509Certificate(one)),
    )
  })
  usable('tls.certificate, tls.key and tls.passphrase do not fit each other', () =>
    createSecureContext(own),
  )
}

function certificatesIn(bundle: string): readonly string[] {
  return bundle.split(/(?=-----BEGIN )/).filter((part) => part.trim() !== '')
}

function usable(trouble: string, use: () => unknown): void {
  try {
    use()
  } catch (error) {
    const { code = 'unknown cause' } = error as NodeJS.ErrnoException
    throw new UsageError(`${trouble} (${code}).`)
  }
}

/** Undici reports a 407 of a proxy as an invalid argument. */
function proxyAuthentication(error: unknown): never {
  const wanted = error instanceof Error && error.message.startsWith('Proxy Authentication Required')
  if (!wanted) throw error
  throw Object.assign(new Error('the proxy requires other credentials (407)'), {
    code: 'EPROXYAUTH',
  })
}

function paired(flat: readonly string[]): (readonly [string, string])[] {
  return flat.flatMap((name, index) =>
    index % 2 === 0 ? [[name, flat[index + 1] ?? ''] as const] : [],
  )
}

/** A server in the same process, as a wire without sockets calls it. */
export interface Handler {
  handle(request: {
    readonly method: string
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }): {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
}

/** Requests to a server in this process, without a socket: the same requests, the same answers. */
export function directWire(server: Handler): Wire {
  return ({ url, method, headers = {}, body = '' }) => {
    const { pathname, search, host } = new URL(url)
    const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
    const lower = { host, ...Object.fromEntries(given) }
    const answer = server.handle({ method, url: pathname + search, headers: lower, body })
    return Promise.resolve({
      status: answer.status,
      headers: Object.entries(answer.headers),
      text: answer.body,
    })
  }
}
