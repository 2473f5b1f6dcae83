/** Literal values in prose: `TCP, UDP, and HTTP`. */

/** A word that can be a value of a field: no spaces, and not an English word in lower case. */
const LITERAL = /^(?:[A-Z][A-Z0-9_]*|[\w.-]*[\d_-][\w.-]*|null|true|false|\[\]|-?\d+|\/)$/

/** Words in lower case count as values only where they stand in bold or in a list of values. */
const WORD = /^[A-Za-z0-9_./+*-]{1,60}$/

const SEPARATOR = /\s*(?:,\s*(?:and|or)\s+|,\s*|\s+(?:and|or)\s+|\s*\|\s*|\s*\/\s+)\s*/

/** Takes quotes and brackets off a printed value. */
export function bare(value: string): string {
  return value.trim().replace(/^["'`]+|["'`.;,]+$/g, '')
}

/**
 * The values a list in prose names, if every part of it is one.
 *
 * @param bold - What is bold in the sentence. A word of ordinary English is a value only when bold.
 * @param plainWords - Accept any single word, for places where only values can stand.
 */
export function literals(
  list: string,
  bold: readonly string[],
  plainWords = false,
): readonly string[] | undefined {
  const parts = list
    .replace(/^(?:either|both)\s+/i, '')
    .split(SEPARATOR)
    .map(bare)
  const isValue = (part: string): boolean =>
    LITERAL.test(part) || (WORD.test(part) && (plainWords || bold.includes(part)))
  return parts.length > 0 && parts.every(isValue) ? parts : undefined
}
