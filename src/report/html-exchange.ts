/** Evidence on the page: each exchange once; a body that was shown before is referred to by number. */

import type { RecordedExchange } from '../model.ts'
import { headerLines, requestHeaderLines } from './exchange-text.ts'
import { between, html, Markup } from './html-text.ts'
import { beginning } from './legible.ts'
import { parameters, pretty } from './pretty.ts'
import type { Finding, ReportedTarget } from './report.ts'

/** Characters of each body. A passing one is rarely read to the end, a failing one is. */
const mostOfABody = { pass: 4_000, other: 40_000 }

/** Shorter bodies are repeated: reading them is quicker than looking up the reference. */
const worthAReference = 60

/** Bodies already shown in this evidence: in which exchange, and whether that one is open. */
type Shown = Map<string, { readonly number: number; readonly open: boolean }>

/** All exchanges of a finding. If it is not a pass, the `ask` and the `look` after it are open. */
export function evidence(finding: Finding, target: ReportedTarget | undefined): Markup {
  if (finding.evidence.length === 0) return html`<p class="none">Nothing was sent.</p>`
  const view: View = {
    endpoint: target?.endpoint ?? '',
    brief: finding.verdict === 'pass',
    firstAsk: finding.evidence.findIndex(({ purpose }) => purpose === 'ask') + 1,
    shown: new Map(),
  }
  const items = finding.evidence.map((exchange, index) => item(exchange, index + 1, view))
  return html`<ol class="${view.brief ? 'exchanges brief' : 'exchanges'}">
    ${items}
  </ol>`
}

interface View {
  readonly endpoint: string
  /** A passing finding needs no explanation, so it may be short. */
  readonly brief: boolean
  /** Its number; 0 when the question was never asked. */
  readonly firstAsk: number
  readonly shown: Shown
}

function item(exchange: RecordedExchange, number: number, view: View): Markup {
  const { purpose, trouble, response } = exchange
  if (isBrief(exchange, view)) {
    return html`<li class="${purpose}"><div class="plain">${line(exchange, view)}</div></li>`
  }
  const open = isOpen(exchange, number, view)
  return html`<li class="${purpose}">
    <details${open && new Markup(' open')}><summary>${line(exchange, view)}</summary>
      ${trouble !== undefined && html`<p class="trouble">Problem: ${trouble}</p>`}
      <div>${message('Request', requestText(exchange, number, view))}${response && message('Response', responseText(exchange, response, number, view))}</div>
    </details>
  </li>`
}

/** Preparation and clean-up of a passing check take one line each; the bodies are in conformance.json. */
function isBrief({ purpose, trouble }: RecordedExchange, { brief }: View): boolean {
  return brief && trouble === undefined && (purpose === 'arrange' || purpose === 'clean-up')
}

/** A look before the question shows only the starting point, so it stays folded. */
function isOpen(exchange: RecordedExchange, number: number, { brief, firstAsk }: View): boolean {
  const { purpose, trouble } = exchange
  if (brief) return false
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

function message(title: string, text: string): Markup | undefined {
  if (text === '') return undefined
  return html`<figure>
    <figcaption>${title}</figcaption>
    <pre tabindex="0">${between(text)}</pre>
  </figure>`
}

function requestText(exchange: RecordedExchange, number: number, view: View): string {
  const { method, url, body = '' } = exchange.request
  const [, query = ''] = url.split(/\?(.*)/s)
  return joined([
    view.brief ? '' : `${method} ${url}`,
    query.includes('%') ? parameters(query) : '',
    requestHeaderLines(exchange.request),
    bodyText(body, number, isOpen(exchange, number, view), view),
  ])
}

function responseText(
  exchange: RecordedExchange,
  { status, headers, body }: NonNullable<RecordedExchange['response']>,
  number: number,
  view: View,
): string {
  const head = joined([view.brief ? '' : `HTTP ${status}`, headerLines(headers)], '\n')
  const open = isOpen(exchange, number, view)
  return joined([head, body === '' ? '(no body)' : bodyText(body, number, open, view)])
}

/** The body, or a reference to where it was shown before. If that one is folded and this one is open, both. */
function bodyText(body: string, number: number, open: boolean, { shown, brief }: View): string {
  const before = shown.get(body)
  const same = before ? `(the same body as in exchange ${before.number})` : ''
  if (before && (before.open || !open)) return same
  if (body.length >= worthAReference) shown.set(body, { number: before?.number ?? number, open })
  return joined([same, beginning(pretty(body), brief ? mostOfABody.pass : mostOfABody.other)])
}

function joined(parts: readonly string[], separator = '\n\n'): string {
  return parts.filter((part) => part !== '').join(separator)
}
