/** Puts the tables of a page together: a table that describes a field becomes that field's inside. */
import { tableKind } from './columns.ts'
import { callInTable } from './call.ts'
import { movedTo, readFields, type Direction, type Field } from './fields.ts'
import type { Found } from '../findings/finding.ts'
import { PageRefused, type Block, type Link, type Table } from '../page/page.ts'
import { sectionKind } from '../page/sections.ts'
import { readType } from '../cell/json-type.ts'
import { anchorOf, describes, isTableLink } from './table-link.ts'

export type TableBlock = Extract<Block, { kind: 'table' }>

interface Placed {
  readonly block: TableBlock
  readonly direction: Direction
  readonly fields: readonly Field[]
}

export interface Nested {
  readonly fields: Readonly<Record<Direction, readonly Field[]>>
  readonly found: readonly Found[]
  /** Tables whose rows became fields. */
  readonly read: ReadonlySet<TableBlock>
}

/** Deeper than any page nests; what would stand below is reported. */
const DEEPEST = 12
/** Fields of all tables in all their places. Ten times what any known page has. */
const MOST_FIELDS = 5000
/** Ten times what any known page has. */
const MOST_TABLES = 300
const MOST_ROWS = 2000

/**
 * @param path - Tells parameters of the path from those of the query in the URI section.
 * @param method - A GET has no body: what its request lists goes into the query.
 */
export function nestTables(
  blocks: readonly Block[],
  path: string | undefined,
  method: string | undefined,
): Nested {
  const found: Found[] = []
  refuseTooMany(blocks)
  const placed = blocks.flatMap((block) => place(block, found))
  const used = new Set<Placed>()
  const fields: Record<Direction, readonly Field[]> = {
    parameters: [],
    query: [],
    request: [],
    response: [],
  }
  for (const direction of ['parameters', 'request', 'response'] as const) {
    const own = placed.filter((table) => table.direction === direction)
    const nester = new Nester(own, placed, found, used)
    fields[direction] = nester.roots().flatMap((root) => nester.inside(root, direction, []))
    found.push(...own.filter((table) => !used.has(table)).map(orphan))
  }
  const inPath = ({ name }: Field): boolean => path === undefined || path.includes(`{${name}}`)
  const bodiless = method === 'GET' || method === 'HEAD'
  const beside = fields.parameters.filter((field) => !inPath(field))
  const body = bodiless || fields.request.length > 0 ? [] : bodyAmong(beside, method)
  found.push(...body.map(strayed))
  const others = beside.filter((field) => !body.includes(field))
  const query = [...others, ...(bodiless ? fields.request : [])].map((field) => asQuery(field))
  const parameters = fields.parameters.filter(inPath)
  const own = body.map((field): Field => ({ ...movedTo(field, 'request'), direction: 'request' }))
  const request = bodiless ? [] : [...own, ...fields.request]
  return {
    fields: { ...fields, parameters, query, request },
    found,
    read: new Set(placed.map(({ block }) => block)),
  }
}

/** Tables are compared with each other and rows with examples: a page of thousands would take for ever. */
function refuseTooMany(blocks: readonly Block[]): void {
  const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : []))
  const longest = Math.max(0, ...tables.map(({ rows }) => rows.length))
  if (tables.length <= MOST_TABLES && longest <= MOST_ROWS) return
  throw new PageRefused(
    `The page has ${tables.length} tables of up to ${longest} rows, and no API page has so many.`,
  )
}

/** What a POST or PUT lists beside its path, when it lists nothing as its request, is its body. */
function bodyAmong(fields: readonly Field[], method: string | undefined): readonly Field[] {
  return method === 'POST' || method === 'PUT' || method === 'PATCH' ? fields : []
}

function strayed({ name, place }: Field): Found {
  return {
    rule: 'body-among-uri-parameters',
    at: `request.${name}`,
    place,
    says: `${name} is listed with the URI but is not part of the path, and no table lists a body.`,
    readings: ['body', 'query'],
  }
}

function asQuery(field: Field): Field {
  return { ...movedTo(field, 'query'), direction: 'query' }
}

function directionOf({ section }: Block): Direction | undefined {
  const kind = sectionKind(section)
  if (kind === 'uri') return 'parameters'
  return kind === 'request' || kind === 'response' ? kind : undefined
}

function place(block: Block, found: Found[]): readonly Placed[] {
  if (block.kind !== 'table') return []
  const direction = directionOf(block)
  const kind = tableKind(block.table)
  if (
    callInTable(block.table) ||
    direction === undefined ||
    (kind !== 'parameters' && kind !== 'unknown')
  )
    return []
  if (kind === 'unknown') {
    found.push(notUnderstood(block))
    return []
  }
  const where = { section: block.section, page: '' }
  return [
    {
      block,
      direction,
      fields: readFields(block.table, { at: direction, direction, place: where }),
    },
  ]
}

function notUnderstood(block: TableBlock): Found {
  const { label, header } = block.table
  return {
    rule: 'table-not-understood',
    at: `tables.line-${block.from}`,
    place: { section: block.section, ...(label === undefined ? {} : { table: label }) },
    says: `No rule reads a table with the columns ${header.join(', ')}.`,
  }
}

function orphan({ block, direction }: Placed): Found {
  const { label = `the table of line ${block.from}`, name = '' } = block.table
  return {
    rule: 'table-without-field',
    at: `${direction}.${name === '' ? `line-${block.from}` : name}`,
    place: { section: block.section, table: label },
    says: `${label} describes ${name || 'something'}, and no field of the ${direction} is that.`,
  }
}

