/** The head of the page, the table of operations, and the list of all requirements. */

import { groupsOf, type Group } from './groups.ts'
import { findingLine, mark, referringLine, sourceLink } from './html-finding.ts'
import { html, type Markup } from './html-text.ts'
import { legible } from './legible.ts'
import { mostInFull, type Found, type Report, type Unasked } from './report.ts'
import {
  duration,
  inOneSentence,
  levelMeanings,
  levels,
  purposeMeanings,
  readLagSentence,
  verdictMeanings,
  verdictWords,
  verdicts,
} from './wording.ts'

/** What was tested, the result, and how to repeat it. */
export function masthead(report: Report): Markup {
  const { run, tool, exitCode, conclusion } = report
  const { startedAt: at } = run
  return html`<header class="masthead">
    <p class="eyebrow">Poolproof conformance report: <b class="${conclusion}">${conclusion}</b></p>
    <h1>${inOneSentence(report)}</h1>
    <dl class="facts">
      ${report.targets.map(
        ({ name, dialect, endpoint, profile }) =>
          html`<dt>Target</dt>
            <dd>
              <b>${name}</b> (${dialect}) at <code>${endpoint}</code>${profileText(profile)}
            </dd>`,
      )}
      <dt>When</dt>
      <dd>
        <time datetime="${at}">${at.slice(0, 10)} at ${at.slice(11, 19)} UTC</time>, in
        ${duration(run.milliseconds)} and ${run.exchanges.toLocaleString('en')} exchanges
      </dd>
      <dt>Run</dt>
      <dd><code>${run.id}</code>, seed <code>${run.seed}</code></dd>
      ${
        run.only.length > 0 &&
        html`<dt>Limited to</dt>
          <dd><code>${run.only.join(' ')}</code></dd>`
      }
      <dt>Exit code</dt>
      <dd><code>${exitCode}</code>, ${exitMeanings[exitCode]}</dd>
      <dt>Made by</dt>
      <dd>${tool.name} ${tool.version} on Node ${tool.node}</dd>
      <dt>Repeat it</dt>
      <dd><code class="command">${run.command}</code></dd>
    </dl>
  </header>`
}

const exitMeanings: Readonly<Record<Report['exitCode'], string>> = {
  0: 'no requirement is broken',
  2: 'something has to be corrected before anything can be asked',
  1: 'a requirement is broken, or a waiver is stale',
  3: 'no requirement is known to be broken, but some could not be decided or something was left behind',
  70: 'Poolproof itself failed',
}

function profileText(profile: Readonly<Record<string, boolean>>): Markup | undefined {
  const missing = Object.entries(profile).filter(([, offered]) => !offered)
  if (missing.length === 0) return undefined
  return html`<br /><small
      >Says it does not offer: ${missing.map(([feature]) => feature).join(', ')}</small
    >`
}

