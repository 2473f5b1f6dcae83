/**
 * The parameter `BackendServers`: a list of objects, written as JSON in one string.
 *
 * Clients send strict JSON, or the same with single quotes as in the example of
 * RemoveVServerGroupBackendServers; numbers with or without quotes; names as documented or with a
 * lower-case first letter; and unknown keys.
 */

import type { Call } from '../rule.ts'
import type { Body } from './answer.ts'
import type { BackendServer, Holder, ServerType } from './store.ts'

/** One element as it was sent, without any validation. */
export interface Entry {
  readonly serverId: unknown
  readonly port: unknown
  readonly weight: unknown
  readonly type: unknown
  readonly description: unknown
}

/** How many elements one call may have. RemoveBackendServers, request row `BackendServers`. */
export const mostServers = 20

/** The elements, or `undefined` when the text is not a list of objects. */
export function readList(text: string): readonly Entry[] | undefined {
  const list = parsed(text) ?? parsed(requoted(text))
  if (!Array.isArray(list)) return undefined
  return list.every(isObject) ? list.map(entryFrom) : undefined
}

/** The elements of the list of a call; none when there is no list or it cannot be parsed. */
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

/** A documented type; `ecs` when there is none. */
export function typeOf({ type = 'ecs' }: Entry): ServerType | undefined {
  return type === 'ecs' || type === 'eni' || type === 'eci' ? type : undefined
}

/** The id, if it is a text and not empty. */
export function serverIdOf({ serverId }: Entry): string | undefined {
  return typeof serverId === 'string' && serverId !== '' ? serverId : undefined
}

/** The member that a checked element of a VServer group describes. */
export function memberFrom(entry: Entry): BackendServer {
  const port = portOf(entry)
  return port === undefined ? serverFrom(entry) : { ...serverFrom(entry), port }
}

/** The same for a default group, which has no ports. Without a weight it is 100, without a type `ecs`. */
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

/** Appends servers to a holder; one that it already has stays as it is. */
export function addTo(holder: Holder, servers: readonly BackendServer[]): void {
  for (const server of servers) {
    if (!holder.servers.some((present) => sameServer(present, server))) {
      holder.servers = [...holder.servers, server]
    }
  }
}

/** The list as it is in answers: an object with one key. */
export function listed(servers: readonly BackendServer[]): Body {
  return { BackendServer: servers.map(shown) }
}

/** The same, as in answers of AddBackendServers and SetBackendServers: the weight is text. */
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

/** RemoveVServerGroupBackendServers, request example: all quotes are single. A text with both kinds is not changed. */
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
