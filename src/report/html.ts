/** A report as one self-contained page: no network, readable without scripts. */

import { createHash } from 'node:crypto'
import { attention } from './html-attention.ts'
import { observed, everything, legend, masthead, overview, unobservables } from './html-page.ts'
import { script } from './html-script.ts'
import { style } from './html-style.ts'
import { html, Markup } from './html-text.ts'
import type { Report } from './report.ts'
import { inOneSentence } from './wording.ts'

/** Content security policy: this style, this script, and nothing from anywhere else. */
const policy = [
  "default-src 'none'",
  `style-src ${hash(style)}`,
  `script-src ${hash(script)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** The page, to be written as `index.html`. */
export function htmlPage(report: Report): string {
  const names = report.targets.map(({ name }) => name).join(', ')
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="description" content="${inOneSentence(report)}" />
        <title>${names}: ${inOneSentence(report)}</title>
        <link rel="icon" href="data:," />
        ${element('style', style)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to what needs attention</a>
        ${masthead(report)} ${overview(report)}
        <main id="main">
          ${attention(report)} ${observed(report)} ${everything(report)} ${unobservables(report)}
        </main>
        ${legend()} ${element('script', script)}
      </body>
    </html> `
  return page.html
}

/** Exactly the text whose hash the policy has. A template would be reformatted and could change it. */
export function element(name: 'style' | 'script', text: string): Markup {
  return new Markup(`<${name}>${text}</${name}>`)
}

/** How a content security policy names a style or a script that it allows. */
export function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
