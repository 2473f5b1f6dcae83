/** The reasons to refuse that several operations share, each as a maker of rules. */

import type { Call, Refusal, Rule } from '../rule.ts'
import { referenceRegions } from './given.ts'
import * as refusals from './refusals.ts'
import type { LoadBalancer, SlbStore, VServerGroup } from './store.ts'

type On = string | readonly string[]

/** A rule that keeps a requirement, once it is known on which calls. */
export type SlbRule = Rule<SlbStore>

/** The parameter is there; whether it is any good is for other rules. */
export function required(keeps: string, on: On, name: string): SlbRule {
  return ruled(keeps, on, ({ parameters }) =>
    parameters[name] === undefined ? refusals.missing(name) : undefined,
  )
}

/** The parameter, where there is one, matches the pattern as a whole. */
export function matching(keeps: string, on: On, name: string, pattern: RegExp): SlbRule {
  return ruled(keeps, on, ({ parameters }) => {
    const value = parameters[name]
    if (value === undefined || pattern.test(value)) return undefined
    return refusals.invalid(`The specified ${name} is not valid.`)
  })
}

/** The parameter, where there is one, is a whole number in an inclusive range. */
export function inRange(
  keeps: string,
  on: On,
  name: string,
  range: readonly [minimum: number, maximum: number],
): SlbRule {
  return ruled(keeps, on, ({ parameters }) => {
    const value = parameters[name]
    if (value === undefined || within(value, range)) return undefined
    return refusals.invalid(`The specified ${name} is out of range.`)
  })
}

/** The region, where one is named, exists. */
export function knownRegion(keeps: string, on: On): SlbRule {
  return ruled(keeps, on, ({ parameters: { RegionId } }) => {
    if (RegionId === undefined || referenceRegions.includes(RegionId)) return undefined
    return refusals.regionUnknown
  })
}

/** The load balancer exists and is the caller's. */
export function knownLoadBalancer(keeps: string, on: On): SlbRule {
  return ruled(keeps, on, (call, store) =>
    loadBalancerNamed(call, store) ? undefined : refusals.loadBalancerUnknown,
  )
}

/** The VServer group exists, on a load balancer of the caller's. */
export function knownGroup(keeps: string, on: On): SlbRule {
  return ruled(keeps, on, (call, store) =>
    groupNamed(call, store) ? undefined : refusals.groupUnknown,
  )
}

/** No earlier write on the load balancer is still under way. */
export function idleLoadBalancer(on: On): SlbRule {
  return ruled('slb/asynchronous/load-balancer', on, (call, store) => {
    const loadBalancer = loadBalancerNamed(call, store)
    return loadBalancer && call.now < loadBalancer.busyUntil ? refusals.loadBalancerBusy : undefined
  })
}

/** No earlier write on the VServer group is still under way. */
export function idleGroup(on: On): SlbRule {
  return ruled('slb/asynchronous/vserver-group', on, (call, store) => {
    const group = groupNamed(call, store)
    return group && call.now < group.busyUntil ? refusals.groupBusy : undefined
  })
}

/** The load balancer that the call names, if the caller owns it and did not look elsewhere. */
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
  return isOwn && !elsewhere(call, loadBalancer) ? loadBalancer : undefined
}

/** A region that does not exist is not elsewhere: `knownRegion` has its own word for that. */
function elsewhere(
  { parameters: { RegionId = '' } }: Call,
  loadBalancer: LoadBalancer | undefined,
): boolean {
  return referenceRegions.includes(RegionId) && RegionId !== loadBalancer?.region
}

function within(value: string, [minimum, maximum]: readonly [number, number]): boolean {
  return /^-?\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum
}

function ruled(
  keeps: string,
  on: On,
  refuse: (call: Call, store: SlbStore) => Refusal | undefined,
): SlbRule {
  return { keeps, on, refuse }
}
