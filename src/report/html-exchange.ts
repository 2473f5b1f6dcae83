/** Evidence on the page: each exchange once; a body that was shown before is referred to by number. */

import type { RecordedExchange } from '../model.ts'
import { differencesIn, shownIn, type Difference } from './difference.ts'
import { headerLines, requestHeaderLines } from './exchange-text.ts'
import { between, html, Markup } from './html-text.ts'
import { beginning } from './legible.ts'
import { parameters, pretty } from './pretty.ts'
import type { Finding, ReportedTarget } from './report.ts'

/** Characters of each body. */
const mostOfABody = { full: 40_000, brief: 300 }

/** In brief, so many of the exchanges after the question: what they show is also in the reason. */
const mostInBrief = 3

/** Shorter bodies are repeated: reading them is quicker than looking up the reference. */
const worthAReference = 60

/** `full`: every exchange, bodies included. `brief`: what was asked and looked at, with the beginning of the bodies. */
export type Detail = 'full' | 'brief'

/** Bodies already shown in this evidence: in which exchange, and whether that one is open. */
type Shown = Map<string, { readonly number: number; readonly open: boolean }>

/** The exchanges of a finding. The `ask` and the `look` after it are open, and what differs is marked in them. */
export function evidence(
  finding: Finding,
  target: ReportedTarget | undefined,
  detail: Detail,
): Markup {
  if (finding.evidence.length === 0) return html`<p class="none">Nothing was sent.</p>`
  const firstAsk = finding.evidence.findIndex(({ purpose }) => purpose === 'ask') + 1
  const marks = marksOf(finding)
  const view: View = { endpoint: target?.endpoint ?? '', detail, firstAsk, shown: new Map(), marks }
  const numbered = finding.evidence.map((exchange, index) => ({ exchange, number: index + 1 }))
  const told =
    detail === 'full'
      ? numbered
      : numbered.filter((one) => isTold(one, firstAsk)).slice(0, mostInBrief)
  const items = told.map(({ exchange, number }) => item(exchange, number, view))
  const left = numbered.length - told.length
  return html`<ol class="exchanges">
      ${items}
    </ol>
    ${left > 0 && html`<p class="none">${left === 1 ? '1 exchange' : `${left} exchanges`} more: see conformance.json, or the command poolproof show.</p>`}`
}

/** In brief: what was asked, and what was looked at afterwards. */
function isTold(
  { exchange, number }: { readonly exchange: RecordedExchange; readonly number: number },
  firstAsk: number,
): boolean {
  return exchange.purpose === 'ask' || (exchange.purpose === 'look' && number > firstAsk)
}

/** A difference, by the number of the exchange that shows it. */
type Marks = ReadonlyMap<number, readonly Difference[]>

function marksOf(finding: Finding): Marks {
  const marks = new Map<number, Difference[]>()
  for (const difference of differencesIn(finding.reason ?? '')) {
    const index = shownIn(finding, difference, pretty)
    if (index === undefined) continue
    marks.set(index + 1, [...(marks.get(index + 1) ?? []), difference])
  }
  return marks
}

interface View {
  readonly endpoint: string
  readonly detail: Detail
  /** Its number; 0 when the question was never asked. */
  readonly firstAsk: number
  readonly shown: Shown
  readonly marks: Marks
}

function item(exchange: RecordedExchange, number: number, view: View): Markup {
  const { purpose, trouble, response } = exchange
  const open = isOpen(exchange, number, view)
  const marks = view.marks.get(number) ?? []
  return html`<li class="${purpose}">
    <details${open && new Markup(' open')}><summary data-number="${number}">${line(exchange, view)}</summary>
      ${trouble !== undefined && html`<p class="trouble">Problem: ${trouble}</p>`}
      <div>${message('Request', requestText(exchange, number, view))}${response && message('Response', responseText(exchange, response, number, view), marks)}</div>
    </details>
  </li>`
}

