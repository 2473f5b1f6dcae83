/** Contradictions between a page's examples and its rows. */
import type { ApiPage } from '../api.ts'
import { singular } from '../call.ts'
import type { Example } from '../examples.ts'
import type { Field } from '../fields.ts'
import type { Found } from '../finding.ts'
import { isObject, parseJsonish } from '../json-text.ts'
import { readType, type JsonType } from '../type-cell.ts'

type Rule = (api: ApiPage) => readonly Found[]

/** Finds each contradiction of one kind at one field once, in the first example that shows it. */
class Comparison {
  readonly found: Found[] = []
  readonly seen = new Set<string>()
  readonly #example: Example
  readonly #reported: Set<string>

  constructor(example: Example, reported: Set<string>) {
    this.#example = example
    this.#reported = reported
  }

  report(rule: string, field: Pick<Field, 'at' | 'place'>, says: string, readings: readonly string[] = []): void {
    if (this.#reported.has(`${rule} ${field.at}`)) return
    this.#reported.add(`${rule} ${field.at}`)
    const { name } = this.#example
    this.found.push({ rule, at: field.at, place: field.place, says: `${name}: ${says}`, readings, example: name })
  }

  object(fields: readonly Field[], value: Readonly<Record<string, unknown>>, at: string): void {
    for (const [key, inner] of Object.entries(value)) {
      const field = fields.find(({ name }) => name === key)
      if (field) this.value(field, inner)
      else this.#undocumented(key, at)
    }
  }

  value(field: Field, value: unknown): void {
    this.seen.add(field.at)
    if (value === null) return this.#null(field)
    if (isObject(value) && field.children.length > 0) this.#type(field, value)
    if (field.children.length > 0 && isObject(value)) return this.#inner(field, value)
    if (field.children.length > 0 && Array.isArray(value)) return this.#elements(field, value)
    if (Array.isArray(value) && value.some(isObject) && field.children.length === 0) {
      this.report('element-against-text', field, 'the elements are objects, which no table describes.')
    }
    this.#type(field, value)
  }

  #null(field: Field): void {
    if (field.facts.nullable || field.facts.default?.value === 'null') return
    this.report('null-only-in-example', field, 'null, which no row allows.', ['nullable', 'not-nullable'])
  }

  /** An object with fields, or a list inside an object of one key that only the example shows. */
  #inner(field: Field, value: Readonly<Record<string, unknown>>): void {
    const [key, ...others] = Object.keys(value)
    const wraps = key !== undefined && others.length === 0 && key === singular(field.name)
    if (!wraps || field.children.some(({ name }) => name === key)) {
      return this.object(field.children, value, field.at)
    }
    const says = `the list stands one level deeper, under ${key}, which the table does not show.`
    this.report('list-key-only-in-example', field, says, ['as-in-the-example', 'as-in-the-table'])
    const list = value[key]
    if (isObject(list) && this.#example.format === 'json') {
      this.report('object-in-place-of-list', field, `${key} is one object, not a list.`, ['list', 'object'])
    }
    this.#elements(field, Array.isArray(list) ? list : [list])
  }

  #elements(field: Field, list: readonly unknown[]): void {
    for (const element of list) if (isObject(element)) this.object(field.children, element, field.at)
  }

  #type(field: Field, value: unknown): void {
    const type = readType(field.typeText ?? '')?.type
    const list = type === 'array' && field.children.length > 0
    if (type === undefined || list || fits(type, value) || this.#example.format === 'xml') return
    const quoted = (type === 'integer' || type === 'number') && typeof value === 'string' && value !== '' && !Number.isNaN(Number(value))
    if (quoted) this.report('quoted-integer', field, `"${value}" in quotes, of type ${field.typeText}.`, ['number', 'string'])
    else this.report('type-against-example', field, `${kindOf(value)}, of type ${field.typeText}.`, [type, kindOf(value)])
  }

  #undocumented(key: string, at: string): void {
    this.report('key-without-row', { at: `${at}.${key}`, place: {} as Field['place'] }, `${key}, which has no row.`)
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value
}

