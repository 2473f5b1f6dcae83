/** Tells errors of the network from faults of this program. */

/**
 * Codes of the system and its resolver, of undici (except those that blame the caller), the HTTP
 * parser, OpenSSL's handshake and certificate checks, and zlib with brotli.
 */
const networkErrorCodes = [
  /^E[A-Z0-9]{3,}$/,
  /^EAI_/,
  /^UND_ERR(?!_INVALID|_NOT_SUPPORTED|_REQ_)/,
  /^HPE_/,
  /^ERR_(?:TLS|SSL)/,
  /CERT|^CRL_|^UNABLE_TO_|^(?:INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/,
  /^(?:Z_|ERR__ERROR_|ERR_BROTLI_)|^ERR_BUFFER_TOO_LARGE$/,
]

/** `AssertionError` here is undici's own, for a response it did not expect; it is not a check's. */
const networkErrorNames = [
  'TimeoutError',
  'AbortError',
  'BodyTooLarge',
  'UnknownEncoding',
  'HTTPParserError',
  'AssertionError',
]

/** Is it an error of the network or of the target, and not a fault of this program? */
export function isNetworkError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  if (networkErrorNames.includes(error.name)) return true
  const { code } = error as NodeJS.ErrnoException
  return (
    (typeof code === 'string' && networkErrorCodes.some((kind) => kind.test(code))) ||
    (error.cause !== undefined && isNetworkError(error.cause))
  )
}

/** Did it fail before any byte of the request was sent? */
export function neverSent(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ECONNREFUSED' || code === 'UND_ERR_CONNECT_TIMEOUT'
}

/** Why no further request is sent: the given reason, or the time limit. */
export function whyOver({ reason }: AbortSignal): string {
  const said = reason instanceof Error && reason.name === 'Error'
  return said ? reason.message : 'the time limit of the run was reached'
}

/** The error as a clause for a message. */
export function describeNetworkError(error: Error, requestMilliseconds: number): string {
  if (error.name === 'TimeoutError')
    return `no complete answer within ${requestMilliseconds / 1000} s`
  if (error.name === 'AssertionError') return 'its answer is not valid HTTP'
  const { code } = error as NodeJS.ErrnoException
  return code ? `${code}: ${error.message || 'no connection'}` : error.message
}
