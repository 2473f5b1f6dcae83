/** Pipe tables whose rows span several lines, as the SLB family is published. */
import { linksIn, markdownLine, squeeze } from './markup.ts'
import { anchorAbove, type Region } from './markdown-blocks.ts'
import { PageRefused, type Cell, type Line } from './page.ts'

const DELIMITER = /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/
const ITEM = /^(\s*)[-*]\s+(?!\s)(.*)$/
/** `Valid values:-   tin: …`: the first item stands on the line of its lead. */
const RUN_ON = /([:：])- {3}(?=\S)/g

/**
 * @param taken - Lines in which no table can begin.
 * @throws {PageRefused} When the last row of a table is never closed: the file is cut short.
 */
export function pipeRegions(
  lines: readonly string[],
  taken: readonly boolean[],
): readonly Region[] {
  const regions: Region[] = []
  for (let index = 0; index + 1 < lines.length; index += 1) {
    if (taken[index] || !isPipeHeader(lines[index]!, lines[index + 1])) continue
    const region = readRegion(lines, index)
    regions.push(region)
    index = region.to - 1
  }
  return regions
}

/** Whether a line is the header of a pipe table: the line below it draws the columns. */
export function isPipeHeader(line: string, below: string | undefined): boolean {
  return begins(line) && DELIMITER.test((below ?? '').slice(0, 2000))
}

/** The titles of the columns of a pipe table. */
export function pipeTitles(line: string): readonly string[] {
  return splitCells(line).map((title) => squeeze(title.replaceAll('**', '')))
}

function begins(line: string | undefined): boolean {
  return line !== undefined && /^\s{0,8}\|/.test(line)
}

function readRegion(lines: readonly string[], from: number): Region {
  const header = pipeTitles(lines[from]!)
  const rows: Cell[][] = []
  let rejoined = 0
  let index = from + 2
  while (index < lines.length && begins(lines[index])) {
    const { text, to } = readRow(lines, index, header.length)
    const cells = splitCells(text)
    if (cells.length > header.length) rejoined += 1
    rows.push(rejoin(cells, header.length).map(readCell))
    index = to
  }
  const joined = rejoined > 0 ? { rejoined } : {}
  const anchor = anchorAbove(lines, from)
  return { from, to: index, table: { header, rows, topics: [], ...joined, ...anchor } }
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
  return line !== undefined && begins(line) && line.trim() !== '|'
}

function countPipes(line: string): number {
  return line.split('|').length - 1 - (line.split('\\|').length - 1)
}

/** Cells between unescaped pipes; a row with too few keeps the ones it has. */
function splitCells(row: string): string[] {
  const parts = row.trim().split(/(?<!\\)\|/)
  return parts.slice(1, -1).map((part) => part.replaceAll('\\|', '|'))
}

/**
 * A pipe that nobody escaped cuts a cell in two. The pieces that open a mark and do not close it are
 * put together first; what is left over belongs to the last column, which holds the prose.
 */
function rejoin(cells: readonly string[], columns: number): readonly string[] {
  let surplus = cells.length - columns
  if (surplus <= 0) return cells
  const joined: string[] = []
  for (const cell of cells) {
    const last = joined.at(-1)
    if (last === undefined || surplus === 0 || !isOpen(last)) joined.push(cell)
    else {
      joined[joined.length - 1] = `${last}|${cell}`
      surplus -= 1
    }
  }
  return [...joined.slice(0, columns - 1), joined.slice(columns - 1).join('|')]
}

/** Bold, code, a quotation or a bracket that begins in a piece and does not end in it. */
function isOpen(piece: string): boolean {
  const odd = (mark: string): boolean => piece.split(mark).length % 2 === 0
  const count = (sign: string): number => piece.split(sign).length
  return (
    odd('**') ||
    odd('`') ||
    odd('"') ||
    count('(') > count(')') ||
    count('[') > count(']') ||
    count('{') > count('}')
  )
}

function readCell(markdown: string): Cell {
  const lines: Line[] = []
  let paragraph: string[] = []
  const endParagraph = (): void => {
    if (paragraph.length > 0) lines.push(markdownLine(paragraph.join(' '), 0))
    paragraph = []
  }
  const broken = markdown.replace(/<br\s*\/?>/gi, '\n\n').replace(RUN_ON, '$1\n-   ')
  for (const line of broken.split('\n')) {
    const [, indent, item] = ITEM.exec(line) ?? []
    if (item !== undefined || line.trim() === '') endParagraph()
    if (item !== undefined) lines.push(markdownLine(item, 1 + Math.floor(indent!.length / 4)))
    else if (line.trim() !== '') paragraph.push(line)
  }
  endParagraph()
  return { lines: lines.filter((line) => line.text !== ''), links: linksIn(markdown) }
}
