/** HTML templates: interpolated values are escaped unless they are HTML already. */

import { legible } from './legible.ts'

/** A piece of HTML; only this module makes one from a string. */
export class Markup {
  readonly html: string

  constructor(html: string) {
    this.html = html
  }
}

type Part = Markup | string | number | false | undefined | readonly Part[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text that is safe between tags and in quoted attributes, with invisible characters spelled out. */
export function escaped(text: string): string {
  return legible(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** Text between tags only, where quotes need no escape. JSON bodies are full of them. */
export function between(text: string): Markup {
  return new Markup(legible(text).replaceAll(/[&<>]/g, (character) => entities[character] ?? ''))
}

/**
 * A template whose values are escaped; `false` and `undefined` become empty, lists are joined.
 *
 * The indentation of the template is removed, that of the values is kept.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  const fixed = dedented(strings)
  let text = fixed[0] ?? ''
  for (const [index, value] of values.entries()) text += textOf(value) + fixed[index + 1]
  return new Markup(text)
}

/** Cached by template, since each template is filled thousands of times. */
const known = new WeakMap<TemplateStringsArray, readonly string[]>()

function dedented(strings: TemplateStringsArray): readonly string[] {
  const before = known.get(strings)
  if (before) return before
  const fixed = strings.map((text) => text.replaceAll(/(?<![ \t])[ \t]*\n\s*/g, '\n'))
  known.set(strings, fixed)
  return fixed
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.html
  if (part === undefined || part === false) return ''
  if (typeof part === 'object') return part.map((one) => textOf(one)).join('')
  return escaped(String(part))
}
