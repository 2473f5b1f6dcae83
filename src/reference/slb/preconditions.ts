/** Functions that make the rules that several operations share. */

import type { Call, Refusal, Rule } from '../rule.ts'
import { referenceRegions } from './given.ts'
import * as refusals from './refusals.ts'
import type { LoadBalancer, SlbStore, VServerGroup } from './store.ts'

type On = string | readonly string[]

export type SlbRule = Rule<SlbStore>

/** The parameter is present; other rules check its value. */
export function required(keeps: string, on: On, name: string): SlbRule {
  return rule(keeps, on, ({ parameters }) =>
    parameters[name] === undefined ? refusals.missing(name) : undefined,
  )
}

/** The whole parameter, if present, matches the pattern. */
export function matching(keeps: string, on: On, name: string, pattern: RegExp): SlbRule {
  return rule(keeps, on, ({ parameters }) => {
    const value = parameters[name]
    if (value === undefined || pattern.test(value)) return undefined
    return refusals.invalid(`The specified ${name} is not valid.`)
  })
}

/** The parameter, if present, is a whole number in an inclusive range. */
export function inRange(
  keeps: string,
  on: On,
  name: string,
  range: readonly [minimum: number, maximum: number],
): SlbRule {
  return rule(keeps, on, ({ parameters }) => {
    const value = parameters[name]
    if (value === undefined || within(value, range)) return undefined
    return refusals.invalid(`The specified ${name} is out of range.`)
  })
}

/** The region, if one is named, exists. */
export function knownRegion(keeps: string, on: On): SlbRule {
  return rule(keeps, on, ({ parameters: { RegionId } }) => {
    if (RegionId === undefined || referenceRegions.includes(RegionId)) return undefined
    return refusals.regionUnknown
  })
}

/** The load balancer exists and belongs to the caller. */
export function knownLoadBalancer(keeps: string, on: On): SlbRule {
  return rule(keeps, on, (call, store) =>
    loadBalancerNamed(call, store) ? undefined : refusals.loadBalancerUnknown,
  )
}

/** The VServer group exists, on a load balancer of the caller. */
export function knownGroup(keeps: string, on: On): SlbRule {
  return rule(keeps, on, (call, store) =>
    groupNamed(call, store) ? undefined : refusals.groupUnknown,
  )
}

/** No earlier write on the load balancer is still in progress. */
export function idleLoadBalancer(on: On): SlbRule {
  return rule('slb/asynchronous/load-balancer', on, (call, store) => {
    const loadBalancer = loadBalancerNamed(call, store)
    return loadBalancer && call.now < loadBalancer.busyUntil ? refusals.loadBalancerBusy : undefined
  })
}

/** No earlier write on the VServer group is still in progress. */
export function idleGroup(on: On): SlbRule {
  return rule('slb/asynchronous/vserver-group', on, (call, store) => {
    const group = groupNamed(call, store)
    return group && call.now < group.busyUntil ? refusals.groupBusy : undefined
  })
}

/** The load balancer that the call names, if the caller owns it and did not name another region. */
export function loadBalancerNamed(call: Call, store: SlbStore): LoadBalancer | undefined {
  return visible(call, store.loadBalancers.get(call.parameters['LoadBalancerId'] ?? ''))
}

/** The VServer group that the call names, under the same conditions. */
export function groupNamed(call: Call, store: SlbStore): VServerGroup | undefined {
  const group = store.groups.get(call.parameters['VServerGroupId'] ?? '')
  return visible(call, store.loadBalancers.get(group?.loadBalancerId ?? '')) && group
}

function visible(call: Call, loadBalancer: LoadBalancer | undefined): LoadBalancer | undefined {
  const isOwn = loadBalancer?.owner === call.project
  return isOwn && !isInOtherRegion(call, loadBalancer) ? loadBalancer : undefined
}

/** Does the call name another existing region? `knownRegion` refuses regions that do not exist. */
function isInOtherRegion(
  { parameters: { RegionId = '' } }: Call,
  loadBalancer: LoadBalancer | undefined,
): boolean {
  return referenceRegions.includes(RegionId) && RegionId !== loadBalancer?.region
}

function within(value: string, [minimum, maximum]: readonly [number, number]): boolean {
  return /^-?\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum
}

function rule(
  keeps: string,
  on: On,
  refuse: (call: Call, store: SlbStore) => Refusal | undefined,
): SlbRule {
  return { keeps, on, refuse }
}
