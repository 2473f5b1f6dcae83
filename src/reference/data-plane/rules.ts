/** How a data plane decides: functions that a mutant or a variant can replace one by one. */

import type { PoolView, Protocol, ServerView } from './configuration.ts'
import { leastConnections, sourceHash, weightedRoundRobin } from './balancing.ts'

/** The other end of a connection, as far as decisions depend on it. */
export interface Client {
  readonly address: string
  readonly port: number
  readonly protocol: Protocol
  /** By name; none but for HTTP. */
  readonly cookies: Readonly<Record<string, string>>
}

/** A client that is bound to a server. */
export interface Binding {
  readonly server: string
  /** Milliseconds, on the clock of the data plane. */
  readonly since: number
}

/** What a data plane remembers of one pool. */
export interface Memory {
  /** Current weights of weighted round robin, by the key of a server. */
  readonly turns: Map<string, number>
  /** Open connections, by the key of a server. */
  readonly open: Map<string, number>
  /** By what binds a client. */
  readonly bindings: Map<string, Binding>
  /** Servers that are no longer in the pool, and when they were taken out. The rules themselves do not use it. */
  readonly removed: Map<string, { readonly server: ServerView; readonly at: number }>
  /** What a mutant or a variant remembers. */
  readonly notes: Map<string, unknown>
}

/** What happens to an open connection when its server is removed. */
export type Fate = 'stays' | { readonly after: number; readonly how: 'reset' | 'end' }

export interface Moment {
  readonly pool: PoolView
  readonly memory: Memory
  readonly now: number
  /** Milliseconds in a minute of `persistence_timeout`. */
  readonly minute: number
}

export interface TrafficRules {
  /** The servers among which a new connection is balanced. */
  candidates(moment: Moment): readonly ServerView[]
  /** Which of them takes it, where nothing binds the client. */
  pick(moment: Moment, candidates: readonly ServerView[], client: Client): ServerView | undefined
  /** What binds a client; `undefined` where nothing does, or not yet. */
  keyOf(pool: PoolView, client: Client, memory: Memory): string | undefined
  /** Is a binding still in force? */
  holds(moment: Moment, binding: Binding): boolean
  /** The server that a binding names, if it may take the connection. */
  bound(moment: Moment, binding: Binding): ServerView | undefined
  /** The cookie that the load balancer itself sets, and by which it will know the client. */
  ownCookie(
    pool: PoolView,
    client: Client,
    token: string,
  ): { name: string; line: string } | undefined
  /** `Set-Cookie` lines of a backend server, as the client gets them. */
  passed(pool: PoolView, lines: readonly string[]): readonly string[]
  /** Is a binding in force again for as long, whenever its client comes? */
  readonly renews: boolean
  /** The name of the cookie of the backend server that binds its client. */
  appCookie(pool: PoolView): string | undefined
  /** For open connections when servers are removed. @param isGone - Is its server one of them? */
  fate(protocol: Protocol, isGone: boolean, moment: Moment): Fate
  /** Milliseconds until a change of the configuration is followed. */
  lag(before: PoolView | undefined, after: PoolView | undefined): number
  /** Milliseconds in a minute; fewer where a proof must not take minutes. */
  readonly minute: number
  /** What is sent to a client where no server takes its connection. */
  readonly refusal: 'end' | 'reset' | 503
  /** How requests go to a backend server. */
  readonly toServer: ToServer
}

export interface ToServer {
  readonly version: '1.0' | '1.1'
  readonly forwardedFor: boolean
  /** Is a connection to a backend server used for further requests of the same client connection? */
  readonly reuses: boolean
  /** After a request that could not be sent: is it sent to another server? */
  readonly retries: boolean
  /** Is the connection of the client closed after each answer? */
  readonly closes: boolean
  /** Milliseconds between two health checks; none where absent. */
  readonly probes?: number
}

const algorithms = {
  ROUND_ROBIN: weightedRoundRobin,
  LEAST_CONNECTIONS: leastConnections,
  SOURCE_IP: sourceHash,
}

const ownCookieName = 'reference_lb'

/** As the pages say. */
export const lawfulTraffic: TrafficRules = {
  // Under SOURCE_IP weights have no effect, and so 0 has none either.
  candidates: ({ pool }) =>
    pool.servers.filter(({ weight }) => weight > 0 || pool.algorithm === 'SOURCE_IP'),
  pick: ({ pool, memory }, candidates, client) =>
    algorithms[pool.algorithm](candidates, client.address, memory),
  keyOf: ({ persistence }, { address, cookies }) => {
    if (persistence?.type === 'SOURCE_IP') return `address ${address}`
    const name = persistence?.type === 'HTTP_COOKIE' ? ownCookieName : persistence?.cookieName
    const value = cookies[name ?? '']
    return value === undefined ? undefined : `${persistence?.type ?? ''} ${value}`
  },
  holds: ({ pool, now, minute }, { since }) =>
    pool.persistence?.type === 'APP_COOKIE' ||
    now - since <= (pool.persistence?.minutes ?? 0) * minute,
  bound: ({ pool }, { server }) => pool.servers.find(({ key }) => key === server),
  ownCookie: ({ persistence }, _client, token) =>
    persistence?.type === 'HTTP_COOKIE'
      ? { name: ownCookieName, line: `${ownCookieName}=${token}; Path=/` }
      : undefined,
  appCookie: ({ persistence }) =>
    persistence?.type === 'APP_COOKIE' ? (persistence.cookieName ?? undefined) : undefined,
  fate: () => 'stays',
  lag: () => 0,
  minute: 60_000,
  refusal: 'end',
  passed: (_pool, lines) => lines,
  renews: true,
  toServer: { version: '1.1', forwardedFor: false, reuses: false, retries: true, closes: false },
}

/** The lawful rules with some of them replaced. */
export type TrafficChange = (rules: TrafficRules) => TrafficRules
