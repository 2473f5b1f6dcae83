/** Faults between an API and its data plane, whichever proxy that is: what a proxy is told otherwise than it should be. */

import type { Frontend, PoolView, ServerView } from '../src/reference/data-plane/configuration.ts'

/** What was told about one frontend before. */
interface Told {
  /** By key; servers that were removed as well. */
  readonly servers: Map<string, ServerView>
  /** Addresses and ports of servers that were removed. */
  readonly removed: Set<string>
  persistence: PoolView['persistence']
}

type Change = (pool: PoolView, told: Told) => PoolView

function placeOf({ address, port }: ServerView): string {
  return `${address} ${port}`
}

/** With the servers that were removed, as they were or changed. */
function withRemoved(
  pool: PoolView,
  { servers }: Told,
  changed: (server: ServerView) => ServerView = (server) => server,
): PoolView {
  const now = new Set(pool.servers.map(({ key }) => key))
  const gone = [...servers.values()].filter(({ key }) => !now.has(key))
  return { ...pool, servers: [...pool.servers, ...gone.map((one) => changed(one))] }
}

const changes = {
  'removal-not-told': (pool, told) => withRemoved(pool, told),
  'hash-keeps-removed': (pool, told) =>
    pool.algorithm === 'SOURCE_IP' ? withRemoved(pool, told) : pool,
  // HAProxy still sends those that are bound to a server of weight 0 there.
  'removed-is-drained': (pool, told) =>
    withRemoved(pool, told, (server) => ({ ...server, weight: 0 })),
  'added-again-not-told': (pool, { removed }) => ({
    ...pool,
    servers: pool.servers.filter((server) => !removed.has(placeOf(server))),
  }),
  'removal-takes-others': (pool, { removed }) => ({
    ...pool,
    servers: removed.size > 0 ? pool.servers.slice(0, 1) : pool.servers,
  }),
  'persistence-never-off': (pool, { persistence }) => ({
    ...pool,
    persistence: pool.persistence ?? persistence,
  }),
  'weights-not-told': (pool) => ({
    ...pool,
    servers: pool.servers.map((server) => ({ ...server, weight: 1 })),
  }),
  'algorithm-not-told': (pool) => ({ ...pool, algorithm: 'ROUND_ROBIN' }),
} as const satisfies Readonly<Record<string, Change>>

export type BrokenFrontends = keyof typeof changes

/** Tells a proxy something else. What changes nothing is told as it is. */
export function toldOtherwise(
  broken: string | undefined,
): (frontends: readonly Frontend[]) => readonly Frontend[] {
  const change = Object.entries<Change>(changes).find(([name]) => name === broken)?.[1]
  const memory = new Map<string, Told>()
  return (frontends) =>
    frontends.map((one) => {
      if (!one.pool || !change) return one
      const told = memory.get(one.key) ?? {
        servers: new Map<string, ServerView>(),
        removed: new Set<string>(),
        persistence: null,
      }
      memory.set(one.key, told)
      remember(told, one.pool)
      return { ...one, pool: change(one.pool, told) }
    })
}

function remember(told: Told, { servers, persistence }: PoolView): void {
  const now = new Set(servers.map(({ key }) => key))
  for (const [key, server] of told.servers) if (!now.has(key)) told.removed.add(placeOf(server))
  for (const server of servers) told.servers.set(server.key, server)
  told.persistence = persistence ?? told.persistence
}
