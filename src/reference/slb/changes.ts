/** The few ways to plant a fault, or a lawful difference, in the removal of servers. */

import { deciding, performing, refusing, type Change } from '../mutant.ts'
import type { Call, Refusal } from '../rule.ts'
import type { Body } from './answer.ts'
import { namedBy, type Entry } from './backend-servers.ts'
import type { Removal } from './removal.ts'
import type { BackendServer, Holder, SlbStore } from './store.ts'

export type SlbChange = Change<SlbStore>
export type When = (call: Call, store: SlbStore) => boolean
export type Servers = readonly BackendServer[]
export type Named = readonly Entry[]

/** What became of a request that nobody was prepared for. */
export const crash: Refusal = { status: 500, code: 'InternalError', message: 'Unknown error.' }

export function always(): boolean {
  return true
}

/** Another way to decide who stays; the answer lists whoever does. */
export function removing(
  of: Removal,
  keep: (named: Named, servers: Servers, call: Call, store: SlbStore) => Servers,
): SlbChange {
  return performing(of.action, (call, store, original) => {
    const holder = of.holder(call, store)
    if (holder) holder.servers = keep(namedBy(call), holder.servers, call, store)
    return original(naming(call, '[]'))
  })
}

/** Who stays when exactly these are named. */
export function rest(of: Removal, named: Named, servers: Servers): Servers {
  return servers.filter((server) => !isNamed(of, server, named))
}

export function isNamed(of: Removal, server: BackendServer, named: Named): boolean {
  return named.some((entry) => of.names(entry, server))
}

export function isMember(of: Removal, entry: Entry, servers: Servers): boolean {
  return servers.some((server) => of.names(entry, server))
}

/** Answers as if all were well, but changes nothing. */
export function ignoring(of: Removal, when: When): SlbChange {
  return performing(of.action, (call, store, original) =>
    original(when(call, store) ? naming(call, '[]') : call),
  )
}

/** Everybody goes. */
export function emptying(of: Removal, when: When): SlbChange {
  return performing(of.action, (call, store, original) => {
    const holder = of.holder(call, store)
    if (holder && when(call, store)) holder.servers = []
    return original(call)
  })
}

/** Some elements of the list count for nothing. */
export function overlooking(of: Removal, isSeen: (entry: Entry) => boolean): SlbChange {
  return removing(of, (named, servers) => rest(of, named.filter(isSeen), servers))
}

/** The same call with another list. */
export function naming(call: Call, list: string): Call {
  return { ...call, parameters: { ...call.parameters, BackendServers: list } }
}

/** A rule looks away. */
export function passing(of: Removal, requirement: string, when: When = always): SlbChange {
  return deciding(`${of.operation}/${requirement}`, (call, store, original) =>
    when(call, store) ? undefined : original,
  )
}

/** A rule refuses as it should, but something has happened by then. */
export function actingFirst(
  of: Removal,
  requirement: string,
  act: (holder: Holder, call: Call, store: SlbStore) => void,
): SlbChange {
  return deciding(`${of.operation}/${requirement}`, (call, store, original) => {
    const holder = original && of.holder(call, store)
    if (holder) act(holder, call, store)
    return original
  })
}

/** A refusal that the pages do not know, ahead of all others. */
export function objecting(of: Removal, when: When, refusal: Refusal): SlbChange {
  return refusing(of.action, (call, store) => (when(call, store) ? refusal : undefined))
}

/** The same objection, but the servers named are gone when it is made. */
export function refusingTooLate(of: Removal, when: When, refusal: Refusal): SlbChange {
  return refusing(of.action, (call, store) => {
    const holder = of.holder(call, store)
    if (!holder || !when(call, store)) return undefined
    holder.servers = rest(of, namedBy(call), holder.servers)
    return refusal
  })
}

/** The call ends in a 500. */
export function crashing(of: Removal, when: When): SlbChange {
  return objecting(of, when, crash)
}

/** Another success body. */
export function answering(
  of: Removal,
  edit: (body: Body, call: Call, store: SlbStore) => unknown,
): SlbChange {
  return performing(of.action, (call, store, original) => {
    const answer = original(call)
    return { ...answer, body: edit(answer.body as Body, call, store) }
  })
}

/** Another spelling of the list in the answer. */
export function listing(
  of: Removal,
  edit: (servers: readonly Body[], call: Call) => unknown,
): SlbChange {
  return answering(of, (body, call) => ({
    ...body,
    BackendServers: { BackendServer: edit(serversIn(body), call) },
  }))
}

/** The elements of a reference answer's list. */
export function serversIn(body: Body): readonly Body[] {
  return (body['BackendServers'] as { BackendServer: readonly Body[] }).BackendServer
}

/** Is there an element in the list of which this is true? */
export function some(is: (entry: Entry) => boolean): When {
  return (call) => namedBy(call).some(is)
}

/** A list that is one, and names nobody. */
export function isEmptyList({ parameters }: Call): boolean {
  return parameters['BackendServers']?.trim() === '[]'
}

/** Elements as a client would spell them. */
export function spelledAgain(named: readonly Entry[]): string {
  return JSON.stringify(
    named.map(({ serverId, port, weight, type, description }) => ({
      ServerId: serverId,
      Port: port,
      Weight: weight,
      Type: type,
      Description: description,
    })),
  )
}
