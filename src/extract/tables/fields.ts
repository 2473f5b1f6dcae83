/** From a table of parameters to fields, with what each row says and what it fails to say. */
import { columnsOf, type Columns } from '../page/column-roles.ts'
import { labelColumns } from './columns.ts'
import { keepOwn } from '../cell/conditions.ts'
import { state, type Facts } from '../cell/facts.ts'
import { labelledCell } from '../cell/labels.ts'
import { isSpanning, textOf, type Cell, type Link, type Place, type Table } from '../page/page.ts'
import { readMandatory, readName } from '../cell/marks.ts'
import { readCell } from '../cell/read-cell.ts'
import { isObject, parseJsonish } from '../page/json-text.ts'
import { isBlank, readTypeCell, type ReadType, type TypeCell } from '../cell/json-type.ts'
import { locationColumn, locationNamed, type Direction, type Location } from './location.ts'

export type { Direction } from './location.ts'

export interface Field {
  readonly name: string
  /** `request.pool.name`: the direction, then the fields down to this one. */
  readonly at: string
  readonly direction: Direction
  readonly place: Place
  /** The table column, not what the prose says. Absent where the table has no such column. */
  readonly mandatory?: boolean
  readonly mandatoryText: string | undefined
  /** The type cell as printed; absent where the table has no such column. */
  readonly typeText: string | undefined
  /** As read from the cell, or from the table that describes the field. */
  readonly type?: ReadType | undefined
  /** What a column of places says: `query`, `header`. */
  readonly location?: Location | undefined
  readonly sample: string | undefined
  /** The name as printed, where a line was broken in it. */
  readonly brokenName?: string
  /** The names as printed, where one row names several fields. */
  readonly severalNames?: string
  /** The description as printed; never leaves the extractor. */
  readonly text: string
  readonly facts: Facts
  readonly links: readonly Link[]
  readonly children: readonly Field[]
  readonly table: Table
}

interface Row {
  readonly cells: readonly Cell[]
  readonly depth: number
  readonly name: string
  readonly brokenName?: string
  readonly severalNames?: string
  /** As a mark behind the name says. */
  readonly mandatory?: boolean
}

/** Columns by what they hold, and the one that says in which part of a message a row is. */
type Located = Columns & { readonly location: number | undefined }

/** Rows nest by the branches before their names: `└Port` belongs to the last row with one fewer. */
export function readFields(
  table: Table,
  where: { at: string; direction: Direction; place: Place },
): readonly Field[] {
  const columns = { ...columnsOf(table.header), location: locationColumn(table) }
  const rows = mergeSpanned(
    table.rows.map((cells) => rowOf(cells, columns)),
    columns,
  )
  return nest(rows.flatMap(separated), table, columns, where)
}

/** Rows that share one name cell are one row, described in several cells. Rows without a name, or of one cell, are none. */
function mergeSpanned(rows: readonly Row[], { name = 0, description }: Columns): readonly Row[] {
  const merged: Row[] = []
  for (const row of rows.filter(({ name, cells }) => name !== '' && !isSpanning(cells))) {
    const last = merged.at(-1)
    const shares = last !== undefined && last.cells[name] === row.cells[name]
    if (!shares || description === undefined) merged.push(row)
    else
      merged[merged.length - 1] = { ...last, cells: joinedAt(description, last.cells, row.cells) }
  }
  return merged
}

function joinedAt(column: number, one: readonly Cell[], other: readonly Cell[]): readonly Cell[] {
  const [first, second] = [one[column], other[column]]
  if (!first || !second || first === second) return one
  const lines = [...first.lines, ...second.lines]
  return one.with(column, { lines, links: [...first.links, ...second.links] })
}

/** `least/most/mean`, `jar_id or jar_name`: several fields in one row, and which of them is sent is not said. */
function separated(row: Row): readonly Row[] {
  if (!/^[a-z][\w-]*(?: ?\/ ?[a-z][\w-]*| or [a-z][\w-]*)+$/i.test(row.name)) return [row]
  const names = row.name.split(/ ?\/ ?| or /)
  if (new Set(names).size < names.length) return [row]
  return names.map((name) => ({ ...row, name, severalNames: row.name }))
}

/** What draws the nesting of rows in front of their names. */
const BRANCHES = /^(?:[\s└├│─┗┣»›>]|[-+–](?=[-+–\s\w]))*/

function rowOf(cells: readonly Cell[], columns: Columns): Row {
  const printed = textOf(cells[columns.name ?? 0])
  const branches = BRANCHES.exec(printed)?.[0] ?? ''
  const { name: written, ...marked } = readName(printed.slice(branches.length))
  const name = rejoined(written)
  const broken = name === written ? {} : { brokenName: written }
  return { cells, depth: branches.replace(/[\s│─]/g, '').length, name, ...broken, ...marked }
}

/** `vgw_ id`, `jar -id`, `ListJars Result`: a line was broken at an underscore, a hyphen or a capital. */
function rejoined(name: string): string {
  const isBroken =
    /^[a-z\d]+(?: ?_ ?[a-z\d]+)+$/.test(name) ||
    /^[a-z\d]+(?: ?- ?[a-z\d]+)+$/.test(name) ||
    /^(?:[A-Z][a-z\d]+){2,} [A-Z][a-z\d]+$/.test(name)
  return isBroken ? name.replaceAll(' ', '') : name
}

