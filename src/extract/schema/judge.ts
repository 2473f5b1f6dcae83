/** Holds a page's examples against its schemas, with ajv. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Example } from '../tables/examples.ts'
import { isObject, parseJsonish } from '../page/json-text.ts'
import { withoutSources, type Schema } from './amend.ts'

export interface Judged {
  readonly name: string
  readonly valid: boolean
  /** Where and how it breaks the schema: JSON pointers and keywords. */
  readonly breaks: readonly string[]
  /** The value that was judged: XML as the schema types it. */
  readonly value: unknown
  /** What surrounded it: the root of an XML answer. */
  readonly root?: string
}

/** Each schema judges a few examples: code that is compiled faster is worth more than faster code. */
const ajv = new Ajv2020({
  allErrors: true,
  strict: false,
  validateFormats: false,
  addUsedSchema: false,
  code: { optimize: false },
})

/** Of schemas that are still in use, so that thousands of pages leave nothing behind. */
const validators = new WeakMap<Schema, ValidateFunction | undefined>()

/** @param schemas - `undefined` where the call has none: then only an absent body is valid. */
export function judge(
  example: Example,
  schemas: { readonly request?: Schema; readonly response?: Schema; readonly parameters?: Schema },
): Judged {
  const { name, direction } = example
  const schema = schemas[direction]
  const { value, root } = instanceOf(example, schema)
  const breaks = [
    ...breaksOf(schema, value, ''),
    ...breaksOf(schemas.parameters, example.parameters, 'path'),
    ...(example.format === 'query' ? insideStrings(schema, value) : []),
  ]
  const valid = example.trouble === undefined && breaks.length === 0
  return { name, valid, breaks, value, ...(root === undefined ? {} : { root }) }
}

function breaksOf(schema: Schema | undefined, value: unknown, prefix: string): readonly string[] {
  if (value === undefined) return []
  if (!schema && isObject(value) && Object.keys(value).length === 0) return []
  if (!schema) return prefix === '' ? ['body, where the page says there is none'] : []
  const validate = compiled(schema)
  if (!validate) return [`${prefix} the schema itself is none`]
  if (validate(value)) return isForeign(schema, value) ? [`${prefix} no documented key`] : []
  return (validate.errors ?? []).map(
    ({ instancePath, keyword }) => `${prefix}${instancePath} ${keyword}`,
  )
}

/** An erratum can make a schema that is none; that is a finding about it, not the end of the run. */
function compiled(schema: Schema): ValidateFunction | undefined {
  if (!validators.has(schema)) validators.set(schema, compile(schema))
  return validators.get(schema)
}

function compile(schema: Schema): ValidateFunction | undefined {
  const bare = withoutSources(schema) as Schema
  try {
    return ajv.compile(bare)
  } catch {
    return undefined
  } finally {
    ajv.removeSchema(bare)
  }
}

/** No schema here demands a key of a response; an object that has none of them is another one. */
function isForeign(schema: Schema, value: unknown): boolean {
  const { properties } = schema
  if (!isObject(properties) || !isObject(value) || Object.keys(value).length === 0) return false
  return !Object.keys(value).some((key) => key in properties)
}

/** JSON in a string: ajv only notes `contentSchema`, so the content is judged here. */
function insideStrings(schema: Schema | undefined, value: unknown): readonly string[] {
  if (!schema || !isObject(schema['properties']) || !isObject(value)) return []
  return Object.entries(schema['properties']).flatMap(([name, property]) => {
    const content = isObject(property) ? property['contentSchema'] : undefined
    if (!isObject(content) || value[name] === undefined) return []
    const read = parseJsonish(typeof value[name] === 'string' ? value[name] : '')
    if (!read) return [`/${name} contentMediaType`]
    return breaksOf(content, read.value, `/${name}:`)
  })
}

function instanceOf(
  example: Example,
  schema: Schema | undefined,
): { value: unknown; root?: string } {
  const { value, format } = example
  if (format === 'query') return { value: typed(value, schema) }
  if (format !== 'xml' || !isObject(value)) return { value }
  const [root, ...others] = Object.keys(value)
  if (root === undefined || others.length > 0) return { value: typed(value, schema) }
  return { value: typed(value[root], schema), root }
}

/** XML and a query have only text: numbers, booleans and one-element lists are what the schema makes of them. */
function typed(value: unknown, schema: unknown): unknown {
  if (!isObject(schema)) return value
  const type: unknown = schema['type']
  if (type === 'array') return [value].flat().map((item) => typed(item, schema['items']))
  if (typeof value === 'string' && accepts(type, 'integer') && /^-?\d+$/.test(value))
    return Number(value)
  if (typeof value === 'string' && accepts(type, 'number') && /^-?\d+(?:\.\d+)?$/.test(value))
    return Number(value)
  if (typeof value === 'string' && accepts(type, 'boolean') && /^(?:true|false)$/i.test(value))
    return value.toLowerCase() === 'true'
  if (!isObject(value) || !isObject(schema['properties'])) return value
  const properties = schema['properties']
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, typed(inner, properties[key])]),
  )
}

function accepts(type: unknown, wanted: string): boolean {
  return type === wanted || (Array.isArray(type) && type.includes(wanted))
}
