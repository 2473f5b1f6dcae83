/** Lawful differences in how HTTP carries an answer: visible on a socket only. */

import { setTimeout as pause } from 'node:timers/promises'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { DeliveryVariant } from '../delivery.ts'
import type { Outgoing, RawResponse } from '../server.ts'

/** Short, so that it cuts through words, and through characters of more than one byte. */
const pieceBytes = 7

/** One of this many reads loses its connection. */
const everySoMany = 23

const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }

export const socketVariants: readonly DeliveryVariant[] = [
  {
    id: 'chunked-bodies',
    allowedBy: 'RFC 9112, 7.1: a body may come in chunks.',
    carry: () => (outgoing, response) => {
      begun(outgoing, response)
      for (const piece of pieces(response.body)) outgoing.write(piece)
      outgoing.end()
    },
  },
  {
    id: 'bodies-come-late',
    allowedBy: 'RFC 9112, 7.1: nothing says when the next chunk comes.',
    carry: () => async (outgoing, response) => {
      begun(outgoing, response).flushHeaders()
      await pause(2)
      outgoing.end(response.body)
    },
  },
  {
    id: 'answers-come-late-and-out-of-turn',
    allowedBy: 'Nothing says how long an answer takes.',
    carry: () => {
      let answers = 0
      return async (outgoing, response) => {
        await pause((answers += 1) % 5)
        begun(outgoing, response).end(response.body)
      }
    },
  },
  {
    id: 'bodies-are-zipped',
    allowedBy: 'RFC 9110, 12.5.3: a request that names no encodings accepts any.',
    carry: () => (outgoing, response) => {
      encoded(outgoing, response, 'gzip', gzipSync(response.body))
    },
  },
  {
    id: 'bodies-are-brotli',
    allowedBy: 'RFC 9110, 12.5.3: a request that names no encodings accepts any.',
    carry: () => (outgoing, response) => {
      encoded(outgoing, response, 'br', brotliCompressSync(response.body, quick))
    },
  },
  {
    id: 'closes-after-each-answer',
    allowedBy: 'RFC 9112, 9.6: a server may close after any answer.',
    carry: () => (outgoing, response) => {
      outgoing.setHeader('Connection', 'close')
      begun(outgoing, response).end(response.body)
    },
  },
  {
    id: 'loses-connections-of-reads',
    allowedBy: 'RFC 9112, 9.5: a connection may end at any time.',
    carry: () => {
      let reads = 0
      return (outgoing, response, isRead) => {
        if (isRead && (reads += 1) % everySoMany === 0) outgoing.destroy()
        else begun(outgoing, response).end(response.body)
      }
    },
  },
  {
    id: 'says-that-it-is-at-work',
    allowedBy: 'RFC 9110, 15.2: interim answers may come before the last one.',
    carry: () => (outgoing, response) => {
      outgoing.writeProcessing()
      begun(outgoing, response).end(response.body)
    },
  },
]

function begun(outgoing: Outgoing, { status, headers }: RawResponse): Outgoing {
  return outgoing.writeHead(status, headers)
}

function encoded(outgoing: Outgoing, response: RawResponse, encoding: string, bytes: Buffer): void {
  if (response.body !== '') outgoing.setHeader('Content-Encoding', encoding)
  begun(outgoing, response).end(response.body === '' ? '' : bytes)
}

function pieces(body: string): Buffer[] {
  const bytes = Buffer.from(body)
  const count = Math.ceil(bytes.length / pieceBytes)
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  )
}