/** Counts by target and operation; each row links to its findings. */
export function overview(report: Report): Markup {
  const rows = groupsOf(report).map((group) => {
    const name = `${group.target}: ${group.dialect}/${group.operation}`
    return html`<tr>
      <th scope="row"><a href="#${encodeURI(sectionOf(group))}">${name}</a></th>
      ${verdicts.map((verdict) =>
        cell(group.findings.filter((finding) => finding.verdict === verdict).length),
      )}
    </tr>`
  })
  return html`<nav aria-label="Operations" class="overview">
    <table>
      <thead>
        <tr>
          <th scope="col">Operation</th>
          ${verdicts.map((verdict) => html`<th scope="col">${mark(verdict)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All</th>
          ${verdicts.map((verdict) => cell(report.counts[verdict]))}
        </tr>
      </tfoot>
    </table>
  </nav>`
}

function cell(count: number): Markup {
  return count === 0 ? html`<td class="zero">0</td>` : html`<td>${count}</td>`
}

function sectionOf({ target, dialect, operation }: Group): string {
  return legible(`${target}/${dialect}/${operation}`)
}

/** Everything that was asked, by target and operation, with a filter form that needs a script. */
export function everything(report: Report): Markup {
  const told = report.findings.filter(
    ({ verdict, evidence }) => verdict !== 'pass' && evidence.length > 0,
  )
  const detail = told.length > mostInFull ? 'brief' : 'full'
  return html`<section aria-labelledby="everything">
    <h2 id="everything">All requirements</h2>
    ${filters()}
    <p class="none">
      The exchanges of what passed are in evidence.json.gz; the command
      <code>poolproof show</code> prints those of one requirement, and how to repeat it.
    </p>
    ${groupsOf(report).map(
      (group) =>
        html`<section class="group" aria-labelledby="${sectionOf(group)}">
          <h3 id="${sectionOf(group)}">
            ${group.dialect}/${group.operation} <small>on ${group.target}</small>
          </h3>
          ${group.findings.map((finding) => (finding.verdict === 'fail' ? referringLine(finding) : findingLine(finding, report, detail)))}
        </section> `,
    )}
  </section>`
}

function filters(): Markup {
  return html`<form
    class="filters"
    id="filters"
    role="search"
    aria-label="Filter requirements"
    hidden
  >
    <fieldset>
      <legend>Verdict</legend>
      ${verdicts.map((verdict) => choice('verdict', verdict, verdictWords[verdict]))}
    </fieldset>
    <fieldset>
      <legend>Level</legend>
      ${levels.map((level) => choice('level', level, level))}
    </fieldset>
    <label class="search"
      >Text <input type="search" id="words" autocomplete="off" spellcheck="false"
    /></label>
    <div class="buttons">
      <button type="button" id="expand">Expand all</button
      ><button type="button" id="collapse">Collapse all</button>
    </div>
    <output id="shown" aria-live="polite"></output>
  </form>`
}

function choice(name: string, value: string, word: string): Markup {
  return html`<label
    ><input type="checkbox" name="${name}" value="${value}" checked /> ${word}</label
  >`
}

/** What was observed of each target, which can differ from its profile. */
export function observed({ targets }: Report): Markup | undefined {
  const seen = targets.filter(({ found }) => found)
  if (seen.length === 0) return undefined
  return html`<section aria-labelledby="found">
    <h2 id="found">Observed about ${seen.length === 1 ? 'this target' : 'these targets'}</h2>
    ${seen.map(
      ({ name, found = nothingFound }) =>
        html`<h3>${name}</h3>
          <ul class="sentences">
            <li>${readLagSentence(found)}</li>
            ${found.notOffered.map(
              ({ what, evidence }) =>
                html`<li><code>${what}</code> is not offered: <code>${evidence}</code></li>`,
            )}
          </ul>`,
    )}
  </section>`
}

const nothingFound: Found = { readLagMilliseconds: 0, notOffered: [] }

/** Rows of set-up operations that answers did not keep: apart, since they are not part of the verdict. */
export function setUpAnswers({ setUp = [] }: Report): Markup | undefined {
  if (setUp.length === 0) return undefined
  return html`<section aria-labelledby="set-up">
    <h2 id="set-up">Answers to set-up, outside the verdict</h2>
    <p>
      While the checks were asked, these answers to operations that set-up uses did not keep the
      response tables of their pages. With <code>--only</code> and the id of an operation, such as
      <code>elb/create-pool</code>, they are asked, and count.
    </p>
    <dl class="unasked">
      ${setUp.map(
        ({ id, level, target, message, metIn }) =>
          html`<dt><code>${id}</code> <span class="level">${level}</span></dt>
            <dd>${target}: ${message} <small>Met in ${metIn}</small></dd> `,
      )}
    </dl>
  </section>`
}

/** What no exchange can show, listed so that no one takes it for a pass. */
export function unobservables({ unobservable }: Report): Markup | undefined {
  if (unobservable.length === 0) return undefined
  return html`<section aria-labelledby="unobservable">
    <h2 id="unobservable">Not observable</h2>
    <p>
      The pages state these requirements too, but no exchange with the API can show whether they are
      kept, so they were not asked.
    </p>
    <dl class="unasked">${unobservable.map((unasked) => unaskedItem(unasked))}</dl>
  </section>`
}

function unaskedItem(unasked: Unasked): Markup {
  const { id, level, text, reason } = unasked
  return html`<dt><code>${id}</code> <span class="level">${level}</span></dt>
    <dd>
      ${text} <span class="why">${reason}</span> <small>Source: ${sourceLink(unasked)}</small>
    </dd> `
}

/** What the words mean. */
export function legend(): Markup {
  const terms = [
    ...verdicts.map(
      (verdict) =>
        html`<dt>${mark(verdict)}</dt>
          <dd>${verdictMeanings[verdict]}</dd>`,
    ),
    ...levels.map(
      (level) =>
        html`<dt><span class="level">${level}</span></dt>
          <dd>${levelMeanings[level]}</dd>`,
    ),
    ...Object.entries(purposeMeanings).map(
      ([purpose, meaning]) =>
        html`<dt><b>${purpose}</b></dt>
          <dd>An exchange that ${meaning}.</dd>`,
    ),
  ]
  return html`<footer>
    <h2>How to read this</h2>
    <dl class="legend">${terms}</dl>
    <p>
      Secrets were masked when the exchanges were recorded, and signatures are not shown. The
      complete evidence is in the same directory: in <code>conformance.json</code>, and that of what
      passed in <code>evidence.json.gz</code>.
    </p>
  </footer>`
}
