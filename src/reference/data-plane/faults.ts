/** Mistakes of a data plane, for the mutants of both dialects. */

import { hashOf, weightedRoundRobin } from './balancing.ts'
import type { PersistenceView, Protocol, ServerView } from './configuration.ts'
import type { Memory, Moment, TrafficChange } from './rules.ts'

type When = (moment: Moment, protocol?: Protocol) => boolean

/** Servers that were removed, in the order of their removal, and not longer ago than so many milliseconds. */
function removedIn({ memory, now, pool }: Moment, within = Infinity): readonly ServerView[] {
  const there = new Set(pool.servers.map(({ key }) => key))
  return [...memory.removed.values()]
    .filter(({ server, at }) => !there.has(server.key) && now - at <= within)
    .map(({ server }) => server)
}

/** A removed server is balanced like the others. */
export function stillRouting({ within = Infinity, after = 0 } = {}): TrafficChange {
  return (rules) => ({
    ...rules,
    candidates: (moment) => {
      const late = removedIn(moment, after === 0 ? -1 : after)
      const stale = removedIn(moment, within).filter((server) => !late.includes(server))
      return [...rules.candidates(moment), ...stale]
    },
  })
}

/** A removed server is balanced for some connections only. */
export function stillRoutingSome(
  isStale: (moment: Moment, protocol: Protocol) => boolean,
): TrafficChange {
  return (rules) => ({
    ...rules,
    pick: (moment, candidates, client) => {
      const stale = isStale(moment, client.protocol) ? removedIn(moment) : []
      const not = candidates.filter(({ key }) => !stale.some((one) => one.key === key))
      return rules.pick(moment, [...not, ...stale], client)
    },
  })
}

/** One worker of so many still has the old configuration. */
export function staleWorker(of: number): TrafficChange {
  return stillRoutingSome(({ memory }) => {
    const turn = Number(memory.notes.get('worker') ?? 0)
    memory.notes.set('worker', turn + 1)
    return turn % of === 0
  })
}

/** The ring of the hash is built once, from all servers that the pool ever had. */
export const staleRing: TrafficChange = stillRoutingSome(
  ({ pool }) => pool.algorithm === 'SOURCE_IP',
)

export function staleFor(protocol: Protocol): TrafficChange {
  return stillRoutingSome((_moment, own) => own === protocol)
}

/** A client that is bound to a removed server is sent there. */
export function staleBindings(type: PersistenceView['type']): TrafficChange {
  return (rules) => ({
    ...rules,
    bound: (moment, binding) =>
      rules.bound(moment, binding) ??
      (moment.pool.persistence?.type === type
        ? removedIn(moment).find(({ key }) => key === binding.server)
        : undefined),
  })
}

/** Nobody takes connections once a server was removed. */
export function emptied(protocol: Protocol): TrafficChange {
  return (rules) => ({
    ...rules,
    pick: (moment, candidates, client) =>
      client.protocol === protocol && moment.memory.removed.size > 0
        ? undefined
        : rules.pick(moment, candidates, client),
  })
}

/** Only the first of those that stay takes connections. */
export const firstOnly: TrafficChange = (rules) => ({
  ...rules,
  candidates: (moment) =>
    rules.candidates(moment).slice(0, moment.memory.removed.size > 0 ? 1 : undefined),
})

/** A server that was removed once gets nothing any more. */
export const tombstones: TrafficChange = (rules) => ({
  ...rules,
  candidates: (moment) => {
    const places = new Set([...moment.memory.removed.values()].map(({ server }) => placeOf(server)))
    return rules.candidates(moment).filter((server) => !places.has(placeOf(server)))
  },
})

function placeOf({ address, port }: ServerView): string {
  return `${address} ${port}`
}

/** Open connections end when servers are removed. */
export function ending(
  how: 'reset' | 'end',
  {
    after = 0,
    protocol,
    all = false,
  }: { readonly after?: number; readonly protocol?: Protocol; readonly all?: boolean } = {},
): TrafficChange {
  return (rules) => ({
    ...rules,
    fate: (own, isGone, moment) =>
      (all || isGone) && own === (protocol ?? own)
        ? { after, how }
        : rules.fate(own, isGone, moment),
  })
}

