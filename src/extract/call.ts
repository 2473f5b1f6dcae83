/** Which call a page describes: dialect, operation, method and path. */
import { textOf, type Page, type Table } from './page.ts'
import { sectionKind } from './sections.ts'

export interface Call {
  readonly dialect: string
  /** The basename of everything about this call: `update-pool`. */
  readonly operation: string
  readonly method: string | undefined
  readonly path: string | undefined
}

const LINE = /^(GET|PUT|POST|DELETE|PATCH|HEAD)\s+(?:https?:\/\/)?(\/\S*|\{[^\s/]+\}\/\S*)/i

const VERBS: Readonly<Record<string, string>> = {
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
}

/** @returns The RPC dialect's calls all go to `/`; their method no page states. */
export function callOf(page: Page): Call {
  if (page.shape !== 'html-tables') {
    return { dialect: 'slb', operation: kebab(page.title), method: undefined, path: '/' }
  }
  const { method, path } = requestLine(page) ?? {}
  return { dialect: 'elb', operation: operationName(page.title, path), method, path }
}

function requestLine(page: Page): { method: string; path: string } | undefined {
  for (const block of page.blocks) {
    if (sectionKind(block.section) !== 'uri') continue
    const tabled = block.kind === 'table' ? callInTable(block.table) : undefined
    if (tabled) return tabled
    const texts = block.kind === 'text' ? block.lines.map((line) => line.text) : []
    if (block.kind === 'code') texts.push(...block.text.split('\n'))
    for (const text of texts) {
      const [, method, path] = LINE.exec(text.trim()) ?? []
      if (method !== undefined && path !== undefined) {
        return { method: method.toUpperCase(), path: path.split('?')[0]! }
      }
    }
  }
  return undefined
}

/** Older pages give method and URI as a table of one row. */
export function callInTable({ header, rows }: Table): { method: string; path: string } | undefined {
  const method = header.findIndex((title) => /^method$/i.test(title))
  const path = header.findIndex((title) => /^(?:uri|url)$/i.test(title))
  const [row] = rows
  if (method === -1 || path === -1 || !row) return undefined
  return { method: textOf(row[method]).toUpperCase(), path: textOf(row[path]).split('?')[0]! }
}

/** The title's verb and the last collection of the path: `PUT …/pools/{pool_id}` is `update-pool`. */
function operationName(title: string, path: string | undefined): string {
  const verb = VERBS[title.split(' ')[0]!.toLowerCase()]
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
    .replace(/^-+|-+$/g, '')
}
