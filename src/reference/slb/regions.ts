/** DescribeRegions: the regions there are, each with the endpoint that serves it. */

import type { Effect } from '../rule.ts'
import { answered, hostOf } from './answer.ts'
import { referenceRegions } from './given.ts'
import { knownRegion, required, type SlbRule } from './preconditions.ts'
import type { SlbStore } from './store.ts'

/** Set-up operations that cannot do without a region, and those that can. */
const regional = [
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
const regionless = [
  'DescribeRegions',
  'DeleteLoadBalancer',
  'DescribeLoadBalancerAttribute',
  'AddBackendServers',
  'SetBackendServers',
  'CreateLoadBalancerTCPListener',
  'DeleteLoadBalancerListener',
]

export const regionRules: readonly SlbRule[] = [
  required('slb/set-up/region-required', regional, 'RegionId'),
  knownRegion('slb/set-up/unknown-region', [...regional, ...regionless]),
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
