/** One finding on the page. */

import type { Verdict } from '../model.ts'
import { evidence } from './html-exchange.ts'
import { html, type Markup } from './html-text.ts'
import { legible } from './legible.ts'
import type { Finding, Report, Unasked } from './report.ts'
import { duration, levelMeanings, verdictMeanings, verdictWords } from './wording.ts'

/** The verdict as a shape, a colour and a word. */
export function mark(verdict: Verdict): Markup {
  return html`<span class="mark ${verdict}" title="${verdictMeanings[verdict]}"
    >${verdictWords[verdict]}</span
  >`
}

/** The anchor of a finding on the page: the name of the target, then the requirement. */
export function anchorOf({ target, id }: Finding): string {
  return legible(`${target}/${id}`)
}

/** A finding as a line that can be opened; its id is the anchor of links. */
export function findingLine(finding: Finding, report: Report): Markup {
  const { id, level, text, verdict } = finding
  return html`<details
    class="finding"
    id="${anchorOf(finding)}"
    data-verdict="${verdict}"
    data-level="${level}"
  >
    <summary>
      ${mark(verdict)}<span class="what"
        ><code>${shortId(id)}</code> ${levelWord(finding)}<span class="text">${text}</span
        >${readingWord(finding)}</span
      >
    </summary>
    <div class="body">${body(finding, report)}</div>
  </details> `
}

/** A failed requirement, in full, at the head of the page. */
export function brokenArticle(finding: Finding, report: Report): Markup {
  const { id, text, verdict, target } = finding
  return html`<article class="broken" id="${anchorOf(finding)}">
    <h4>${text}</h4>
    <p class="which">${mark(verdict)} <code>${id}</code> ${levelWord(finding)} on ${target}</p>
    ${body(finding, report)}
  </article> `
}

/** The same, folded: one of several with the same cause. */
export function foldedArticle(finding: Finding, report: Report): Markup {
  const { id, text } = finding
  return html`<details class="broken folded" id="${anchorOf(finding)}">
    <summary><code>${shortId(id)}</code> <span class="text">${text}</span></summary>
    <div>${body(finding, report)}</div>
  </details> `
}

/** The line of a finding whose evidence is at the head of the page. */
export function referringLine({ id, level, text, verdict, ...finding }: Finding): Markup {
  const anchor = anchorOf({ id, level, text, verdict, ...finding })
  return html`<div class="finding" data-verdict="${verdict}" data-level="${level}">
    ${mark(verdict)}<span class="what"
      ><code>${shortId(id)}</code> <span class="level">${level}</span
      ><span class="text">${text}</span>
      <a href="#${encodeURI(anchor)}">Reason and evidence</a></span
    >
  </div> `
}

function levelWord({ level }: Finding): Markup {
  return html`<span class="level" title="${levelMeanings[level]}">${level}</span>`
}

function readingWord({ reading }: Finding): Markup | undefined {
  return (
    reading &&
    html`<span class="reading"
      >Read as <b>${reading.name}</b>:
      ${reading.meaning}${reading.pinned ? ` Pinned: ${reading.pinned}.` : ''}</span
    >`
  )
}

/** Dialect and operation are in the heading above. */
function shortId(id: string): string {
  return id.split('/').slice(2).join('/') || id
}

function body(finding: Finding, report: Report): Markup {
  const { evidence: exchanges, milliseconds } = finding
  const target = report.targets.find(({ name }) => name === finding.target)
  const count = exchanges.length === 1 ? '1 exchange' : `${exchanges.length} exchanges`
  return html`${reason(finding)}${facts(finding)}
    <p class="evidence">Evidence: ${count}, ${duration(milliseconds)}</p>
    ${evidence(finding, target)}`
}

function reason({ reason: why, verdict }: Finding): Markup | undefined {
  return why === undefined ? undefined : html`<p class="reason ${verdict}">${why}</p>`
}

/** The place in a page, as a link to that page where its address is known. */
export function sourceLink({ source, address }: Finding | Unasked): Markup {
  if (!address?.startsWith('https://')) return html`${source}`
  return html`<a href="${address}" rel="noreferrer">${source}</a>`
}

function facts(finding: Finding): Markup {
  const { id, verdict, waiver, repeat } = finding
  return html`<dl class="facts">
    ${
      verdict !== 'fail' &&
      html`<dt>Requirement</dt>
        <dd><code>${id}</code></dd>`
    }
    <dt>Source</dt>
    <dd>${sourceLink(finding)}</dd>
    ${
      waiver &&
      html`<dt>Waived</dt>
        <dd>
          ${waiver.reason} Owner: ${waiver.owner}. Holds until <time>${waiver.expires}</time>.
        </dd>`
    }
    <dt>Repeat it</dt>
    <dd><code class="command">${repeat}</code></dd>
  </dl>`
}
