/** From the text of a body to a value that the rest of the program can use without precautions. */

import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** Deeper than any documented answer, and far from what exhausts the stack of a function that follows it down. */
const deepest = 100

/** Entries of one list, or fields of one object: more than any account has of anything. */
const longest = 100_000

/** The body as JSON; `undefined` when it is empty, not JSON, HTML, or out of all proportion. */
export function readJson(text: string, type = ''): unknown {
  if (text === '' || type.startsWith('text/html')) return undefined
  try {
    return harmless(JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: true,
  // Without this, `&#45;` stays as it is.
  htmlEntities: true,
})

/**
 * The children of the root, and the root's name as `#root`; text stays text, repeats become arrays.
 *
 * @returns `undefined` when it is not well-formed, HTML, out of all proportion, or has a DOCTYPE: no answer of
 *   an API needs one, and entities can be made to read files or to grow without end.
 */
export function readXml(text: string, type = ''): unknown {
  if (type.includes('html') || /<!DOCTYPE/i.test(text)) return undefined
  try {
    if (XMLValidator.validate(text) !== true) return undefined
    const [root] = Object.entries(parser.parse(text) as Record<string, unknown>)
    if (!root) return undefined
    const [name, children] = root
    return harmless(
      typeof children === 'object' ? { '#root': name, ...children } : { '#root': name },
    )
  } catch {
    // The parser throws on names such as `__proto__` and on very deep documents.
    return undefined
  }
}

/**
 * The value, if it is of a reasonable size and no field of it hides a method of every object: text is made of a
 * value by `toString`, which a field of that name would replace.
 */
function harmless(value: unknown): unknown {
  const found = { halves: false }
  if (!isHarmless(value, 0, found)) return undefined
  return found.halves ? wellFormed(value) : value
}

function isHarmless(value: unknown, depth: number, found: { halves: boolean }): boolean {
  if (typeof value === 'string') {
    found.halves ||= !value.isWellFormed()
    return true
  }
  if (typeof value !== 'object' || value === null) return true
  if (depth >= deepest) return false
  if (Array.isArray(value)) {
    if (value.length > longest) return false
    return value.every((one) => isHarmless(one, depth + 1, found))
  }
  const entries = Object.entries(value)
  if (entries.length > longest) return false
  return entries.every(([key, one]) => {
    found.halves ||= !key.isWellFormed()
    return !(key in Object.prototype) && isHarmless(one, depth + 1, found)
  })
}

/**
 * Half of a surrogate pair is not a character, and cannot be put into a URL or a file: each becomes U+FFFD, as
 * it does when bytes are decoded.
 */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => wellFormed(one))
  const entries = Object.entries(value).map(([key, one]) => [key.toWellFormed(), wellFormed(one)])
  return Object.fromEntries(entries) as unknown
}
