/** The two operations under test, seen as one: servers are taken out of whatever holds them. */

import { namesMember, namesServer, type Entry } from './backend-servers.ts'
import { groupNamed, loadBalancerNamed } from './preconditions.ts'
import type { Call } from '../rule.ts'
import type { BackendServer, Holder, SlbStore } from './store.ts'

/** What mutants and variants of both operations need to know to be told once. */
export interface Removal {
  /** Before every requirement id. */
  readonly operation: string
  /** Before every mutant id. */
  readonly short: 'vserver' | 'default'
  readonly action: string
  /** The call that puts servers in. */
  readonly adding: string
  /** The call that shows who is in. */
  readonly describing: string
  /** The parameter that names the holder, and what requirements call it. */
  readonly holderId: string
  readonly holderWord: 'group' | 'load-balancer'
  holder(call: Call, store: SlbStore): Holder | undefined
  names(entry: Entry, server: BackendServer): boolean
}

export const vserverRemoval: Removal = {
  operation: 'slb/remove-vserver-group-backend-servers',
  short: 'vserver',
  action: 'RemoveVServerGroupBackendServers',
  adding: 'AddVServerGroupBackendServers',
  describing: 'DescribeVServerGroupAttribute',
  holderId: 'VServerGroupId',
  holderWord: 'group',
  holder: groupNamed,
  names: namesMember,
}

export const defaultRemoval: Removal = {
  operation: 'slb/remove-backend-servers',
  short: 'default',
  action: 'RemoveBackendServers',
  adding: 'AddBackendServers',
  describing: 'DescribeLoadBalancerAttribute',
  holderId: 'LoadBalancerId',
  holderWord: 'load-balancer',
  holder: loadBalancerNamed,
  names: namesServer,
}
