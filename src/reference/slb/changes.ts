/** Functions that make faults and lawful differences in the removal of servers. */

import { deciding, performing, refusing, type Change } from '../mutant.ts'
import type { Answer, Call, Refusal } from '../rule.ts'
import type { Body } from './answer.ts'
import { namedBy, type Entry } from './backend-servers.ts'
import type { Removal } from './removal.ts'
import type { BackendServer, Holder, SlbStore } from './store.ts'

export type SlbChange = Change<SlbStore>
export type Condition = (call: Call, store: SlbStore) => boolean
export type Servers = readonly BackendServer[]
export type Entries = readonly Entry[]

/** The answer to a request that caused an exception. */
export const crash: Refusal = { status: 500, code: 'InternalError', message: 'Unknown error.' }

export function always(): boolean {
  return true
}

/** Decides differently which servers stay. The answer lists them. */
export function removing(
  of: Removal,
  keep: (named: Entries, servers: Servers, call: Call, store: SlbStore) => Servers,
): SlbChange {
  return performing(of.action, (call, store, original) => {
    const holder = of.holder(call, store)
    if (holder) holder.servers = keep(namedBy(call), holder.servers, call, store)
    return original(withList(call, '[]'))
  })
}

/** The servers that stay when exactly these are named. */
export function remaining(of: Removal, named: Entries, servers: Servers): Servers {
  return servers.filter((server) => !isNamed(of, server, named))
}

export function isNamed(of: Removal, server: BackendServer, named: Entries): boolean {
  return named.some((entry) => of.names(entry, server))
}

export function isMember(of: Removal, entry: Entry, servers: Servers): boolean {
  return servers.some((server) => of.names(entry, server))
}

/** Answers with a success, but changes nothing. */
export function doingNothing(of: Removal, when: Condition): SlbChange {
  return performing(of.action, (call, store, original) =>
    original(when(call, store) ? withList(call, '[]') : call),
  )
}

/** Removes every server. */
export function emptying(of: Removal, when: Condition): SlbChange {
  return performing(of.action, (call, store, original) => {
    const holder = of.holder(call, store)
    if (holder && when(call, store)) holder.servers = []
    return original(call)
  })
}

/** Ignores the elements of the list that `isSeen` does not accept. */
export function ignoringEntries(of: Removal, isSeen: (entry: Entry) => boolean): SlbChange {
  return removing(of, (named, servers) => remaining(of, named.filter(isSeen), servers))
}

/** The same call with another list. */
export function withList(call: Call, list: string): Call {
  return { ...call, parameters: { ...call.parameters, BackendServers: list } }
}

/** A rule does not refuse. */
export function notRefusing(of: Removal, requirement: string, when: Condition = always): SlbChange {
  return deciding(`${of.operation}/${requirement}`, (call, store, original) =>
    when(call, store) ? undefined : original,
  )
}

/** A rule refuses as it should, but after an effect. */
export function actingBeforeRefusal(
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

/** A refusal that the pages do not mention, before all other rules. */
export function refusingIf(of: Removal, when: Condition, refusal: Refusal): SlbChange {
  return refusing(of.action, (call, store) => (when(call, store) ? refusal : undefined))
}

/** The same refusal, but after the named servers were removed. */
export function refusingAfterRemoval(of: Removal, when: Condition, refusal: Refusal): SlbChange {
  return refusing(of.action, (call, store) => {
    const holder = of.holder(call, store)
    if (!holder || !when(call, store)) return undefined
    holder.servers = remaining(of, namedBy(call), holder.servers)
    return refusal
  })
}

/** The call ends in a 500. */
export function crashing(of: Removal, when: Condition): SlbChange {
  return refusingIf(of, when, crash)
}

/** Changes the body of a success. */
export function changingAnswer(
  of: Removal,
  edit: (body: Body, call: Call, store: SlbStore) => unknown,
): SlbChange {
  return performing(of.action, (call, store, original) => {
    const answer = original(call)
    return { ...answer, body: edit(answer.body as Body, call, store) }
  })
}

/** Changes the list in the answer. */
export function changingList(
  of: Removal,
  edit: (servers: readonly Body[], call: Call) => unknown,
): SlbChange {
  return changingAnswer(of, (body, call) => ({
    ...body,
    BackendServers: { BackendServer: edit(serversIn(body), call) },
  }))
}

/** Changes each server in the list of an answer, of any call. */
export function editingServers(answer: Answer, edit: (server: Body) => Body): Answer {
  return editingList(answer, (servers) => servers.map(edit))
}

/** Changes the list of servers in an answer, of any call; one without servers stays as it is. */
export function editingList(
  answer: Answer,
  edit: (servers: readonly Body[]) => readonly Body[],
): Answer {
  const body = answer.body as Body
  const servers = serversIn(body)
  if (servers.length === 0) return answer
  return { ...answer, body: { ...body, BackendServers: { BackendServer: edit(servers) } } }
}

/** The elements of the list in an answer of the reference; none where another fault has wrapped the body. */
export function serversIn(body: Body): readonly Body[] {
  const list = body['BackendServers'] as { readonly BackendServer?: unknown } | undefined
  const servers = list?.BackendServer
  return Array.isArray(servers) ? (servers as readonly Body[]) : []
}

/** Does this hold for an element of the list? */
export function someEntry(is: (entry: Entry) => boolean): Condition {
  return (call) => namedBy(call).some(is)
}

/** A valid list without elements. */
export function isEmptyList({ parameters }: Call): boolean {
  return parameters['BackendServers']?.trim() === '[]'
}

/** The elements as a client would write them. */
export function listText(named: readonly Entry[]): string {
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
