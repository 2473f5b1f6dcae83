/** An exchange as plain text, close to how HTTP spells it. */

import type { Purpose, RecordedExchange } from '../model.ts'
import { beginning, legible } from './legible.ts'
import { pretty } from './pretty.ts'

type Headers = RecordedExchange['request']['headers']

/** `DELETE https://…/pools/5a9a → 409`, or why no answer came. */
export function exchangeLine({ request, response, trouble }: RecordedExchange): string {
  const came = response ? String(response.status) : `no answer (${trouble ?? 'no reason recorded'})`
  return legible(`${request.method} ${request.url} → ${came}`)
}

/**
 * All exchanges, numbered: those of some purposes in full, the others in one line each.
 *
 * @param most - Characters of each body.
 */
export function evidenceText(
  evidence: readonly RecordedExchange[],
  most: number,
  full: readonly Purpose[] = ['ask', 'look'],
): string {
  const parts = evidence.map((exchange, index) => {
    const { purpose, milliseconds } = exchange
    const line = `${index + 1}. ${purpose}: ${exchangeLine(exchange)} (${milliseconds} ms)`
    return full.includes(purpose) ? [line, ...details(exchange, most)].join('\n') : line
  })
  return parts.join('\n')
}

function details({ request, response, trouble }: RecordedExchange, most: number): string[] {
  const sent = [requestHeaderLines(request), body(request.body ?? '', most)].filter(Boolean)
  const came = response
    ? [headerLines(response.headers), body(response.body, most)].filter(Boolean)
    : []
  return [
    ...(sent.length > 0 ? ['   sent:', indented(sent)] : []),
    ...(came.length > 0 ? ['   received:', indented(came)] : []),
    ...(trouble === undefined ? [] : [`   trouble: ${legible(trouble)}`]),
  ]
}

/** One header to a line; `''` for none. */
export function headerLines(headers: Headers): string {
  return headers.map(([name, value]) => legible(`${name}: ${value}`)).join('\n')
}

/** The headers of a request, and what its credentials were. */
export function requestHeaderLines({ headers, credentials }: RecordedExchange['request']): string {
  return headerLines(
    credentials ? [...headers, [credentials.name, credentials.value] as const] : headers,
  )
}

function body(text: string, most: number): string {
  return legible(beginning(pretty(text), most))
}

function indented(blocks: readonly string[]): string {
  return blocks.join('\n\n').replaceAll(/^(?=.)/gm, '     ')
}
