/** Exchanges as a report keeps them: without secrets, and never more of them than a report can hold. */

import type { HttpRequest, HttpResponse, Purpose, RecordedExchange } from '../model.ts'
import type { Redact } from './redact.ts'

/** Characters of a body that are kept: more than any documented answer has. */
const mostOfABody = 65_536

/** Characters of all bodies of one check. What comes when they are used up is cut shorter. */
const mostOfACheck = 524_288
const leastOfABody = 2_048

/** The request as it was before signing, so without credentials, and what came back. */
export function recorded(
  redact: Redact,
  purpose: Purpose,
  request: HttpRequest & { readonly url: string },
  { response, trouble }: { readonly response?: HttpResponse; readonly trouble?: string },
  milliseconds: number,
): RecordedExchange {
  const hidden = (headers: readonly (readonly [string, string])[]) =>
    headers.map(([name, value]) => [name, redact(value)] as const)
  return {
    purpose,
    request: {
      method: request.method,
      url: redact(request.url),
      headers: hidden(Object.entries(request.headers ?? {})),
      ...(request.body === undefined ? {} : { body: short(redact(request.body)) }),
    },
    ...(response
      ? {
          response: {
            status: response.status,
            headers: hidden(response.headers),
            // It was redacted as it came.
            body: short(response.text),
          },
        }
      : {}),
    ...(trouble === undefined ? {} : { trouble: redact(trouble) }),
    milliseconds: Math.round(milliseconds * 10) / 10,
  }
}

/** Keeps the exchanges of one check, with the bodies of the later ones cut when there is too much. */
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
