/** Puts the tables of a page together: a table that describes a field becomes that field's inside. */
import { columnsOf } from '../page/column-roles.ts'
import { tableKind } from './columns.ts'
import { joinTables } from './alternatives.ts'
import { callInTable, singular } from './call.ts'
import { movedTo, readFields, walk, type Direction, type Field } from './fields.ts'
import { DIRECTIONS, directionOf, inDirection, NO_FIELDS, spread } from './parts.ts'
import type { Found } from './found.ts'
import { directionAt, locationOf, type Location } from './location.ts'
import { PageRefused, textOf, type Block, type Link, type Table } from '../page/page.ts'
import { sectionKind } from '../page/sections.ts'
import { isTableName } from '../cell/json-type.ts'
import {
  anchorOf,
  describes,
  endsAlike,
  isAlike,
  isMention,
  isNamed,
  isNamedAfter,
  isTableLink,
  isTwin,
  leadsTo,
  mentioned,
  tells,
} from './table-link.ts'

export type TableBlock = Extract<Block, { kind: 'table' }>

interface Placed {
  readonly block: TableBlock
  readonly direction: Direction
  /** Which part of the message the caption names, or nothing. */
  readonly location: Location | undefined
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
  const placed = blocks.flatMap((block) => place(block, blocks, found))
  const used = new Set<Placed>()
  const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block.table.anchor] : []))
  const anchors = new Set(tables.filter((anchor) => anchor !== undefined))
  const read: Record<Direction, readonly Field[]> = { ...NO_FIELDS }
  for (const direction of DIRECTIONS) {
    const own = placed.filter((table) => table.direction === direction)
    const nester = new Nester(own, placed, { anchors, found, used })
    const rooted = nester.roots().map((root) => ({
      table: root.block.table,
      location: root.location,
      fields: nester.inside(root, direction, []),
    }))
    const joined = joinTables(rooted)
    read[direction] = joined.fields
    found.push(...joined.found)
    found.push(...own.filter((table) => !used.has(table)).map(orphan))
  }
  const { fields, strays } = spread(read, path, method)
  found.push(...strays.map(strayed))
  return { fields, found, read: new Set(placed.map(({ block }) => block)) }
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

function strayed({ name, place }: Field): Found {
  return {
    rule: 'body-among-uri-parameters',
    at: `request.${name}`,
    place,
    says: `${name} is listed with the URI but is not part of the path, and no table lists a body.`,
    readings: ['body', 'query'],
  }
}

/** By the section; under a heading that announces neither side, by the caption. */
function sideOf({ section, table }: TableBlock): 'parameters' | 'request' | 'response' | undefined {
  const kind = sectionKind(section)
  if (kind === 'uri') return 'parameters'
  if (kind === 'request' || kind === 'response') return kind
  const { type } = columnsOf(table.header)
  if (type === undefined || !['other', 'function', 'status'].includes(kind)) return undefined
  const [side] = /\b(?:request|response)\b/i.exec(table.caption ?? '') ?? []
  if (side !== undefined) return /^req/i.test(side) ? 'request' : 'response'
  return kind === 'status' ? 'response' : undefined
}

function place(block: Block, blocks: readonly Block[], found: Found[]): readonly Placed[] {
  if (block.kind !== 'table') return []
  const side = sideOf(block)
  const kind = tableKind(block.table)
  if (
    callInTable(block.table) ||
    side === undefined ||
    (kind !== 'parameters' && kind !== 'unknown')
  )
    return []
  if (kind === 'unknown') {
    found.push(notUnderstood(block, blocks))
    return []
  }
  const { name = 0 } = columnsOf(block.table.header)
  const names = block.table.rows.map((cells) => textOf(cells[name]))
  const location = locationOf(block.table, block.section, names)
  const direction = directionAt(side, location)
  const place = { section: block.section, page: '' }
  const fields = readFields(block.table, { at: direction, direction, place })
  return [{ block, direction, location, fields }]
}

