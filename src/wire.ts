/** The two ways to carry a request: a socket, or a call of a reference in the same process. */

import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { Agent, request as send } from 'undici'
import type { HttpRequest, HttpResponse } from './model.ts'

/** A signed request with its absolute address. */
export interface WireRequest extends HttpRequest {
  readonly url: string
}

/** What came back, its body not yet read. */
export type WireResponse = Omit<HttpResponse, 'body'>

/**
 * Carries one request; rejects with the network's own error, or when the signal fires.
 *
 * @param deadline - Starts the clock. What answers at once need not.
 */
export type Wire = (request: WireRequest, deadline: () => AbortSignal) => Promise<WireResponse>

/** A way out that keeps sockets open, until it is closed. */
export interface SocketWire {
  readonly wire: Wire
  close(): Promise<void>
}

/** More than any documented answer needs, less than hurts. */
const mostBytes = 8 * 1024 * 1024

/** A body beyond the cap. */
class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
  constructor() {
    super(`its body is larger than ${mostBytes / 1024 / 1024} MiB`)
  }
}

/**
 * Requests over HTTP(S): HTTP/1.1, no redirects followed, body capped before and after decoding.
 *
 * The total deadline is the signal's: undici's own body timeout measures idle time.
 */
export function socketWire(connections: number): SocketWire {
  const dispatcher = new Agent({ connections, allowH2: false, headersTimeout: 0, bodyTimeout: 0 })
  return {
    wire: async ({ url, method, headers = {}, body }, deadline) => {
      const options = {
        method,
        headers,
        body: body ?? null,
        signal: deadline(),
        dispatcher,
        responseHeaders: 'raw',
      } as const
      const answer = await send(url, options as unknown as Parameters<typeof send>[1])
      const pairs = paired(answer.headers as unknown as readonly string[])
      const bytes = await readAll(answer.body)
      return { status: answer.statusCode, headers: pairs, text: await decode(bytes, pairs) }
    },
    close: () => dispatcher.destroy(),
  }
}

function paired(flat: readonly string[]): (readonly [string, string])[] {
  return flat.flatMap((name, index) =>
    index % 2 === 0 ? [[name, flat[index + 1] ?? ''] as const] : [],
  )
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > mostBytes) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const decoders: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  gzip: (bytes) => promisify(gunzip)(bytes, { maxOutputLength: mostBytes }),
  deflate: (bytes) => promisify(inflate)(bytes, { maxOutputLength: mostBytes }),
  br: (bytes) => promisify(brotliDecompress)(bytes, { maxOutputLength: mostBytes }),
}

async function decode(
  bytes: Buffer,
  headers: readonly (readonly [string, string])[],
): Promise<string> {
  const encoding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1] ?? ''
  const decoder = decoders[encoding.toLowerCase()]
  return (decoder && bytes.length > 0 ? await decoder(bytes) : bytes).toString('utf8')
}

/** What a wire without sockets needs of a server in the same process. */
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
    const { pathname, search } = new URL(url)
    const lower = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    )
    const answer = server.handle({ method, url: pathname + search, headers: lower, body })
    return Promise.resolve({
      status: answer.status,
      headers: Object.entries(answer.headers),
      text: answer.body,
    })
  }
}
