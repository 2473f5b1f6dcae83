/** The vendor's own words behind a requirement, from copies of the pages that the reader has. */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openPage, PageRefused } from '../extract/index.ts'
import { textOf, type Block, type Page } from '../extract/page/page.ts'
import { UsageError } from '../model.ts'

/** Characters of one passage. */
const mostOfAPassage = 900

/**
 * The passages for these sources, as far as the pages have them.
 *
 * @param directory - Pages as `poolproof extract` reads them, under any name; other files are passed over.
 * @throws {UsageError} When the directory cannot be read or has no page.
 */
export async function passagesFrom(
  directory: string,
  sources: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const pages = await pagesIn(directory)
  if (pages.length === 0) {
    throw new UsageError(
      `There is no page in ${directory} that can be read. --pages names a directory with copies of the vendor's pages.`,
    )
  }
  const found = [...new Set(sources)].map((source) => [source, passageIn(pages, source)] as const)
  return Object.fromEntries(
    found.filter((one): one is readonly [string, string] => one[1] !== undefined),
  )
}

async function pagesIn(directory: string): Promise<readonly Page[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--pages ${directory} cannot be read (${error.code ?? error.message}).`)
  })
  const pages = await Promise.all(names.toSorted().map((name) => pageIn(join(directory, name))))
  return pages.filter((page) => page !== undefined)
}

async function pageIn(file: string): Promise<Page | undefined> {
  const bytes = await readFile(file).catch(() => undefined)
  if (!bytes) return undefined
  try {
    return openPage(bytes)
  } catch (error) {
    if (error instanceof PageRefused) return undefined
    throw error
  }
}

/** @param source - `Updating a Backend Server Group › Request › Table 4 › type`; of several places, the first. */
export function passageIn(pages: readonly Page[], source: string): string | undefined {
  const [place = ''] = source.split(';', 1)
  const [title, section, ...rest] = place.split(' › ').map((part) => part.trim())
  const page = pages.find((one) => one.title === title)
  if (!page || section === undefined) return undefined
  const blocks = page.blocks.filter((block) => isIn(block, section))
  const rows = blocks.flatMap((block) => rowsOf(block, rest))
  const texts = rows.length > 0 ? rows : blocks.flatMap((block) => linesOf(block))
  const text = texts.join('\n').trim()
  if (text === '') return undefined
  return text.length > mostOfAPassage ? `${text.slice(0, mostOfAPassage)}…` : text
}

function isIn(block: Block, section: string): boolean {
  const [heading = ''] = section.split(',', 1)
  return block.section.toLowerCase() === heading.toLowerCase()
}

/** The row of a table, its cells one after another. */
function rowsOf(block: Block, [label, row = label]: readonly string[]): readonly string[] {
  if (block.kind !== 'table' || row === undefined) return []
  const { table } = block
  if (/^Table \d/.test(label ?? '') && table.label !== label) return []
  return table.rows
    .filter(([first]) => textOf(first) === row)
    .map((cells) => cells.map((cell) => textOf(cell)).join(' | '))
}

function linesOf(block: Block): readonly string[] {
  return block.kind === 'text' ? block.lines.map(({ text }) => text) : []
}
