/** The two operations under test, seen as one: each removes servers from what holds them. */

import { namesMember, namesServer, type Entry } from './backend-servers.ts'
import { groupNamed, loadBalancerNamed } from './preconditions.ts'
import type { Call } from '../rule.ts'
import type { BackendServer, Holder, SlbStore } from './store.ts'

/** What a mutant or variant of both operations has to know about one of them. */
export interface Removal {
  /** The beginning of every requirement id. */
  readonly operation: string
  /** The beginning of every mutant id. */
  readonly short: 'vserver' | 'default'
  readonly action: string
  /** The call that adds servers. */
  readonly adding: string
  /** The call that shows the servers. */
  readonly describing: string
  /** The parameter that names the holder, and its name in requirement ids. */
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
