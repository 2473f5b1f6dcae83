/** DescribeRegions: all regions, each with its endpoint. */

import type { Effect } from '../rule.ts'
import { answered, hostOf } from './answer.ts'
import { referenceRegions } from './given.ts'
import { knownRegion, required, type SlbRule } from './preconditions.ts'
import type { SlbStore } from './store.ts'

/** Set-up operations that require a region. */
const regionRequired = [
  'CreateLoadBalancer',
  'DescribeLoadBalancers',
  'CreateVServerGroup',
  'DeleteVServerGroup',
  'DescribeVServerGroups',
  'DescribeVServerGroupAttribute',
  'AddVServerGroupBackendServers',
  'SetVServerGroupAttribute',
  'ModifyVServerGroupBackendServers',
]
/** Set-up operations for which the region is optional. */
const regionOptional = [
  'DescribeRegions',
  'DeleteLoadBalancer',
  'DescribeLoadBalancerAttribute',
  'AddBackendServers',
  'SetBackendServers',
  'CreateLoadBalancerTCPListener',
  'CreateLoadBalancerUDPListener',
  'CreateLoadBalancerHTTPListener',
  'DeleteLoadBalancerListener',
]

export const regionRules: readonly SlbRule[] = [
  required('slb/set-up/region-required', regionRequired, 'RegionId'),
  knownRegion('slb/set-up/unknown-region', [...regionRequired, ...regionOptional]),
]

export const describeRegions: Effect<SlbStore> = {
  on: 'DescribeRegions',
  perform: (call) =>
    answered(call, {
      Regions: {
        Region: referenceRegions
          .filter((region) => [undefined, region].includes(call.parameters['RegionId']))
          .map((RegionId) => ({ RegionId, RegionEndpoint: hostOf(call), LocalName: RegionId })),
      },
    }),
}
