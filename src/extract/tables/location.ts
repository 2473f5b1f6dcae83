/** In which part of a message a table or a row puts its parameters: path, query, headers or body. */
import { isBlank } from '../cell/json-type.ts'
import { unreadColumns } from './columns.ts'
import { textOf, type Table } from '../page/page.ts'
import { namesHeaders, sectionKind } from '../page/sections.ts'

/** The parts of a call that have fields. */
export type Direction =
  | 'parameters'
  | 'query'
  | 'headers'
  | 'request'
  | 'response'
  | 'responseHeaders'

export type Location = 'path' | 'query' | 'header' | 'body'

const NAMES: readonly (readonly [Location, RegExp])[] = [
  ['header', /^(?:in )?(?:the )?(?:request |response |http )?headers?$/i],
  ['query', /^(?:in )?(?:the )?(?:uri |url )?query(?: string)?(?: parameters?)?$/i],
  ['path', /^(?:in )?(?:the )?(?:uri|url|path)(?: path)?(?: parameters?)?$/i],
  [
    'body',
    /^(?:in )?(?:the )?(?:request |response )?(?:body|json|formdata|form)(?: parameters?)?$/i,
  ],
]

/** `Path`, `query`, `Request header`: what a column of places says of a row. */
export function locationNamed(text: string): Location | undefined {
  return NAMES.find(([, pattern]) => pattern.test(text.trim()))?.[0]
}

/** Names that HTTP, or the vendors' gateways, give to headers and that no body here has. */
const HEADER =
  /^(?:x-(?:auth|subject|sdk|project|domain|language|request|security|acs|obs|log|openstack|user|forwarded)\b[\w-]*|X-[A-Z][\w-]*|content-(?:type|length|md5|encoding|disposition)|accept-(?:language|encoding)|user-agent|if-(?:none-)?match)$/i
/** Headers that are told as such only by their company. */
const HEADER_IN_COMPANY =
  /^(?:host|date|accept|authorization|etag|server|connection|expect|range|location)$/i

/** `X-Auth-Token`, `Content-Type`. */
export function isHeaderName(name: string): boolean {
  return HEADER.test(name)
}

function hasOnlyHeaders(names: readonly string[]): boolean {
  return (
    names.some(isHeaderName) &&
    names.every((name) => isHeaderName(name) || HEADER_IN_COMPANY.test(name))
  )
}

/** @param names - Of the rows of the table. */
export function locationOf(
  { caption = '', name }: Table,
  section: string,
  names: readonly string[],
): Location | undefined {
  if (hasOnlyHeaders(names)) return 'header'
  if (name !== undefined) return undefined
  const text = caption === '' ? section : caption
  if (namesHeaders(text)) return 'header'
  if (caption === '' && sectionKind(section) !== 'request' && sectionKind(section) !== 'uri')
    return undefined
  if (/\bquery\b/i.test(text)) return 'query'
  if (/\b(?:path|uri|url)\b/i.test(text)) return /^uri|^url/i.test(section) ? undefined : 'path'
  return /\bbody\b/i.test(text) ? 'body' : undefined
}

/** Where fields of a section go that names no part, and where they go that it names. */
export function directionAt(
  side: 'parameters' | 'request' | 'response',
  location: Location | undefined,
): Direction {
  if (location === 'header') return side === 'response' ? 'responseHeaders' : 'headers'
  if (side === 'response' || location === undefined) return side
  if (location === 'body') return 'request'
  return location === 'path' ? 'parameters' : 'query'
}

/** The column, of those without another role, whose every cell is the name of a part of a message. */
export function locationColumn({ header, rows }: Table): number | undefined {
  return unreadColumns(header).find((column) => {
    const texts = rows.map((cells) => textOf(cells[column])).filter((text) => !isBlank(text))
    return texts.length > 0 && texts.every((text) => locationNamed(text) !== undefined)
  })
}
