/** A vendor page after parsing, the same for all three shapes: blocks in order, tables as grids. */

/** Which way the page was written; recognised by what is in it, never by its name. */
export type Shape = 'html-tables' | 'pipe-tables' | 'plain-text'

/** One paragraph or one list item. `depth` 0 is a paragraph, 1 an item of the outermost list. */
export interface Line {
  readonly depth: number
  readonly text: string
  /** What is printed bold, in order: vendors set literal values in bold. */
  readonly bold: readonly string[]
  /** A further paragraph of the list item above it. */
  readonly follows?: true
  /** It stands in a note box. */
  readonly note: boolean
}

export interface Link {
  readonly text: string
  readonly target: string
}

export interface Cell {
  readonly lines: readonly Line[]
  readonly links: readonly Link[]
}

export interface Table {
  /** As printed in the caption: `Table 4`. Absent where tables have no captions. */
  readonly label?: string
  /** The field the caption says it describes. */
  readonly name?: string
  /** The caption without its label. */
  readonly caption?: string
  readonly anchor?: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** Lines that look like the start of a row and could not be cut into cells. */
  readonly suspects?: readonly string[]
  /** Rows that had more pieces than the table has columns, and were put together again. */
  readonly rejoined?: number
  /** Lines taken for the start of a row because of where they stand. */
  readonly byPlace?: readonly string[]
  /** Tables inside cells of this one, which nothing reads. */
  readonly inCells?: number
  /** Documents whose ids are left in the markup: a table copied from another page says so. */
  readonly topics: readonly string[]
}

export type Content =
  | { readonly kind: 'heading'; readonly text: string; readonly topics: readonly string[] }
  | { readonly kind: 'text'; readonly lines: readonly Line[]; readonly links: readonly Link[] }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'code'; readonly text: string; readonly label: string }
  /** Carries nothing a reader sees: a lone anchor. */
  | { readonly kind: 'markup' }
  /** Left over from the site around the page: its search box, its date. */
  | { readonly kind: 'site' }

/** A run of lines of the page; `from` counts from 1, `to` is the last line of it. */
export type Block = Content & {
  readonly section: string
  readonly from: number
  readonly to: number
}

export interface Page {
  readonly shape: Shape
  readonly title: string
  /** Of the bytes of the file, in hexadecimal. */
  readonly sha256: string
  /** The page's lines, so that a ledger can be held against them. */
  readonly lines: readonly string[]
  readonly blocks: readonly Block[]
}

/** Where in a page something stands: enough to put a finger on it. */
export interface Place {
  readonly page: string
  readonly section: string
  readonly table?: string
  readonly row?: string
}

/** The file cannot be read as an API page. The message is one sentence for the person at the keyboard. */
export class PageRefused extends Error {
  override readonly name = 'PageRefused'
}

/** The text of a cell on one line. */
export function textOf(cell: Cell | undefined): string {
  return (cell?.lines ?? [])
    .map((line) => line.text)
    .join(' ')
    .trim()
}

/** A row of one cell across all columns: a heading between rows. */
export function isSpanning(cells: readonly Cell[]): boolean {
  return cells.length > 1 && cells.every((cell) => cell === cells[0])
}

/** `Updating a Backend Server Group › Request › Table 4 › type`. */
export function placeName({ page, section, table, row }: Place): string {
  return [page, section, table, row].filter((part) => part !== undefined && part !== '').join(' › ')
}
