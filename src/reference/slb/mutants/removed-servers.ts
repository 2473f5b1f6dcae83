/** Faults of servers that remember removals, in the notes of the store. */

import { performing, together } from '../../mutant.ts'
import type { Answer, Call } from '../../rule.ts'

import type { Body } from '../answer.ts'
import { wantsXml } from '../request.ts'
import { namedBy, type Entry } from '../backend-servers.ts'
import { isNamed, withList, listText, type Servers, type SlbChange } from '../changes.ts'
import type { Removal } from '../removal.ts'
import type { BackendServer, SlbStore } from '../store.ts'

/** Records which servers were removed. It must be the last of several changes, to see the effects of the others. */
export function recordingRemovals(of: Removal): SlbChange {
  return performing(of.action, (call, store, original) => {
    const before = of.holder(call, store)?.servers ?? []
    const answer = original(call)
    const after = of.holder(call, store)?.servers ?? []
    const gone = before.filter((server) => !after.includes(server))
    store.notes.set(noteKey(of, call), [...removedFrom(of, call, store), ...gone])
    return answer
  })
}

/** Removes from the list that was shown last, and so brings back what was removed since. */
export function removingFromShownList(of: Removal): SlbChange {
  const shown = (call: Call) => `shown ${call.parameters[of.holderId] ?? ''}`
  return together(
    performing<SlbStore>(of.describing, (call, store, original) => {
      store.notes.set(shown(call), of.holder(call, store)?.servers)
      return original(call)
    }),
    performing<SlbStore>(of.action, (call, store, original) => {
      const holder = of.holder(call, store)
      const before = store.notes.get(shown(call)) as Servers | undefined
      if (holder && before) holder.servers = before
      return original(call)
    }),
  )
}

/** A look in XML shows what the first one of as many servers showed, whatever was removed since. */
export function keepingXml(of: Removal): SlbChange {
  const key = (call: Call) => `in XML ${call.parameters[of.holderId] ?? ''}`
  return together(
    performing<SlbStore>(of.describing, (call, store, original) => {
      const answer = original(call)
      if (!wantsXml(call)) return answer
      const kept = store.notes.get(key(call)) as Answer | undefined
      if (!kept) store.notes.set(key(call), answer)
      return kept ?? answer
    }),
    performing<SlbStore>(of.adding, (call, store, original) => {
      store.notes.delete(key(call))
      return original(call)
    }),
  )
}

/** Removals restore the weights with which servers were created, wherever another call has changed them. */
export function restoringFirstWeights(of: Removal): SlbChange {
  const changing = { vserver: 'SetVServerGroupAttribute', default: 'SetBackendServers' }[of.short]
  const first = (call: Call) => `first weights ${call.parameters[of.holderId] ?? ''}`
  return together(
    performing<SlbStore>(changing, (call, store, original) => {
      const { notes } = store
      if (!notes.has(first(call))) notes.set(first(call), of.holder(call, store)?.servers)
      return original(call)
    }),
    performing<SlbStore>(of.action, (call, store, original) => {
      const holder = of.holder(call, store)
      const before = (store.notes.get(first(call)) as Servers | undefined) ?? []
      const weightOf = ({ serverId, port, weight }: BackendServer) =>
        before.find((one) => one.serverId === serverId && one.port === port)?.weight ?? weight
      if (holder) holder.servers = holder.servers.map((one) => ({ ...one, weight: weightOf(one) }))
      return original(call)
    }),
  )
}

/** All servers that were removed from the holder that the call names. */
export function removedFrom(of: Removal, call: Call, store: SlbStore): readonly BackendServer[] {
  // Another fault in the same server may have a note of its own there.
  const note = store.notes.get(noteKey(of, call))
  return Array.isArray(note) ? (note as readonly BackendServer[]) : []
}

/** Was the server that the element names removed from there before? */
export function wasRemoved(of: Removal, entry: Entry, call: Call, store: SlbStore): boolean {
  return removedFrom(of, call, store).some((server) => of.names(entry, server))
}

