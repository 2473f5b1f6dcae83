/** What the network does to a request, told apart from faults of ours. */

/**
 * Codes of the system and its resolver, of undici (but for those that blame the caller), the HTTP
 * parser, OpenSSL's handshake and its verdicts on certificates, and zlib with brotli.
 */
const troubles = [
  /^E[A-Z0-9]{3,}$/,
  /^EAI_/,
  /^UND_ERR(?!_INVALID|_NOT_SUPPORTED|_REQ_)/,
  /^HPE_/,
  /^ERR_(?:TLS|SSL)/,
  /CERT|^CRL_|^UNABLE_TO_|^(?:INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/,
  /^(?:Z_|ERR__ERROR_|ERR_BROTLI_)|^ERR_BUFFER_TOO_LARGE$/,
]

/** `AssertionError` is undici's own, of an answer it did not expect; it must not count as a check's. */
const troubleNames = [
  'TimeoutError',
  'AbortError',
  'BodyTooLarge',
  'HTTPParserError',
  'AssertionError',
]

/** Is this the network's doing, and not a fault of ours? */
export function isTrouble(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  if (troubleNames.includes(error.name)) return true
  const { code } = error as NodeJS.ErrnoException
  return (
    (typeof code === 'string' && troubles.some((kind) => kind.test(code))) ||
    (error.cause !== undefined && isTrouble(error.cause))
  )
}

/** Did it fail before anything was on its way? */
export function neverSent(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ECONNREFUSED' || code === 'UND_ERR_CONNECT_TIMEOUT'
}

/** Why nothing more is asked: who ended the run says so, or its time was over. */
export function whyOver({ reason }: AbortSignal): string {
  const said = reason instanceof Error && reason.name === 'Error'
  return said ? reason.message : 'the run was over its time'
}

/** The trouble in a sentence. */
export function told(error: Error, requestMilliseconds: number): string {
  if (error.name === 'TimeoutError')
    return `no complete answer within ${requestMilliseconds / 1000} s`
  if (error.name === 'AssertionError') return 'it answered in a way that HTTP does not know'
  const { code } = error as NodeJS.ErrnoException
  return code ? `${code}: ${error.message || 'no connection'}` : error.message
}
