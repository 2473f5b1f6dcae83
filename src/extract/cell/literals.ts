/** Literal values in prose: `TCP, UDP, and HTTP`. */
import { forceOf } from './signals.ts'

/** A word that can be a value of a field: no spaces, and not an English word in lower case. */
const LITERAL =
  /^(?:[A-Z][A-Z0-9_]*|[A-Za-z.-]*[\d_][\w.-]*|[A-Z]+(?:-[A-Z]+)+|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|null|true|false|True|False|\[\]|-?\d+|-?\d+\.\d+|\/)$/

const THOUSANDS = /^-?\d{1,3}(?:,\d{3})+$/

/** Words in lower case count as values only where they stand in bold or in a list of values. */
const WORD = /^[A-Za-z0-9_./+*-]{1,60}$/

const SEPARATOR = /(?<!\s)(?:\s*(?:,\s*(?:(?:and|or|and\/or)\s+)?|[;|]\s*|\/\s+)|\s+(?:and|or)\s+)/
/** `HOT (summer)`: what the value means, or that it is the default. */
const MEANING = /\s?\(([^()]{1,200})\)/g
const PRESET = /^(?:by )?(?:the )?default(?: value| setting| option)?$/i
/** `TCP/UDP` are two values, `text/html` is one: only capitals are taken apart. */
const SLASHED = /^(?:[A-Z][A-Z0-9_]*(?:\/[A-Z][A-Z0-9_]*)+|true\/false|yes\/no)$/

/** Takes quotes and brackets off a printed value. */
export function bare(value: string): string {
  return value
    .trim()
    .replace(/^["'`“‘]+/, '')
    .replace(/(?<!["'`.;,”’])["'`.;,”’]+$/, '')
}

/** A quoted or bold word, or one that is not an English word. */
export function isValue(written: string, bold: readonly string[]): boolean {
  const value = bare(written)
  return isQuoted(written) || inBold(value, bold) || LITERAL.test(value) || THOUSANDS.test(value)
}

/** Also where a whole list is bold: `**on | off**`. */
function inBold(value: string, bold: readonly string[]): boolean {
  return bold.some(
    (part) => bare(part) === value || part.split(SEPARATOR).map(bare).includes(value),
  )
}

function isQuoted(value: string): boolean {
  return /^(["'`]).+\1$|^[“‘].+[”’]$/.test(value.trim().replace(/(?<![.;,])[.;,]+$/, ''))
}

/** Values in the order of the page, and which of them is marked as the default. */
export interface List {
  readonly values: readonly string[]
  readonly preset?: string
}

/**
 * The values a list in prose names, if every part of it is one.
 *
 * @param bold - What is bold in the sentence. A word of ordinary English is a value only when bold.
 * @param plainWords - Accept any single word, for places where only values can stand.
 * @returns `undefined` also where a meaning in brackets has the force of a rule.
 */
export function readList(
  list: string,
  bold: readonly string[],
  plainWords = false,
): List | undefined {
  const meanings = Array.from(list.matchAll(MEANING), ([, meaning = '']) => meaning)
  if (meanings.some((meaning) => !PRESET.test(meaning) && forceOf(meaning).length > 0))
    return undefined
  const preset =
    /([^\s,;|()]{1,60})\s?\((?:by )?(?:the )?default(?: value| setting| option)?\)/i.exec(list)?.[1]
  const values = partsOf(list).flatMap((part) => valuesIn(part, bold, plainWords))
  if (values.length === 0 || values.includes(undefined)) return undefined
  const marked = preset === undefined ? {} : { preset: bare(preset) }
  return { values: values.filter((value) => value !== undefined), ...marked }
}

function partsOf(list: string): readonly string[] {
  return list
    .replace(MEANING, '')
    .replace(/^(?:either|both)\s+/i, '')
    .split(SEPARATOR)
    .filter((part) => part.trim() !== '')
}

function valuesIn(
  part: string,
  bold: readonly string[],
  plainWords: boolean,
): readonly (string | undefined)[] {
  const value = bare(part)
  const marked = inBold(value, bold) || isQuoted(part)
  if (marked) return [WORD.test(value) ? value : undefined]
  if (/^n\/a$/i.test(value)) return [undefined]
  if (SLASHED.test(value)) return value.split('/')
  if (/\w\/\w/.test(value)) return [undefined]
  return [LITERAL.test(value) || (WORD.test(value) && plainWords) ? value : undefined]
}

/** The values of a list, where the list marks no default. */
export function literals(
  list: string,
  bold: readonly string[],
  plainWords = false,
): readonly string[] | undefined {
  return readList(list, bold, plainWords)?.values
}
