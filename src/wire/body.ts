/** From the bytes of a body to its text: of limited size, before and after decompression. */

import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, type InputType, type ZlibOptions } from 'node:zlib'

/** More than any documented answer needs, and little enough for memory. */
const mostBytes = 8 * 1024 * 1024

/** Encodings on top of each other. A server needs one, and each multiplies what a small body can become. */
const mostEncodings = 3

/** A body beyond the limit. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
  constructor() {
    super(`its body is larger than ${mostBytes / 1024 / 1024} MiB`)
  }
}

/** A body in an encoding that was not requested. */
export class UnknownEncoding extends Error {
  override readonly name = 'UnknownEncoding'
  constructor(encodings: readonly string[]) {
    const named = encodings.slice(0, mostEncodings + 1).join(', ')
    super(`its body has the Content-Encoding ${named.slice(0, 60)}, which was not requested`)
  }
}

/** @throws {BodyTooLarge} */
export async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > mostBytes) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

type Decoder = (bytes: InputType, options: ZlibOptions) => Promise<Buffer>

const decoders: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
] as const)

/**
 * The text of a body, its encodings undone in the reverse of their order. Bytes that are not UTF-8 become U+FFFD.
 *
 * @throws {UnknownEncoding} When an encoding is not known, or there are too many.
 * @throws {Error} One of zlib, with its code, when the bytes are not in the encoding or too many.
 */
export async function decode(
  bytes: Buffer,
  headers: readonly (readonly [name: string, value: string])[],
): Promise<string> {
  const encodings = encodingsOf(headers)
  const known = encodings.map((encoding) => decoders.get(encoding))
  if (bytes.length === 0 || encodings.length === 0) return bytes.toString('utf8')
  if (known.includes(undefined) || encodings.length > mostEncodings) {
    throw new UnknownEncoding(encodings)
  }
  let decoded = bytes
  for (const decoder of known.toReversed()) {
    decoded = (await decoder?.(decoded, { maxOutputLength: mostBytes })) ?? decoded
  }
  return decoded.toString('utf8')
}

function encodingsOf(headers: readonly (readonly [name: string, value: string])[]): string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.split(','))
    .map((encoding) => encoding.trim().toLowerCase())
    .filter((encoding) => encoding !== '' && encoding !== 'identity')
}
