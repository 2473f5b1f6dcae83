/** From the evidence back to what was asked and answered. */

import type { Credentials, Exchange, HttpRequest, RecordedExchange } from '../model.ts'
import type { Connection } from './connection.ts'
import { attemptIn } from './replay.ts'

/** Requests with these were made with the target's own credentials, and nothing else is known of the others. */
const own = '(redacted)'

/** The request as it was before it was signed. @param endpoint - Of the target. */
export function requestIn({ request }: RecordedExchange, endpoint: string): HttpRequest {
  const { method, url, headers, body, credentials } = request
  const below = url.startsWith(endpoint) ? url.slice(endpoint.length) : url
  const [path = '', search] = below.split('?', 2)
  const query = [...new URLSearchParams(search)]
  const isOther = credentials !== undefined && credentials.value !== own
  const others: { readonly credentials?: Credentials } = isOther ? { credentials: 'wrong' } : {}
  return {
    method,
    path,
    headers: Object.fromEntries(headers),
    ...(query.length > 0 ? { query } : {}),
    ...(body === undefined ? {} : { body }),
    ...others,
  }
}

/** The exchange, where an answer came; nothing where none did. */
export function exchangeIn(
  connection: Pick<Connection, 'endpoint' | 'spelling' | 'redact'>,
  recorded: RecordedExchange,
): Exchange | undefined {
  const { purpose } = recorded
  const request = requestIn(recorded, connection.endpoint)
  const { response, trouble } = attemptIn(connection, purpose, request, recorded)
  return response && trouble === undefined ? { purpose, request, ...response } : undefined
}
