/** Splits a Markdown page into blocks: its tables are found by the shape, the rest by markdown-it. */
import MarkdownIt from 'markdown-it'
import { headingText, linksIn, markdownLine, plain, squeeze, topicsIn } from './markup.ts'
import { PageRefused, type Block, type Content, type Table } from './page.ts'
import { sectionKind } from './sections.ts'

/** Lines that a table takes, counted from 0, `to` exclusive. */
export interface Region {
  readonly from: number
  readonly to: number
  readonly table: Table
}

const CAPTION = /^Table\s+(\d{1,9}(?:-\d{1,9})?)\s*(?!\s)(.*)$/i
/** Captions without a number, as lists and paragraphs before a table have them. */
const UNNUMBERED: readonly RegExp[] = [
  /^(?:data )?(?:structure )?description of (?:the )?(?:fields?|parameters?|objects?)?\s*([\w.-]+)(?: fields?| parameters?| objects?| structure)?$/i,
  /^parameters? in (?:the )?([\w.:-]+) (?:fields?|objects?|structure)$/i,
  /^(?:data )?structure of (?:the )?([\w.:-]+)(?: fields?| parameters?| objects?)?$/i,
  /^description for (?:the )?([\w.:-]+) format$/i,
  /^([\w.:-]+) (?:structure information|(?:field|parameter|object|structure|format) descriptions?)$/i,
]
/** Captions that name no field, but may name a part of the message. */
const OF_A_PART =
  /^(?:request|response|uri|url|path|query|body)?(?: ?(?:request|response|body|header|headers|filter|query))* ?parameters?(?: descriptions?)?$/i
const NAMED =
  /^(?:parameters? in (?:the )?|description of (?:the )?|(?:data )?structure of (?:the )?)?([\w.-]+)(?:\s+(field |object |parameters? |structure |data structure )?|$)/i
const UNNAMED = /^(?:request|response|parameters?|uri|url|path|query|headers?|body|data|message)\b/i
/** Words of a caption that name no field, even where they are bold. */
const GENERIC =
  /^(?:optional|mandatory|required|common|public|basic|general|other|additional|advanced|requests?|responses?|parameters?|uri|url|path|query|body|headers?|input|output|elements?|attributes?|fields?|notes?|tables?|api|http|json|list|returned|return|result|main|key|new|the|an?)$/i
/** What no capitalised word of English is: `l7rule`, `health_monitor`, `lbPolicy`. */
const IDENTIFIER = /^(?:[a-z][a-z0-9]*|[A-Za-z]*[_\d]\w*|[A-Za-z][A-Z]*[a-z]+[A-Z]\w*)$/
const LONGEST_CAPTION = 120
const ANCHOR_NAME = /<a name="([^"<>]{1,200})">/g

/** Only blocks: what stands inside a line is read by `markup.ts`, in linear time. */
const markdown = new MarkdownIt('zero', { html: true }).enable([
  'heading',
  'blockquote',
  'list',
  'fence',
  'code',
  'html_block',
])

type Token = ReturnType<typeof markdown.parse>[number]

/** What the walk over the tokens has to remember. */
interface Reading {
  section: string
  /** Of the heading that opened the section. */
  level: number
  title: string | undefined
  label: string
}

/**
 * @param lines - The page.
 * @param regions - Its tables, in order. Their lines are hidden from the Markdown parser.
 * @returns Blocks in the order of the page; captions and anchors have been given to the tables.
 */
export function markdownBlocks(
  lines: readonly string[],
  regions: readonly Region[],
): readonly Block[] {
  const tokens = markdown.parse(hide(lines, regions).join('\n'), {})
  const reading: Reading = { section: '', level: 0, title: undefined, label: '' }
  const blocks: Block[] = []
  let next = 0
  const takeTables = (before: number): void => {
    for (; next < regions.length && regions[next]!.from < before; next += 1) {
      const { from, to, table } = regions[next]!
      const content = { kind: 'table', table: { ...table, ...describedBy(blocks) } } as const
      blocks.push({ ...content, section: reading.section, from: from + 1, to })
    }
  }
  for (const [index, token] of tokens.entries()) {
    const content = contentOf(token, tokens[index - 1], reading)
    if (!content || !token.map) continue
    takeTables(token.map[0])
    if (content.kind === 'heading') enter(content.text, levelOf(tokens[index - 1]), reading)
    blocks.push({ ...content, section: reading.section, from: token.map[0] + 1, to: token.map[1] })
  }
  takeTables(lines.length)
  return blocks
}

function hide(lines: readonly string[], regions: readonly Region[]): string[] {
  const shown = [...lines]
  for (const { from, to } of regions) shown.fill('', from, to)
  return shown
}

function levelOf(opener: Token | undefined): number {
  return Number(opener?.tag.slice(1) ?? 1)
}

