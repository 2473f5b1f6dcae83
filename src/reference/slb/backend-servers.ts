/**
 * The parameter `BackendServers`: a list of objects, spelled as JSON inside one string.
 *
 * Clients in use send strict JSON, or the same with single quotes as page 003 prints it; numbers bare
 * or quoted; names as documented or with a small first letter; and keys that nobody knows.
 */

import type { Call } from '../rule.ts'
import type { Body } from './answer.ts'
import type { BackendServer, Holder, ServerType } from './store.ts'

/** One element as it came: nothing in it has been checked. */
export interface Entry {
  readonly serverId: unknown
  readonly port: unknown
  readonly weight: unknown
  readonly type: unknown
  readonly description: unknown
}

/** Elements that one call may carry. RemoveBackendServers, request row `BackendServers`. */
export const mostServers = 20

/** The elements, or `undefined` when the text is not a list of objects. */
export function readList(text: string): readonly Entry[] | undefined {
  const list = parsed(text) ?? parsed(requoted(text))
  if (!Array.isArray(list)) return undefined
  return list.every(isObject) ? list.map(entryFrom) : undefined
}

/** The elements that the call names, none when it names none that can be read. */
export function namedBy(call: Call, parameter = 'BackendServers'): readonly Entry[] {
  return readList(call.parameters[parameter] ?? '') ?? []
}

/** A port, 1 to 65535, as a number or in digits. */
export function portOf({ port }: Entry): number | undefined {
  return wholeNumber(port, 1, 65_535)
}

/** A weight, 0 to 100, as a number or in digits. */
export function weightOf({ weight }: Entry): number | undefined {
  return wholeNumber(weight, 0, 100)
}

/** A type by its documented spelling; `ecs` when none is given. */
export function typeOf({ type = 'ecs' }: Entry): ServerType | undefined {
  return type === 'ecs' || type === 'eni' || type === 'eci' ? type : undefined
}

/** A non-empty text in the place of the id. */
export function serverIdOf({ serverId }: Entry): string | undefined {
  return typeof serverId === 'string' && serverId !== '' ? serverId : undefined
}

/** The member that a checked element of a VServer group describes. */
export function memberFrom(entry: Entry): BackendServer {
  const port = portOf(entry)
  return port === undefined ? serverFrom(entry) : { ...serverFrom(entry), port }
}

/** The same in a default group, where a port means nothing; weight 100, type `ecs` unless said. */
export function serverFrom(entry: Entry): BackendServer {
  const { description } = entry
  return {
    serverId: serverIdOf(entry) ?? '',
    type: typeOf(entry) ?? 'ecs',
    weight: weightOf(entry) ?? 100,
    ...(typeof description === 'string' ? { description } : {}),
  }
}

/** Does the element name this member of a VServer group? A member is a server *and* a port. */
export function namesMember(entry: Entry, server: BackendServer): boolean {
  return entry.serverId === server.serverId && portOf(entry) === server.port
}

/** Does the element name this server of a default group? */
export function namesServer(entry: Entry, server: BackendServer): boolean {
  return entry.serverId === server.serverId
}

/** Puts servers behind those that are there; one that is there already stays as it is. */
export function join(holder: Holder, servers: readonly BackendServer[]): void {
  for (const server of servers) {
    if (!holder.servers.some((present) => sameServer(present, server))) {
      holder.servers = [...holder.servers, server]
    }
  }
}

/** The list as answers carry it: an object with one key. */
export function listed(servers: readonly BackendServer[]): Body {
  return { BackendServer: servers.map(shown) }
}

/** The same, as AddBackendServers and SetBackendServers spell it today: the weight as text. */
export function listedWithQuotedWeights(servers: readonly BackendServer[]): Body {
  return {
    BackendServer: servers.map((server) => ({ ...shown(server), Weight: String(server.weight) })),
  }
}

function shown({ serverId, port, weight, type, description }: BackendServer): Body {
  return {
    ServerId: serverId,
    ...(port === undefined ? {} : { Port: port }),
    Weight: weight,
    Type: type,
    ...(description === undefined ? {} : { Description: description }),
  }
}

function sameServer(one: BackendServer, other: BackendServer): boolean {
  return one.serverId === other.serverId && one.port === other.port
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Page 003, request example: single quotes all through. A text with both kinds is left alone. */
function requoted(text: string): string {
  return text.includes('"') ? text : text.replaceAll("'", '"')
}

function entryFrom(element: Body): Entry {
  return {
    serverId: element['ServerId'] ?? element['serverId'],
    port: element['Port'] ?? element['port'],
    weight: element['Weight'] ?? element['weight'],
    type: element['Type'] ?? element['type'],
    description: element['Description'] ?? element['description'],
  }
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wholeNumber(value: unknown, minimum: number, maximum: number): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number)) return undefined
  return number >= minimum && number <= maximum ? number : undefined
}