function fits(type: JsonType, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

const bodies: Rule = ({ page, fields, examples }) => {
  const reported = new Set<string>()
  const shown = new Set<string>()
  const found = examples.flatMap((example) => {
    const comparison = new Comparison(example, reported)
    const body = unwrapped(example, page.title, comparison)
    if (isObject(body)) comparison.object(fields[example.direction], body, example.direction)
    for (const at of comparison.seen) shown.add(at)
    return comparison.found
  })
  return [...found, ...neverShown(fields.response, examples, shown)]
}

/** XML has a root by nature; JSON wrapped in `…Response` contradicts the rows. */
function unwrapped({ value, format, direction }: Example, title: string, comparison: Comparison): unknown {
  if (!isObject(value)) return undefined
  const [root, ...others] = Object.keys(value)
  if (root === undefined || others.length > 0) return value
  if (format === 'xml') return value[root]
  if (root !== title && root !== `${title}Response`) return value
  const place = { at: direction, place: { page: title, section: 'Examples' } }
  comparison.report('wrapper-in-example', place, `the body is wrapped in ${root}.`, ['unwrapped', 'wrapped'])
  return value[root]
}

/** A field of the response that no example of a response has. */
function neverShown(fields: readonly Field[], examples: readonly Example[], shown: ReadonlySet<string>): readonly Found[] {
  const judged = examples.some(({ direction, value }) => direction === 'response' && isObject(value))
  if (!judged) return []
  return fields.flatMap((field): readonly Found[] => {
    if (shown.has(field.at)) return neverShown(field.children, examples, shown)
    const says = `No example of a response has ${field.name}.`
    return [{ rule: 'field-not-in-example', at: field.at, place: field.place, says }]
  })
}

const TROUBLES = {
  'not-json': 'The example is no JSON.',
  'not-xml': 'The example is no XML.',
  'another-call': 'The example shows another call, or its answer.',
} as const

const troubles: Rule = ({ examples }) =>
  examples.flatMap(({ name, trouble }) =>
    trouble === undefined
      ? []
      : [{ rule: `example-${trouble}`, at: `examples.${name}`, place: { section: 'Example' }, says: TROUBLES[trouble], example: name }],
  )

/** Request lines that no client could send as printed. */
const lines: Rule = ({ examples }) =>
  examples.flatMap(({ name, format, printed }) => {
    const first = printed.split('\n').find((line) => line.trim() !== '') ?? ''
    const wrong = [
      ...(format === 'line' && !/^\s*\w+\s+https?:\/\//.test(first) ? ['no scheme and host'] : []),
      ...(format === 'line' && /^\s*\w+\s{2,}/.test(first) ? ['two blanks after the method'] : []),
      ...(format === 'line' && /\S\s+$/.test(first) ? ['a blank at its end'] : []),
      ...(format === 'query' && /\?\s/.test(first) ? ['a blank after the question mark'] : []),
    ]
    if (wrong.length === 0) return []
    const says = `The request line has ${wrong.join(' and ')}.`
    return [{ rule: 'request-line-form', at: `examples.${name}`, place: { section: 'Example' }, says }]
  })

/** JSON in a string that is JSON only after its quotes are changed; integers in it that are quoted. */
const jsonStrings: Rule = ({ fields }) =>
  fields.request.flatMap((field): readonly Found[] => {
    const read = parseJsonish(field.sample ?? '')
    const found = { at: field.at, place: field.place }
    if (!read && /^\s*\[?\s*\{/.test(field.sample ?? '')) {
      return [{ ...found, rule: 'sample-not-json', says: 'The sample looks like JSON and cannot be read as such.' }]
    }
    if (!read) return []
    const single = read.singleQuoted
      ? [{ ...found, rule: 'single-quoted-json', says: 'The sample sets its strings in single quotes, which is not JSON.', readings: ['strict', 'single-quoted'] }]
      : []
    return [...single, ...quotedInside(field, read.value)]
  })

function quotedInside(field: Field, value: unknown): readonly Found[] {
  const elements = (Array.isArray(value) ? value : [value]).filter(isObject)
  const keys = new Set(elements.flatMap((element) => Object.entries(element).filter(([, inner]) => typeof inner === 'string' && /^-?\d+$/.test(inner)).map(([key]) => key)))
  return [...keys].map((key) => ({
    rule: 'quoted-integer',
    at: `${field.at}.${key}`,
    place: field.place,
    says: `The sample sets the number of ${key} in quotes.`,
    readings: ['number', 'string'],
  }))
}

/** An answer that still lists what its request removed. */
const removedButListed: Rule = ({ page, fields, examples }) => {
  if (!/^Remove/.test(page.title)) return []
  const ids = fields.request.flatMap(({ sample }) => idsIn(parseJsonish(sample ?? '')?.value))
  const example = examples.find(({ direction, value }) => direction === 'response' && idsIn(value).some((id) => ids.includes(id)))
  if (!example) return []
  const says = `${example.name} lists a server that the sample of the request removes.`
  const at = `examples.${example.name}`
  return [{ rule: 'removed-server-listed', at, place: { section: 'Examples' }, says, readings: ['remaining', 'removed'] }]
}

function idsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn)
  if (!isObject(value)) return []
  const own = typeof value['ServerId'] === 'string' ? [value['ServerId']] : []
  return [...own, ...Object.values(value).flatMap(idsIn)]
}

/** One load balancer that belongs to two projects: the examples were put together by hand. */
const sharedIds: Rule = ({ examples }) => {
  const owners = new Map<string, string>()
  for (const { value, name } of examples) {
    const [body] = isObject(value) ? Object.values(value) : []
    if (!isObject(body) || typeof body['tenant_id'] !== 'string') continue
    const ids = [body['loadbalancers'] ?? []].flat().flatMap((item) => (isObject(item) ? [String(item['id'])] : []))
    for (const id of ids) {
      const owner: string = owners.get(id) ?? body['tenant_id']
      owners.set(id, owner)
      if (owner === body['tenant_id']) continue
      const says = `${name} gives a load balancer to a second project.`
      return [{ rule: 'id-of-two-projects', at: `examples.${name}`, place: { section: 'Example' }, says }]
    }
  }
  return []
}

/** Samples in the table that differ from the same field in the example, where the ids agree. */
const samples: Rule = ({ fields, examples }) => {
  const body = JSON.stringify(examples.find(({ direction, format }) => direction === 'response' && format === 'json')?.value ?? '')
  return fields.response.flatMap((field) =>
    field.children.flatMap((child): readonly Found[] => {
      const sample = child.sample
      if (sample === undefined || !body.includes(`"${child.name}"`) || body.includes(`:"${sample}"`) || body.includes(`:${sample}`)) return []
      const says = `The sample ${sample} of ${child.name} is not the value in the example.`
      return [{ rule: 'sample-against-example', at: child.at, place: child.place, says }]
    }),
  )
}

const ALL: readonly Rule[] = [troubles, lines, bodies, jsonStrings, removedButListed, sharedIds, samples]

export const exampleRules: Rule = (api) => ALL.flatMap((rule) => rule(api))
