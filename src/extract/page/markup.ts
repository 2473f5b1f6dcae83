/** Markdown's inline marks and the vendors' small print, removed from one line at a time. */
import type { Line, Link } from './page.ts'

const LINK = /\[([^[\]]{0,400})\]\(([^()\s]{0,400})\)/g
const IMAGE = /!\[[^[\]]{0,400}\]\([^()\s]{0,400}\)/g
const ANCHOR = /<a name="[^"<>]{0,200}"><\/a>/g
const ATTRIBUTES = /^\{(?:#[\w-]+)?(?: ?\.[\w-]+)* ?\}$/
const TOPIC = /en-us_topic_(\d{6,})/gi

/** Full-width letters, digits and signs, and the dashes and commas that go with them. */
const WIDE = /[\uff01-\uff5e]/g
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/\u3001/g, ', '],
  [/\u3002/g, '. '],
  [/[\u2010\u2011\u2212]/g, '-'],
  [/[\u200b-\u200d\u2060\ufeff\u00ad]/g, ''],
]

/**
 * One run of spaces where there were several, none at the ends.
 *
 * Signs that look alike are made one: `１～９` is `1~9`, for a page's writer meant no difference.
 */
export function squeeze(text: string): string {
  return narrow(text)
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
}

function narrow(text: string): string {
  if (!/[^\u0020-\u007e\s]/.test(text)) return text
  const wide = text.replace(WIDE, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
  return ALIKE.reduce((read, [signs, sign]) => read.replace(signs, sign), wide)
}

/** Links of a Markdown text, in order. */
export function linksIn(markdown: string): readonly Link[] {
  return Array.from(markdown.matchAll(LINK), ([, text = '', target = '']) => ({
    text: plain(text),
    target,
  }))
}

/** What is set bold in a Markdown text, unescaped. */
export function boldIn(markdown: string): readonly string[] {
  return markdown
    .split('**')
    .filter((_, index) => index % 2 === 1)
    .map((part) => plain(part))
    .filter((part) => part !== '')
}

/** Markdown as a reader sees it: no anchors, link targets, stars, back ticks or escapes. */
export function plain(markdown: string): string {
  const shown = markdown.replace(IMAGE, '').replace(ANCHOR, '')
  const visible = shown.replace(LINK, '$1').replaceAll('**', '')
  return squeeze(visible.replaceAll('`', '').replace(/\\([^A-Za-z0-9\s])/g, '$1'))
}

/** A heading without its anchor or `{#id .class}`, which is looked for from the end: blanks cost nothing. */
export function headingText(markdown: string): string {
  const text = squeeze(markdown.replace(ANCHOR, ''))
  const brace = text.lastIndexOf('{')
  const attributed = brace !== -1 && ATTRIBUTES.test(text.slice(brace))
  return plain(attributed ? text.slice(0, brace) : text)
}

/** Ids of the vendor's source documents in anchors, each once. */
export function topicsIn(markup: string): readonly string[] {
  return [...new Set(Array.from(markup.matchAll(TOPIC), ([, topic = '']) => topic))]
}

/** A line of Markdown, with `**Note:**` at its start taken as a note box. */
export function markdownLine(markdown: string, depth: number): Line {
  const text = plain(markdown)
  const note = /^note\b:?/i.test(text)
  return {
    depth,
    text: note ? text.replace(/^note:?\s*/i, '') : text,
    bold: boldIn(markdown),
    note,
  }
}
