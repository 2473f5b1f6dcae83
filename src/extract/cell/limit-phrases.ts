/** The phrases in which the two vendors state lengths, ranges, numbers of items and units. */
import { state, stateBound, type Bounds, type Facts, type Stated } from './facts.ts'
import {
  BETWEEN,
  endsRange,
  isMeasure,
  NUMBER,
  numberOf,
  SPAN,
  tailLength,
  unitBehind,
} from './number.ts'
import { restOf, type Phrase } from './phrase.ts'

const COUNT = '(\\d{1,3}(?:,\\d{3})+|\\d+)(?![.,]?\\d)'
const CHARACTERS =
  '(?:(?:unicode|utf-?8|ascii|english|chinese|latin|valid|alphanumeric|visible|printable)[ -]){0,3}(?:characters?|chars?|bytes|letters)'
const PART =
  /^(?:and )?(?:each|every) (?!value\b|of\b)[a-z]|^the (?:value of )?[`"<]|^(?:an?|the) (?:file|bucket|object) name\b/i
const TO = '(?: to | ?[-–—~] ?)'
/** Words for a field that holds a number. */
const NUMERIC =
  '(?:the |its )?(?:(?:parameter |field )?value|port number|port|weight|number|each(?: [a-z]+)?)(?: (?:of|for) (?:this|the) (?:parameter|field))?'

/** `Each label can have 63 characters`, of a text that consists of labels. */
function isOfPart({ input }: RegExpExecArray, { about }: Facts): boolean {
  return about.type?.type === 'string' && PART.test(input)
}

function longest(facts: Facts, written: string | undefined): void {
  facts.maxLength = state(facts.maxLength, numberOf(written))
}

function lengths(facts: Facts, minimum: string | undefined, maximum: string | undefined): void {
  facts.minLength = state(facts.minLength, numberOf(minimum))
  longest(facts, maximum)
}

const longestOf: Phrase['read'] = (match, facts) => {
  if (isOfPart(match, facts)) return false
  longest(facts, match[1])
  return true
}

const lengthsOf: Phrase['read'] = (match, facts) => {
  if (isOfPart(match, facts)) return false
  lengths(facts, match[1], match[2])
  return true
}

/** A range counts only if it is all that the sentence allows: not `1 to 65535 or -1`, or `-1 or ranges from 0 to 9`. */
function range(match: RegExpExecArray, facts: Facts): number {
  const [, minimum, maximum] = match
  const rest = restOf(match)
  if (!endsRange(rest) || /\bor $/i.test(match.input.slice(0, match.index))) {
    facts.doubts.add('range-goes-on')
    return rest.length
  }
  facts.range = stateRange(facts, { minimum: numberOf(minimum), maximum: numberOf(maximum) })
  stateUnit(facts, unitBehind(rest))
  return tailLength(rest)
}

function stateUnit(facts: Facts, name: string | undefined): void {
  if (name === undefined) return
  const stated = unitName(name)
  if (facts.unit !== undefined && facts.unit !== stated) facts.doubts.add('unit-reads-two-ways')
  facts.unit ??= stated
}

/** Both ends are stated at once: another range is a rival, also where it lies within. */
function stateRange(facts: Facts, bounds: Bounds): Stated<Bounds> {
  return facts.range ? state(facts.range, bounds) : stateBound(undefined, bounds)
}

/** One end of a range; a number of something else, `a minimum of 2 servers`, is none. */
function bound(end: 'minimum' | 'maximum'): Phrase['read'] {
  return (match, facts) => {
    const rest = restOf(match)
    const tail = tailLength(rest)
    if (!/^\s*(?:[.,;)]|and\b|$|(?:min|max)imum\b|default\b)/i.test(rest.slice(tail))) return false
    if (facts.about.type?.type === 'string') return boundOfLength(end, match, facts, tail)
    facts.range = stateBound(facts.range, { [end]: numberOf(match[1]) })
    stateUnit(facts, unitBehind(rest))
    return tail
  }
}

/**
 * A number of things limits a field only if that holds several, and the sentence is not about one
 * of them or about something else that holds things: `Each label can have up to 3 colours`.
 */
function isOfList(match: RegExpExecArray, { about }: Facts): boolean {
  const { type, json, name = '' } = about
  const several =
    type === undefined || type.type === 'array' || json === true || name.endsWith('.N')
  return several && !/^(?:each|every|a single|one)\b/i.test(match.input)
}

/** `Maximum: 64`, said of a text, is its length: newer pages have no other word for it. */
function boundOfLength(
  end: 'minimum' | 'maximum',
  [all, number]: RegExpExecArray,
  facts: Facts,
  tail: number,
): number | false {
  if (!/^(?:min|max)imum:? ?-?\d+$/i.test(all)) return false
  if (end === 'minimum') facts.minLength = state(facts.minLength, numberOf(number))
  else longest(facts, number)
  return tail
}

/**
 * `up to 20 tags` limits a list; `up to 300 seconds` and `at most 5 calls per second` do not, nor
 * does a quota: `By default, a cook has up to 20 cups.`
 */
const items: Phrase['read'] = (match, facts) => {
  const [, most, noun = ''] = match
  if (isMeasure(noun) || /^[^,;.]{0,40}\bper\b/i.test(restOf(match))) return false
  if (!isOfList(match, facts) || /\bby default\b/i.test(match.input)) return false
  facts.maxItems = state(facts.maxItems, numberOf(most))
  return (
    /^(?: [\w()]+){0,5}? (?:can be \w+|(?:is|are) (?:allowed|supported))/i.exec(restOf(match))?.[0]
      .length ?? true
  )
}

const OTHER_UNIT =
  /^,? (?:or|and) (?:in )?(?:milliseconds?|seconds?|minutes?|hours?|days?|[KMGT]B)\b/i

const unit: Phrase['read'] = (match, facts) => {
  const [, name = ''] = match
  const other = OTHER_UNIT.exec(restOf(match))
  if (other) facts.doubts.add('unit-reads-two-ways')
  else stateUnit(facts, name)
  return other ? other[0].length : true
}

/** `second` and `Minutes` in the plural and in lower case; `Mbit/s`, `GB` and `ms` as they are. */
function unitName(name: string): string {
  const isWord = /^(?:millisecond|second|minute|hour|day|week|month|year|byte|bit)s?$/i.test(name)
  return isWord ? name.toLowerCase().replace(/s?$/, 's') : name
}

export const LENGTHS: readonly Phrase[] = [
  {
    pattern: new RegExp(`\\b${COUNT} ${CHARACTERS} at most\\b`, 'i'),
    read: longestOf,
  },
  {
    pattern: new RegExp(
      `(?:(?:can|may|must) (?:only )?(?:contain|have|be|include) (?:an? )?)?max(?:imum|\\.)?(?: length)?(?: is| of|:)? ${COUNT} ${CHARACTERS}(?: in length)?`,
      'i',
    ),
    read: longestOf,
  },
  {
    pattern: new RegExp(`max(?:imum|\\.)? length(?: is| of|:) ?${COUNT}(?= ?(?:[.,;)]|$))`, 'i'),
    read: longestOf,
  },
  {
    pattern: new RegExp(
      `min(?:imum|\\.)? length(?: is| of|:) ?${COUNT}(?: ${CHARACTERS})?(?= ?(?:[.,;)]|and\\b|$))`,
      'i',
    ),
    read: (match, facts) => {
      if (isOfPart(match, facts)) return false
      facts.minLength = state(facts.minLength, numberOf(match[1]))
      return true
    },
  },
  {
    pattern: new RegExp(
      `(?:(?:the |its )?(?:(?<![a-z])[a-z]+ )?length )?(?:(?:cannot|can not|must not|may not) (?:contain |have |be )(?=more|longer))?(?:(?:must not |can ?not |may not |not )exceed|(?:(?:can|may|must) (?:be |contain |have |include ))?(?:up to|at most)|no (?:more|longer) than|(?<=\\b(?:not|cannot|no)\\b.{0,40})(?:more|longer) than) ${COUNT} ${CHARACTERS}(?: in length)?`,
      'i',
    ),
    read: longestOf,
  },
  {
    pattern: new RegExp(
      `(?:value range: ?)?(?:(?:the |its )?value is an? |an? )?(?:string (?:of|with|containing) )?(?:(?:must |can )?(?:be|have|contain)s? |from |between )?(?<![\\d.,-])${COUNT}(?:${TO}| and )${COUNT} ${CHARACTERS}(?: in length| long)?`,
      'i',
    ),
    read: lengthsOf,
  },
  {
    pattern: new RegExp(
      `(?<!array )length(?: must be| is| ranges| range is|:)? ?(?:from |between )?${COUNT}(?:${TO}| and )${COUNT}(?! ${CHARACTERS})`,
      'i',
    ),
    read: lengthsOf,
  },
]

/** `The length is 36.` */
export const EXACT_LENGTH: Phrase = {
  pattern: new RegExp(`^(?:the |its )?length (?:is|must be) ${COUNT}(?: ${CHARACTERS})?[.]?$`, 'i'),
  read: ([, exactly], facts) => lengths(facts, exactly, exactly),
}

export const RANGES: readonly Phrase[] = [
  {
    pattern: new RegExp(
      `(?<=^(?:${NUMERIC}|it)\\b.{0,60}?\\b|^)(?:rang(?:es?|ing)|varies) from ${SPAN}`,
      'i',
    ),
    read: range,
  },
  {
    pattern: new RegExp(
      `\\b(?:(?:valid|possible|available) values?|(?:value )?range|optional values?|values?(?=:))(?: is| are| of)?(?:\\s*:)?\\s*(?:from )?${SPAN}(?!\\d)(?! ?${CHARACTERS})`,
      'i',
    ),
    read: range,
  },
  {
    pattern: new RegExp(
      `\\b(?:valid |possible |value )?(?:range|values?)(?: is| are)?:? ?\\[${NUMBER}, ?${NUMBER}\\]`,
      'i',
    ),
    read: range,
  },
  {
    pattern: /\b(?:range|values?)(?: is| are)?:? ?[[(]-?[\d.,]{1,30}, ?-?[\d.,]{1,30}[\])]/i,
    read: ([interval], facts) => {
      if (!interval.includes('(') && !interval.endsWith(')')) return false
      facts.doubts.add('range-goes-on')
      return true
    },
  },
  {
    pattern: new RegExp(
      `(?<=^${NUMERIC} )(?:must be |can be |is )(?:an? (?:integer|number) )?(?:from |between |in the range (?:of |from )?)${BETWEEN}`,
      'i',
    ),
    read: range,
  },
  {
    pattern: new RegExp(
      `(?<=^(?:(?:it|the value) (?:is|must be) )?)an? (?:integer|number) (?:from|between|ranging from|in the range (?:of|from)) ${BETWEEN}`,
      'i',
    ),
    read: range,
  },
  {
    pattern: new RegExp(`^${SPAN}`, 'i'),
    read: (match, facts) => endsRange(restOf(match)) && range(match, facts),
  },
  { pattern: new RegExp(`(?<=, )(?:ranging )?from ${SPAN}`, 'i'), read: range },
  { pattern: new RegExp(`^\\[${NUMBER}, ?${NUMBER}\\](?=[.;]?$)`), read: range },
  {
    pattern: new RegExp(`\\((?:(?:value )?range:? |from )?${SPAN}(?= ?[^()]{0,20}\\)[.,;]?$)`, 'i'),
    read: (match, facts) => {
      const inside = restOf(match)
      if (tailLength(inside) !== inside.lastIndexOf(')')) return false
      facts.range = stateRange(facts, {
        minimum: numberOf(match[1]),
        maximum: numberOf(match[2]),
      })
      return inside.length
    },
  },
  {
    pattern: new RegExp(`(?<!default )\\bmin(?:imum|\\.)?(?: value)?(?: is|:) ?${NUMBER}`, 'i'),
    read: bound('minimum'),
  },
  {
    pattern: new RegExp(`\\bmax(?:imum|\\.)?(?: value)?(?: is|:) ?${NUMBER}`, 'i'),
    read: bound('maximum'),
  },
  {
    pattern: new RegExp(
      `(?<=^${NUMERIC} )(?:must be|is|should be) (?:greater than or equal to|at least|no less than|not less than) ${NUMBER}`,
      'i',
    ),
    read: bound('minimum'),
  },
  {
    pattern: new RegExp(
      `(?<=^${NUMERIC} )(?:must be|is|should be) (?:less than or equal to|at most|no more than|not greater than|not more than) ${NUMBER}`,
      'i',
    ),
    read: bound('maximum'),
  },
]

export const ITEMS_AND_UNITS: readonly Phrase[] = [
  {
    pattern: /\bmaximum number of [a-z][\w ]{0,40}? (?:is|:) ?(\d{1,6})(?=[.,;]?$)/i,
    read: (match, facts) => {
      if (!isOfList(match, facts)) return false
      facts.maxItems = state(facts.maxItems, numberOf(match[1]))
      return true
    },
  },
  {
    pattern: /^array length: ?([01]) ?- ?(\d{1,6})[.]?$/i,
    read: ([, , most], facts) => void (facts.maxItems = state(facts.maxItems, numberOf(most))),
  },
  {
    aside: true,
    pattern:
      /\b(?:in (?:the unit of )?|units?(?: is|:) ?)(milliseconds?|ms|seconds?|s|minutes?|hours?|days?|months?|years?|bytes?|[KMGT]i?B|[KMG]bit\/s|percent)\b/i,
    read: unit,
  },
  {
    aside: true,
    pattern: /\s\((s|ms|min|minutes?|seconds?|Mbit\/s)\)/,
    read: ([, name], facts) => stateUnit(facts, name),
  },
  {
    pattern:
      /(?:\b(?:can|may) (?:contain|have|include|hold) )?\b(?:up to|at most|(?:a )?maximum of|(?<=\b(?:no|not) )more than|no more than) (\d{1,3}(?:,\d{3})+|\d+) (?!to\b)([a-z%/]{1,40})/i,
    read: items,
  },
  {
    pattern: /\bin one call\b.{0,80}\bcan contain\b/i,
    read: (_, facts) => void facts.doubts.add('limit-of-call-or-group'),
  },
]
