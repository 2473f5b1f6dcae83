/** What a reader should look at first: everything that is not a plain pass, and why. */

import { causesOf, findingsOf } from './causes.ts'
import { anchorOf, brokenArticle, foldedArticle, mark } from './html-finding.ts'
import { html, type Markup } from './html-text.ts'
import { flakyIn, historyPicture, howOften, runsOf } from './history.ts'
import { mostInFull, type Cause, type Finding, type Report } from './report.ts'
import { requirements, withVerdict } from './wording.ts'

/** The section. It is also there when it is empty, and then says so. */
export function attention(report: Report): Markup {
  const parts = [
    altered(report),
    notAsked(report),
    broken(report),
    faults(report),
    stale(report),
    undecided(report),
    leftovers(report),
    flaky(report),
  ]
  const found = parts.filter((part) => part !== undefined)
  return html`<section aria-labelledby="attention">
    <h2 id="attention">Needs attention</h2>
    ${found.length > 0 ? found : html`<p class="none">Nothing: no requirement is broken, none was left undecided, no waiver is stale, and nothing was left behind.</p>`}
  </section>`
}

/** Nothing on the page can be relied on, so it comes before everything else. */
function altered({ altered: sentence }: Report): Markup | undefined {
  if (sentence === undefined) return undefined
  return html`<h3>Not as the run wrote it</h3>
    ${list([sentence])}`
}

/** One cause for every finding, so it is the first thing to see. */
function notAsked({ notAsked: reason }: Report): Markup | undefined {
  if (reason === undefined) return undefined
  return html`<h3>Nothing was asked</h3>
    <article class="cause"><p class="reason inconclusive">${reason}</p></article>`
}

function faults({ faults: found = [] }: Report): Markup | undefined {
  if (found.length === 0) return undefined
  return html`<h3>Faults of Poolproof</h3>
    <p>
      They say nothing about the target. Requirements that could not be tested because of them are
      inconclusive.
    </p>
    ${list(found)}`
}

/** Each cause once, with the first of its findings; the others can be opened. */
function broken(report: Report): Markup | undefined {
  const failed = withVerdict(report, 'fail')
  if (failed.length === 0) return undefined
  return html`<h3>${requirements(failed.length)} broken</h3>
    ${causesOf(failed).map((cause, index) => brokenCause(cause, report, { isMany: failed.length > mostInFull, index }))}`
}

function brokenCause(
  cause: Cause,
  report: Report,
  { isMany, index }: { readonly isMany: boolean; readonly index: number },
): Markup {
  const [first, ...others] = findingsOf(cause, report.findings)
  const detail = isMany && index >= mostInFull ? 'brief' : 'full'
  const article = first && brokenArticle(first, report, detail)
  if (others.length === 0) return html`${article}`
  return html`<section class="common">
    <h4>${cause.sentence}</h4>
    <p>
      ${mark('fail')} ${kindWords[cause.kind]} in ${requirements(others.length + 1)} of
      ${cause.target}. The first one in full:
    </p>
    ${article} ${others.map((finding) => foldedArticle(finding, report, isMany ? 'brief' : 'full'))}
  </section>`
}

const kindWords: Readonly<Record<Cause['kind'], string>> = {
  answer: 'The same answer',
  control: 'The same reason',
  circumstances: 'The same circumstances',
  words: 'The same difference',
  single: 'The same reason',
}

function stale({ staleWaivers }: Report): Markup | undefined {
  if (staleWaivers.length === 0) return undefined
  return html`<h3>Stale waivers</h3>
    <p>Each of them makes the run fail until it is removed or renewed.</p>
    ${list(staleWaivers)}`
}

/** Each cause once, since one often leaves many questions undecided. */
function undecided(report: Report): Markup | undefined {
  const inconclusive = withVerdict(report, 'inconclusive')
  if (inconclusive.length === 0 || report.notAsked !== undefined) return undefined
  const items = causesOf(inconclusive).map(
    (cause) =>
      html`<article class="cause">
        <p class="reason inconclusive">${cause.sentence}</p>
        <p>
          ${mark('inconclusive')} Leaves ${requirements(cause.findings.length)} of ${cause.target}
          undecided:
        </p>
        <ul class="ids">
          ${findingsOf(cause, inconclusive).map((finding) => linkTo(finding))}
        </ul>
      </article> `,
  )
  return html`<h3>Inconclusive</h3>
    ${items}`
}

function linkTo(finding: Finding): Markup {
  return html`<li>
    <a href="#${encodeURI(anchorOf(finding))}"><code>${finding.id}</code></a>
  </li>`
}

function flaky(report: Report): Markup | undefined {
  const found = flakyIn(report)
  if (found.length === 0) return undefined
  return html`<h3>Flaky</h3>
    <p>
      Kept and broken in turn, in the runs that are known: neither a fix nor a new fault explains
      that.
    </p>
    <ul class="sentences">
      ${found.map((finding) => {
        const runs = runsOf(report, finding)
        return html`<li>
          ${historyPicture(runs)}
          <a href="#${encodeURI(anchorOf(finding))}"><code>${finding.id}</code></a
          >: ${howOften(runs)}
        </li>`
      })}
    </ul>`
}

function leftovers({ leftovers: left }: Report): Markup | undefined {
  if (left.length === 0) return undefined
  return html`<h3>Left behind</h3>
    <p>
      Clean-up could not remove everything that this run created. The name of everything it created
      contains the run id.
    </p>
    ${list(left)}`
}

function list(sentences: readonly string[]): Markup {
  return html`<ul class="sentences">
    ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
  </ul>`
}
