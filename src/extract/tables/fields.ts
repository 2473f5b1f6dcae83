/** From a table of parameters to fields, with what each row says and what it fails to say. */
import { columnsOf, labelColumns, type Columns } from './columns.ts'
import { keepOwn } from '../cell/conditions.ts'
import type { Facts } from '../cell/facts.ts'
import { labelledCell } from '../cell/labels.ts'
import { isSpanning, textOf, type Cell, type Link, type Place, type Table } from '../page/page.ts'
import { readCell } from '../cell/read-cell.ts'
import { isObject, parseJsonish } from '../page/json-text.ts'
import { isBlank } from '../cell/json-type.ts'

export type Direction = 'parameters' | 'query' | 'request' | 'response'

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
  readonly sample: string | undefined
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
}

/** Rows nest by the branches before their names: `└Port` belongs to the last row with one fewer. */
export function readFields(
  table: Table,
  where: { at: string; direction: Direction; place: Place },
): readonly Field[] {
  const columns = columnsOf(table.header)
  const rows = mergeSpanned(
    table.rows.map((cells) => rowOf(cells, columns)),
    columns,
  )
  return nest(rows, table, columns, where)
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

function rowOf(cells: readonly Cell[], columns: Columns): Row {
  const printed = textOf(cells[columns.name ?? 0])
  const branches = /^[\s└├│─]*/.exec(printed)?.[0] ?? ''
  return {
    cells,
    depth: branches.replace(/[^└├]/g, '').length,
    name: printed.slice(branches.length),
  }
}

function nest(
  rows: readonly Row[],
  table: Table,
  columns: Columns,
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
  { cells, name }: Row,
  table: Table,
  columns: Columns,
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
  const json = isJson(printed(columns.type), sample, text)
  const mandatoryText = printed(columns.mandatory)
  return {
    ...known,
    ...readMandatory(mandatoryText),
    name,
    mandatoryText,
    typeText: printed(columns.type),
    sample: sample === undefined || isBlank(sample) ? undefined : sample,
    text,
    facts: keepOwn(readCell(description.lines, { json, keys: keysOf(sample) }), name),
    links: [...description.links, ...(cell(columns.type)?.links ?? [])],
    table,
  }
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
  if (!/^string$/i.test(type ?? '')) return false
  return /^\s*\[?\s*\{/.test(sample ?? '') || /\bJSON (?:string|list|array)\b/i.test(text)
}

function readMandatory(text: string | undefined): { mandatory?: boolean } {
  if (/^(?:yes|y|true|mandatory|required|m)$/i.test(text ?? '')) return { mandatory: true }
  return /^(?:no|n|false|optional|o)$/i.test(text ?? '') ? { mandatory: false } : {}
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