/** Unless it is the only table of its section: then the rows that the call needs may be in it. */
function isBesideOthers(block: TableBlock, blocks: readonly Block[]): boolean {
  return blocks.some(
    (other) =>
      other.kind === 'table' &&
      other.section === block.section &&
      tableKind(other.table) === 'parameters',
  )
}

function notUnderstood(block: TableBlock, blocks: readonly Block[]): Found {
  const { label, header } = block.table
  return {
    rule: 'table-not-understood',
    kind: isBesideOthers(block, blocks) ? 'unread' : 'contradiction',
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

/** What the tables of all directions have in common. */
interface Shared {
  readonly anchors: ReadonlySet<string | undefined>
  readonly found: Found[]
  readonly used: Set<Placed>
}

class Nester {
  readonly #own: readonly Placed[]
  readonly #all: readonly Placed[]
  readonly #found: Found[]
  readonly #used: Set<Placed>
  readonly #linked: ReadonlySet<string>
  /** Of all tables of the page, those included that no rule reads. */
  readonly #anchors: ReadonlySet<string | undefined>
  /** Of all rows of the page. */
  readonly #names: ReadonlySet<string>
  #placed = 0

  constructor(own: readonly Placed[], all: readonly Placed[], { anchors, found, used }: Shared) {
    this.#own = own
    this.#all = all
    this.#found = found
    this.#used = used
    const links = own.flatMap(({ fields }) => fields.flatMap((field) => field.links))
    this.#anchors = anchors
    this.#names = new Set(all.flatMap(({ fields }) => [...walk(fields)].map(({ name }) => name)))
    this.#linked = new Set(links.map(({ target }) => anchorOf(target)))
  }

  /** Tables that describe no field: the first one, and others without a name that no link leads to. */
  roots(): readonly Placed[] {
    const roots = this.#own.filter(
      ({ block: { table }, location }, index) =>
        index === 0 ||
        location !== undefined ||
        (table.name === undefined && !this.#isLinked(table)),
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
    return table.fields.map((field) =>
      this.#complete(inDirection(movedTo(field, at), directionOf(at)), inner),
    )
  }

  /**
   * The caption names another row of the page; else it is only worded otherwise. One table may describe several
   * rows of one type, such as `jars`, `any_jars` and `no_jars`, and be named after one of them.
   */
  #isContradiction(table: Table, field: Field): boolean {
    const { name = '' } = table
    if (!this.#names.has(name) || singular(name) === singular(field.name)) return false
    const rows = this.#own.flatMap(({ fields }) => fields)
    return !rows.some((row) => row.name === name && isTwin(row, field) && leadsTo(row, table))
  }

  /** To a table of this page, whatever the link is called. */
  #leads({ target }: Link): boolean {
    return target.startsWith('#') && this.#anchors.has(anchorOf(target))
  }

  #isLinked(table: Table): boolean {
    return table.anchor !== undefined && this.#linked.has(table.anchor)
  }

  #complete(field: Field, path: readonly Placed[]): Field {
    const table = field.children.length > 0 ? undefined : this.#describing(field, path)
    if (!table) return field
    if (path.includes(table)) return this.#stopped(field, table, 'table-describes-itself')
    if (path.length > DEEPEST) return this.#stopped(field, table, 'nesting-too-deep')
    this.#used.add(table)
    const children = this.inside(table, field.at, path)
    return { ...field, ...structureOf(field), children }
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
  #describing(field: Field, path: readonly Placed[]): Placed | undefined {
    const link = field.links.find((one) => isTableLink(one) || this.#leads(one))
    const byName = this.#named(field, path)
    if (!link) return this.#byNameOnly(field, byName)
    const target = this.#targetOf(link)
    if (target && isMention(field, target.block.table)) {
      this.#found.push(mentioned(field, target.block.table))
      return byName === target ? undefined : byName
    }
    if (target && this.#own.includes(target)) {
      this.#compare(field, link, target)
      return target
    }
    const known = this.#anchors.has(anchorOf(link.target))
    if (!target && link.target.startsWith('#') && byName === undefined && !known) {
      this.#found.push(this.#broken(field, link, 'link-to-nothing', 'no table of this page'))
    }
    return this.#astray(field, link, target, byName)
  }

  /** By the anchor; a link within the page to an anchor that is gone still says which table it means. */
  #targetOf({ text, target }: Link): Placed | undefined {
    const table = this.#all.find(({ block }) => block.table.anchor === anchorOf(target))
    if (table || !target.startsWith('#') || this.#anchors.has(anchorOf(target))) return table
    return this.#own.find(({ block }) => block.table.label === text)
  }

  /** The table named after the field, or after its type; never one that the field itself stands in. */
  #named(field: Field, path: readonly Placed[]): Placed | undefined {
    const others = this.#own.filter((table) => !path.includes(table))
    const fresh = others.filter((table) => !this.#used.has(table))
    return [fresh, others]
      .flatMap((tables) => [
        tables.find(({ block }) => describes(block.table, field.name)),
        tables.find(
          ({ block }) => field.type?.of !== undefined && describes(block.table, field.type.of),
        ),
        tables.find(({ block }) => field.type === undefined && isNamed(block.table, field)),
        tables.find(({ block }) => isAlike(block.table, field.name)),
        tables.find(({ block }) => endsAlike(block.table, field)),
      ])
      .find((table) => table !== undefined)
  }

  #byNameOnly(field: Field, table: Placed | undefined): Placed | undefined {
    const { type, typeText = '' } = field
    const isNamedType = type === undefined && table !== undefined
    const nested =
      type?.type === 'object' ||
      type?.items === 'object' ||
      typeText === '' ||
      (isNamedType && describes(table.block.table, field.name))
    const open = type?.type === 'array' && type.items === undefined
    const named = type === undefined && table !== undefined && isNamed(table.block.table, field)
    const sent =
      table !== undefined && field.links.some(({ text }) => tells(text, table.block.table))
    if (!(nested || open || named || sent) || !table || this.#used.has(table)) return undefined
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
    if (target && !byName) return this.#shared(field, link, target)
    const rule = away ? 'link-leaves-page' : target ? 'link-to-wrong-table' : 'link-to-nothing'
    const goes = away
      ? 'another page'
      : target
        ? `a table of the ${target.direction}`
        : 'no table of this page'
    this.#found.push(this.#broken(field, link, rule, goes, byName))
    return byName
  }

  /** One table for what is sent and what is shown, where nothing of this direction is named after the field. */
  #shared(field: Field, { text }: Link, target: Placed): Placed {
    const says = `${target.block.table.label ?? text} stands in the ${target.direction}, and describes ${field.name} of this part as well.`
    this.#found.push({ rule: 'table-shared', at: field.at, place: field.place, says })
    return target
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
    if (table.name !== undefined && !isNamedAfter(table, field)) {
      const says = `${table.label ?? 'The table'} is named ${table.name} and describes ${field.name}.`
      const readings = [field.name, table.name]
      this.#found.push({
        rule: 'caption-against-key',
        kind: this.#isContradiction(table, field) ? 'contradiction' : 'silence',
        at: field.at,
        place: field.place,
        says,
        readings,
      })
    }
  }
}

/** A type that is only the name of the table, or of the structure, is that of an object. */
function structureOf({ type, typeText = '', table }: Field): Partial<Pick<Field, 'type'>> {
  const { type: column } = columnsOf(table.header)
  if (column === undefined) return {}
  if (type?.type === 'array' && type.items === undefined)
    return { type: { ...type, items: 'object' } }
  const names = isTableName(typeText) || /^[A-Za-z][\w-]*$/.test(typeText)
  return type === undefined && names ? { type: { type: 'object' } } : {}
}
