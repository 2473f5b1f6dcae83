/** Contradictions that show between the columns of one row. */
import { allFields, type ApiPage } from '../tables/api.ts'
import type { Facts } from '../cell/facts.ts'
import type { FindingKind, Found } from '../tables/found.ts'
import { isObject, parseJsonish } from '../page/json-text.ts'
import { canBe, isBlank } from '../cell/json-type.ts'
import { standsForNames } from '../cell/marks.ts'
import { cellRules } from './cell-rules.ts'
import type { Rule } from './row-rule.ts'

const typeCell: Rule = ({ typeText, type, table }) => {
  if (typeText !== undefined && type) return []
  if (typeText === undefined || isBlank(typeText)) {
    const printed =
      typeText === undefined
        ? `no column of types in ${table.label ?? 'the table'}`
        : `"${typeText}"`
    return [{ rule: 'row-without-type', says: `The row states no type: ${printed}.` }]
  }
  return [{ rule: 'type-not-known', says: `"${typeText}" is not a type that the vendors define.` }]
}

/** `pool (deprecated)`, `l.m`: a note or a path stands in the column of names. RPC names number lists. */
const nameCell: Rule = ({ name, brokenName, severalNames }, { call }) => {
  if (severalNames !== undefined) {
    const says = `"${severalNames}" names several fields in one row; whether one or all are sent is not said.`
    return [{ rule: 'row-of-several-names', says, readings: ['one-of-them', 'all'] }]
  }
  if (brokenName !== undefined) {
    const says = `"${brokenName}" was read as ${name}: a line was broken in it.`
    return [{ rule: 'blank-in-name', says }]
  }
  if (standsForNames(name)) {
    const says = `"${name}" stands for names that a caller chooses.`
    return [{ rule: 'names-of-the-caller', says }]
  }
  return isName(name) || (call.dialect === 'slb' && /^[\w-]+(?:\.[\w-]+)*$/.test(name))
    ? []
    : [{ rule: 'name-not-understood', says: `"${name}" is more than the name of a field.` }]
}

/** `labels.io/size` has a domain before it, as names of labels have. */
function isName(name: string): boolean {
  return /^#?[\w$:-]+~?$/.test(name) || /^[\w-]+(?:\.[\w-]+)+\/[\w-]+$/.test(name)
}

/** `Set the value to an integer`, for a field of another type. */
const typeAgainstText: Rule = ({ typeText, type: read, facts }) => {
  const type = read?.type
  if (type === undefined || facts.type === undefined || facts.type === type) return []
  const says = `The type is ${typeText}, the text says ${facts.type}.`
  return [{ rule: 'type-against-text', says, readings: [type, facts.type] }]
}

const elementType: Rule = (field) => {
  const type = field.type
  if (type?.type !== 'array' || type.items !== undefined || field.children.length > 0) return []
  return [
    { rule: 'element-type-unstated', says: 'An array, and nothing says what its elements are.' },
  ]
}

/** Lengths and values said of a list whose elements are objects: which field has them is not said. */
const limitsOfObjects: Rule = ({ type, children, facts }) => {
  const stated = facts.maxLength ?? facts.range ?? facts.values ?? facts.pattern
  const objects = children.length > 0 || type?.items === 'object'
  const isList = type?.type === 'array' && objects
  if (!(isList || type?.type === 'object') || stated === undefined) return []
  return [
    {
      rule: 'limit-of-objects',
      says: 'A length, range or values are stated for objects, which have none.',
    },
  ]
}

/** Values and a range for one field: whether both hold is not said. */
const valuesBesideRange: Rule = ({ facts: { values, range } }) => {
  if (!values || !range) return []
  const says = `The values ${values.value.join(', ')} are stated, and a range.`
  return [{ rule: 'values-beside-range', says, readings: ['values', 'range', 'both'] }]
}

/** A scalar that a table describes as having fields. */
const typeAgainstTable: Rule = (field) => {
  const type = field.type?.type
  if (type === undefined || field.children.length === 0 || type === 'object' || type === 'array')
    return []
  const says = `The type is ${field.typeText}, and a table describes the fields inside.`
  return [{ rule: 'type-against-table', says, readings: [type, 'object'] }]
}

/** A response marks nothing as mandatory: a dash there says as little as no column. */
const mandatoryCell: Rule = ({ mandatory, mandatoryText, direction }) =>
  mandatoryText === undefined ||
  mandatory !== undefined ||
  (direction === 'response' && isBlank(mandatoryText))
    ? []
    : [{ rule: 'mandatory-not-understood', says: `Neither yes nor no: "${mandatoryText}".` }]

const mandatoryAgainstText: Rule = ({ mandatory, facts, direction }) => {
  const when = facts.conditions.find(({ effect }) => effect === 'mandatory')
  if (direction === 'response' && when) {
    return [
      { rule: 'request-language-in-response', says: 'A field of a response is called mandatory.' },
    ]
  }
  if (mandatory === false && facts.required === true) {
    return [
      {
        rule: 'mandatory-column-against-text',
        says: 'The column says No, the text says required.',
      },
    ]
  }
  if (mandatory === true && facts.required === false) {
    const says = 'The column says Yes, the text says optional.'
    return [{ rule: 'mandatory-column-against-text', says, readings: ['mandatory', 'optional'] }]
  }
  if (mandatory !== false || !when) return []
  const says = `The column says No, the text says mandatory when ${describe(facts)}.`
  const readings = ['conditional', 'optional']
  return [{ rule: 'mandatory-column-against-text', kind: 'silence', says, readings }]
}

function describe({ conditions }: Facts): string {
  const [first] = conditions.filter(({ effect }) => effect === 'mandatory')
  return first ? `${first.when.subject} is ${first.when.is.join(' or ')}` : 'a condition holds'
}

