/** Load balancers: created, deleted, and described one by one with their default group. */

import { answered, type Body } from './answer.ts'
import { listed } from './backend-servers.ts'
import type { Call, Effect } from '../rule.ts'
import {
  idleLoadBalancer,
  inRange,
  knownLoadBalancer,
  loadBalancerNamed,
  matching,
  required,
  type SlbRule,
} from './preconditions.ts'
import * as refusals from './refusals.ts'
import { requestIdOf } from './request.ts'
import type { Listener, LoadBalancer, SlbStore } from './store.ts'

const create = 'CreateLoadBalancer'
const remove = 'DeleteLoadBalancer'
const describe = 'DescribeLoadBalancerAttribute'

const specification = /^slb\.(s1\.small|s[23]\.(small|medium)|s3\.large)$/

export const loadBalancerRules: readonly SlbRule[] = [
  matching(
    'slb/set-up/load-balancer-name',
    create,
    'LoadBalancerName',
    /^\p{L}[\p{L}\p{N}._-]{0,79}$/u,
  ),
  matching('slb/set-up/address-type', create, 'AddressType', /^(internet|intranet)$/),
  matching('slb/set-up/specification', create, 'LoadBalancerSpec', specification),
  matching('slb/set-up/delete-protection', create, 'DeleteProtection', /^(on|off)$/),
  inRange('slb/set-up/bandwidth', create, 'Bandwidth', [1, 5120]),
  required('slb/set-up/load-balancer-required', [remove, describe], 'LoadBalancerId'),
  knownLoadBalancer('slb/set-up/unknown-load-balancer', [remove, describe]),
  {
    keeps: 'slb/set-up/deletion-protected',
    on: remove,
    refuse: (call, store) =>
      loadBalancerNamed(call, store)?.deleteProtection === 'on'
        ? refusals.deleteProtected
        : undefined,
  },
  idleLoadBalancer(remove),
]

/** A second call with the same ClientToken is answered with the load balancer of the first. */
export const createLoadBalancer: Effect<SlbStore> = {
  on: create,
  perform(call, store) {
    const loadBalancer = madeBefore(call, store) ?? loadBalancerFrom(call, store)
    store.loadBalancers.set(loadBalancer.id, loadBalancer)
    const { LoadBalancerId, LoadBalancerName, Address, ...scalars } = scalarsOf(loadBalancer)
    return answered(call, {
      LoadBalancerId,
      LoadBalancerName,
      Address,
      NetworkType: scalars.NetworkType,
      VpcId: scalars.VpcId,
      VSwitchId: scalars.VSwitchId,
      AddressIPVersion: 'ipv4',
      ResourceGroupId: 'rg-reference',
      OrderId: 0,
    })
  },
}

/** Deletes its listeners and VServer groups with it. */
export const deleteLoadBalancer: Effect<SlbStore> = {
  on: remove,
  perform(call, store) {
    const { LoadBalancerId = '' } = call.parameters
    store.loadBalancers.delete(LoadBalancerId)
    for (const group of store.groups.values()) {
      if (group.loadBalancerId === LoadBalancerId) store.groups.delete(group.id)
    }
    return answered(call)
  },
}

export const describeLoadBalancerAttribute: Effect<SlbStore> = {
  on: describe,
  perform(call, store) {
    const loadBalancer = loadBalancerNamed(call, store)
    if (!loadBalancer) return answered(call)
    const { servers, listeners } = loadBalancer
    return answered(call, {
      ...scalarsOf(loadBalancer),
      BackendServers: listed(servers),
      ListenerPorts: { ListenerPort: listeners.map(({ port }) => port) },
      ListenerPortsAndProtocal: { ListenerPortAndProtocal: listeners.map(shown) },
      ListenerPortsAndProtocol: { ListenerPortAndProtocol: listeners.map(shown) },
      Tags: { Tag: [] },
    })
  },
}

/** The fields of a load balancer that both Describe calls show. */
export function scalarsOf(loadBalancer: LoadBalancer): Body {
  const { id, name, region, address, addressType, vSwitchId, vpcId, spec } = loadBalancer
  return {
    LoadBalancerId: id,
    LoadBalancerName: name,
    LoadBalancerStatus: 'active',
    LoadBalancerSpec: spec,
    RegionId: region,
    RegionIdAlias: region,
    Address: address,
    AddressType: addressType,
    AddressIPVersion: 'ipv4',
    NetworkType: vSwitchId === '' ? 'classic' : 'vpc',
    VpcId: vpcId,
    VSwitchId: vSwitchId,
    PayType: 'PayOnDemand',
    InternetChargeType: 'paybytraffic',
    CreateTime: timestamp(loadBalancer.created),
    CreateTimeStamp: loadBalancer.created,
    DeleteProtection: loadBalancer.deleteProtection,
  }
}

/** A time in the format of the service: UTC, to the minute, `2017-08-31T02:49Z`. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16)}Z`
}

/** A unique id: one request creates at most one object. */
export function newObjectId(kind: string, call: Call): string {
  return `${kind}-${requestIdOf(call).replaceAll('-', '').toLowerCase()}`
}

function loadBalancerFrom(call: Call, store: SlbStore): LoadBalancer {
  const { parameters, project = '', now } = call
  const id = newObjectId('lb', call)
  const { RegionId = '', VSwitchId = '', LoadBalancerName = id, ClientToken } = parameters
  return {
    id,
    owner: project,
    region: RegionId,
    name: LoadBalancerName,
    clientToken: ClientToken,
    // TEST-NET-1, RFC 5737: never reachable.
    address: store.newAddress?.() ?? '192.0.2.1',
    addressType: VSwitchId === '' ? (parameters['AddressType'] ?? 'internet') : 'intranet',
    vSwitchId: VSwitchId,
    vpcId: parameters['VpcId'] ?? (VSwitchId === '' ? '' : 'vpc-reference'),
    spec: parameters['LoadBalancerSpec'] ?? 'slb.s1.small',
    deleteProtection: parameters['DeleteProtection'] ?? 'off',
    created: now,
    servers: [],
    listeners: [],
    busyUntil: now + store.settleMilliseconds,
  }
}

function madeBefore({ parameters, project }: Call, store: SlbStore): LoadBalancer | undefined {
  const { ClientToken } = parameters
  if (ClientToken === undefined) return undefined
  return [...store.loadBalancers.values()].find(
    ({ owner, clientToken }) => owner === project && clientToken === ClientToken,
  )
}

function shown({ port, protocol, description = '' }: Listener): Body {
  return { ListenerPort: port, ListenerProtocol: protocol, Description: description }
}
