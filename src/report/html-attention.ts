/** What a reader should look at first: everything that is not a plain pass, and why. */

import { anchorOf, brokenArticle, mark } from './html-finding.ts'
import { html, type Markup } from './html-text.ts'
import { byReason } from './groups.ts'
import type { Report } from './report.ts'
import { requirements, withVerdict } from './wording.ts'

/** The section. It is also there when it is empty, and then says so. */
export function attention(report: Report): Markup {
  const parts = [
    notAsked(report),
    broken(report),
    faults(report),
    stale(report),
    undecided(report),
    leftovers(report),
  ]
  const found = parts.filter((part) => part !== undefined)
  return html`<section aria-labelledby="attention">
    <h2 id="attention">Needs attention</h2>
    ${found.length > 0 ? found : html`<p class="none">Nothing: no requirement is broken, none was left undecided, no waiver is stale, and nothing was left behind.</p>`}
  </section>`
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
    <p>They say nothing about the target. What they kept from being asked is inconclusive.</p>
    ${list(found)}`
}

function broken(report: Report): Markup | undefined {
  const failed = withVerdict(report, 'fail')
  if (failed.length === 0) return undefined
  return html`<h3>${requirements(failed.length)} broken</h3>
    ${failed.map((finding) => brokenArticle(finding, report))}`
}

function stale({ staleWaivers }: Report): Markup | undefined {
  if (staleWaivers.length === 0) return undefined
  return html`<h3>Stale waivers</h3>
    <p>Each of them makes the run fail until it is removed or renewed.</p>
    ${list(staleWaivers)}`
}

/** Grouped by reason, since one cause often leaves many questions undecided. */
function undecided(report: Report): Markup | undefined {
  const groups = byReason(withVerdict(report, 'inconclusive'))
  if (groups.length === 0 || report.notAsked !== undefined) return undefined
  const items = groups.map(
    ({ target, reason, findings }) =>
      html`<article class="cause">
        <p class="reason inconclusive">${reason}</p>
        <p>
          ${mark('inconclusive')} Leaves ${requirements(findings.length)} of ${target} undecided:
        </p>
        <ul class="ids">
          ${findings.map(
            (finding) =>
              html`<li>
                <a href="#${encodeURI(anchorOf(finding))}"><code>${finding.id}</code></a>
              </li>`,
          )}
        </ul>
      </article> `,
  )
  return html`<h3>Inconclusive</h3>
    ${items}`
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