/** Leaving a field out of an update leaves it as it is, so a default has no place there. */
const defaultOnUpdate: Rule = ({ facts, direction }, { call }) =>
  facts.default && direction === 'request' && (call.method === 'PUT' || call.method === 'PATCH')
    ? [
        {
          rule: 'default-on-update',
          says: `A default of ${JSON.stringify(facts.default.value)} for a field of an update.`,
          readings: ['kept-when-omitted', 'reset-when-omitted'],
        },
      ]
    : []

/** Reserved, and yet of a type with more than the one value. */
const reserved: Rule = ({ facts }) =>
  facts.reserved
    ? [
        {
          rule: 'reserved-values',
          says: 'Reserved: what a value other than the default does is not said.',
          readings: ['refused', 'ignored', 'taken'],
        },
      ]
    : []

const oneOf: Rule = ({ facts }) =>
  facts.oneOf
    ? [
        {
          rule: 'either-or-both',
          says: `Either of ${facts.oneOf.join(', ')} must be given; whether both may be is not said.`,
          readings: ['exactly-one', 'at-least-one'],
        },
      ]
    : []

/** `Description` in a list of servers that says it describes the group. */
const anotherThing: Rule = ({ name, text, at }) => {
  const [, thing] = /^(?:a|the) description of the (.+?)\.?$/i.exec(text) ?? []
  const holder = at.split('.').at(-2) ?? ''
  if (name !== 'Description' || thing === undefined || !/servers?$/i.test(holder)) return []
  if (!/\bgroup\b/i.test(thing)) return []
  const says = `Inside ${holder} stands a description of the ${thing}.`
  return [{ rule: 'describes-another-thing', says, readings: ['of-the-server', 'of-the-group'] }]
}

/** A duration in minutes for an object: the words belong to a field inside it. */
const unitOfObject: Rule = ({ typeText, facts }) =>
  facts.unit !== undefined && /^object$/i.test(typeText ?? '')
    ? [{ rule: 'unit-of-an-object', says: `An object is described in ${facts.unit}.` }]
    : []

/** Limits, values, defaults and samples that a field of its type cannot have. */
const limitsAgainstType: Rule = ({ typeText, type: read, facts, sample, children }) => {
  const type = read?.type === 'array' ? (read.items ?? 'array') : read?.type
  if (type === undefined || children.length > 0) return []
  const number = type === 'integer' || type === 'number'
  const against = (
    rule: string,
    what: string,
    kind?: FindingKind,
  ): readonly { rule: string; says: string; kind?: FindingKind }[] => [
    { rule, says: `${what}, and the type is ${typeText}.`, ...(kind ? { kind } : {}) },
  ]
  const digits = type === 'string' ? 'silence' : undefined
  const values = [...(facts.values?.value ?? []), ...(facts.default ? [facts.default.value] : [])]
  const wrong = values.find((value) => !canBe(type, value))
  return [
    ...(facts.range && !number && type !== 'array'
      ? against('range-against-type', 'A range of numbers is stated', digits)
      : []),
    ...(facts.maxLength && number ? against('length-against-type', 'A length is stated') : []),
    ...(wrong === undefined ? [] : against('value-against-type', `${wrong} is a value`)),
    ...(sample !== undefined && !canBe(type, sample)
      ? against('sample-against-type', `The sample is ${sample.slice(0, 40)}`)
      : []),
  ]
}

/** Inner fields of a JSON string: the cell marks some as required and is silent on others. */
const innerFields: Rule = ({ facts, sample, at }) => {
  const marked = facts.inner.some(({ required }) => required === true)
  const silent = facts.inner.filter(({ required }) => required === undefined)
  const value = [parseJsonish(sample ?? '')?.value].flat()
  const objects = value.some((one) => one === undefined || isObject(one))
  if (facts.inner.length === 0 && /^[[{]/.test(sample ?? '') && objects) {
    const says = 'JSON in a string, and no words say which fields it has.'
    return [{ rule: 'json-fields-unstated', says, readings: ['as-in-the-example', 'any'] }]
  }
  if (!marked && silent.length === 0) return []
  return silent.map(({ name }) => ({
    rule: 'inner-mark-missing',
    at: `${at}.${name}`,
    says: `Whether ${name} is required is not said${marked ? ', as it is of the others' : ''}.`,
    readings: ['required', 'optional'],
  }))
}

/** An inner field whose type no words state. */
const innerTypes: Rule = ({ facts, at }) =>
  facts.inner
    .filter(({ type }) => type === undefined)
    .map(({ name }) => ({
      rule: 'row-without-type',
      at: `${at}.${name}`,
      says: `The type of ${name} is not stated.`,
    }))

/** An id in the path that any string satisfies, by its row. */
const pathFormat: Rule = ({ direction, facts, typeText }) =>
  direction === 'parameters' && /^string$/i.test(typeText ?? '') && facts.maxLength === undefined
    ? [{ rule: 'format-unstated', says: 'An id of type String, without length or form.' }]
    : []

const ALL: readonly Rule[] = [
  nameCell,
  typeCell,
  typeAgainstText,
  elementType,
  limitsOfObjects,
  valuesBesideRange,
  typeAgainstTable,
  mandatoryCell,
  mandatoryAgainstText,
  ...cellRules,
  defaultOnUpdate,
  reserved,
  oneOf,
  anotherThing,
  unitOfObject,
  limitsAgainstType,
  innerFields,
  innerTypes,
  pathFormat,
]

export function rowRules(api: ApiPage): readonly Found[] {
  return allFields(api).flatMap((field) =>
    ALL.flatMap((rule) => rule(field, api)).map((found) => ({
      at: field.at,
      place: field.place,
      ...found,
    })),
  )
}
