/** A comparison as one HTML page without external files. */

import type { Comparison, Difference } from './comparison.ts'
import {
  comparisonInOneSentence,
  comparisonWarnings,
  costSentence,
  reportLine,
  sectionsOf,
  sideText,
} from './comparison-text.ts'
import { framed } from './html-frame.ts'
import { style as reportStyle } from './html-style.ts'
import { html, type Markup } from './html-text.ts'

const style = `${reportStyle}
.differences th, .differences td { text-align: left; vertical-align: top; white-space: normal; overflow-wrap: anywhere; }
.differences td { width: 33%; }
`

const conclusions = { 0: 'conformant', 1: 'failed', 3: 'undecided' } as const

/** The page. */
export function comparisonPage(comparison: Comparison): string {
  const { before, after, exitCode } = comparison
  const warnings = comparisonWarnings(comparison).map((one) => html`<p>${one}</p> `)
  return framed({
    title: `Poolproof: ${comparisonInOneSentence(comparison)}`,
    style,
    body: html`<header>
        <p class="eyebrow"><b class="${conclusions[exitCode]}"></b> Two reports compared</p>
        <h1>${comparisonInOneSentence(comparison)}</h1>
        <dl class="facts">
          <dt>Before</dt>
          <dd>${reportLine(before)}</dd>
          <dt>After</dt>
          <dd>${reportLine(after)}</dd>
        </dl>
        ${warnings}
        <p>${costSentence(comparison)}</p>
      </header>
      <main>${sectionsOf(comparison).map(([title, some]) => section(title, some))}</main>`,
  })
}

function section(title: string, differences: readonly Difference[]): Markup | false {
  if (differences.length === 0) return false
  return html`<section>
    <h2>${title} (${differences.length})</h2>
    <table class="differences">
      <thead>
        <tr>
          <th scope="col">Requirement</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        ${differences.map((one) => row(one))}
      </tbody>
    </table>
  </section> `
}

function row({ id, text, before, after }: Difference): Markup {
  return html`<tr>
    <th scope="row"><code>${id}</code><br />${text}</th>
    <td>${sideText(before)}</td>
    <td>${sideText(after)}</td>
  </tr> `
}
