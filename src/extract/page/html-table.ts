/** Reads an HTML table into a grid in which every span is filled, with htmlparser2. */
import { Parser } from 'htmlparser2'
import { squeeze, topicsIn } from './markup.ts'
import { PageRefused, type Cell, type Line, type Link, type Table } from './page.ts'

/** Deeper than any page is written; guards the parser's stack against a hostile one. */
const DEEPEST = 200
/** More columns than any page has; bounds what a span can multiply. */
const WIDEST = 50

/** Larger spans are mistakes. */
const LONGEST_SPAN = 1000

const BREAKS = new Set(['p', 'li', 'div', 'br', 'ul', 'ol', 'td', 'th', 'tr', 'pre', 'table'])

interface Spanned {
  readonly cell: Cell
  readonly rowspan: number
  readonly colspan: number
  readonly heading: boolean
}

/** Collects one cell: a line ends wherever a block element starts or ends. */
class CellReader {
  readonly lines: Line[] = []
  readonly links: Link[] = []
  lists = 0
  #text = ''
  #depth = 0
  #bold: string[] = []
  #strong: string | undefined
  #link: { text: string; target: string } | undefined
  #notes: number[] = []
  /** Paragraphs so far of each list item that is open. */
  #items: number[] = []

  open(name: string, attributes: Readonly<Record<string, string>>, level: number): void {
    if (BREAKS.has(name)) this.endLine()
    if (name === 'ul' || name === 'ol') this.lists += 1
    if (name === 'li') this.#items.push(0)
    if (name === 'strong' || name === 'b') this.#strong = ''
    if (name === 'a' && attributes['href'] !== undefined) {
      this.#link = { text: '', target: attributes['href'] }
    }
    this.#depth = this.lists
    if (/note/i.test(attributes['class'] ?? '') && name === 'div') this.#notes.push(level)
  }

  close(name: string, level: number): void {
    if (BREAKS.has(name)) this.endLine()
    if (name === 'ul' || name === 'ol') this.lists -= 1
    if (name === 'li') this.#items.pop()
    if (name === 'a') this.#endLink()
    if (name === 'strong' || name === 'b') this.#endStrong()
    if (this.#notes.at(-1) === level) this.#notes.pop()
  }

  text(data: string): void {
    if (/^\s*note:\s*$/i.test(data)) {
      this.#notes.push(-1)
      return
    }
    this.#text += data
    this.#depth = this.lists
    if (this.#strong !== undefined) this.#strong += data
    if (this.#link) this.#link.text += data
  }

  endLine(): void {
    const text = squeeze(this.#text)
    if (text !== '') {
      const note = this.#notes.length > 0
      const follows = this.#follows() ? ({ follows: true } as const) : {}
      this.lines.push({ depth: this.#depth, text, bold: this.#bold, note, ...follows })
    }
    this.#text = ''
    this.#bold = []
  }

  #follows(): boolean {
    const before = this.#items.pop()
    if (before === undefined) return false
    this.#items.push(before + 1)
    return before > 0
  }

  cell(): Cell {
    this.endLine()
    return { lines: this.lines, links: this.links }
  }

  #endLink(): void {
    if (this.#link) this.links.push({ ...this.#link, text: squeeze(this.#link.text) })
    this.#link = undefined
  }

  #endStrong(): void {
    const value = squeeze(this.#strong ?? '')
    if (value !== '') this.#bold.push(value)
    this.#strong = undefined
  }
}

/** Rows of cells as marked up; a table inside a cell stays text of that cell. */
class RowReader {
  readonly rows: Spanned[][] = []
  inCells = 0
  #tables = 0
  #level = 0
  #cell: CellReader | undefined
  #spans = { rowspan: 1, colspan: 1, heading: false }

  onopentag(name: string, attributes: Record<string, string>): void {
    this.#level += 1
    if (this.#level > DEEPEST) {
      throw new PageRefused(`A table nests its elements more than ${DEEPEST} deep.`)
    }
    if (name === 'table') this.#tables += 1
    if (name === 'table' && this.#tables === 2) this.inCells += 1
    if (this.#tables !== 1) return this.#cell?.open(name, attributes, this.#level)
    if (name === 'tr') this.#startRow()
    else if (name === 'td' || name === 'th') this.#startCell(name, attributes)
    else this.#cell?.open(name, attributes, this.#level)
  }

  onclosetag(name: string): void {
    const cellEnds = this.#tables === 1 && (name === 'td' || name === 'th')
    if (cellEnds) this.#endCell()
    else this.#cell?.close(name, this.#level)
    if (name === 'table') this.#tables -= 1
    this.#level -= 1
  }

  ontext(data: string): void {
    this.#cell?.text(data)
  }

  #startRow(): void {
    this.#endCell()
    this.rows.push([])
  }

  #startCell(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#endCell()
    this.#cell = new CellReader()
    this.#spans = {
      rowspan: span(attributes['rowspan']),
      colspan: span(attributes['colspan']),
      heading: name === 'th',
    }
  }

  #endCell(): void {
    if (!this.#cell) return
    this.rows.at(-1)?.push({ cell: this.#cell.cell(), ...this.#spans })
    this.#cell = undefined
  }
}

function span(written: string | undefined): number {
  const value = Number(written ?? 1)
  return Number.isInteger(value) && value > 0 && value <= LONGEST_SPAN ? value : 1
}

/** Repeats a spanning cell in every place it covers, so that a row can be read on its own. */
function fillSpans(rows: readonly (readonly Spanned[])[]): Spanned[][] {
  const pending = new Map<number, { left: number; cell: Spanned }>()
  return rows.map((row) => {
    const filled: Spanned[] = []
    const takeFromAbove = (): boolean => {
      const above = pending.get(filled.length)
      if (!above) return false
      if (above.left === 1) pending.delete(filled.length)
      else pending.set(filled.length, { ...above, left: above.left - 1 })
      filled.push(above.cell)
      return true
    }
    for (const cell of row) {
      while (takeFromAbove());
      for (let column = 0; column < Math.min(cell.colspan, WIDEST); column += 1) {
        if (cell.rowspan > 1) pending.set(filled.length, { left: cell.rowspan - 1, cell })
        filled.push(cell)
      }
    }
    while (takeFromAbove());
    if (filled.length > WIDEST) throw new PageRefused(`A table has more than ${WIDEST} columns.`)
    return filled
  })
}

function plainText(cell: Cell): string {
  return squeeze(cell.lines.map((line) => line.text).join(' '))
}

/**
 * Reads one `<table>`.
 *
 * @param html - From `<table` to `</table>`; whatever else is in it is ignored.
 * @returns The first row as header, also when it is marked up as an ordinary row.
 * @throws {PageRefused} When elements are nested deeper than any page is.
 */
export function readHtmlTable(html: string): Pick<Table, 'header' | 'rows' | 'topics' | 'inCells'> {
  const reader = new RowReader()
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.onopentag(name, attributes),
      onclosetag: (name) => reader.onclosetag(name),
      ontext: (data) => reader.ontext(data),
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.end(html)
  const [header = [], ...rows] = fillSpans(reader.rows.filter((row) => row.length > 0))
  return {
    header: header.map(({ cell }) => plainText(cell)),
    rows: rows.map((row) => row.map(({ cell }) => cell)),
    topics: topicsIn(html),
    ...(reader.inCells > 0 ? { inCells: reader.inCells } : {}),
  }
}
