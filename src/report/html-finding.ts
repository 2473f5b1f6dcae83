/** One finding on the page. */

import type { Verdict } from '../model.ts'
import { circumstancesText } from './causes.ts'
import { differencesIn } from './difference.ts'
import { evidence, type Detail } from './html-exchange.ts'
import { between, html, type Markup } from './html-text.ts'
import { trafficPictures } from './html-traffic.ts'
import { legible } from './legible.ts'
import { historyPicture, howOften, runsOf } from './history.ts'
import { repeatScript, scriptVariables } from './repeat-script.ts'
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

/** A finding as a line that can be opened; its id is the anchor of links. Most of a page are such lines, so they are short. */
export function findingLine(finding: Finding, report: Report, detail: Detail): Markup {
  const { id, level, text, verdict } = finding
  const inside = verdict === 'pass' ? passed(finding, report) : body(finding, report, detail)
  return html`<details
    class="finding"
    id="${anchorOf(finding)}"
    data-verdict="${verdict}"
    data-level="${level}"
  >
    <summary>
      ${shortMark(verdict)}<span class="what"
        ><code>${shortId(id)}</code> <span class="level">${level}</span
        ><span class="text">${text}</span>${readingWord(finding)}</span
      >
    </summary>
    <div class="body">${inside}</div>
  </details> `
}

function shortMark(verdict: Verdict): Markup {
  return html`<span class="mark ${verdict}">${verdictWords[verdict]}</span>`
}

/** What there is to know of a pass. */
function passed(finding: Finding, report: Report): Markup {
  const { evidence: exchanges, evidenceApart, milliseconds } = finding
  const circumstances = circumstancesText(finding.circumstances)
  const number = evidenceApart ?? exchanges.length
  return html`${overRuns(finding, report)}
    <p>Source: ${sourceLink(finding)}</p>
    <p class="evidence">
      ${number} exchanges, ${duration(milliseconds)}${circumstances !== '' && `; ${circumstances}`}
    </p>`
}

/** A failed requirement, in full, at the head of the page. */
export function brokenArticle(finding: Finding, report: Report, detail: Detail): Markup {
  const { id, text, verdict, target } = finding
  return html`<article class="broken" id="${anchorOf(finding)}">
    <h4>${text}</h4>
    <p class="which">${mark(verdict)} <code>${id}</code> ${levelWord(finding)} on ${target}</p>
    ${body(finding, report, detail)}
  </article> `
}

/** The same, folded: one of several with the same cause. */
export function foldedArticle(finding: Finding, report: Report, detail: Detail): Markup {
  const { id, text } = finding
  return html`<details class="broken folded" id="${anchorOf(finding)}">
    <summary><code>${shortId(id)}</code> <span class="text">${text}</span></summary>
    <div>${body(finding, report, detail)}</div>
  </details> `
}

/** The line of a finding whose evidence is at the head of the page. */
export function referringLine({ id, level, text, verdict, ...finding }: Finding): Markup {
  const anchor = anchorOf({ id, level, text, verdict, ...finding })
  return html`<div class="finding" data-verdict="${verdict}" data-level="${level}">
    ${shortMark(verdict)}<span class="what"
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

function body(finding: Finding, report: Report, detail: Detail): Markup {
  const { milliseconds } = finding
  const target = report.targets.find(({ name }) => name === finding.target)
  const number = finding.evidenceApart ?? finding.evidence.length
  const count = number === 1 ? '1 exchange' : `${number} exchanges`
  return html`${reason(finding)}${overRuns(finding, report)}${difference(finding)}${passage(finding, report)}${facts(finding)}${
      detail === 'full' && script(finding, target)
    }
    ${trafficPictures(finding)}
    <p class="evidence">Evidence: ${count}, ${duration(milliseconds)}</p>
    ${evidence(finding, target, detail)}`
}

/** How it did in the runs that are known. */
function overRuns(finding: Finding, report: Report): Markup | undefined {
  const runs = runsOf(report, finding)
  if (runs.length === 0) return undefined
  return html`<p class="runs">${historyPicture(runs)} ${howOften(runs)}</p>`
}

/** Expected and actual, side by side. */
function difference({ reason: why = '', verdict }: Finding): Markup | undefined {
  const found = verdict === 'fail' || verdict === 'waived' ? differencesIn(why) : []
  if (found.length === 0) return undefined
  return html`<table class="difference">
    <thead>
      <tr>
        <th scope="col">Where</th>
        <th scope="col">Expected</th>
        <th scope="col">Actual</th>
      </tr>
    </thead>
    <tbody>
      ${found.map(
        ({ place, expected, actual }) =>
          html`<tr>
            <td><code>${place}</code></td>
            <td><ins>${expected}</ins></td>
            <td><mark>${actual}</mark></td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** The page's own words, where the reader has a copy of the page. */
function passage({ source }: Finding, { passages }: Report): Markup | undefined {
  const found = passages?.[source]
  if (found === undefined) return undefined
  return html`<figure class="passage">
    <figcaption>From your copy of the page: ${source}</figcaption>
    <blockquote>${found}</blockquote>
  </figure>`
}

/** The same exchanges, without this program. */
function script(
  finding: Finding,
  target: Report['targets'][number] | undefined,
): Markup | undefined {
  const text = repeatScript(finding, target)
  if (text === undefined) return undefined
  const variables = scriptVariables[finding.dialect].join(', ')
  return html`<details class="script">
    <summary>Repeat it without Poolproof: a shell script</summary>
    <p>
      It needs bash, curl and, for signed calls, openssl, and reads these variables: ${variables}.
    </p>
    <button type="button" class="copy" hidden>Copy</button>
    <pre tabindex="0">${between(text)}</pre>
  </details>`
}

function reason({ reason: why, verdict }: Finding): Markup | undefined {
  return why === undefined ? undefined : html`<p class="reason ${verdict}">${why}</p>`
}

/** The place in a page, as a link to that page where its address is known. */
export function sourceLink({ source, address }: Finding | Unasked): Markup {
  if (!address?.startsWith('https://')) return html`${source}`
  return html`<a href="${address}">${source}</a>`
}

function facts(finding: Finding): Markup {
  const { id, verdict, waiver, repeat } = finding
  const circumstances = circumstancesText(finding.circumstances)
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
    ${
      circumstances !== '' &&
      html`<dt>Circumstances</dt>
        <dd>${circumstances}</dd>`
    }
    <dt>Repeat it</dt>
    <dd><code class="command">${repeat}</code></dd>
  </dl>`
}
