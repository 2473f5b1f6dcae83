/** VServer groups: created, deleted, listed and described. */

import type { Call, Effect } from '../rule.ts'
import { answered, type Body } from './answer.ts'
import { addTo, listed, namedBy, memberFrom } from './backend-servers.ts'
import { newObjectId, timestamp } from './load-balancers.ts'
import {
  groupNamed,
  idleGroup,
  idleLoadBalancer,
  knownGroup,
  knownLoadBalancer,
  loadBalancerNamed,
  matching,
  required,
  type SlbRule,
} from './preconditions.ts'
import * as refusals from './refusals.ts'
import type { Listener, SlbStore, VServerGroup } from './store.ts'

const create = 'CreateVServerGroup'
const remove = 'DeleteVServerGroup'
const list = 'DescribeVServerGroups'
const describe = 'DescribeVServerGroupAttribute'

/** Letters, digits and `-/._`, 1 to 80. CreateVServerGroup, row `VServerGroupName`. */
export const groupName = /^[\p{L}\p{N}\-/._]{1,80}$/u

export const vserverGroupRules: readonly SlbRule[] = [
  required('slb/set-up/load-balancer-required', [create, list], 'LoadBalancerId'),
  knownLoadBalancer('slb/set-up/unknown-load-balancer', [create, list]),
  matching('slb/set-up/vserver-group-name', create, 'VServerGroupName', groupName),
  required('slb/set-up/vserver-group-required', [remove, describe], 'VServerGroupId'),
  knownGroup('slb/set-up/unknown-vserver-group', [remove, describe]),
  {
    keeps: 'slb/set-up/vserver-group-in-use',
    on: remove,
    refuse(call, store) {
      const group = groupNamed(call, store)
      return group && listenersOf(group, store).length > 0 ? refusals.groupInUse : undefined
    },
  },
  idleGroup(remove),
  idleLoadBalancer(create),
]

export const createVServerGroup: Effect<SlbStore> = {
  on: create,
  perform(call, store) {
    const group = groupFrom(call, store)
    store.groups.set(group.id, group)
    const loadBalancer = loadBalancerNamed(call, store)
    if (loadBalancer) loadBalancer.busyUntil = group.busyUntil
    return answered(call, { VServerGroupId: group.id, BackendServers: listed(group.servers) })
  },
}

export const deleteVServerGroup: Effect<SlbStore> = {
  on: remove,
  perform(call, store) {
    store.groups.delete(call.parameters['VServerGroupId'] ?? '')
    return answered(call)
  },
}

/** `Description` filters by name; listeners are listed only with `IncludeListener`. */
export const describeVServerGroups: Effect<SlbStore> = {
  on: list,
  perform(call, store) {
    const { LoadBalancerId, Description, IncludeListener } = call.parameters
    const groups = [...store.groups.values()].filter(
      ({ loadBalancerId, name }) =>
        loadBalancerId === LoadBalancerId && [undefined, name].includes(Description),
    )
    const listeners = (group: VServerGroup) =>
      IncludeListener === 'true' ? listenersOf(group, store) : []
    return answered(call, {
      VServerGroups: { VServerGroup: groups.map((group) => summary(group, listeners(group))) },
    })
  },
}

export const describeVServerGroupAttribute: Effect<SlbStore> = {
  on: describe,
  perform(call, store) {
    const group = groupNamed(call, store)
    if (!group) return answered(call)
    return answered(call, {
      VServerGroupId: group.id,
      VServerGroupName: group.name,
      LoadBalancerId: group.loadBalancerId,
      CreateTime: timestamp(group.created),
      BackendServers: listed(group.servers),
      Tags: { Tag: [] },
    })
  },
}

function groupFrom(call: Call, store: SlbStore): VServerGroup {
  const id = newObjectId('rsp', call)
  const { LoadBalancerId = '', VServerGroupName = id } = call.parameters
  const group: VServerGroup = {
    id,
    loadBalancerId: LoadBalancerId,
    name: VServerGroupName,
    created: call.now,
    servers: [],
    busyUntil: call.now + store.settleMilliseconds,
  }
  addTo(group, namedBy(call).map(memberFrom))
  return group
}

function summary({ id, name, created, servers }: VServerGroup, listeners: Listener[]): Body {
  return {
    VServerGroupId: id,
    VServerGroupName: name,
    CreateTime: timestamp(created),
    ServerCount: servers.length,
    AssociatedObjects: {
      Listeners: {
        Listener: listeners.map(({ port, protocol }) => ({ Port: port, Protocol: protocol })),
      },
      Rules: { Rule: [] },
    },
    Tags: { Tag: [] },
  }
}

function listenersOf({ id, loadBalancerId }: VServerGroup, store: SlbStore): Listener[] {
  const listeners = store.loadBalancers.get(loadBalancerId)?.listeners ?? []
  return listeners.filter(({ vserverGroupId }) => vserverGroupId === id)
}
