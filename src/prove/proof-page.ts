/** A proof as one HTML page without external files: figures, shortcomings and the kill matrix. */

import { framed } from '../report/html-frame.ts'
import { style as reportStyle } from '../report/html-style.ts'
import { html, type Markup } from '../report/html-text.ts'
import { ownMutants } from './proof-markdown.ts'
import type { LawfulResult, MutantResult, Proof, RequirementResult } from './proof.ts'
import { byOperation, figures, inOneSentence, seconds, type OperationGroup } from './proof-text.ts'

const style = `${reportStyle}
.matrix th, .matrix td { text-align: left; vertical-align: top; white-space: normal; }
.matrix td:nth-child(2) { white-space: nowrap; }
.matrix ul { margin: 0; padding: 0; list-style: none; }
.matrix li { margin: 0 0 .35rem; overflow-wrap: anywhere; }
.matrix small { display: block; max-width: 42rem; }
.matrix summary { cursor: pointer; }
.good { color: var(--pass); } .bad { color: var(--fail); } .odd { color: var(--inconclusive); }
`

/** The page, to be written as `index.html`. */
export function proofPage(proof: Proof): string {
  return framed({
    title: `Poolproof: ${inOneSentence(proof)}`,
    style,
    body: html`${masthead(proof)}
      <main>
        ${list('Shortcomings', proof.shortcomings)} ${list('Idle checks', proof.idleChecks)}
        ${list('Checks whose requirement no mutant breaks', proof.checksWithoutMutant)}
        ${byOperation(proof).map((group) => operation(group, proof))} ${lawfuls(proof)}
      </main>`,
  })
}

function masthead(proof: Proof): Markup {
  const state = proof.exitCode === 0 ? 'conformant' : 'failed'
  return html`<header>
    <p class="eyebrow"><b class="${state}"></b> How good the checks are at finding faults</p>
    <h1>${inOneSentence(proof)}</h1>
    <dl class="facts">
      ${figures(proof).map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd> `,
      )}
      <dt>When</dt>
      <dd>${proof.startedAt}, in ${seconds(proof.milliseconds)} on ${proof.threads} threads</dd>
      <dt>Repeat it</dt>
      <dd><code class="command">${proof.command}</code></dd>
    </dl>
  </header>`
}

function list(title: string, items: readonly string[]): Markup | false {
  return (
    items.length > 0 &&
    html`<h2>${title}</h2>
      <ul class="sentences">
        ${items.map((item) => html`<li>${item}</li> `)}
      </ul>`
  )
}

function operation({ operation: name, requirements }: OperationGroup, proof: Proof): Markup {
  const asked = requirements.filter((one) => one.asked)
  return html`<h2>${name}</h2>
    <table class="matrix">
      <thead>
        <tr>
          <th>Requirement</th>
          <th>Killed</th>
          <th>The mutants that break it</th>
        </tr>
      </thead>
      <tbody>
        ${asked.map((one) => row(one, proof))}
      </tbody>
    </table>`
}

function row({ id, level, text, kills }: RequirementResult, proof: Proof): Markup {
  const own = ownMutants(id, proof)
  const killed = own.filter((mutant) => mutant.killed).length
  const others = kills.filter((kill) => !own.some((mutant) => mutant.id === kill)).length
  return html`<tr id="${id}">
    <th scope="row">
      <code>${id}</code> <span class="level">${level}</span><small>${text}</small>
    </th>
    <td>
      <span class="${killed === own.length && killed > 0 ? 'good' : 'bad'}"
        >${killed}/${own.length}</span
      >
      ${others > 0 && html`<small>and ${others} more</small>`}
    </td>
    <td>
      <ul>
        ${own.map((mutant) => fault(mutant))}
      </ul>
    </td>
  </tr> `
}

function fault(mutant: MutantResult): Markup {
  const { id, story, explanation, killers, breaks, message } = mutant
  const others = killers.filter((killer) => killer !== breaks)
  return html`<li>
    <details>
      <summary>${verdict(mutant)} <code>${id}</code></summary>
      <small>${story}</small>
      ${explanation !== undefined && html`<small>Found elsewhere: ${explanation}</small>`}
      ${message !== undefined && html`<small>${message}</small>`}
      ${others.length > 0 && html`<small>Also found by ${others.join(', ')}.</small>`}
    </details>
  </li> `
}

function verdict({ killed, rightReason }: MutantResult): Markup {
  if (rightReason) return html`<span class="good">● killed</span>`
  if (killed) return html`<span class="odd">▲ killed by another check</span>`
  return html`<span class="bad">■ survived</span>`
}

function lawfuls({ references, variants }: Proof): Markup {
  return html`<h2>Variants</h2>
    <p>
      Servers that differ lawfully from the reference; no check may fail on them. The reference
      itself comes first.
    </p>
    <table class="matrix">
      <thead>
        <tr>
          <th>Variant</th>
          <th>Asked</th>
          <th>Failed</th>
        </tr>
      </thead>
      <tbody>
        ${[...references, ...variants].map((one) => variantRow(one))}
      </tbody>
    </table>`
}

function variantRow({ dialect, id, allowedBy, asked, failures }: LawfulResult): Markup {
  return html`<tr>
    <th scope="row"><code>${dialect} ${id}</code><small>${allowedBy ?? ''}</small></th>
    <td>${asked}</td>
    <td>
      ${
        failures.length === 0
          ? html`<span class="good">nothing</span>`
          : failures.map(
              ({ check, message }) =>
                html`<span class="bad">${check}</span><small>${message}</small> `,
            )
      }
    </td>
  </tr> `
}
