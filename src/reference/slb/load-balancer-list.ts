/** DescribeLoadBalancers: the load balancers of the caller in a region, filtered and in pages. */

import type { Call, Effect } from '../rule.ts'
import { answered } from './answer.ts'
import { scalarsOf } from './load-balancers.ts'
import { inRange, matching, type SlbRule } from './preconditions.ts'
import type { LoadBalancer, SlbStore } from './store.ts'

const on = 'DescribeLoadBalancers'

/** Ten values at most, separated by commas. */
const upToTen = /^[^,]*(,[^,]*){0,9}$/

export const loadBalancerListRules: readonly SlbRule[] = [
  matching('slb/set-up/ten-load-balancer-ids', on, 'LoadBalancerId', upToTen),
  matching('slb/set-up/ten-load-balancer-names', on, 'LoadBalancerName', upToTen),
  inRange('slb/set-up/page-number', on, 'PageNumber', [1, Number.MAX_SAFE_INTEGER]),
  inRange('slb/set-up/page-size', on, 'PageSize', [1, 100]),
]

/** Filters that compare one value, under their own name. */
const exact = [
  'LoadBalancerStatus',
  'AddressType',
  'AddressIPVersion',
  'Address',
  'NetworkType',
  'VpcId',
  'VSwitchId',
  'InternetChargeType',
  'PayType',
]

/** Filters that may hold several values. */
const several = ['LoadBalancerId', 'LoadBalancerName']

export const describeLoadBalancers: Effect<SlbStore> = {
  on,
  perform(call, store) {
    const { PageNumber = '1', PageSize = '50' } = call.parameters
    const found = [...store.loadBalancers.values()].filter((each) => fitsFilters(call, each))
    const start = (Number(PageNumber) - 1) * Number(PageSize)
    return answered(call, {
      PageNumber: Number(PageNumber),
      PageSize: Number(PageSize),
      TotalCount: found.length,
      LoadBalancers: {
        LoadBalancer: found.slice(start, start + Number(PageSize)).map(scalarsOf),
      },
    })
  },
}

function fitsFilters({ parameters, project }: Call, loadBalancer: LoadBalancer): boolean {
  const { owner, region, servers } = loadBalancer
  const scalars = scalarsOf(loadBalancer)
  const { ServerId } = parameters
  return (
    owner === project &&
    region === parameters['RegionId'] &&
    exact.every((name) => [undefined, scalars[name]].includes(parameters[name])) &&
    several.every((name) => isAmong(scalars[name], parameters[name])) &&
    (ServerId === undefined || servers.some(({ serverId }) => serverId === ServerId))
  )
}

/** Without a filter every value fits. */
function isAmong(value: unknown, filter: string | undefined): boolean {
  return filter === undefined || filter.split(',').some((each) => each === value)
}
