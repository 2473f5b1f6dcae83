/** Exchanges as a report stores them: without secrets, and of limited size. */

import type { HttpRequest, HttpResponse, Purpose, RecordedExchange } from '../model.ts'
import type { Redact } from './redact.ts'
import { shownCredentials } from './shown-credentials.ts'

/** Characters of a body that are stored: more than any documented answer has. */
const mostOfABody = 65_536

/** Characters stored for all bodies of one check. After that, bodies are cut to `leastOfABody`. */
const mostOfACheck = 524_288
const leastOfABody = 2_048

/** The request before signing, so without credentials, and the response. */
export function recorded(
  redact: Redact,
  purpose: Purpose,
  request: HttpRequest & { readonly url: string; readonly carrier?: string | undefined },
  { response, trouble }: { readonly response?: HttpResponse; readonly trouble?: string },
  milliseconds: number,
): RecordedExchange {
  const credentials = shownCredentials(request.credentials, request.carrier)
  const hidden = (headers: readonly (readonly [string, string])[]) =>
    headers.map(([name, value]) => [redact(name), redact(value)] as const)
  return {
    purpose,
    request: {
      method: request.method,
      url: redact(request.url),
      headers: hidden(Object.entries(request.headers ?? {})),
      ...(request.body === undefined ? {} : { body: short(redact(request.body)) }),
      ...(credentials ? { credentials } : {}),
    },
    ...(response
      ? {
          response: {
            status: response.status,
            headers: hidden(response.headers),
            // Already redacted when it arrived.
            body: short(response.text),
          },
        }
      : {}),
    ...(trouble === undefined ? {} : { trouble: redact(trouble) }),
    milliseconds: Math.round(milliseconds * 10) / 10,
  }
}

/** Stores the exchanges of one check; when they become too large, later bodies are cut. */
export function keeping(kept: RecordedExchange[]): (exchange: RecordedExchange) => void {
  let room = mostOfACheck
  return (exchange) => {
    const { request, response } = exchange
    room -= (request.body?.length ?? 0) + (response?.body.length ?? 0)
    kept.push(room >= 0 ? exchange : cut(exchange))
  }
}

function cut({ request, response, ...rest }: RecordedExchange): RecordedExchange {
  const { body, ...asked } = request
  return {
    ...rest,
    request: body === undefined ? asked : { ...asked, body: short(body, leastOfABody) },
    ...(response ? { response: { ...response, body: short(response.body, leastOfABody) } } : {}),
  }
}

function short(text: string, most: number = mostOfABody): string {
  if (text.length <= most) return text
  return `${text.slice(0, most)}… (${text.length - most} more characters are not kept)`
}
