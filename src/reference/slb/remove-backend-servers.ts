/** RemoveBackendServers: removes servers from the default group of a load balancer. */

import type { Effect, OperationBehaviour } from '../rule.ts'
import { answered } from './answer.ts'
import { listed, namedBy, namesServer } from './backend-servers.ts'
import { lacksRight } from './gateway.ts'
import * as list from './list-rules.ts'
import {
  idleLoadBalancer,
  knownLoadBalancer,
  knownRegion,
  matching,
  required,
  type SlbRule,
} from './preconditions.ts'
import type { SlbStore } from './store.ts'

const on = 'RemoveBackendServers'

/** As for VServer groups, but the region is optional, and weight and type are documented here. */
const rules: readonly SlbRule[] = [
  { keeps: 'slb/remove-backend-servers/authorization', on, refuse: lacksRight },
  knownRegion('slb/remove-backend-servers/unknown-region', on),
  required('slb/remove-backend-servers/load-balancer-required', on, 'LoadBalancerId'),
  required('slb/remove-backend-servers/backend-servers-required', on, 'BackendServers'),
  matching(
    'slb/remove-backend-servers/malformed-load-balancer',
    on,
    'LoadBalancerId',
    /^lb-[a-z0-9]+$/,
  ),
  knownLoadBalancer('slb/remove-backend-servers/unknown-load-balancer', on),
  list.someText('slb/remove-backend-servers/empty-value', { on }),
  list.wellFormed('slb/remove-backend-servers/malformed-list', { on }),
  list.someServers('slb/remove-backend-servers/empty-list', { on }),
  list.notTooMany('slb/remove-backend-servers/twenty-one-refused', { on }),
  list.everyServerId('slb/remove-backend-servers/missing-server-id', { on }),
  list.everyWeight('slb/remove-backend-servers/weight-out-of-range', { on }),
  list.everyType('slb/remove-backend-servers/unknown-type', { on }),
  idleLoadBalancer(on),
]

/** Removes the servers that are named and ignores absent ones; the answer lists those that are left. */
const effect: Effect<SlbStore> = {
  on,
  perform(call, store) {
    const { LoadBalancerId = '' } = call.parameters
    const named = namedBy(call)
    const loadBalancer = store.loadBalancers.get(LoadBalancerId)
    if (loadBalancer) {
      loadBalancer.servers = loadBalancer.servers.filter(
        (server) => !named.some((entry) => namesServer(entry, server)),
      )
      loadBalancer.busyUntil = call.now + store.settleMilliseconds
    }
    return answered(call, { LoadBalancerId, BackendServers: listed(loadBalancer?.servers ?? []) })
  },
}

export default { rules, effect } satisfies OperationBehaviour<SlbStore>