/** What binds clients of one type is read otherwise. */
export function keyed(
  type: PersistenceView['type'],
  key: (client: Parameters<Rules['keyOf']>[1], original: string | undefined) => string | undefined,
): TrafficChange {
  return (rules) => ({
    ...rules,
    keyOf: (pool, client, memory) => {
      const original = rules.keyOf(pool, client, memory)
      return pool.persistence?.type === type ? key(client, original) : original
    },
  })
}

type Rules = Parameters<TrafficChange>[0]

/** Session persistence of one type is never switched off. */
export function neverOff(type: PersistenceView['type']): TrafficChange {
  return (rules) => ({
    ...rules,
    keyOf: (pool, client, memory) => {
      if (pool.persistence?.type === type) memory.notes.set('persistence', pool.persistence)
      return rules.keyOf(
        { ...pool, persistence: persistenceIn(memory, pool.persistence) },
        client,
        memory,
      )
    },
    holds: (moment, binding) => {
      const { pool, memory } = moment
      const persistence = persistenceIn(memory, pool.persistence)
      return rules.holds({ ...moment, pool: { ...pool, persistence } }, binding)
    },
  })
}

function persistenceIn({ notes }: Memory, now: PersistenceView | null): PersistenceView | null {
  return now ?? (notes.get('persistence') as PersistenceView | undefined) ?? null
}

/** A binding does not hold where this says so. */
export function forgetting(
  when: (binding: { since: number }, moment: Moment) => boolean,
): TrafficChange {
  return (rules) => ({
    ...rules,
    holds: (moment, binding) => !when(binding, moment) && rules.holds(moment, binding),
  })
}

/** Every so many requests of bound clients are balanced anew. */
export function forgettingSome(of: number, type: PersistenceView['type']): TrafficChange {
  return forgetting((_binding, { memory, pool }) => {
    const turn = Number(memory.notes.get('forgotten') ?? 0) + 1
    memory.notes.set('forgotten', turn)
    return pool.persistence?.type === type && turn % of === 0
  })
}

/** The period is computed otherwise. */
export function periodOf(milliseconds: (minutes: number, minute: number) => number): TrafficChange {
  return forgetting(
    ({ since }, { pool, now, minute }) =>
      now - since > milliseconds(pool.persistence?.minutes ?? 0, minute),
  )
}

/** Connections of a pool with that algorithm are balanced otherwise. */
export function balancing(
  algorithm: Moment['pool']['algorithm'],
  pick: Rules['pick'],
): TrafficChange {
  return (rules) => ({
    ...rules,
    pick: (moment, candidates, client) =>
      (moment.pool.algorithm === algorithm ? pick : rules.pick)(moment, candidates, client),
  })
}

/** The hash is taken over a list in which each server stands as often as its weight says. */
export const weightedHash: Rules['pick'] = (_moment, servers, { address }) => {
  const slots = servers.flatMap((server) => Array.from({ length: server.weight }, () => server))
  return slots[hashOf(address) % Math.max(slots.length, 1)]
}

export const hashWithPort: Rules['pick'] = (_moment, servers, { address, port }) =>
  servers[hashOf(`${address} ${port}`) % Math.max(servers.length, 1)]

export const byTurns: Rules['pick'] = (moment, servers, { address }) =>
  weightedRoundRobin(servers, address, moment.memory)

/** In turn, with weights as this says. */
export function weighed(weight: (server: ServerView) => number): Rules['pick'] {
  return (moment, servers, { address }) =>
    weightedRoundRobin(
      servers.map((server) => ({ ...server, weight: weight(server) })),
      address,
      moment.memory,
    )
}

/** Nothing is sent to a pool in which this holds. */
export function refusingWhere(when: When): TrafficChange {
  return (rules) => ({
    ...rules,
    pick: (moment, candidates, client) =>
      when(moment, client.protocol) ? undefined : rules.pick(moment, candidates, client),
  })
}
