/** A report as one self-contained page: no network, readable without scripts. */

import { attention } from './html-attention.ts'
import { framed } from './html-frame.ts'
import {
  observed,
  everything,
  legend,
  masthead,
  overview,
  setUpAnswers,
  unobservables,
} from './html-page.ts'
import { script } from './html-script.ts'
import { style } from './html-style.ts'
import { html } from './html-text.ts'
import type { Report } from './report.ts'
import { inOneSentence } from './wording.ts'

/** The page, to be written as `index.html`. */
export function htmlPage(report: Report): string {
  const names = report.targets.map(({ name }) => name).join(', ')
  const conclusion = inOneSentence(report)
  return framed({
    title: `${names}: ${conclusion}`,
    description: conclusion,
    style,
    script,
    body: html`<a class="skip" href="#main">Skip to what needs attention</a>
      ${masthead(report)} ${overview(report)}
      <main id="main">
        ${attention(report)} ${setUpAnswers(report)} ${observed(report)} ${everything(report)}
        ${unobservables(report)}
      </main>
      ${legend()}`,
  })
}
