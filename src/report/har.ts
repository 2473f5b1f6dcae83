/** The exchanges of a report as an HTTP Archive (HAR 1.2), for the network view of a browser. */

import type { RecordedExchange } from '../model.ts'
import { legible } from './legible.ts'
import { verdictWords } from './wording.ts'
import type { Finding, Report } from './report.ts'

/**
 * One page for each finding that has evidence, with its exchanges.
 *
 * Secrets were masked when the exchanges were recorded, and the credentials are not in them. The moments within the run
 * are not recorded: everything begins with the run.
 */
export function har(report: Report): string {
  const { findings, run, tool } = report
  const shown = findings.filter(({ evidence }) => evidence.length > 0)
  const pages = shown.map((finding) => ({
    startedDateTime: run.startedAt,
    id: pageOf(finding),
    title: `${finding.id} on ${finding.target}: ${verdictWords[finding.verdict]}`,
    pageTimings: {},
  }))
  const entries = shown.flatMap((finding) =>
    finding.evidence.map((exchange) => entry(exchange, pageOf(finding), run.startedAt)),
  )
  const creator = { name: 'Poolproof', version: tool.version }
  const document = { log: { version: '1.2', creator, pages, entries } }
  return `${legible(JSON.stringify(document))}\n`
}

function pageOf({ id, target }: Finding): string {
  return `${target} ${id}`
}

type Headers = RecordedExchange['request']['headers']

function entry(exchange: RecordedExchange, pageref: string, startedDateTime: string): object {
  const { request, response, purpose, trouble, milliseconds } = exchange
  const type = headerOf(request.headers, 'content-type') ?? 'application/json'
  const { body } = request
  return {
    pageref,
    startedDateTime,
    time: milliseconds,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(request.headers),
      queryString: queryOf(request.url),
      headersSize: -1,
      bodySize: body === undefined ? 0 : Buffer.byteLength(body),
      ...(body === undefined ? {} : { postData: { mimeType: type, text: body } }),
    },
    response: responseOf(response),
    cache: {},
    timings: { send: 0, wait: milliseconds, receive: 0 },
    comment: trouble === undefined ? purpose : `${purpose}; ${trouble}`,
  }
}

/** Without an answer, status 0, as browsers write it. */
function responseOf(response: RecordedExchange['response']): object {
  const { status = 0, headers = [], body = '' } = response ?? {}
  const mimeType = headerOf(headers, 'content-type') ?? ''
  const size = Buffer.byteLength(body)
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairs(headers),
    content: { size, mimeType, text: body },
    redirectURL: headerOf(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: size,
  }
}

function pairs(headers: Headers): object[] {
  return headers.map(([name, value]) => ({ name, value }))
}

function queryOf(url: string): object[] {
  if (!URL.canParse(url)) return []
  return Array.from(new URL(url).searchParams, ([name, value]) => ({ name, value }))
}

function headerOf(headers: Headers, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
}
