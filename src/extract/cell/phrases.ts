/** Every phrase that is understood: limits, values, and the marks below. */
import type { Facts } from './facts.ts'
import { EXACT_LENGTH, ITEMS_AND_UNITS, LENGTHS, RANGES } from './limit-phrases.ts'
import { restOf, type Phrase } from './phrase.ts'
import { DEFAULTS, VALUES } from './value-phrases.ts'

const NEGATION = /\b(?:not|never|cannot|neither|nor)\b/i

function nullable(match: RegExpExecArray, facts: Facts): boolean {
  if (NEGATION.test(match.input.slice(0, match.index)) || /^ or\b/i.test(restOf(match)))
    return false
  facts.nullable = true
  return true
}

/** What a field is, rather than which values it has. */
const MARKS: readonly Phrase[] = [
  {
    pattern:
      /^null (?:means|indicates)\b|\bvalue is null\b|\bset (?:it|this parameter|the value) to null\b|\bor null\b/i,
    read: nullable,
  },
  {
    pattern: /\b(?:parameter|field|attribute) is reserved\b|\breserved (?:field|parameter)\b/i,
    read: (_, facts) => void (facts.reserved = true),
  },
  {
    pattern: /\bmust start with a slash\b(?: \(\/\))?/i,
    read: (_, facts) => void (facts.pattern = '^/'),
  },
  {
    pattern:
      /\b(?:this (?:parameter|field) is (?:required|mandatory)|it is a required parameter)(?=[.;,]?$|[.,] | of \w+ type| and must be set to )/i,
    read: (_, facts) => void (facts.required = true),
  },
  {
    pattern: /^\(?(?:required|mandatory)\)?[.;]?$|^\((?:required|mandatory)\)/i,
    read: (_, facts) => void (facts.required = true),
  },
  {
    pattern: /^(?:this (?:parameter|field) is )?optional\.?$|^\(optional\)[.:]?/i,
    read: (_, facts) => void (facts.required = false),
  },
  {
    pattern:
      /\b(?:of (string|integer|boolean) type|set the value to an? (string|integer|boolean)|must be set to an? (string|integer|boolean)(?=[.;]?$))\b/i,
    read: ([, ...named], facts) =>
      void (facts.type = (named.find((one) => one !== undefined) ?? '').toLowerCase()),
  },
  {
    pattern: /(?:\b(?:the |its )?value is )?(?:\ban? )?\bjson ?(?:string|list|array|format)\b/i,
    read: (_, facts) => void (facts.json = true),
  },
  {
    pattern: /^either (\w+) or (\w+) must be (?:specified|set|configured)/i,
    read: ([, one = '', other = ''], facts) => void (facts.oneOf = [one, other]),
  },
]

/** Tried in order on every sentence; several may fit one sentence. */
export const PHRASES: readonly Phrase[] = [
  EXACT_LENGTH,
  ...LENGTHS,
  ...RANGES,
  ...VALUES,
  ...DEFAULTS,
  ...ITEMS_AND_UNITS,
  ...MARKS,
]
