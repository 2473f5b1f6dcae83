/** Writes plain values as XML: an array repeats its element, and an undefined value has none. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** A document with one root. Names are written as they are; texts are escaped. */
export function xmlOf(root: string, value: unknown): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${elements(root, value)}`
}

function elements(name: string, value: unknown): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.map((each) => elements(name, each)).join('')
  const content = contentOf(value)
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`
}

function contentOf(value: unknown): string {
  if (value === null) return ''
  if (typeof value !== 'object') return escaped(textOf(value))
  return Object.entries(value)
    .map(([name, each]) => elements(name, each))
    .join('')
}

/** A text as it is; a number or a boolean as in JSON. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Characters that XML 1.0 does not allow, even escaped, become U+FFFD. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character)
}
