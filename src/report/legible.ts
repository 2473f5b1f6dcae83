/** Makes text that a target may have influenced safe to show: nothing invisible, nothing that is executed. */

/**
 * What no reader can see and some programs obey: control characters (a terminal's escape among
 * them), marks that reverse the reading direction, halves of surrogate pairs, and the two code
 * points XML 1.0 has no place for. Tab and line feed stay.
 */
const unseen =
  // oxlint-disable-next-line no-control-regex -- finding them is the point
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** The same text with everything unseen spelled out, `\u202e`, and line ends as line feeds. */
export function legible(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(unseen, (unit) => spelled(unit))
}

/** The same on a single line. */
export function onOneLine(text: string): string {
  return legible(text).replaceAll(/\s+/g, ' ').trim()
}

/**
 * The beginning of a text, with a word about the rest.
 *
 * @param most - Characters to keep; no surrogate pair is cut in two.
 */
export function beginning(text: string, most: number): string {
  if (text.length <= most) return text
  const end = isHighSurrogate(text.charCodeAt(most - 1)) ? most - 1 : most
  const missing = (text.length - end).toLocaleString('en')
  return `${text.slice(0, end)}\n… ${missing} more characters; conformance.json has them all.`
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function spelled(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
