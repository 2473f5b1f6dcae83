/** Words that name the parts of a format: `kind` in `{kind}:{size}`, `start` in `start-end`. */
import type { Line } from '../page/page.ts'

const PLACEHOLDER = /\{([A-Za-z]\w{0,40})\}/g

/** @returns The words in braces, in any line of a cell. */
export function placeholders(lines: readonly Line[]): ReadonlySet<string> {
  return new Set(
    lines.flatMap(({ text }) => Array.from(text.matchAll(PLACEHOLDER), ([, word = '']) => word)),
  )
}

/**
 * Whether all words stand in a text as parts of a longer one: joined by a full stop or a hyphen, in
 * braces, or as keys of an object.
 */
export function areParts(words: readonly string[], text: string): boolean {
  return words.length > 1 && words.every((word) => isPart(word, text))
}

function isPart(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at)
    const behind = text.slice(at + word.length, at + word.length + 2)
    if (before.endsWith('{') && behind.startsWith('}')) return true
    if (before.endsWith('"') && behind.startsWith('":')) return true
    if (/[\w}][.-]$/.test(before) && !/^\w/.test(behind)) return true
    if (/^[.-][\w{]/.test(behind) && !/\w$/.test(before)) return true
  }
  return false
}
