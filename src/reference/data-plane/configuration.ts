/** What a data plane is told: where it listens, and to which servers it sends. Plain data, the same for both dialects. */

export type Protocol = 'TCP' | 'UDP' | 'HTTP'
export type Algorithm = 'ROUND_ROBIN' | 'LEAST_CONNECTIONS' | 'SOURCE_IP'

/** A backend server of a pool. */
export interface ServerView {
  /** The id of the member, or of the server and its port: another one once it is added again. */
  readonly key: string
  readonly address: string
  readonly port: number
  readonly weight: number
}

export interface PersistenceView {
  readonly type: 'SOURCE_IP' | 'HTTP_COOKIE' | 'APP_COOKIE'
  readonly cookieName: string | null
  readonly minutes: number
}

/** A pool, or a group of servers. */
export interface PoolView {
  readonly key: string
  readonly algorithm: Algorithm
  readonly persistence: PersistenceView | null
  readonly servers: readonly ServerView[]
}

/** A listener on the address of its load balancer. */
export interface Frontend {
  readonly key: string
  readonly address: string
  readonly port: number
  readonly protocol: Protocol
  readonly pool: PoolView | undefined
}

/** What carries the traffic of a reference. */
export interface DataPlane {
  /** Takes over a configuration; called after each write of the API. */
  follow(frontends: readonly Frontend[]): void
  close(): Promise<void>
}

/** Is it an address on this machine alone? Traffic of a reference goes nowhere else. */
export function isLoopback(address: string): boolean {
  return /^127(?:\.\d{1,3}){3}$/.test(address)
}