/**
 * The first heading is the title and opens no section. A heading below that of a section we know,
 * with a name we do not know, divides that section and does not end it.
 */
function enter(heading: string, level: number, reading: Reading): void {
  const divides =
    reading.section !== '' && level > reading.level && sectionKind(heading) === 'other'
  reading.label = ''
  if (reading.title === undefined) reading.title = heading
  else if (!divides) Object.assign(reading, { section: heading, level })
}

function contentOf(token: Token, opener: Token | undefined, reading: Reading): Content | undefined {
  const { content, type, level } = token
  if (type === 'inline' && opener?.type === 'heading_open') {
    return { kind: 'heading', text: headingText(content), topics: topicsIn(content) }
  }
  if (type === 'inline') {
    if (plain(content) === '') return { kind: 'markup' }
    reading.label = plain(content)
    const lines = [markdownLine(content, Math.floor((level - 1) / 2))]
    return { kind: 'text', lines, links: linksIn(content) }
  }
  if (type === 'fence' || type === 'code_block') {
    return { kind: 'code', text: content, label: reading.label }
  }
  if (type === 'html_block') return htmlBlock(content)
  return undefined
}

function htmlBlock(html: string): Content {
  const text = squeeze(html.replace(/<[^<>]{0,2000}>/g, ' '))
  if (text === '') return { kind: 'markup' }
  return { kind: 'text', lines: [{ depth: 0, text, bold: [], note: false }], links: [] }
}

/** The caption and the anchor that stand directly before a table, in either order. */
function describedBy(blocks: readonly Block[]): Partial<Table> {
  const recent = blocks.slice(-4)
  const border = recent.findLastIndex(({ kind }) => kind === 'table' || kind === 'heading')
  const texts = recent
    .slice(border + 1)
    .toReversed()
    .filter((block) => block.kind === 'text')
  const captions = texts.map(({ lines }) => readCaption(lines[0]))
  return captions.find(({ caption }) => caption !== undefined) ?? {}
}

function readCaption(line: { text: string; bold: readonly string[] } | undefined): Partial<Table> {
  const [, number, rest = ''] = CAPTION.exec(line?.text ?? '') ?? []
  if (!line) return {}
  if (number === undefined) return unnumbered(squeeze(line.text))
  const caption = squeeze(rest)
  const label = `Table ${number}`
  const name = nameIn(caption, line.bold)
  return { label, caption, ...(name === undefined ? {} : { name }) }
}

function unnumbered(caption: string): Partial<Table> {
  if (caption.length > LONGEST_CAPTION) return {}
  const name = UNNUMBERED.map((pattern) => pattern.exec(caption)?.[1]).find(
    (described) => described !== undefined,
  )
  if (name !== undefined && !GENERIC.test(name)) return { caption, name }
  return OF_A_PART.test(caption) ? { caption } : {}
}

/** The field that a caption is about: what it has in bold, or its first word if that can be a name. */
function nameIn(caption: string, bold: readonly string[]): string | undefined {
  const marked = bold.find((part) => !CAPTION.test(part) && part !== caption)
  if (marked !== undefined && /^[\w.$:-]+$/.test(marked) && !GENERIC.test(marked)) return marked
  if (UNNAMED.test(caption)) return undefined
  const [, word = '', kind] = NAMED.exec(caption) ?? []
  if (word === '' || GENERIC.test(word)) return undefined
  return kind !== undefined || IDENTIFIER.test(word) || word === caption ? word : undefined
}

/** The last anchor in the lines just above a table: what links to the table point at. */
export function anchorAbove(lines: readonly string[], table: number): { anchor?: string } {
  const [own = ''] = lines[table]!.split(/<table\b|\|/i)
  for (let line = table; line >= 0 && line >= table - 3; line -= 1) {
    const text = (line === table ? own : lines[line]!).trim()
    const anchor = Array.from(text.matchAll(ANCHOR_NAME), ([, name = '']) => name).at(-1)
    if (anchor !== undefined) return { anchor }
    if (text !== '') return {}
  }
  return {}
}

/**
 * Which lines stand inside a code fence, where a table is an example of one.
 *
 * @throws {PageRefused} When a fence is never closed: the rest of the page is missing.
 */
export function fenced(lines: readonly string[]): readonly boolean[] {
  let fence = ''
  let from = 0
  const inside = lines.map((line, index) => {
    const mark = /^\s*(?:[-*]\s+)?(```+|~~~+)/.exec(line)?.[1] ?? ''
    const within = fence !== ''
    if (fence === '' && mark !== '') [fence, from] = [mark, index + 1]
    else if (fence !== '' && mark.startsWith(fence)) fence = ''
    return within || mark !== ''
  })
  if (fence === '') return inside
  throw new PageRefused(
    `The example that begins in line ${from} never ends: the file is cut short.`,
  )
}
