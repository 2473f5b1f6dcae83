/** Status codes and error rows, where a page has them, or where it sends its reader for them. */
import { tableKind } from './columns.ts'
import { textOf, type Block, type Link } from '../page/page.ts'
import { sectionKind, type SectionKind } from '../page/sections.ts'

export interface StatusRow {
  readonly status: number
  readonly line: number
}

export interface ErrorRow {
  readonly status: number
  readonly code: string
  readonly line: number
  /** For rules only; never written out. */
  readonly message: string
  readonly description: string
}

export interface Statuses {
  readonly statuses: readonly StatusRow[]
  readonly errors: readonly ErrorRow[]
  /** Tables from which rows came. */
  readonly read: ReadonlySet<Block>
  /** Pages that a section on codes links to. */
  readonly links: readonly Link[]
}

/** Here a table with codes is about something else. */
const UNCODED = new Set<SectionKind>(['authorization', 'history', 'example', 'debugging'])

export function readStatuses(blocks: readonly Block[]): Statuses {
  const coded = blocks.filter(({ section }) => ['status', 'errors'].includes(sectionKind(section)))
  const elsewhere = blocks.filter(({ section }) => !UNCODED.has(sectionKind(section)))
  return {
    statuses: coded.flatMap(statusRows),
    errors: elsewhere.flatMap(errorRows),
    read: new Set([
      ...coded.filter((block) => block.kind === 'table' && statusRows(block).length > 0),
      ...elsewhere.filter((block) => errorRows(block).length > 0),
    ]),
    links: coded.flatMap((block) => (block.kind === 'text' ? block.links : [])),
  }
}

/** Any number of three digits in the first column; a range or a word is none. */
function statusRows(block: Block): readonly StatusRow[] {
  if (block.kind === 'text') return statusInText(block)
  if (block.kind !== 'table' || tableKind(block.table) !== 'statuses') return []
  return block.table.rows.flatMap((cells) => {
    const status = /\b([1-5]\d\d)\b/.exec(textOf(cells[0]))?.[1]
    return status === undefined ? [] : [{ status: Number(status), line: block.from }]
  })
}

function statusInText(block: Extract<Block, { kind: 'text' }>): readonly StatusRow[] {
  return block.lines.flatMap(({ text }) => {
    const status = /^(?:normal|success(?:ful)?)?[\s:]*([1-5]\d\d)\b/i.exec(text)?.[1]
    return status === undefined ? [] : [{ status: Number(status), line: block.from }]
  })
}

function errorRows(block: Block): readonly ErrorRow[] {
  if (block.kind !== 'table' || tableKind(block.table) !== 'errors') return []
  const { header, rows } = block.table
  const column = (pattern: RegExp): number => header.findIndex((title) => pattern.test(title))
  const [status, code] = [
    column(/status|^http ?code|^(?:http|response|return) code/i),
    column(/error code/i),
  ]
  const [message, description] = [column(/message/i), column(/description/i)]
  return rows.flatMap((cells) => {
    const number = Number(textOf(cells[status]))
    if (!Number.isInteger(number) || number < 100) return []
    const text = (index: number): string => textOf(cells[index])
    const row = { status: number, code: text(code), message: text(message) }
    return [{ ...row, description: text(description), line: block.from }]
  })
}
