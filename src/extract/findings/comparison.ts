/** Holds one example against the rows of the page. */
import { singular } from '../tables/call.ts'
import type { Example } from '../tables/examples.ts'
import type { Field } from '../tables/fields.ts'
import type { Found } from '../tables/found.ts'
import { isObject } from '../page/json-text.ts'
import type { JsonType } from '../cell/json-type.ts'

/** Finds each contradiction of one kind at one field once, in the first example that shows it. */
export class Comparison {
  readonly found: Found[] = []
  readonly seen = new Set<string>()
  readonly #example: Example
  readonly #reported: Set<string>

  constructor(example: Example, reported: Set<string>) {
    this.#example = example
    this.#reported = reported
  }

  report(
    rule: string,
    field: Pick<Field, 'at' | 'place'>,
    says: string,
    readings: readonly string[] = [],
  ): void {
    if (this.#reported.has(`${rule} ${field.at}`)) return
    this.#reported.add(`${rule} ${field.at}`)
    const { name } = this.#example
    this.found.push({
      rule,
      at: field.at,
      place: field.place,
      says: `${name}: ${says}`,
      readings,
      example: name,
    })
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
    if (field.children.length > 0 && Array.isArray(value)) {
      if (value.length > 0) this.#type(field, value)
      return this.#elements(field, value)
    }
    if (Array.isArray(value) && value.some(isObject) && field.children.length === 0) {
      this.report(
        'element-against-text',
        field,
        'the elements are objects, which no table describes.',
      )
    }
    if (Array.isArray(value)) this.#unquoted(field, value)
    this.#type(field, value)
  }

  /** `"cups": [1, 2]`, of texts. */
  #unquoted(field: Field, list: readonly unknown[]): void {
    const [wrong] = list.filter((one) => typeof one === 'number' || typeof one === 'boolean')
    if (wrong === undefined || field.type?.items !== 'string') return
    const says = `${JSON.stringify(wrong)} without quotes, of type ${field.typeText}.`
    this.report('unquoted-text', field, says, ['string', kindOf(wrong)])
  }

  #null(field: Field): void {
    if (field.facts.nullable || field.facts.default?.value === 'null') return
    this.report('null-only-in-example', field, 'null, which no row allows.', [
      'nullable',
      'not-nullable',
    ])
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
      this.report('object-in-place-of-list', field, `${key} is one object, not a list.`, [
        'list',
        'object',
      ])
    }
    this.#elements(field, Array.isArray(list) ? list : [list])
  }

  #elements(field: Field, list: readonly unknown[]): void {
    for (const element of list)
      if (isObject(element)) this.object(field.children, element, field.at)
  }

  /** `Domains: { Domain: [ … ] }`, for a list of texts: the key stands in the example only. */
  #wrapped(field: Field, value: unknown): boolean {
    if (field.type?.type !== 'array' || !isObject(value)) return false
    const [key, ...others] = Object.keys(value)
    if (key === undefined || others.length > 0 || field.children.length > 0) return false
    const says = `the list stands one level deeper, under ${key}, which the table does not show.`
    this.report('list-key-only-in-example', field, says, ['as-in-the-example', 'as-in-the-table'])
    return true
  }

  #type(field: Field, value: unknown): void {
    const type = field.type?.type
    const list = type === 'array' && field.children.length > 0
    if (type === undefined || list || fits(type, value) || showsNoValue(value)) return
    if (this.#wrapped(field, value) || this.#isText()) return
    if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
      const says = `${JSON.stringify(value)} without quotes, of type ${field.typeText}.`
      return this.report('unquoted-text', field, says, ['string', kindOf(value)])
    }
    const quoted =
      (type === 'integer' || type === 'number') &&
      typeof value === 'string' &&
      value !== '' &&
      !Number.isNaN(Number(value))
    const quotedBoolean = type === 'boolean' && /^(?:true|false)$/i.test(String(value))
    if (quotedBoolean)
      this.report(
        'quoted-boolean',
        field,
        `"${String(value)}" in quotes, of type ${field.typeText}.`,
        ['boolean', 'string'],
      )
    else if (quoted)
      this.report('quoted-integer', field, `"${value}" in quotes, of type ${field.typeText}.`, [
        'number',
        'string',
      ])
    else
      this.report('type-against-example', field, `${kindOf(value)}, of type ${field.typeText}.`, [
        type,
        kindOf(value),
      ])
  }

  /** XML and a query have no numbers, only their digits. */
  #isText(): boolean {
    return this.#example.format === 'xml' || this.#example.format === 'query'
  }

  #undocumented(key: string, at: string): void {
    this.report(
      'key-without-row',
      { at: `${at}.${key}`, place: {} as Field['place'] },
      `${key}, which has no row.`,
    )
  }
}

/** Nothing, or what hides the value: `i-bp1****`, `XXXXXX`. */
export function showsNoValue(value: unknown): boolean {
  return (
    value === null || (typeof value === 'string' && /^$|\*{3}|^[xX]{3,}$|^\{[\w ]+\}$/.test(value))
  )
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
