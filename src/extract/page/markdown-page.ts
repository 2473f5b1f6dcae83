/** Shapes 1 and 2: Markdown with tables in HTML, or of pipes whose rows span several lines. */
import { readHtmlTable } from './html-table.ts'
import { anchorAbove, fenced, markdownBlocks, type Region } from './markdown-blocks.ts'
import { PageRefused, type Block } from './page.ts'
import { pipeRegions } from './pipe-tables.ts'

const OPEN = /<table\b/gi
const CLOSE = /<\/table\s*>/gi

/**
 * Either kind of table may stand in a page of the other kind.
 *
 * @throws {PageRefused} When a table never ends: the rest of the page, whatever it was, is missing.
 */
export function markdownPage(lines: readonly string[]): readonly Block[] {
  const code = fenced(lines)
  const html = htmlRegions(lines, code)
  const taken = [...code]
  for (const { from, to } of html) taken.fill(true, from, to)
  const regions = [...html, ...pipeRegions(lines, taken)]
  return markdownBlocks(
    lines,
    regions.toSorted((one, other) => one.from - other.from),
  )
}

function htmlRegions(lines: readonly string[], code: readonly boolean[]): readonly Region[] {
  const regions: Region[] = []
  let depth = 0
  let from = 0
  for (const [index, line] of lines.entries()) {
    if (code[index] && depth === 0) continue
    const opened = count(line, OPEN)
    if (depth === 0 && opened === 0) continue
    if (depth === 0) from = index
    depth = Math.max(0, depth + opened - count(line, CLOSE))
    if (depth === 0) regions.push(region(lines, from, index + 1))
  }
  if (depth > 0) {
    throw new PageRefused(
      `The table that begins in line ${from + 1} never ends: the file is cut short.`,
    )
  }
  return regions
}

function region(lines: readonly string[], from: number, to: number): Region {
  const table = readHtmlTable(lines.slice(from, to).join('\n'))
  return { from, to, table: { ...table, ...anchorAbove(lines, from) } }
}

function count(line: string, pattern: RegExp): number {
  return Array.from(line.matchAll(pattern)).length
}
