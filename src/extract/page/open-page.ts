/** From the bytes of a file to a page, or to one sentence why it is none. */
import { createHash } from 'node:crypto'
import { headingText } from './markup.ts'
import { markdownPage } from './markdown-page.ts'
import { PageRefused, type Page, type Shape } from './page.ts'
import { isPipeHeader, pipeTitles } from './pipe-tables.ts'
import { plainTextPage, plainTextTitle } from './plain-text-page.ts'
import { splitHeader } from './run-together.ts'
import { columnsOf } from './column-roles.ts'
import { sectionKind } from './sections.ts'

/** Twenty times the largest page known; a larger file is something else. */
export const LARGEST = 2_000_000

/** Words of English prose that any API page in English has several of. */
const ENGLISH = /\b(?:the|is|of|to|for|parameter|value|and)\b/gi
/** The small words of German, French, Spanish, Italian and Dutch; none of them is English. */
const OTHER =
  /\b(?:der|die|das|und|ist|wird|eine?[nrsm]?|zu|für|von|le|la|les|de|des|du|est|une?|et|pour|el|los|las|por|para|il|della?|het|een)\b/gi
/** Where Latin letters are rarer than this among letters, the page is in another script. */
const LATIN_SHARE = 0.7

const READERS = {
  'html-tables': markdownPage,
  'pipe-tables': markdownPage,
  'plain-text': plainTextPage,
} satisfies Record<Shape, (lines: readonly string[]) => Page['blocks']>

/**
 * Reads a page of any of the three shapes.
 *
 * @param bytes - The whole file.
 * @throws {PageRefused} When it is empty, binary, too large, cut short, not in English, or no API page.
 */
export function openPage(bytes: Uint8Array): Page {
  const text = decode(bytes)
  const lines = text.split(/\r\n|\r|\n/)
  const shape = shapeOf(lines)
  const title = titleOf(lines, shape)
  refuseOtherLanguages(text)
  if (/\b(?:status|error) codes\b/i.test(title ?? '')) {
    throw new PageRefused(`This page lists codes and describes no call: ${title}.`)
  }
  if (shape === undefined || title === undefined) {
    throw new PageRefused(
      'This is not an API page: it has no title with sections that describe a call.',
    )
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { shape, title, sha256, lines, blocks: READERS[shape](lines) }
}

function decode(bytes: Uint8Array): string {
  if (bytes.length > LARGEST) {
    throw new PageRefused(
      `The file has ${bytes.length} bytes, and no API page has more than ${LARGEST}.`,
    )
  }
  if (bytes.includes(0)) throw new PageRefused('The file is binary, not text.')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.trim() === '') throw new PageRefused('The file is empty.')
    return text
  } catch (error) {
    if (error instanceof PageRefused) throw error
    throw new PageRefused('The file is binary, or in another encoding than UTF-8.', {
      cause: error,
    })
  }
}

/** By the marks that only one of the families leaves: heading attributes, HTML tables, bare headers. */
function shapeOf(lines: readonly string[]): Shape | undefined {
  const has = (pattern: RegExp): boolean => lines.some((line) => pattern.test(line.slice(0, 400)))
  if (has(/^#{1,6} .*\{(?:#[\w-]+)?\s*\.(?:section|reference)\}/)) return 'pipe-tables'
  if (lines.some((line) => line.length < 200 && splitHeader(line)?.includes('Parameter'))) {
    return plainTextTitle(lines) === undefined ? undefined : 'plain-text'
  }
  const headings = lines.filter((line) => /^#{1,6} /.test(line)).map(headingOf)
  const kinds = new Set(headings.map(sectionKind))
  if (kinds.has('uri')) return 'html-tables'
  if (!kinds.has('request') && !kinds.has('response')) return undefined
  if (isOperation(headings[0]) && hasPipedParameters(lines)) return 'pipe-tables'
  return has(/<table\b/i) || hasPipedParameters(lines) ? 'html-tables' : undefined
}

/** `SetShelf`: an RPC page is named after its operation, in one word. */
function isOperation(title: string | undefined): boolean {
  return /^[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)?$/.test(title ?? '')
}

/** A pipe table with a column of names and a column of types: later editions have no other mark. */
function hasPipedParameters(lines: readonly string[]): boolean {
  return lines.some((line, index) => {
    if (!isPipeHeader(line, lines[index + 1])) return false
    const { name, type } = columnsOf(pipeTitles(line.slice(0, 2000)))
    return name !== undefined && type !== undefined
  })
}

function titleOf(lines: readonly string[], shape: Shape | undefined): string | undefined {
  if (shape === 'plain-text') return plainTextTitle(lines)
  const heading = lines.find((line) => /^#{1,6} /.test(line))
  return heading === undefined ? undefined : headingOf(heading)
}

function headingOf(line: string): string {
  return headingText(line.slice(0, 1000).replace(/^#{1,6} +/, ''))
}

function refuseOtherLanguages(text: string): void {
  const sample = text.slice(0, 200_000).replace(/<[^<>]{0,500}>/g, ' ')
  const letters = sample.match(/\p{L}/gu)?.length ?? 0
  const latin = sample.match(/[A-Za-z]/g)?.length ?? 0
  const english = sample.match(ENGLISH)?.length ?? 0
  const foreign = letters > 40 && (latin < letters * LATIN_SHARE || english * 3000 < letters)
  const other = sample.match(OTHER)?.length ?? 0
  if (foreign || (other > 3 && other > english))
    throw new PageRefused('The page is not in English, and only English pages can be read.')
}
