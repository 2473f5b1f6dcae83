/** Which call a page describes: dialect, operation, method and path. */
import { textOf, type Block, type Page, type Table } from '../page/page.ts'
import { sectionKind } from '../page/sections.ts'

export interface Call {
  readonly dialect: string
  /** The basename of everything about this call: `update-pool`. */
  readonly operation: string
  readonly method: string | undefined
  readonly path: string | undefined
}

/** A method and a path; the path may have a host before it, in braces or not, and a query behind it. */
const LINE =
  /\b(GET|Get|PUT|Put|POST|Post|DELETE|Delete|PATCH|Patch|HEAD)(?:\s*:)?\s+(?:https?:\/\/[^\s/]{0,200})?(?:\{[Ee]ndpoint\}(?=\/))?(\/[^\s"'“”<>]*)/g

const VERBS = new Map(
  Object.entries({
    deleting: 'delete',
    removing: 'remove',
    updating: 'update',
    modifying: 'modify',
    adding: 'add',
    creating: 'create',
    querying: 'query',
    obtaining: 'query',
    listing: 'list',
    configuring: 'configure',
  }),
)

/** @returns The RPC dialect's calls all go to `/`; their method no page states. */
export function callOf(page: Page): Call {
  if (page.shape !== 'html-tables') {
    return { dialect: 'slb', operation: kebab(page.title), method: undefined, path: '/' }
  }
  const [{ method, path } = {}] = requestLines(page) as readonly Partial<RequestLine>[]
  return { dialect: 'elb', operation: operationName(page.title, path), method, path }
}

export interface RequestLine {
  readonly method: string
  readonly path: string
  /** `You can also use …`: the page itself calls it a second address. */
  readonly also?: true
}

/**
 * Every call the URI section names, each once. A page should name one: a line with values in the path
 * of another is an example of it.
 */
export function requestLines({ blocks }: Page): readonly RequestLine[] {
  const named = linesIn(blocks.filter(({ section }) => sectionKind(section) === 'uri'))
  const lines = named.length > 0 ? named : linesIn(blocks.filter(isSyntax))
  const templates = lines.filter(({ path }) => path.includes('{'))
  return lines.filter(
    (line) => !templates.some((one) => one !== line && (isOneOf(line, one) || hasId(line))),
  )
}

/** A path with an id in it belongs to an example. */
function hasId({ path }: RequestLine): boolean {
  return /\/[0-9a-f]{32}(?:\/|$)/.test(path)
}

/** Older pages print the request itself, under a heading of its own. */
function isSyntax({ kind, section }: Block): boolean {
  return kind === 'code' && /^request syntax$/i.test(section)
}

function isOneOf(line: RequestLine, template: RequestLine): boolean {
  const [parts, wanted] = [line.path.split('/'), template.path.split('/')]
  return (
    line.method === template.method &&
    parts.length === wanted.length &&
    wanted.every((part, index) => part === parts[index] || /^\{[^{}]+\}$/.test(part))
  )
}

function linesIn(blocks: readonly Block[]): readonly RequestLine[] {
  const lines = blocks.flatMap((block): readonly RequestLine[] => {
    const tabled = block.kind === 'table' ? callInTable(block.table) : undefined
    return tabled ? [tabled] : textsOf(block).flatMap(callsIn)
  })
  return [...new Map(lines.map((line) => [`${line.method} ${line.path}`, line])).values()]
}

function textsOf(block: Block): readonly string[] {
  if (block.kind === 'code') return block.text.split('\n')
  return block.kind === 'text' ? block.lines.map(({ text }) => text) : []
}

function callsIn(text: string): readonly RequestLine[] {
  const also = /\b(?:can|may) also\b/i.test(text.slice(0, 2000)) ? ({ also: true } as const) : {}
  return Array.from(text.slice(0, 2000).matchAll(LINE), ([, method = '', path = '']) => ({
    method: method.toUpperCase(),
    path: pathOnly(path),
    ...also,
  }))
}

/** Without its query, as a template `{?limit,colour}` or written out, and without the stop of a sentence. */
function pathOnly(path: string): string {
  const [bare = ''] = path.split(/\{?[?&#]|\{&/)
  return bare.replace(/(?<=[^.,;:)])[.,;:)]+$/, '')
}

/** Older pages give method and URI as a table of one row. */
export function callInTable({ header, rows }: Table): RequestLine | undefined {
  const method = header.findIndex((title) => /^method$/i.test(title))
  const path = header.findIndex((title) => /^(?:uri|url)$/i.test(title))
  const [row] = rows
  if (method === -1 || path === -1 || !row) return undefined
  return {
    method: textOf(row[method]).toUpperCase(),
    path: pathOnly(textOf(row[path]).replace(/^https?:\/\/[^\s/]{0,200}/, '')),
  }
}

/** The title's verb and the last collection of the path: `PUT …/pools/{pool_id}` is `update-pool`. */
function operationName(title: string, path: string | undefined): string {
  const verb = VERBS.get(title.split(' ')[0]!.toLowerCase())
  const parts = (path ?? '').split('/').filter((part) => part !== '')
  const collection = parts.findLast((part) => !part.startsWith('{'))
  if (verb === undefined || collection === undefined) return kebab(title)
  const listed = /^Querying .*s$/i.test(title) && !parts.at(-1)!.startsWith('{')
  return `${verb}-${listed ? collection : singular(collection)}`
}

/** `pools` is a list of `pool`; a noun that merely ends in s keeps it. */
export function singular(noun: string): string {
  if (noun.endsWith('ies')) return noun.replace(/ies$/, 'y')
  if (/(?:ses|xes)$/.test(noun)) return noun.replace(/es$/, '')
  return /[^s]s$/.test(noun) ? noun.slice(0, -1) : noun
}

/** `RemoveVServerGroupBackendServers` is `remove-vserver-group-backend-servers`. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
