/** The phrases in which the two vendors state values and defaults. */
import { state, type Facts } from './facts.ts'
import { bare, isValue, literals, readList } from './literals.ts'
import { SPAN, tailLength } from './number.ts'
import { restOf, type Phrase } from './phrase.ts'

const RANGE_ONLY = new RegExp(`^(?:from )?${SPAN}`)
/** A printed value, quoted or without blanks. */
const VALUE = `("[^"]{0,100}"|'[^']{0,100}'|“[^”]{0,100}”|-?\\d{1,3}(?:,\\d{3})+(?!\\d)\\.?|[^\\s,;]{1,100})`
const PRESET = `(?:[,;.]? (?:and )?(?:the |its )?default(?: value)?(?: is|:) ?${VALUE})?`
const END = '[.;]?$'
const SUBJECT = '(?:values?|it|this (?:parameter|field)|parameter|field)'
const NAMES =
  '(?:(?:(?:valid|possible|available|supported|optional|allowed|enumerated|enumeration|enum) )?(?:values?|value options?|options?|value range|enumeration|enum)|(?:allowed|supported|permitted)(?=:))'

function values(
  facts: Facts,
  list: string | undefined,
  bold: readonly string[],
  words = false,
): boolean {
  const read = readList(list ?? '', bold, words)
  if (!read || (read.values.length === 1 && read.values[0] === 'null')) return false
  facts.values = state(facts.values, read.values)
  if (read.preset !== undefined) preset(facts, read.preset)
  return true
}

/** Values, and behind them a default. */
function valuesAndPreset(words: boolean): Phrase['read'] {
  return ([, list, value], facts, bold) => {
    if (RANGE_ONLY.test(list ?? '') || !values(facts, list, bold, words)) return false
    if (value !== undefined) preset(facts, value)
    return true
  }
}

function preset(facts: Facts, written: string): void {
  const printed = bare(written)
  const value = numeral(printed, facts)
  if (/^(?:blank|empty|none)$/i.test(value)) facts.doubts.add('default-of-blank')
  else facts.default = state(facts.default, value === '' ? written.replace(/\.$/, '') : value)
}

/** `1,000` without its comma, and of a number `300s` without its unit. */
function numeral(printed: string, { about }: Facts): string {
  if (/^-?\d{1,3}(?:,\d{3})+$/.test(printed)) return printed.replaceAll(',', '')
  const isNumber = about.type?.type === 'integer' || about.type?.type === 'number'
  return (isNumber ? /^(-?\d+)(?:ms|s|min|h|[KMGT]B)$/.exec(printed)?.[1] : undefined) ?? printed
}

/** A value at once where it can be nothing else; other words are decided when the cell has been read. */
function guess(match: RegExpExecArray, facts: Facts, bold: readonly string[]): void {
  const [all, value = ''] = match
  const word = bare(value)
  if (word === '' || isValue(value, bold) || /^(?:blank|empty|none)$/i.test(word))
    return preset(facts, value)
  const strong = /\bdefault value\b|^default ?[:=]/i.test(all)
  facts.guesses.push({ value: word, sentence: match.input, strong })
}

/** A default counts only if nothing behind it limits it: `80 for HTTP`, `80 (HTTP) or 443`. */
const defaults: Phrase['read'] = (match, facts, bold) => {
  const [, value = ''] = match
  const rest = restOf(match)
  const tail = tailLength(rest)
  const behind = rest.slice(tail)
  if (/^(?:the|an?|when|used|not)$/i.test(value)) return false
  if (/^\s*(?:\([^()]{0,100}\)\s*)?(?:or|for|if|when|in)\b/i.test(behind)) return false
  if (!/[.]$/.test(value) && !/^\s*(?:[,;.()]|and\b|$)/i.test(behind)) return false
  guess(match, facts, bold)
  return tail
}

/** A default in words that might say something else: only a literal will do. */
const literalDefault: Phrase['read'] = ([, value], facts, bold) => {
  const [only, ...others] = literals(value ?? '', bold) ?? []
  if (only === undefined || others.length > 0) return false
  preset(facts, only)
  return true
}

