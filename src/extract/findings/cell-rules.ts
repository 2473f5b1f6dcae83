/** What the prose of one cell says in two ways, or in words that no phrase reads. */
import { isOutside, type Doubt, type Stated, type StatedKey } from '../cell/facts.ts'
import type { Rule } from './row-rule.ts'

const DOUBTS: Readonly<Record<Doubt, { says: string; readings: readonly string[] }>> = {
  'can-be-specified-when': {
    says: 'Mandatory in one case, and said to be allowed in it: only in it?',
    readings: ['only-then', 'also-otherwise'],
  },
  'invalid-outcome': {
    says: 'Something is invalid in one case; whether it is refused or ignored is not said.',
    readings: ['refused', 'ignored'],
  },
  'effective-outcome': {
    says: 'Some values take effect in one case; whether the others are refused or ignored is not said.',
    readings: ['refused', 'ignored'],
  },
  'limit-of-call-or-group': {
    says: 'The limit is said to hold in one call, for what a group contains.',
    readings: ['of-the-call', 'of-the-group'],
  },
  'enumeration-without-lead': {
    says: 'A list of literals with meanings, which no words call the possible values.',
    readings: ['all-values', 'some-values'],
  },
  'default-of-blank': {
    says: 'Blank by default: left out, empty, or null?',
    readings: ['absent', 'empty', 'null'],
  },
  'fields-in-a-list': {
    says: 'A list describes what may be fields of an object; no table does, and they were not read.',
    readings: [],
  },
  'list-in-a-string': {
    says: 'The text holds several values, and the list names them one by one.',
    readings: ['one', 'several'],
  },
  'doubled-word': { says: 'A word stands twice in a row where another was meant.', readings: [] },
  'range-goes-on': {
    says: 'After a range the sentence goes on, or an end of it is open: what holds in all is not clear.',
    readings: [],
  },
  'unit-reads-two-ways': {
    says: 'Two units are named for one number.',
    readings: [],
  },
  'plural-id': {
    says: 'Several ids are announced for a field that holds one.',
    readings: ['one', 'several'],
  },
}

const doubts: Rule = ({ facts, children }) =>
  [...facts.doubts]
    .filter((doubt) => doubt !== 'fields-in-a-list' || children.length === 0)
    .map((doubt) => ({
      rule: doubt === 'range-goes-on' ? 'range-reads-two-ways' : doubt,
      ...DOUBTS[doubt],
    }))

/** Two different statements of the same thing: which holds is not for a program to say. */
const rivals: Rule = ({ facts, type }) => {
  const open = type === undefined || type.type === 'boolean'
  const both = open && [facts.values?.value ?? [], facts.values?.rivals ?? []].flat(2)
  const free = both && both.every((value) => /^(?:true|false)$/i.test(value))
  const holds = type?.type === 'object' || type?.items === 'object'
  const stated: readonly (readonly [string, StatedKey, Stated<unknown> | undefined])[] = [
    ['maximum length', 'maxLength', holds ? undefined : facts.maxLength],
    ['minimum length', 'minLength', holds ? undefined : facts.minLength],
    ['range', 'range', facts.range],
    ['values', 'values', free || holds ? undefined : facts.values],
    ['default', 'default', facts.default],
    ['number of items', 'maxItems', facts.maxItems],
    ['index', 'index', facts.index],
  ]
  return stated.flatMap(([what, key, value]) => {
    if (!value || value.rivals.length === 0) return []
    const readings = [value.value, ...value.rivals].map((reading) => JSON.stringify(reading))
    const says = `The ${what} is stated ${readings.length} times, differently: ${readings.join('; ')}.`
    const rule = `${what.replaceAll(' ', '-')}-reads-two-ways`
    const byCase = facts.cases.has(key) ? { kind: 'silence' as const } : {}
    return [{ rule, says, readings, ...byCase }]
  })
}

/** A default that the same cell does not allow. */
const defaultOutside: Rule = ({ facts, type }) => {
  const preset = facts.default
  if (type?.type === 'object') return []
  if (!preset || preset.rivals.length > 0 || !isOutside(preset.value, facts)) return []
  const { value } = preset
  const allowed =
    facts.values?.value.join(', ') ?? Object.values(facts.range?.value ?? {}).join(' to ')
  const says = `The default is ${value}, and the values are ${allowed}.`
  return [{ rule: 'default-outside-values', says, readings: ['default', 'values'] }]
}

const unread: Rule = ({ facts }) =>
  facts.unread.map(({ text, signals, half }) => {
    const words = `"${text.split(' ').slice(0, 5).join(' ')} …"`
    const force = `has the force of ${signals.join(', ')} and fits no phrase.`
    return half
      ? { rule: 'sentence-half-understood', says: `Of a sentence that was read, ${words} ${force}` }
      : { rule: 'sentence-not-understood', says: `${words} ${force}` }
  })

export const cellRules: readonly Rule[] = [rivals, defaultOutside, doubts, unread]
