/**
 * Words that give a sentence the force of a rule: the net below all phrases.
 *
 * What no phrase takes and one of these words marks is reported; nothing is lost in silence.
 */
import { explained } from './claims.ts'

const COMPARED =
  '(?:up to|at most|at least|maximum of|minimum of|no (?:more|less|fewer) than|ranges? from|between|(?:greater|less|more|fewer|larger|smaller|longer|shorter|higher|lower) than(?: or equal to)?)(?= ?-?\\d)'

/** Limits in numbers: no mere description has them, though an example may. */
const NUMBERS = [
  COMPARED,
  '\\d+ (?:(?:unicode|utf-?8|ascii|english|chinese) )*(?:characters|bytes|letters|digits)',
  '(?<![\\d.-])\\d{1,12} ?(?:[KMGT]i?B )?(?:to|[-–—~]|\\.\\.) ?\\d{1,12}(?![\\d-])(?! ?(?:[:/]))',
  '[[(]\\d+, ?\\d+[\\])]',
]

/** Forceful wherever they stand, also where a sentence only says what a field is. */
const FORCE_WORDS = [
  'must(?: not)?',
  'shall',
  'should',
  'do not',
  'cannot',
  'can not',
  '(?:can|may) only',
  'may not',
  'only (?:when|if|be|valid|supports?)',
  'mandatory',
  '(?:is|are|not) (?:required|optional|allowed|supported|permitted)',
  '(?:required|optional) (?:when|if)',
  '\\((?:required|optional|default|mandatory)[^()]{0,40}\\)',
  'not exceed',
  'default(?: value)?(?= is|:| ?=| of\\b)',
  'defaults? to',
  'by default',
  '(?:valid|optional|possible) values?(?= are| is|:)',
  'value range(?= is|:)',
  'deprecated',
  'not (?:in use|used)',
  'no longer',
  'obsolete',
  'unless',
  '(?<!whether to )set (?:the value|this parameter|the parameter|it) to',
  'separated? (?:with|by)',
  'commas?',
  'read-only',
  'can (?:only )?(?:contain|consist|start|begin|end)s?(?! (?:up to|at most))',
  'letters',
]

const OTHER_WORDS = [
  'can be',
  'may be',
  'one of',
  'either',
  'only',
  'mandatory',
  'required?s?',
  'optional',
  'invalid',
  'valid',
  'ignored',
  'max(?:imum)?',
  'min(?:imum)?',
  'at most',
  'up to',
  'at least',
  'default(?! (?!value\\b)[a-z])',
  'defaults',
  '(?:parameter |its |the )values? (?:is|are|includes?)',
  'values?(?= ?:)',
  '(?:possible|available|supported|optional|allowed|valid) values?',
  'ranges?',
  'from -?\\d+',
  'unique',
  'exceeds?',
  'reserved',
  'characters?',
  'letters',
  'digits',
  '(?:un)?supported',
  'allowed',
  'permitted',
  'prohibited',
  'forbidden',
  'unavailable',
  'options?',
  'mutually exclusive',
  'make sure',
  'ensure',
  'except',
  'fixed',
  'null',
  'empty',
  'blank',
  'omitted',
  'not (?:specified|set)',
  'unspecified',
  'case[- ](?:in)?sensitive',
  'format',
  'takes? effect',
  'lengths?',
  'limit(?:ed)?',
  'equal to',
]

const FORCE = wordsOf(FORCE_WORDS)
const DESCRIBED = wordsOf([...NUMBERS, ...FORCE_WORDS])
const MEANT = wordsOf([...NUMBERS, ...FORCE_WORDS, 'only'])
const ALL = wordsOf([...NUMBERS, ...FORCE_WORDS, ...OTHER_WORDS])
/** What opens a conditional sentence is not a rule, unless it is about leaving the field out. */
const OPENING = /^(?:if|when) (.{1,300}?), /i
const ABSENCE = wordsOf([
  'not (?:specified|set|passed)',
  'unspecified',
  'omitted',
  'left (?:blank|empty)',
])
/** `0: off; 1: on`, `TCP, UDP`: values that no words announce. */
const BARE_VALUES =
  /(?:^|[;,.(]\s*)(?:-?\d+|true|false|[A-Z][A-Z0-9_]+)\s*[:=]\s*\S|(?:^|[:(]\s*)[A-Z][A-Z0-9_]+(?:, [A-Z][A-Z0-9_]+)*,? ?(?:or|and|[|/]) ?[A-Z][A-Z0-9_]+\s*(?:[.)]|$)/
/** `The type: tcp, udp, or http`. */
const LISTED =
  /^[\w-]{1,30}(?: ?[|/] ?[\w-]{1,30}){1,9}\.?$|[:(] ?[\w.-]{1,60}(?:, [\w.-]{1,60}){0,30},? or [\w.-]{1,60}\s*(?:[.)]|$)/
/** `Specifies …`, `The ID of …`: the sentence says what the field is. */
const DESCRIBES =
  /^(?:(?:specifies|provides|lists|indicates|tags|queries|describes|represents|this parameter (?:specifies|indicates))\b|the (?!(?:parameter )?(?:value|format|length|default)\b)|an?\b|whether\b)/i

function wordsOf(words: readonly string[]): RegExp {
  // oxlint-disable-next-line linear/expressions -- the words are in this file
  return new RegExp(`(?<![\\w-])(?:${words.join('|')})(?!\\w)`, 'gi')
}

/**
 * @param first - The sentence opens its cell, so it may merely say what the field is.
 * @returns The words of force, each once, in lower case.
 */
export function signalsOf(text: string, first: boolean): readonly string[] {
  const [opening = ''] = OPENING.exec(text) ?? []
  const { said, explanation } = explained(text.slice(opening.length))
  const pattern = first && DESCRIBES.test(said.trim()) ? DESCRIBED : ALL
  const found = [
    ...matches(opening, ABSENCE),
    ...matches(said, pattern),
    ...matches(explanation, FORCE),
    ...(BARE_VALUES.test(said) || LISTED.test(said) ? ['values'] : []),
  ]
  return [...new Set(found)]
}

/** The words of force in a text that otherwise says what something means. */
export function forceOf(text: string): readonly string[] {
  return [...new Set(matches(text, MEANT))]
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return Array.from(text.matchAll(pattern), ([word]) => word.toLowerCase())
}
