/** The frame of every HTML page that is written: self-contained, with a policy that allows only its own parts. */

import { createHash } from 'node:crypto'
import { html, Markup } from './html-text.ts'

/** What one page consists of. */
export interface Page {
  readonly title: string
  /** For search engines and link previews. None when it is not given. */
  readonly description?: string
  readonly style: string
  /** Runs at the end of the body. */
  readonly script?: string
  /** The body, without the script. */
  readonly body: Markup
}

/** The page as text, to be written as a file. */
export function framed({ title, description, style, script, body }: Page): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy(style, script)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        ${description !== undefined && html`<meta name="description" content="${description}" />`}
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${element('style', style)}
      </head>
      <body>
        ${body} ${script !== undefined && element('script', script)}
      </body>
    </html> `
  return page.html
}

/** Content security policy: this style, this script, and nothing from anywhere else. */
function policy(style: string, script: string | undefined): string {
  const rules = [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    ...(script === undefined ? [] : [`script-src ${hash(script)}`]),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return rules.join('; ')
}

/** Exactly the text whose hash the policy has. A template would be reformatted and could change it. */
function element(name: 'style' | 'script', text: string): Markup {
  return new Markup(`<${name}>${text}</${name}>`)
}

/** How a content security policy names a style or a script that it allows. */
function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
