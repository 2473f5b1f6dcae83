/** The phrases in which the two vendors state limits, values and defaults: one rule each. */
import { state, type Facts } from './facts.ts'
import { bare, literals } from './literals.ts'
import { endsRange, isMeasure, NUMBER, numberOf, SPAN } from './number.ts'

interface Phrase {
  readonly pattern: RegExp
  /** @returns false when the words fit but the values do not, so that the sentence stays unread. */
  readonly read: (match: RegExpExecArray, facts: Facts, bold: readonly string[]) => boolean | void
}

const COUNT = '(\\d{1,3}(?:,\\d{3})+|\\d+)(?![.,]?\\d)'
const CHARACTERS = '(?:unicode )?(?:characters|bytes|letters)'

function maxLength(facts: Facts, written: string | undefined): void {
  facts.maxLength = state(facts.maxLength, numberOf(written))
}

/** A range counts only if the sentence ends with it: `1 to 65535 or -1` says more than a range. */
function range(facts: Facts, match: RegExpExecArray): void {
  const [, minimum, maximum] = match
  if (!endsRange(restOf(match))) {
    facts.doubts.add('range-goes-on')
    return
  }
  facts.range = state(facts.range, { minimum: numberOf(minimum), maximum: numberOf(maximum) })
}

function restOf({ index, input, 0: all }: RegExpExecArray): string {
  return input.slice(index + all.length)
}

const RANGE_ONLY = new RegExp(`^${SPAN}`)
const OTHER_UNIT =
  /^,? (?:or|and) (?:in )?(?:milliseconds?|seconds?|minutes?|hours?|days?|[KMGT]B)\b/i
const NEGATION = /\b(?:not|never|cannot|neither|nor)\b/i

function nullable(match: RegExpExecArray, facts: Facts): boolean {
  if (NEGATION.test(match.input.slice(0, match.index)) || /^ or\b/i.test(restOf(match)))
    return false
  facts.nullable = true
  return true
}

/** `up to 20 tags` limits a list, `up to 300 seconds` and `at most 5 calls per second` do not. */
function maxItems(match: RegExpExecArray, facts: Facts): boolean {
  const [, most, noun = ''] = match
  if (isMeasure(noun) || /^[^,;.]{0,40}\bper\b/i.test(restOf(match))) return false
  facts.maxItems = state(facts.maxItems, numberOf(most))
  return true
}

function bounds(facts: Facts, minimum: string | undefined, maximum: string | undefined): void {
  facts.minLength = state(facts.minLength, numberOf(minimum))
  maxLength(facts, maximum)
}

function values(
  facts: Facts,
  list: string | undefined,
  bold: readonly string[],
  words = false,
): boolean {
  const read = literals(list ?? '', bold, words)
  if (!read) return false
  facts.values = state(facts.values, read)
  return true
}

