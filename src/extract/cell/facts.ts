/** What the prose of one cell states about its field, in the vendor's literals and our words. */

import type { ReadType } from './json-type.ts'

/** On what a rule depends: another field, or something the page only describes. */
export interface When {
  /** As the page calls it, in lower case: `sticky session type`, `type`. */
  readonly subject: string
  readonly is: readonly string[]
  /** The rule holds when the subject is none of these. */
  readonly not: boolean
}

export type Effect =
  | { readonly effect: 'mandatory' | 'invalid' | 'valid-only' | 'other-invalid' }
  | { readonly effect: 'range'; readonly minimum: number; readonly maximum: number }
  | { readonly effect: 'effective'; readonly values: readonly string[] }
  | { readonly effect: 'values'; readonly values: readonly string[] }
  | { readonly effect: 'max-length'; readonly maxLength: number }
  | { readonly effect: 'default'; readonly default: string }

export type Condition = Effect & {
  readonly when: When
  /** What is bound, where the sentence names it: a field of its own name, or another. */
  readonly of?: string
}

/** Inclusive; a page may state only one end. */
export interface Bounds {
  readonly minimum?: number
  readonly maximum?: number
}

/** A value stated once, and how often it is stated differently in the same cell. */
export interface Stated<Value> {
  readonly value: Value
  readonly rivals: readonly Value[]
}

/** A sentence with the force of a rule, or what is left of one, that no phrase here understands. */
export interface Unread {
  readonly text: string
  /** A phrase read the rest of the sentence. */
  readonly half?: true
  /** The words that give it force: `must`, `unique`. */
  readonly signals: readonly string[]
}

/** Something that reads two ways although it was understood. */
export type Doubt =
  | 'can-be-specified-when'
  | 'invalid-outcome'
  | 'effective-outcome'
  | 'limit-of-call-or-group'
  | 'enumeration-without-lead'
  | 'default-of-blank'
  | 'doubled-word'
  | 'fields-in-a-list'
  | 'list-in-a-string'
  | 'plural-id'
  | 'range-goes-on'
  | 'unit-reads-two-ways'

/** A field described inside a cell: the parts of a JSON string. */
export interface InnerField {
  readonly name: string
  readonly facts: Facts
  readonly required: boolean | undefined
  readonly type: string | undefined
}

/** What is known of the field beside the prose of its cell. */
export interface About {
  readonly name?: string | undefined
  readonly type?: ReadType | undefined
  readonly sample?: string | undefined
  /** The field holds JSON in a string. */
  readonly json?: boolean
}

/** A default in a word that may be one of prose: other parts of the cell decide. */
export interface Guess {
  readonly value: string
  readonly sentence: string
  /** The words before it are `default value`. */
  readonly strong: boolean
  /** Said of one case. */
  ofCase?: true
}

/** What can be stated in several ways. */
export const STATED = [
  'minLength',
  'maxLength',
  'range',
  'values',
  'default',
  'maxItems',
  'index',
] as const

export type StatedKey = (typeof STATED)[number]

export interface Facts {
  readonly about: About
  readonly guesses: Guess[]
  /** Limits of `N` in the name. */
  index?: Stated<Bounds>
  minLength?: Stated<number>
  maxLength?: Stated<number>
  range?: Stated<Bounds>
  values?: Stated<readonly string[]>
  default?: Stated<string>
  maxItems?: Stated<number>
  pattern?: string
  nullable?: true
  unit?: string
  reserved?: true
  required?: boolean
  type?: string
  json?: true
  /** `Optional values are` or `can be one of`: the words that open the enumeration. */
  lead?: string
  /** One of these fields must be given. */
  oneOf?: readonly string[]
  readonly conditions: Condition[]
  readonly inner: InnerField[]
  readonly unread: Unread[]
  readonly doubts: Set<Doubt>
  /** What is stated differently for different cases. */
  readonly cases: Set<StatedKey>
  /** What only a sentence about one case states, and that sentence. */
  readonly oneCase: Map<StatedKey, string>
  /** Sentences, or clauses where one says two things, by what became of them. */
  readonly counts: { understood: number; described: number; unread: number }
}

export function noFacts(about: About = {}): Facts {
  const counts = { understood: 0, described: 0, unread: 0 }
  return {
    about,
    guesses: [],
    conditions: [],
    inner: [],
    unread: [],
    doubts: new Set(),
    cases: new Set(),
    oneCase: new Map(),
    counts,
  }
}

/** Keeps what was stated first; a different second statement makes it a rival. */
export function state<Value>(known: Stated<Value> | undefined, value: Value): Stated<Value> {
  if (!known) return { value, rivals: [] }
  if (JSON.stringify(known.value) === JSON.stringify(value)) return known
  return { ...known, rivals: [...known.rivals, value] }
}

/** One end of a range beside what was stated of it; the same end with another number is a rival. */
export function stateBound(known: Stated<Bounds> | undefined, bound: Bounds): Stated<Bounds> {
  if (!known) return { value: bound, rivals: [] }
  const { minimum, maximum } = known.value
  const fits =
    (bound.minimum === undefined || minimum === undefined || minimum === bound.minimum) &&
    (bound.maximum === undefined || maximum === undefined || maximum === bound.maximum)
  return fits ? { ...known, value: { ...known.value, ...bound } } : state(known, bound)
}

/** Whether a default is none of the values, or outside of the range, that the same cell states. */
export function isOutside(preset: string, { values, range }: Facts): boolean {
  if (preset === 'null' || preset === '') return false
  if (values && values.rivals.length === 0 && range === undefined)
    return !values.value.some((value) => value.toLowerCase() === preset.toLowerCase())
  if (!range || range.rivals.length > 0 || values || Number.isNaN(Number(preset))) return false
  const { minimum = -Infinity, maximum = Infinity } = range.value
  return Number(preset) < minimum || Number(preset) > maximum
}
