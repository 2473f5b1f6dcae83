/**
 * What the reference remembers: plain maps and objects, so that a store can be cloned and compared.
 *
 * Random values and the time are in the call, never in the store.
 */

export type ServerType = 'ecs' | 'eni' | 'eci'

/** A server in a VServer group, where it has a port, or in a default group, where it has none. */
export interface BackendServer {
  readonly serverId: string
  readonly type: ServerType
  /** 0 to 100; 0 gets no traffic. */
  readonly weight: number
  readonly port?: number
  readonly description?: string
}

/** A load balancer or a VServer group: it holds servers, and accepts one write at a time. */
export interface Holder {
  servers: readonly BackendServer[]
  /** Milliseconds since the epoch; until then every write is refused. */
  busyUntil: number
}

export interface Listener {
  readonly port: number
  readonly protocol: 'tcp' | 'udp' | 'http'
  /** Mbit/s; -1 is unlimited. */
  readonly bandwidth: number
  readonly description?: string
  readonly vserverGroupId?: string
  readonly backendServerPort?: number
  /** A new listener takes no connections until it is started. */
  readonly running?: true
}

/** A load balancer; its `servers` are the default group. */
export interface LoadBalancer extends Holder {
  readonly id: string
  /** The access key id of the account. */
  readonly owner: string
  readonly region: string
  readonly name: string
  readonly address: string
  readonly addressType: string
  readonly vSwitchId: string
  readonly vpcId: string
  readonly spec: string
  readonly deleteProtection: string
  readonly clientToken: string | undefined
  /** Milliseconds since the epoch. */
  readonly created: number
  listeners: readonly Listener[]
}

export interface VServerGroup extends Holder {
  readonly id: string
  readonly loadBalancerId: string
  /** Milliseconds since the epoch. */
  readonly created: number
  name: string
}

export interface SlbStore {
  readonly loadBalancers: Map<string, LoadBalancer>
  readonly groups: Map<string, VServerGroup>
  /** Account and nonce, oldest first, with the time of arrival. */
  readonly nonces: Map<string, number>
  /** How long a write keeps its object busy. */
  readonly settleMilliseconds: number
  /** What a mutant or a variant stores between calls. The reference itself does not use it. */
  readonly notes: Map<string, unknown>
  /** The address of a new load balancer; one that is never reachable where absent. */
  readonly newAddress?: () => string
}

export function emptyStore(settleMilliseconds: number): SlbStore {
  return {
    loadBalancers: new Map(),
    groups: new Map(),
    nonces: new Map(),
    settleMilliseconds,
    notes: new Map(),
  }
}

/** How many objects there are, by kind. Nonces are not counted, because they expire. */
export function inventoryOf(store: SlbStore): Readonly<Record<string, number>> {
  const loadBalancers = [...store.loadBalancers.values()]
  const groups = [...store.groups.values()]
  return {
    loadBalancers: loadBalancers.length,
    listeners: loadBalancers.flatMap(({ listeners }) => listeners).length,
    backendServers: loadBalancers.flatMap(({ servers }) => servers).length,
    vserverGroups: groups.length,
    vserverGroupMembers: groups.flatMap(({ servers }) => servers).length,
  }
}