function nest(
  rows: readonly Row[],
  table: Table,
  columns: Located,
  where: { at: string; direction: Direction; place: Place },
): readonly Field[] {
  const top = rows[0]?.depth ?? 0
  const heads = rows.flatMap((row, index) => (row.depth <= top ? [index] : []))
  return heads.map((head, order) => {
    const row = rows[head]!
    const below = rows.slice(head + 1, heads[order + 1] ?? rows.length)
    const at = `${where.at}.${row.name}`
    const place = { ...where.place, ...rowName(table), row: row.name }
    const children = nest(below, table, columns, { ...where, at })
    return fieldOf(row, table, columns, { at, place, direction: where.direction, children })
  })
}

function rowName(table: Table): { table?: string } {
  return table.label === undefined ? {} : { table: table.label }
}

function fieldOf(
  { cells, name, brokenName, severalNames, mandatory }: Row,
  table: Table,
  columns: Located,
  known: Pick<Field, 'at' | 'place' | 'direction' | 'children'>,
): Field {
  const cell = (column: number | undefined): Cell | undefined =>
    column === undefined ? undefined : (cells[column] ?? { lines: [], links: [] })
  const printed = (column: number | undefined): string | undefined =>
    column === undefined ? undefined : textOf(cell(column))
  const described = [columns.description, columns.notes].map(cell)
  const labels = labelColumns(table.header).map((column) =>
    labelledCell(table.header[column]!, cell(column)!),
  )
  const description = joined([...described, ...labels])
  const sample = printed(columns.sample)
  const text = textOf(description)
  const { read: type, ...stated } = readTypeCell(printed(columns.type) ?? '')
  const json = isJson(printed(columns.type), sample, text)
  const mandatoryText = printed(columns.mandatory)
  const context = { json, keys: keysOf(sample), name, type, sample }
  const facts = keepOwn(readCell(description.lines, context), name)
  const place = printed(columns.location)
  return {
    ...known,
    ...(brokenName === undefined ? {} : { brokenName }),
    ...(severalNames === undefined ? {} : { severalNames }),
    ...(mandatory === undefined ? {} : { mandatory }),
    ...(stated.mandatory === undefined ? {} : { mandatory: stated.mandatory }),
    ...readMandatory(mandatoryText),
    ...notOptional(printed(columns.optional)),
    ...(severalNames === undefined ? {} : { mandatory: false }),
    name,
    mandatoryText,
    typeText: printed(columns.type),
    type:
      /^enum$/i.test(printed(columns.type) ?? '') && !facts.values
        ? undefined
        : repeated(name, type),
    ...(place === undefined ? {} : { location: locationNamed(place) }),
    sample: sample === undefined || isBlank(sample) ? undefined : sample,
    text,
    facts: withTypeCell(facts, stated),
    links: [...description.links, ...(cell(columns.type)?.links ?? [])],
    table,
  }
}

/** A column `Optional` says the opposite of a column `Mandatory`. */
function notOptional(text: string | undefined): Pick<Field, 'mandatory'> {
  const { mandatory: optional } = readMandatory(text)
  return optional === undefined ? {} : { mandatory: !optional }
}

/** `ShelfId.N`, of a type that only says that it repeats: the elements are strings. */
function repeated(name: string, type: ReadType | undefined): ReadType | undefined {
  const open = type?.type === 'array' && type.items === undefined
  return open && name.endsWith('.N') ? { ...type, items: 'string' } : type
}

/** `String(64)`, `String or null`: limits that stand beside the type. */
function withTypeCell(facts: Facts, { maxLength, minLength, nullable }: TypeCell): Facts {
  if (maxLength !== undefined) facts.maxLength = state(facts.maxLength, maxLength)
  if (minLength !== undefined) facts.minLength = state(facts.minLength, minLength)
  if (nullable === true) facts.nullable = true
  return facts
}

/** What a row says of its field may stand in several columns. */
function joined(of: readonly (Cell | undefined)[]): Cell {
  const cells = of.filter((cell) => cell !== undefined)
  return { lines: cells.flatMap(({ lines }) => lines), links: cells.flatMap(({ links }) => links) }
}

/** The keys of the objects in a JSON sample. */
function keysOf(sample: string | undefined): ReadonlySet<string> {
  const value = parseJsonish(sample ?? '')?.value
  return new Set([value].flat().filter(isObject).flatMap(Object.keys))
}

function isJson(type: string | undefined, sample: string | undefined, text: string): boolean {
  if (!/^string\b/i.test(type ?? '')) return false
  return /^\s*(?:\[\s*)?\{/.test(sample ?? '') || /\bJSON (?:string|list|array)\b/i.test(text)
}

/** A field and all fields inside it. */
export function* walk(fields: readonly Field[]): Generator<Field> {
  for (const field of fields) {
    yield field
    yield* walk(field.children)
  }
}

/** The same fields under another name: a table that describes two fields is read into both. */
export function movedTo(field: Field, at: string): Field {
  const here = `${at}.${field.name}`
  return { ...field, at: here, children: field.children.map((child) => movedTo(child, here)) }
}
