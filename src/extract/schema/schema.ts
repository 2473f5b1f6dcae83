/** From fields to JSON Schema, draft 2020-12, in which every keyword says where it comes from. */
import { mandatoryRules, notesOf } from './condition-schema.ts'
import { isOutside, type Facts } from '../cell/facts.ts'
import type { Field } from '../tables/fields.ts'
import { finish, sourced, type Origin, type Schema, type Source } from './amend.ts'
import { parseJsonish } from '../page/json-text.ts'
import { countOf } from '../cell/index-limit.ts'
import { canBe, literal, readType, type JsonType } from '../cell/json-type.ts'
import { standsForNames } from '../cell/marks.ts'
import { Subjects } from '../tables/subjects.ts'

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'

/** What building a schema needs besides the fields. */
interface Ground extends Origin {
  readonly subjects: Subjects
}

/** The schema of a body, a query or the parameters of a path. */
export function schemaOf(at: string, fields: readonly Field[], origin: Origin): Schema {
  const place = fields[0]?.place
  const source = {
    section: place?.section ?? '',
    ...(place?.table === undefined ? {} : { table: place.table }),
  }
  const ground = { ...origin, subjects: new Subjects(fields) }
  const keywords = { $schema: DIALECT, ...objectOf(fields, ground) }
  return finish(keywords, at, source, origin)
}

/** The schema of a body that is a list of what the rows describe. */
export function listOf(at: string, fields: readonly Field[], origin: Origin): Schema {
  const { $schema, ...element } = schemaOf(at, fields, origin)
  const section = fields[0]?.place.section ?? ''
  return finish({ $schema, type: 'array', items: element }, `${at}[]`, { section }, origin)
}

/** Where a name has two rows, which is a finding, the first is kept. */
function objectOf(rows: readonly Field[], origin: Ground): Record<string, unknown> {
  const named = rows.filter(({ name }) => !standsForNames(name))
  const fields = [
    ...new Map(named.toReversed().map((field) => [field.name, field])).values(),
  ].toReversed()
  const required = fields.filter(isMandatory).map(({ name }) => name)
  const [open, ...others] = rows
  const rest =
    open && others.length === 0 && standsForNames(open.name) ? nodeOf(open, origin) : undefined
  const rules = mandatoryRules(rows, origin.subjects, (field) => fullSource(field, origin))
  const choice = fields.find(({ facts }) => facts.oneOf)
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, nodeOf(field, origin)])),
    ...(rest === undefined ? {} : { additionalProperties: rest }),
    ...(required.length > 0 ? { required } : {}),
    ...(choice?.facts.oneOf ? { anyOf: anyOf(choice, choice.facts.oneOf, origin) } : {}),
    ...(rules.length > 0 ? { allOf: rules } : {}),
  }
}

/** As the column has it; where a table has none, as the prose of a request has it. */
function isMandatory({ mandatory, mandatoryText, facts, direction }: Field): boolean {
  const said = mandatoryText === undefined && direction !== 'response' && facts.required === true
  return mandatory === true || said
}

function anyOf(field: Field, names: readonly string[], origin: Ground): readonly unknown[] {
  return names.map((name) => sourced({ required: [name] }, fullSource(field, origin)))
}

function fullSource(field: Field, { page, sha256 }: Ground): Source {
  return { page, sha256, ...sourceOf(field) }
}

function nodeOf(field: Field, origin: Ground): Schema {
  return finish(keywordsOf(field, origin), field.at, sourceOf(field), origin)
}

function keywordsOf(field: Field, origin: Ground): Record<string, unknown> {
  return { ...ownKeywords(field, origin), ...statedTwice(field.facts) }
}

/** What the cell states in several ways: no keyword, but a change of one of them is to be seen. */
function statedTwice(facts: Facts): { 'x-stated'?: Record<string, unknown> } {
  const { maxLength, minLength, range, values, maxItems, index } = facts
  const all = { minLength, maxLength, range, enum: values, default: facts.default, maxItems, index }
  const twice = Object.entries(all).flatMap(([keyword, stated]) =>
    stated && stated.rivals.length > 0
      ? [[keyword, [stated.value, ...stated.rivals]] as const]
      : [],
  )
  return twice.length === 0 ? {} : { 'x-stated': Object.fromEntries(twice) }
}