/** A removed server is not added again, although the call is answered with a success. */
export function neverAddingAgain(of: Removal): SlbChange {
  const swallowing = performing<SlbStore>(of.adding, (call, store, original) => {
    const known = namedBy(call).filter((entry) => !wasRemoved(of, entry, call, store))
    return original(withList(call, listText(known)))
  })
  return together(swallowing, recordingRemovals(of))
}

/** A server that was removed comes back with the weight that it had, whatever it is added with. */
export function bringingWeightsBack(of: Removal): SlbChange {
  const adding = performing<SlbStore>(of.adding, (call, store, original) => {
    const answer = original(call)
    const [holder, gone] = [of.holder(call, store), removedFrom(of, call, store)]
    const before = (server: BackendServer) =>
      gone.find(({ serverId, port }) => serverId === server.serverId && port === server.port)
    if (!holder) return answer
    holder.servers = holder.servers.map((server) => ({
      ...server,
      weight: before(server)?.weight ?? server.weight,
    }))
    return answer
  })
  return together(adding, recordingRemovals(of))
}

/** From the second look after a removal on, the state before it is shown again. */
export function revertingAfterOneLook(of: Removal): SlbChange {
  const noting = performing<SlbStore>(of.action, (call, store, original) => {
    store.notes.set(noteKey(of, call), { before: of.holder(call, store)?.servers, looks: 0 })
    return original(call)
  })
  return together(
    noting,
    performing<SlbStore>(of.describing, (call, store, original) => {
      const note = store.notes.get(noteKey(of, call)) as
        | { before?: Servers; looks: number }
        | undefined
      const holder = of.holder(call, store)
      if (note) note.looks += 1
      if (note?.before && note.looks > 1 && holder) holder.servers = note.before
      return original(call)
    }),
  )
}

/** The first look after some time shows the state before the removal again. */
export function revertingAfter(of: Removal, milliseconds: number): SlbChange {
  const noting = performing<SlbStore>(of.action, (call, store, original) => {
    const note: Reversal = { before: of.holder(call, store)?.servers, due: call.now + milliseconds }
    store.notes.set(noteKey(of, call), note)
    return original(call)
  })
  return together(
    noting,
    performing<SlbStore>(of.describing, (call, store, original) => {
      const note = store.notes.get(noteKey(of, call)) as Reversal | undefined
      const holder = of.holder(call, store)
      if (note?.before && holder && call.now >= note.due) holder.servers = note.before
      return original(call)
    }),
  )
}

interface Reversal {
  readonly before: Servers | undefined
  /** Milliseconds since the epoch. */
  readonly due: number
}

/** A holder whose last server was removed is shown as inactive from then on. */
export function inactiveWhenEmpty(of: Removal): SlbChange {
  return together(
    performing<SlbStore>(of.action, (call, store, original) => {
      const before = of.holder(call, store)?.servers ?? []
      const answer = original(call)
      const emptied = before.length > 0 && of.holder(call, store)?.servers.length === 0
      if (emptied) store.notes.set(inactiveKey(of, call), true)
      return answer
    }),
    performing<SlbStore>(of.describing, (call, store, original) => {
      const answer = original(call)
      if (!store.notes.has(inactiveKey(of, call))) return answer
      return { ...answer, body: { ...(answer.body as Body), LoadBalancerStatus: 'inactive' } }
    }),
  )
}

function inactiveKey(of: Removal, call: Call): string {
  return `inactive ${noteKey(of, call)}`
}

/** The named servers that were removed before: they come back. */
export function removedBefore(of: Removal, call: Call, store: SlbStore): Servers {
  const servers = of.holder(call, store)?.servers ?? []
  const absent = removedFrom(of, call, store).filter((server) => !servers.includes(server))
  return absent.filter((server) => isNamed(of, server, namedBy(call)))
}

function noteKey(of: Removal, call: Call): string {
  return `${of.holderId} ${call.parameters[of.holderId]}`
}
