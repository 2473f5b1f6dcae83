/** Shape 3: text copied from the help site, in which the cells of a row have no separators. */
import { squeeze } from './markup.ts'
import { PageRefused, type Block, type Cell, type Content, type Line } from './page.ts'
import {
  isSuspect,
  splitErrorRow,
  splitHeader,
  splitRareStart,
  splitRowStart,
  type RowStart,
} from './run-together.ts'
import { sectionKind } from './sections.ts'

const TITLE = /^([^:]{1,80}):([A-Z][A-Za-z0-9]{2,80})$/
const SITE = /^(?:All Products|Search|Document Center|Last Updated:.*)$/
const BULLET = /^(\s*)[•◦▪]\s+(?!\s)(.*)$/
const CODE = /^(?:[{[]\s*$|<[A-Za-z][\w]*>\s*$|https?:\/\/|http\(s\):\/\/|\{")/
const LABEL = /^(XML|JSON)\s*format$/

/** The operation a copied page is about: the second half of its `Product:Operation` line. */
export function plainTextTitle(lines: readonly string[]): string | undefined {
  const line = lines.slice(0, 40).find((line) => TITLE.test(line))
  return line === undefined ? undefined : TITLE.exec(line)?.[2]
}

/** @throws {PageRefused} When an example never ends: the file is cut short. */
export function plainTextPage(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = []
  let section = ''
  let label = ''
  let index = 0
  while (index < lines.length) {
    const line = lines[index]!
    if (line.trim() === '') {
      index += 1
      continue
    }
    const { content, to } = readBlock(lines, index, section, label)
    if (content.kind === 'heading' && !TITLE.test(line)) section = content.text
    if (content.kind === 'text') label = content.lines[0]?.text ?? ''
    blocks.push({ ...content, section, from: index + 1, to })
    index = to
  }
  refuseCut(blocks)
  return blocks
}

/** Every page of this family shows a response; without one the copy stopped before it. */
function refuseCut(blocks: readonly Block[]): void {
  const last = blocks.at(-1)
  const kinds = blocks.map(({ section }) => sectionKind(section))
  if (kinds.includes('response') || last === undefined) return
  throw new PageRefused(`The page is cut short: its last section is ${last.section || 'its head'}.`)
}

function readBlock(
  lines: readonly string[],
  from: number,
  section: string,
  label: string,
): { content: Content; to: number } {
  const line = lines[from]!
  const header = splitHeader(line)
  if (header) return readTable(lines, from, header)
  if (from < 40 && SITE.test(line.trim())) return { content: { kind: 'site' }, to: from + 1 }
  if (isHeading(line) || (section === '' && TITLE.test(line))) {
    return { content: { kind: 'heading', text: line.trim(), topics: [] }, to: from + 1 }
  }
  if (sectionKind(section) === 'example' && CODE.test(line)) return readCode(lines, from, label)
  return readText(lines, from)
}

/** What the help site calls its sections. A copy has no marks of headings, so no other words will do. */
const HEADING =
  /^(?:Operation description|Description|Debug(?:ging)?|Authorization(?: information)?|Requests? (?:syntax|parameters|headers|body|message)|Responses? (?:parameters|headers|elements|body|syntax)|Return(?:ed)? parameters|Output parameters|Examples?|Sample (?:requests?|responses?|success responses?|error responses?)|Request examples?|Response examples?|Error (?:codes?|responses?)|Errors|(?:Change|Release) history|Usage notes|Limits?)$/i

/** A section's name alone on its line. */
function isHeading(line: string): boolean {
  return line.length < 60 && HEADING.test(line)
}

function readCode(
  lines: readonly string[],
  from: number,
  label: string,
): { content: Content; to: number } {
  const root = /^<([A-Za-z]\w*)>/.exec(lines[from]!)?.[1]
  const closes = (line: string) =>
    root === undefined ? /^[}\]]\s*$/.test(line) : line.startsWith(`</${root}>`)
  const isUrl = lines[from]!.startsWith('http')
  for (let index = from; index < lines.length; index += 1) {
    const ends = isUrl ? (lines[index + 1] ?? '').trim() === '' : closes(lines[index]!)
    if (!ends && !(index === from && isWhole(lines[index]!))) continue
    const text = lines.slice(from, index + 1).join('\n')
    return { content: { kind: 'code', text, label }, to: index + 1 }
  }
  throw new PageRefused(
    `The example that begins in line ${from + 1} never ends: the file is cut short.`,
  )
}

function isWhole(line: string): boolean {
  return line.length > 1 && /^\{.*\}\s*$/.test(line)
}

function readText(lines: readonly string[], from: number): { content: Content; to: number } {
  const line = lines[from]!
  const label = LABEL.exec(line.trim())?.[1]
  const text = label === undefined ? line : `${label} format`
  const [, indent, item] = BULLET.exec(text) ?? []
  const depth = item === undefined ? 0 : depthOf(indent)
  const note = depth === 0 && /^Note\s/.test(text)
  const words = note ? text.replace(/^Note\s+/, '') : (item ?? text)
  const lineRead = { depth, text: squeeze(words), bold: [], note }
  return { content: { kind: 'text', lines: [lineRead], links: [] }, to: from + 1 }
}

function depthOf(indent = ''): number {
  return Math.max(1, Math.floor(indent.length / 2))
}

function readTable(
  lines: readonly string[],
  from: number,
  header: readonly string[],
): { content: Content; to: number } {
  const to = tableEnd(lines, from + 1, header)
  const body = lines.slice(from + 1, to)
  const rows = header.includes('Type') ? parameterRows(body, header) : otherRows(body, header)
  const suspects = header.includes('Type') ? suspectsIn(body, header.includes('Required')) : []
  const byPlace = startsIn(body, header.includes('Required')).filter(
    ({ told }) => told === 'by-place',
  )
  const told = byPlace.length > 0 ? { byPlace: byPlace.map(({ index }) => body[index]!) } : {}
  return { content: { kind: 'table', table: { header, rows, topics: [], suspects, ...told } }, to }
}

/** A table ends before the next section, the next header, or, for errors, the first line that is none. */
function tableEnd(lines: readonly string[], from: number, header: readonly string[]): number {
  const errors = header.includes('Error code')
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index]!
    if (isHeading(line) || splitHeader(line)) return index
    if (errors && line.trim() !== '' && !splitErrorRow(line)) return index
  }
  return lines.length
}