function ownKeywords(field: Field, origin: Ground): Record<string, unknown> {
  const type = field.type
  const amendment = origin.amendments.find(
    ({ at, listKey }) => at === field.at && listKey !== undefined,
  )
  const whole = { ...typeOf(type?.type, field.facts), ...notesOf(field, origin.subjects) }
  if (type?.type === 'array' && amendment === undefined)
    return { ...whole, ...arrayOf(field, type.items, origin), ...aboutWhole(field.facts) }
  const scalar = { ...typeOf(type?.type, field.facts), ...valuesOf(field.facts, type?.type) }
  const notes = { ...limitsOf(field.facts, type?.type), ...notesOf(field, origin.subjects) }
  if (amendment?.listKey !== undefined)
    return { ...listUnder(amendment.listKey, field, origin), ...notes }
  if (field.children.length > 0) return { ...scalar, ...insideOf(field, origin), ...notes }
  if (isJsonString(field)) return { ...scalar, ...contentOf(field, origin), ...notes }
  const most = mostOf(field)
  return { ...scalar, ...(most === undefined ? {} : { 'x-max-items': most }), ...notes }
}

function typeOf(type: JsonType | undefined, facts: Facts): { type?: unknown } {
  if (type === undefined) return {}
  return { type: isNullable(facts) ? [type, 'null'] : type }
}

function isNullable(facts: Facts): boolean {
  const isValue = facts.values?.rivals.length === 0 && facts.values.value.includes('null')
  return facts.nullable === true || isValue || facts.default?.value === 'null'
}

/** The fields inside, without the type: that of a null-able object has been stated. */
function insideOf(field: Field, origin: Ground): Record<string, unknown> {
  const { type: _, ...inside } = objectOf(field.children, origin)
  return inside
}

function arrayOf(
  field: Field,
  items: JsonType | undefined,
  origin: Ground,
): Record<string, unknown> {
  const most = mostOf(field)
  const limit = most === undefined ? {} : { maxItems: most }
  if (field.children.length > 0) return { ...limit, items: elementsOf(field, origin) }
  const element = { ...(items === undefined ? {} : { type: items }), ...aboutElement(field, items) }
  if (Object.keys(element).length === 0) return limit
  return { ...limit, items: finish(element, `${field.at}[]`, sourceOf(field), origin) }
}

/** Values, lengths and ranges of a list are those of its elements: a list has no length in characters. */
function aboutElement({ facts }: Field, items: JsonType | undefined): Record<string, unknown> {
  if (items === 'object') return {}
  const values = valuesFor(facts, items).filter((value) => value !== '[]')
  const { 'x-unit': _, 'x-reserved': __, ...limits } = limitsOf(facts, items)
  return {
    ...enumOf(
      values.map((value) => literal(value, items)),
      items,
      false,
    ),
    ...limits,
  }
}

function aboutWhole(facts: Facts): Record<string, unknown> {
  const { default: preset } = valuesOf(facts, 'array') as { default?: unknown }
  const { 'x-unit': unit, 'x-reserved': reserved } = limitsOf(facts, undefined)
  const entries = { default: preset, 'x-unit': unit, 'x-reserved': reserved }
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined))
}

/** What the elements of a list have inside: the table that describes the list says so. */
function elementsOf(field: Field, origin: Ground): Schema {
  return finish(objectOf(field.children, origin), `${field.at}[]`, sourceOf(field), origin)
}

function sourceOf({ place: { section, table, row } }: Field): Omit<Source, 'page' | 'sha256'> {
  return {
    section,
    ...(table === undefined ? {} : { table }),
    ...(row === undefined ? {} : { row }),
  }
}

function listUnder(key: string, field: Field, origin: Ground): Record<string, unknown> {
  const items = field.children.length > 0 ? elementsOf(field, origin) : undefined
  const list = { type: 'array', ...(items ? { items } : {}) }
  const at = `${field.at}.${key}`
  return { type: 'object', properties: { [key]: finish(list, at, sourceOf(field), origin) } }
}

