/** Shape 2: Markdown with `{#id .section}` headings and pipe tables whose rows span several lines. */
import { linksIn, markdownLine, squeeze } from './markup.ts'
import { fenced, markdownBlocks, type Region } from './markdown-blocks.ts'
import { PageRefused, type Block, type Cell, type Line } from './page.ts'

const DELIMITER = /^\|(?:\s*:?-+:?\s*\|)+\s*$/
const ITEM = /^(\s*)[-*]\s+(.*)$/

/**
 * @throws {PageRefused} When the last row of a table is never closed: the file is cut short.
 */
export function pipeTablesPage(lines: readonly string[]): readonly Block[] {
  const code = fenced(lines)
  const regions: Region[] = []
  for (let index = 0; index + 1 < lines.length; index += 1) {
    if (code[index] || !isHeader(lines[index]!, lines[index + 1]!)) continue
    const region = readRegion(lines, index)
    regions.push(region)
    index = region.to - 1
  }
  return markdownBlocks(lines, regions)
}

function isHeader(line: string, below: string): boolean {
  return line.startsWith('|') && DELIMITER.test(below.slice(0, 2000))
}

function readRegion(lines: readonly string[], from: number): Region {
  const header = splitCells(lines[from]!).map(squeeze)
  const rows: Cell[][] = []
  let index = from + 2
  while (index < lines.length && lines[index]!.startsWith('|')) {
    const { text, to } = readRow(lines, index, header.length)
    rows.push(splitCells(text).map(readCell))
    index = to
  }
  return { from, to: index, table: { header, rows, topics: [] } }
}

/** A row ends with the line that closes its last cell; blank lines and lists may stand in between. */
function readRow(
  lines: readonly string[],
  from: number,
  columns: number,
): { text: string; to: number } {
  let pipes = 0
  for (let index = from; index < lines.length; index += 1) {
    pipes += countPipes(lines[index]!)
    const closed = lines[index]!.trimEnd().endsWith('|')
    if (closed && (pipes > columns || startsRow(lines[index + 1])))
      return { text: lines.slice(from, index + 1).join('\n'), to: index + 1 }
  }
  throw new PageRefused(
    `The table row that begins in line ${from + 1} never ends: the file is cut short.`,
  )
}

/** A row may be short of cells: then the next one begins before all columns were seen. */
function startsRow(line: string | undefined): boolean {
  return line !== undefined && line.startsWith('|') && line.trim() !== '|'
}

function countPipes(line: string): number {
  return line.split('|').length - 1 - (line.split('\\|').length - 1)
}

/** Cells between unescaped pipes; a row with too few keeps the ones it has. */
function splitCells(row: string): string[] {
  const parts = row.trim().split(/(?<!\\)\|/)
  return parts.slice(1, -1).map((part) => part.replaceAll('\\|', '|'))
}

function readCell(markdown: string): Cell {
  const lines: Line[] = []
  let paragraph: string[] = []
  const endParagraph = (): void => {
    if (paragraph.length > 0) lines.push(markdownLine(paragraph.join(' '), 0))
    paragraph = []
  }
  for (const line of markdown.split('\n')) {
    const [, indent, item] = ITEM.exec(line) ?? []
    if (item !== undefined || line.trim() === '') endParagraph()
    if (item !== undefined) lines.push(markdownLine(item, 1 + Math.floor(indent!.length / 4)))
    else if (line.trim() !== '') paragraph.push(line)
  }
  endParagraph()
  return { lines: lines.filter((line) => line.text !== ''), links: linksIn(markdown) }
}
