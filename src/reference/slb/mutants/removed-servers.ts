/** What faulty servers remember of removals, in the notes of the store. */

import { performing, together } from '../../mutant.ts'
import type { Call } from '../../rule.ts'
import type { Body } from '../answer.ts'
import { namedBy, type Entry } from '../backend-servers.ts'
import { isNamed, naming, spelledAgain, type Servers, type SlbChange } from '../changes.ts'
import type { Removal } from '../removal.ts'
import type { BackendServer, SlbStore } from '../store.ts'

/** Notes who went. It must be the last of several changes, to see what the others did. */
export function keepingLedger(of: Removal): SlbChange {
  return performing(of.action, (call, store, original) => {
    const before = of.holder(call, store)?.servers ?? []
    const answer = original(call)
    const after = of.holder(call, store)?.servers ?? []
    const gone = before.filter((server) => !after.includes(server))
    store.notes.set(place(of, call), [...removedFrom(of, call, store), ...gone])
    return answer
  })
}

/** Who was ever removed from the holder that the call names. */
export function removedFrom(of: Removal, call: Call, store: SlbStore): readonly BackendServer[] {
  return (store.notes.get(place(of, call)) as readonly BackendServer[] | undefined) ?? []
}

/** Was what the element names ever removed from there? */
export function wasRemoved(of: Removal, entry: Entry, call: Call, store: SlbStore): boolean {
  return removedFrom(of, call, store).some((server) => of.names(entry, server))
}

/** Who was removed once is not added again, though the call answers as if. */
export function buryingForGood(of: Removal): SlbChange {
  const swallowing = performing<SlbStore>(of.adding, (call, store, original) => {
    const known = namedBy(call).filter((entry) => !wasRemoved(of, entry, call, store))
    return original(naming(call, spelledAgain(known)))
  })
  return together(swallowing, keepingLedger(of))
}

/** The second look after a removal finds what was there before it, and so does every later one. */
export function revertingAfterOneLook(of: Removal): SlbChange {
  const noting = performing<SlbStore>(of.action, (call, store, original) => {
    store.notes.set(place(of, call), { before: of.holder(call, store)?.servers, looks: 0 })
    return original(call)
  })
  return together(
    noting,
    performing<SlbStore>(of.describing, (call, store, original) => {
      const note = store.notes.get(place(of, call)) as
        | { before?: Servers; looks: number }
        | undefined
      const holder = of.holder(call, store)
      if (note) note.looks += 1
      if (note?.before && note.looks > 1 && holder) holder.servers = note.before
      return original(call)
    }),
  )
}

/** What was there before a removal is there again when some time has passed, at the next look. */
export function revertingAfter(of: Removal, milliseconds: number): SlbChange {
  const noting = performing<SlbStore>(of.action, (call, store, original) => {
    const note: Reversal = { before: of.holder(call, store)?.servers, due: call.now + milliseconds }
    store.notes.set(place(of, call), note)
    return original(call)
  })
  return together(
    noting,
    performing<SlbStore>(of.describing, (call, store, original) => {
      const note = store.notes.get(place(of, call)) as Reversal | undefined
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

/** Whoever loses the last server shows as inactive from then on. */
export function stoppingWhenEmpty(of: Removal): SlbChange {
  return together(
    performing<SlbStore>(of.action, (call, store, original) => {
      const before = of.holder(call, store)?.servers ?? []
      const answer = original(call)
      const emptied = before.length > 0 && of.holder(call, store)?.servers.length === 0
      if (emptied) store.notes.set(stopped(of, call), true)
      return answer
    }),
    performing<SlbStore>(of.describing, (call, store, original) => {
      const answer = original(call)
      if (!store.notes.has(stopped(of, call))) return answer
      return { ...answer, body: { ...(answer.body as Body), LoadBalancerStatus: 'inactive' } }
    }),
  )
}

function stopped(of: Removal, call: Call): string {
  return `stopped ${place(of, call)}`
}

/** Toggles: who was removed and is named again comes back. */
export function bringingBack(of: Removal, call: Call, store: SlbStore): Servers {
  const servers = of.holder(call, store)?.servers ?? []
  const absent = removedFrom(of, call, store).filter((server) => !servers.includes(server))
  return absent.filter((server) => isNamed(of, server, namedBy(call)))
}

function place(of: Removal, call: Call): string {
  return `${of.holderId} ${call.parameters[of.holderId]}`
}
