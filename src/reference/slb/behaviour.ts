/** The server of the `slb` dialect as data: all rules in order, and all effects. */

import { ofEachOperation } from '../../documents/operation-files.ts'
import type { Behaviour, OperationBehaviour } from '../rule.ts'
import { refusal } from './answer.ts'
import { addBackendServers, defaultGroupRules, setBackendServers } from './default-group.ts'
import { gatewayRules } from './gateway.ts'
import {
  listenerCreations,
  listenerDescriptions,
  deleteLoadBalancerListener,
  listenerRules,
  startLoadBalancerListener,
} from './listeners.ts'
import { describeLoadBalancers, loadBalancerListRules } from './load-balancer-list.ts'
import {
  createLoadBalancer,
  deleteLoadBalancer,
  describeLoadBalancerAttribute,
  loadBalancerRules,
} from './load-balancers.ts'
import { describeRegions, regionRules } from './regions.ts'
import type { SlbStore } from './store.ts'
import {
  addVServerGroupBackendServers,
  modifyVServerGroupBackendServers,
  setVServerGroupAttribute,
  vserverGroupMemberRules,
} from './vserver-group-members.ts'
import {
  createVServerGroup,
  deleteVServerGroup,
  describeVServerGroupAttribute,
  describeVServerGroups,
  vserverGroupRules,
} from './vserver-groups.ts'

/** The operations under test. */
const operations = await ofEachOperation<OperationBehaviour<SlbStore>>(
  import.meta.url,
  './{operation}',
  'slb',
)

export const slbBehaviour: Behaviour<SlbStore> = {
  rules: [
    ...gatewayRules,
    ...operations.flatMap(({ rules }) => rules),
    ...regionRules,
    ...loadBalancerRules,
    ...loadBalancerListRules,
    ...listenerRules,
    ...vserverGroupRules,
    ...vserverGroupMemberRules,
    ...defaultGroupRules,
  ],
  effects: [
    refusal,
    ...operations.flatMap(({ effect }) => effect ?? []),
    describeRegions,
    createLoadBalancer,
    deleteLoadBalancer,
    describeLoadBalancerAttribute,
    describeLoadBalancers,
    ...listenerCreations,
    ...listenerDescriptions,
    deleteLoadBalancerListener,
    startLoadBalancerListener,
    createVServerGroup,
    deleteVServerGroup,
    describeVServerGroups,
    describeVServerGroupAttribute,
    addVServerGroupBackendServers,
    setVServerGroupAttribute,
    modifyVServerGroupBackendServers,
    addBackendServers,
    setBackendServers,
  ],
}