class Nester {
  readonly #own: readonly Placed[]
  readonly #all: readonly Placed[]
  readonly #found: Found[]
  readonly #used: Set<Placed>
  readonly #linked: ReadonlySet<string>
  readonly #anchors: ReadonlySet<string | undefined>
  #placed = 0

  constructor(own: readonly Placed[], all: readonly Placed[], found: Found[], used: Set<Placed>) {
    this.#own = own
    this.#all = all
    this.#found = found
    this.#used = used
    const links = own.flatMap(({ fields }) => fields.flatMap((field) => field.links))
    this.#anchors = new Set(all.map(({ block }) => block.table.anchor))
    this.#linked = new Set(links.map(({ target }) => anchorOf(target)))
  }

  /** Tables that describe no field: the first one, and others without a name that no link leads to. */
  roots(): readonly Placed[] {
    const roots = this.#own.filter(
      ({ block: { table } }, index) =>
        index === 0 || (table.name === undefined && !this.#isLinked(table)),
    )
    for (const root of roots) this.#used.add(root)
    return roots
  }

  /** @param path - The tables that this one stands in, outermost first. */
  inside(table: Placed, at: string, path: readonly Placed[]): readonly Field[] {
    this.#placed += table.fields.length
    if (this.#placed > MOST_FIELDS) {
      throw new PageRefused(
        `The tables of the page describe each other into more than ${MOST_FIELDS} fields, and no API page has so many.`,
      )
    }
    const inner = [...path, table]
    return table.fields.map((field) => this.#complete(movedTo(field, at), inner))
  }

  /** To a table of this page, whatever the link is called. */
  #leads({ target }: Link): boolean {
    return target.startsWith('#') && this.#anchors.has(anchorOf(target))
  }

  #isLinked(table: Table): boolean {
    return table.anchor !== undefined && this.#linked.has(table.anchor)
  }

  #complete(field: Field, path: readonly Placed[]): Field {
    const table = field.children.length > 0 ? undefined : this.#describing(field)
    if (!table) return field
    if (path.includes(table)) return this.#stopped(field, table, 'table-describes-itself')
    if (path.length > DEEPEST) return this.#stopped(field, table, 'nesting-too-deep')
    this.#used.add(table)
    return { ...field, children: this.inside(table, field.at, path) }
  }

  #stopped(field: Field, { block }: Placed, rule: string): Field {
    const label = block.table.label ?? `The table of line ${block.from}`
    const says =
      rule === 'nesting-too-deep'
        ? `${label} would stand ${DEEPEST} tables deep; what is below ${field.name} was left out.`
        : `${label} describes ${field.name}, a field of that same table or of one inside it.`
    this.#found.push({ rule, at: field.at, place: field.place, says })
    return field
  }

  /** By link if it leads to a table of this direction, else by name, which is then reported. */
  #describing(field: Field): Placed | undefined {
    const link = field.links.find((one) => isTableLink(one) || this.#leads(one))
    const byName = this.#own.find(({ block }) => describes(block.table, field.name))
    if (!link) return this.#byNameOnly(field, byName)
    const target = this.#all.find(({ block }) => block.table.anchor === anchorOf(link.target))
    if (target && this.#own.includes(target)) {
      this.#compare(field, link, target)
      return target
    }
    if (!target && link.target.startsWith('#') && byName === undefined) {
      this.#found.push(this.#broken(field, link, 'link-to-nothing', 'no table of this page'))
    }
    return this.#astray(field, link, target, byName)
  }

  #byNameOnly(field: Field, table: Placed | undefined): Placed | undefined {
    const nested = ['object', 'array'].includes(readType(field.typeText ?? '')?.type ?? '')
    if (!nested || !table || this.#used.has(table)) return undefined
    const label = table.block.table.label ?? 'A table'
    const says = `${label} is named after ${field.name}, and the row does not link to it.`
    this.#found.push({ rule: 'table-not-linked', at: field.at, place: field.place, says })
    return table
  }

  #astray(
    field: Field,
    link: Link,
    target: Placed | undefined,
    byName: Placed | undefined,
  ): Placed | undefined {
    const away = !link.target.startsWith('#')
    if (!away && !target && !byName) return undefined
    const rule = away ? 'link-leaves-page' : target ? 'link-to-wrong-table' : 'link-to-nothing'
    const goes = away
      ? 'another page'
      : target
        ? `a table of the ${target.direction}`
        : 'no table of this page'
    this.#found.push(this.#broken(field, link, rule, goes, byName))
    return byName
  }

  #broken(field: Field, link: Link, rule: string, goes: string, byName?: Placed): Found {
    const own = byName?.block.table.label
    const instead = own === undefined ? '' : ` ${own} of this page is named after the field.`
    const readings = [link.text, ...(own === undefined ? [] : [own])]
    const says = `The link ${link.text} leads to ${goes}.${instead}`
    return { rule, at: field.at, place: field.place, says, readings }
  }

  /** The link's text against the label of the table it leads to, and the caption against the key. */
  #compare(field: Field, link: Link, { block: { table } }: Placed): void {
    if (table.label !== undefined && /^Table/i.test(link.text) && link.text !== table.label) {
      const says = `The link says ${link.text} and leads to ${table.label}.`
      this.#found.push({ rule: 'link-text-differs', at: field.at, place: field.place, says })
    }
    if (table.name !== undefined && table.name !== field.name) {
      const says = `${table.label ?? 'The table'} is named ${table.name} and describes ${field.name}.`
      const readings = [field.name, table.name]
      this.#found.push({
        rule: 'caption-against-key',
        at: field.at,
        place: field.place,
        says,
        readings,
      })
    }
  }
}