/** Tried in order on every sentence; several may fit one sentence. */
export const PHRASES: readonly Phrase[] = [
  {
    pattern: new RegExp(`\\b${COUNT} (?:unicode )?characters at most\\b`, 'i'),
    read: ([, most], facts) => maxLength(facts, most),
  },
  {
    pattern: /, which can be ([^;:]{1,200}?)\.?$/i,
    read: ([, list], facts, bold) => values(facts, list, bold),
  },
  {
    pattern: new RegExp(`maximum(?: length)?(?: is| of) ${COUNT} ${CHARACTERS}`, 'i'),
    read: ([, most], facts) => maxLength(facts, most),
  },
  {
    pattern: new RegExp(
      `(?:not exceed|more than|longer than|up to|at most) ${COUNT} ${CHARACTERS}`,
      'i',
    ),
    read: ([, most], facts) => maxLength(facts, most),
  },
  {
    pattern: new RegExp(`(?:^|\\s)${COUNT}(?: to | ?[-–~] ?)${COUNT} ${CHARACTERS}`, 'i'),
    read: ([, least, most], facts) => bounds(facts, least, most),
  },
  {
    pattern: new RegExp(
      `length(?: must be| is| ranges| range is)? (?:from |between )?${COUNT}(?: to | and | ?[-–~] ?)${COUNT}(?! characters)`,
      'i',
    ),
    read: ([, least, most], facts) => bounds(facts, least, most),
  },
  {
    pattern: new RegExp(
      `^(?:(?:the |its )?(?:value|port number|port|weight)|it)\\b.{0,40}?\\brang(?:es|ing) from ${SPAN}`,
      'i',
    ),
    read: (match, facts) => range(facts, match),
  },
  {
    pattern: new RegExp(
      `\\b(?:valid values?|value range|range|optional values?)(?: is| are| of)?\\s*:?\\s*(?:from )?${SPAN}`,
      'i',
    ),
    read: (match, facts) => range(facts, match),
  },
  {
    pattern: new RegExp(`\\brange(?: is)?:? ?\\[${NUMBER}, ?${NUMBER}\\]`, 'i'),
    read: (match, facts) => range(facts, match),
  },
  {
    pattern: /\brange(?: is)?:? ?[[(]-?[\d.,]+, ?-?[\d.,]+[\])]/i,
    read: ([interval], facts) =>
      interval.includes('(') || interval.endsWith(')')
        ? void facts.doubts.add('range-goes-on')
        : undefined,
  },
  {
    pattern: new RegExp(`\\bvalue (?:must be |is )?(?:between|an integer from) ${SPAN}`, 'i'),
    read: (match, facts) => range(facts, match),
  },
  {
    pattern:
      /\b(?:the )?value (?:can|must|should) (?:only )?be (?:one of )?(?:either )?([^;:]{1,300}?)(?:,? and the default value is ([^\s,;:]+))?[.;]?$/i,
    read: ([, list, preset], facts, bold) => {
      if (preset !== undefined) facts.default = state(facts.default, bare(preset))
      return values(facts, list, bold) || preset !== undefined
    },
  },
  {
    pattern: /^the (?:parameter )?value is ([A-Z][A-Z0-9_]+)(?:,.*)?$/,
    read: ([, value], facts, bold) => values(facts, value, bold),
  },
  {
    pattern: /^([^.]{1,200}) (?:are|is) supported\.?$/i,
    read: ([, list], facts, bold) => values(facts, list, bold),
  },
  {
    pattern:
      /^(?:valid values?|values?|options|possible values?)\s*(?:include|are|is)?\s*:\s*([^:]{1,300}?)\.?$/i,
    read: ([, list], facts, bold) => RANGE_ONLY.test(list ?? '') || values(facts, list, bold, true),
  },
  {
    pattern:
      /\bdefault(?: value)?(?: is|:) ("[^"]{0,100}"|'[^']{0,100}'|[^\s,;]{1,100})(?=[\s,;]|$)(?! \w+ by)/i,
    read: ([, value = ''], facts) => {
      if (/^(?:the|a|an|when|used)$/i.test(value)) return false
      facts.default = state(
        facts.default,
        bare(value) === '' ? value.replace(/\.$/, '') : bare(value),
      )
      return true
    },
  },
  {
    pattern: /\bvalue is an empty (?:character )?string by default\b|\bempty string by default\b/i,
    read: (_, facts) => void (facts.default = state(facts.default, '')),
  },
  {
    pattern: /\bleft blank by default\b/i,
    read: (_, facts) => void facts.doubts.add('default-of-blank'),
  },
  {
    pattern: /\bvalue is null\b|\bset (?:it|this parameter|the value) to null\b|\bor null\b/i,
    read: nullable,
  },
  {
    pattern: /\b(?:parameter|field|attribute) is reserved\b|\breserved (?:field|parameter)\b/i,
    read: (_, facts) => void (facts.reserved = true),
  },
  {
    pattern:
      /\b(?:in (?:the unit of )?|unit(?: is|:) ?)(milliseconds?|seconds?|minutes?|hours?|days?|[KMGT]B|[KMG]bit\/s)\b/i,
    read: (match, facts) => {
      const [, unit = ''] = match
      if (OTHER_UNIT.test(restOf(match))) facts.doubts.add('unit-reads-two-ways')
      else facts.unit = unitName(unit)
    },
  },
  {
    pattern: /\s\((s|ms|min|minutes?|seconds?|Mbit\/s)\)/,
    read: ([, unit = ''], facts) => void (facts.unit = unit),
  },
  {
    pattern:
      /\b(?:up to|at most|a maximum of|maximum of) (\d{1,3}(?:,\d{3})+|\d+) (?!to\b)([a-z%/]{1,40})/i,
    read: maxItems,
  },
  {
    pattern: /\bin one call\b.{0,80}\bcan contain\b/i,
    read: (_, facts) => void facts.doubts.add('limit-of-call-or-group'),
  },
  {
    pattern: /\bmust start with a slash\b/i,
    read: (_, facts) => void (facts.pattern = '^/'),
  },
  {
    pattern: /\b(?:this parameter is required|it is a required parameter)(?! (?:when|if))/i,
    read: (_, facts) => void (facts.required = true),
  },
  {
    pattern: /^(?:this parameter is )?optional\.?$/i,
    read: (_, facts) => void (facts.required = false),
  },
  {
    pattern:
      /\b(?:of (string|integer|boolean) type|set the value to an? (string|integer|boolean))\b/i,
    read: ([, one, other], facts) => void (facts.type = (one ?? other ?? '').toLowerCase()),
  },
  {
    pattern: /\bjson ?(?:string|list|array|format)\b/i,
    read: (_, facts) => void (facts.json = true),
  },
  {
    pattern: /^either (\w+) or (\w+) must be (?:specified|set|configured)/i,
    read: ([, one = '', other = ''], facts) => void (facts.oneOf = [one, other]),
  },
]

/** `second` and `Minutes` in the plural and in lower case; `Mbit/s` and `GB` as they are. */
function unitName(unit: string): string {
  return unit.includes('/') || unit.endsWith('B') ? unit : unit.toLowerCase().replace(/s?$/, 's')
}
