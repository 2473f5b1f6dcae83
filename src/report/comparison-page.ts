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
import { element, hash } from './html.ts'
import { style as reportStyle } from './html-style.ts'
import { html, type Markup } from './html-text.ts'

const style = `${reportStyle}
.differences th, .differences td { text-align: left; vertical-align: top; white-space: normal; overflow-wrap: anywhere; }
.differences td { width: 33%; }
`

const policy = `default-src 'none'; style-src ${hash(style)}; img-src data:; base-uri 'none'; form-action 'none'`

const conclusions = { 0: 'conformant', 1: 'failed', 3: 'undecided' } as const

/** The page. */
export function comparisonPage(comparison: Comparison): string {
  const { before, after, exitCode } = comparison
  const warnings = comparisonWarnings(comparison).map((one) => html`<p>${one}</p> `)
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Poolproof: ${comparisonInOneSentence(comparison)}</title>
        <link rel="icon" href="data:," />
        ${element('style', style)}
      </head>
      <body>
        <header>
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
        <main>${sectionsOf(comparison).map(([title, some]) => section(title, some))}</main>
      </body>
    </html> `
  return page.html
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