/** A look before the question shows only the starting point, so it stays folded. */
function isOpen(exchange: RecordedExchange, number: number, { firstAsk, detail }: View): boolean {
  const { purpose, trouble } = exchange
  if (detail === 'brief') return false
  return trouble !== undefined || purpose === 'ask' || (purpose === 'look' && number > firstAsk)
}

function line(exchange: RecordedExchange, { endpoint }: View): Markup {
  const { purpose, request, response, milliseconds } = exchange
  const came = response ? String(response.status) : 'no answer'
  return html`<b>${purpose}</b>
    <code>${request.method} ${below(endpoint, request.url)}${actionOf(request)}</code>
    <span class="${toneOf(exchange)}">${came}</span> <small>${Math.round(milliseconds)} ms</small>`
}

/** The action of a form is in its body, so the line repeats it. */
function actionOf({ body = '' }: RecordedExchange['request']): string {
  const [, action] = /(?:^|&)Action=(\w+)/.exec(body) ?? []
  return action ? ` ${action}` : ''
}

function toneOf({ response }: RecordedExchange): string {
  if (!response || response.status >= 500) return 'status bad'
  return response.status >= 400 ? 'status refused' : 'status'
}

/** The URL without the endpoint, which is at the head of the page. */
function below(endpoint: string, url: string): string {
  return endpoint !== '' && url.startsWith(endpoint) ? url.slice(endpoint.length) || '/' : url
}

function message(
  title: string,
  text: string,
  marks: readonly Difference[] = [],
): Markup | undefined {
  if (text === '') return undefined
  return html`<figure>
    <figcaption>${title}</figcaption>
    <pre tabindex="0">${marked(text, marks)}</pre>
  </figure>`
}

/** The text, with what was expected written behind each line that shows something else. */
function marked(text: string, marks: readonly Difference[]): Markup {
  if (marks.length === 0) return between(text)
  const open = new Set(marks)
  const lines = text.split('\n').map((one) => {
    const found = [...open].find(({ shownAs }) => shownAs && isShown(one, shownAs))
    if (!found) return between(one).html
    open.delete(found)
    return html`<mark>${between(one)}</mark> <ins>expected: ${found.expected}</ins>`.html
  })
  return new Markup(lines.join('\n'))
}

function isShown(one: string, shownAs: NonNullable<Difference['shownAs']>): boolean {
  return 'status' in shownAs ? one === `HTTP ${shownAs.status}` : one.includes(shownAs.line)
}

function requestText(exchange: RecordedExchange, number: number, view: View): string {
  const { method, url, body = '' } = exchange.request
  const [, query = ''] = url.split(/\?(.*)/s)
  return joined([
    view.detail === 'brief' ? '' : `${method} ${url}`,
    query.includes('%') ? parameters(query) : '',
    view.detail === 'brief' ? '' : requestHeaderLines(exchange.request),
    bodyText(body, number, isOpen(exchange, number, view), view),
  ])
}

function responseText(
  exchange: RecordedExchange,
  { status, headers, body }: NonNullable<RecordedExchange['response']>,
  number: number,
  view: View,
): string {
  const head = joined([`HTTP ${status}`, view.detail === 'brief' ? '' : headerLines(headers)], '\n')
  const open = isOpen(exchange, number, view)
  return joined([head, body === '' ? '(no body)' : bodyText(body, number, open, view)])
}

/** The body, or a reference to where it was shown before. If that one is folded and this one is open, both. */
function bodyText(body: string, number: number, open: boolean, { shown, detail }: View): string {
  const before = shown.get(body)
  const same = before ? `(the same body as in exchange ${before.number})` : ''
  if (before && (before.open || !open)) return same
  if (body.length >= worthAReference) shown.set(body, { number: before?.number ?? number, open })
  return joined([same, beginning(pretty(body), mostOfABody[detail])])
}

function joined(parts: readonly string[], separator = '\n\n'): string {
  return parts.filter((part) => part !== '').join(separator)
}