export const VALUES: readonly Phrase[] = [
  {
    pattern: /, which can be ([^;:]{1,200}?)\.?$/i,
    read: ([, list], facts, bold) => values(facts, list, bold),
  },
  {
    pattern: new RegExp(
      `\\b(?:the |its )?${SUBJECT} (?:can|must|should|may)(?: only)? be (?:set to |fixed (?:to|at) )?(?:any of |one of )?(?:the following(?: values)?: ?)?(?:either )?([^;:]{1,300}?)${PRESET}${END}`,
      'i',
    ),
    read: ([, list, value], facts, bold) => {
      const read = values(facts, list, bold)
      if (value !== undefined) preset(facts, value)
      return read || value !== undefined
    },
  },
  {
    pattern:
      /^(?:the|its) (?:parameter )?value is (?:either |one of )?([^;:]{1,300}?)(?=[.;]?$|, )/i,
    read: ([, list = ''], facts, bold) =>
      (/^[A-Z][A-Z0-9_]+$/.test(list) || (literals(list, bold)?.length ?? 0) > 1) &&
      values(facts, list, bold),
  },
  {
    pattern: /^set (?:the value|this parameter|the parameter|it) to ([^;:]{1,300}?)[.;]?$/i,
    read: ([, list], facts, bold) => values(facts, list, bold),
  },
  {
    pattern: /^([^;:.]{1,300}?)[.;]?$/,
    read: ([, list = ''], facts, bold) => {
      if (!/ or |[,|/]/.test(list) || !values(facts, list, bold)) return false
      if (facts.values?.value.some((value) => !/^(?:true|false)$/.test(value)))
        facts.doubts.add('enumeration-without-lead')
      return true
    },
  },
  {
    pattern: /^(?:the |its )?value is fixed (?:to|at|as) (\S{1,60}?)[.;]?$/i,
    read: ([, list], facts, bold) => values(facts, list, bold),
  },
  {
    pattern: /^(?:currently, )?(?:only )?([^.]{1,200}) (?:are|is) supported\.?$/i,
    read: ([, list], facts, bold) => values(facts, list, bold),
  },
  {
    pattern: new RegExp(
      `^(?:the )?${NAMES}(?:\\s*(?:includes?|are|is))?(?: as follows)?\\s*:\\s*(?!\\s)([^:]{1,300}?)${PRESET}${END}`,
      'i',
    ),
    read: valuesAndPreset(true),
  },
  {
    pattern: new RegExp(
      `^(?:the )?${NAMES} (?:includes?|are|is) ([^:]{1,300}?)${PRESET}${END}`,
      'i',
    ),
    read: valuesAndPreset(false),
  },
  {
    pattern: /^(?:either|(?:any )?one of):? ([^;:]{1,300}?)[.;]?$/i,
    read: ([, list = ''], facts, bold) =>
      (literals(list, bold)?.length ?? 0) > 1 && values(facts, list, bold),
  },
  {
    pattern: /^(?=.{0,300}\(default\))(?:[^:;.]{1,60}: )?([^;:.]{1,300}?)[.;]?$/i,
    read: ([, list = ''], facts, bold) =>
      (literals(list, bold, true)?.length ?? 0) > 1 && values(facts, list, bold, true),
  },
]

export const DEFAULTS: readonly Phrase[] = [
  {
    pattern: new RegExp(`\\bdefault(?: value)?(?: is| ?:| ?=) ?${VALUE}(?=[\\s,;]|$)`, 'i'),
    read: defaults,
  },
  { pattern: new RegExp(`\\bdefaults to ${VALUE}(?=[\\s,;]|$)`, 'i'), read: defaults },
  {
    pattern: new RegExp(
      `^by default, (?:the (?:parameter )?value|it|this parameter) is (?:set to )?${VALUE}${END}`,
      'i',
    ),
    read: literalDefault,
  },
  {
    pattern: new RegExp(
      `^(?:(?:the (?:parameter )?value|it|this parameter) is (?:set to )?)?${VALUE} by default(?=[.,;]|$)`,
      'i',
    ),
    read: literalDefault,
  },
  {
    pattern:
      /\bvalue is an empty (?:character )?string by default\b|\bempty string by default\b|\bdefault(?: value)? is an empty (?:character )?string\b/i,
    read: (_, facts) => void (facts.default = state(facts.default, '')),
  },
  {
    pattern: /(?:\b(?:the |its )?(?:parameter )?value is )?\bleft blank by default\b/i,
    read: (_, facts) => void facts.doubts.add('default-of-blank'),
  },
]

/** What holds when a parameter is left out: the same as a default. */
export const WHEN_ABSENT: readonly Phrase[] = [
  {
    pattern: new RegExp(
      `^(?:the )?(?:default |its )?(?:value )?(?:is |to )?(?!\\w+Id is used)${VALUE} is used(?: by default)?${END}`,
      'i',
    ),
    read: literalDefault,
  },
  {
    pattern: new RegExp(`^(?:the|its) (?:parameter )?value is (?:set to )?${VALUE}${END}`, 'i'),
    read: literalDefault,
  },
  ...DEFAULTS,
]
