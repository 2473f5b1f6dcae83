/**
 * The one function through which all text leaves the program: terminal, files, JSON.
 *
 * Text that a target may have influenced must not hide anything from a reader, and must not be executed by a
 * terminal, a CI runner or a viewer.
 */

/**
 * Characters that a reader cannot see and some programs obey: control characters (among them the escape
 * of a terminal), marks that reverse the reading direction, zero-width and other ignorable characters,
 * halves of surrogate pairs, line separators, and code points that are not characters.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu

/** Everything but visible ASCII, line feed and tab; found first, because it is rare and quickly found. */
const uncommon = /[^\n\t -~]+/g

/**
 * Beginnings of workflow commands, which CI runners execute when a process prints them:
 * `::error::` at the beginning of a line (GitHub), `##[group]` (GitHub, Azure), `##vso[task…]`,
 * `##teamcity[…]` anywhere in a line.
 */
const lineCommand = /^([^\S\r\n\u2028\u2029]*):(?=:)/gm
const bracketCommand = /#(?=#\w*\[)/g

/**
 * The same text with everything unseen spelled out, `\u202e`, with line feeds as line ends, and with no
 * line that a CI runner takes for a command.
 *
 * JSON text stays JSON text of the same value: inside strings, `\u202e` is an escape of the same character.
 */
export function legible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(uncommon, (run) => run.replaceAll(unseen, spelled))
    .replaceAll(lineCommand, (_, blanks: string) => `${blanks}${spelled(':')}`)
    .replaceAll(bracketCommand, spelled('#'))
}

/** The same on a single line. */
export function onOneLine(text: string): string {
  return legible(text).replaceAll(/\s+/g, ' ').trim()
}

/** A value as indented JSON that is safe to print: lossless, with everything unseen escaped. */
export function legibleJson(value: unknown): string {
  return legible(JSON.stringify(value, null, 2))
}

/**
 * The beginning of a text, with a note about the rest.
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

/** One escape for each UTF-16 code unit, as in JSON. */
function spelled(character: string): string {
  let escapes = ''
  for (let index = 0; index < character.length; index += 1) {
    escapes += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`
  }
  return escapes
}