function otherRows(
  body: readonly string[],
  header: readonly string[],
): readonly (readonly Cell[])[] {
  const errors = header.includes('Error code')
  return body
    .filter((line) => line.trim() !== '')
    .map((line) => (errors ? (splitErrorRow(line) ?? [line]) : [line]).map(cellOf))
}

function cellOf(text: string): Cell {
  const trimmed = squeeze(text)
  const lines = trimmed === '' ? [] : [{ depth: 0, text: trimmed, bold: [], note: false }]
  return { lines, links: [] }
}

interface Start {
  readonly index: number
  readonly start: RowStart
  /** Told by its place alone; `uncertain` where not even that tells where the name ends. */
  readonly told?: 'by-place' | 'uncertain'
}

/** Rows begin with a line that ends in a type we know, or that stands where only rows begin. */
function startsIn(body: readonly string[], required: boolean): readonly Start[] {
  const starts: Start[] = []
  for (const [index, line] of body.entries()) {
    const start = splitRowStart(line, required)
    const rare = start ? undefined : startByPlace(body, index, required, starts)
    if (start) starts.push({ index, start })
    else if (rare)
      starts.push({ index, start: rare, told: rare.type === '' ? 'uncertain' : 'by-place' })
  }
  return starts
}

/**
 * One word with a blank line below it. Without a column of marks the word must also follow the example
 * of a row or the header: below the start of a row it is the description.
 */
function startByPlace(
  body: readonly string[],
  index: number,
  required: boolean,
  starts: readonly Start[],
): RowStart | undefined {
  const line = body[index]!
  if (line.length > LONGEST_START || line.trim() === '' || (body[index + 1] ?? '').trim() !== '')
    return undefined
  if (index === body.length - 1 || body.slice(index + 1).every((next) => next.trim() === ''))
    return undefined
  const before = body[index - 1]
  const follows = before === undefined || (before.trim() !== '' && !inList(before))
  const last = starts.at(-1)
  const described =
    last !== undefined && body.slice(last.index + 1, index).some((one) => one.trim() !== '')
  if (!required && (!follows || !/[a-z]{3}/.test(line))) return undefined
  if (last !== undefined && !described) return undefined
  return splitRareStart(line, required)
}

const LONGEST_START = 120

/** Lines that may begin a row and could not be cut for certain, and lines above the first row. */
function suspectsIn(body: readonly string[], required: boolean): readonly string[] {
  const starts = startsIn(body, required)
  const certain = new Set(
    starts.filter(({ told }) => told !== 'uncertain').map(({ index }) => index),
  )
  const above = starts[0]?.index ?? body.length
  return body.filter(
    (line, index) =>
      !certain.has(index) &&
      line.trim() !== '' &&
      (isSuspect(line) || index < above || starts.some((one) => one.index === index)),
  )
}

function parameterRows(
  body: readonly string[],
  header: readonly string[],
): readonly (readonly Cell[])[] {
  const required = header.includes('Required')
  const starts = startsIn(body, required)
  return starts.map(({ index, start }, order) => {
    const last = order === starts.length - 1
    const until = starts[order + 1]?.index ?? body.length
    const { description, example } = splitContent(body.slice(index + 1, until), last)
    return header.map((column) => {
      if (/^(?:Parameter|Field|Name)$/.test(column)) return cellOf(start.name)
      if (column === 'Type') return cellOf(start.type)
      if (column === 'Required') return cellOf(start.required ?? '')
      return column === 'Example' ? cellOf(example) : description
    })
  })
}

/**
 * A description ends with a blank line or a list, an example with neither: what follows the last
 * of them is the example. After the last row one more blank line belongs to the section that follows.
 */
function splitContent(
  content: readonly string[],
  last: boolean,
): { description: Cell; example: string } {
  const lines = last && content.at(-1)?.trim() === '' ? content.slice(0, -1) : content
  const blank = lines.findLastIndex((line) => line.trim() === '')
  const json = /^[{[]/.test(lines[blank + 1] ?? '')
  const before = lines.findLastIndex((line) => line.trim() === '' || inList(line))
  const ends = json
    ? blank
    : Math.max(before, before === lines.length - 1 ? before : lines.length - 2)
  const example = lines.slice(ends + 1).join('\n')
  return { description: describe(lines.slice(0, ends + 1)), example }
}

function inList(line: string): boolean {
  return BULLET.test(line) || /^\s{4}/.test(line)
}

function describe(lines: readonly string[]): Cell {
  const read: Line[] = []
  for (const line of lines.filter((line) => line.trim() !== '')) {
    const [, indent, item] = BULLET.exec(line) ?? []
    const depth = item === undefined ? 0 : depthOf(indent)
    read.push({ depth, text: squeeze(item ?? line), bold: [], note: false })
  }
  return { lines: read, links: [] }
}