function isJsonString(field: Field): boolean {
  return (
    field.facts.inner.length > 0 ||
    field.facts.json === true ||
    /^\s*(?:\[\s*)?\{/.test(field.sample ?? '')
  )
}

/** What the string holds: as the sample shows a list or one object, with the fields the prose names. */
function contentOf(field: Field, origin: Ground): Record<string, unknown> {
  const sample = parseJsonish(field.sample ?? '')?.value
  const most = sole(field.facts.maxItems)
  const element = scalarsOf(field, sample, origin) ?? elementOf(field, origin)
  if (sample !== undefined && !Array.isArray(sample)) {
    return { contentMediaType: 'application/json', contentSchema: element }
  }
  const list = { type: 'array', ...(most === undefined ? {} : { maxItems: most }), items: element }
  const contentSchema = finish(list, `${field.at}:`, sourceOf(field), origin)
  return { contentMediaType: 'application/json', contentSchema }
}

/** A list of strings or numbers, as the sample shows it, where no words name fields. */
function scalarsOf(field: Field, sample: unknown, origin: Ground): Schema | undefined {
  if (!Array.isArray(sample) || sample.length === 0 || field.facts.inner.length > 0)
    return undefined
  const types = new Set(sample.map((value) => (Number.isInteger(value) ? 'integer' : typeof value)))
  const [type] = types
  if (types.size > 1 || !['integer', 'number', 'string'].includes(type!)) return undefined
  return finish({ type }, `${field.at}[]`, sourceOf(field), origin)
}

function elementOf(field: Field, origin: Ground): Schema {
  const { section } = field.place
  const properties = field.facts.inner.map(({ name, facts, type }) => {
    const read = readType(type ?? '')?.type
    const keywords = { ...typeOf(read, facts), ...valuesOf(facts, read), ...limitsOf(facts, read) }
    const source = { section, row: `${field.name}.${name}` }
    return [name, finish(keywords, `${field.at}.${name}`, source, origin)] as const
  })
  const required = field.facts.inner
    .filter(({ required }) => required === true)
    .map(({ name }) => name)
  const named = properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}
  const keywords = { type: 'object', ...named, ...(required.length > 0 ? { required } : {}) }
  return finish(keywords, `${field.at}[]`, { section, row: field.name }, origin)
}

/** A value stated once. Two different statements are a finding, and no keyword. */
function sole<Value>(
  stated: { value: Value; rivals: readonly Value[] } | undefined,
): Value | undefined {
  return stated && stated.rivals.length === 0 ? stated.value : undefined
}

function valuesOf(facts: Facts, type: JsonType | undefined): Record<string, unknown> {
  const values = valuesFor(facts, type).map((value) => literal(value, type))
  const preset = presetOf(facts, type)
  return {
    ...enumOf(values, type, isNullable(facts)),
    ...(preset === undefined ? {} : { default: literal(preset, type) }),
  }
}

/** Values that the type can have. One that it cannot have is a finding, and then none is a keyword. */
function valuesFor(facts: Facts, type: JsonType | undefined): readonly string[] {
  const values = type === 'object' ? [] : [...new Set(sole(facts.values))]
  const range = sole(facts.range)
  const outside = (value: string): boolean =>
    range !== undefined &&
    !(Number(value) >= (range.minimum ?? -Infinity) && Number(value) <= (range.maximum ?? Infinity))
  return values.every((value) => canBe(type, value)) && !values.some(outside) ? values : []
}

/** No default that the type, the values or the range of the field rule out. */
function presetOf(facts: Facts, type: JsonType | undefined): string | undefined {
  const preset = sole(facts.default)
  return preset === undefined || !canBe(type, preset) || isOutside(preset, facts)
    ? undefined
    : preset
}

/** How many things a field holds: as stated, or as the number in its name is limited. */
function mostOf({ facts }: Field): number | undefined {
  const index = sole(facts.index)
  return sole(facts.maxItems) ?? (index === undefined ? undefined : countOf(index))
}

function enumOf(
  values: readonly unknown[],
  type: JsonType | undefined,
  nullable: boolean,
): Record<string, unknown> {
  if (values.length === 0) return {}
  if (type === 'boolean' && values.length > 1) return {}
  if (values.length === 1 && !nullable) return { const: values[0] }
  return { enum: nullable ? [...new Set([...values, null])] : values }
}

/** What a type cannot have is a finding, and no keyword: a number has no length, a text no range. */
function limitsOf(facts: Facts, type: JsonType | undefined): Record<string, unknown> {
  const text = type === undefined || type === 'string'
  const number = type === undefined || type === 'integer' || type === 'number'
  const stated = number ? sole(facts.range) : undefined
  const values = sole(facts.values)
  const range = values && valuesFor(facts, type).length === 0 ? undefined : stated
  const entries = {
    minLength: text ? sole(facts.minLength) : undefined,
    maxLength: text ? sole(facts.maxLength) : undefined,
    pattern: facts.pattern,
    minimum: range?.minimum,
    maximum: range?.maximum,
    'x-unit': facts.unit,
    'x-reserved': facts.reserved,
  }
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined))
}
