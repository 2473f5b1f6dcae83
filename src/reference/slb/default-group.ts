/** The set-up operations that change a default group: AddBackendServers and SetBackendServers. */

import type { Answer, Call, Effect } from '../rule.ts'
import { answered } from './answer.ts'
import {
  addTo,
  listedWithQuotedWeights,
  namedBy,
  namesServer,
  serverFrom,
} from './backend-servers.ts'
import * as list from './list-rules.ts'
import {
  idleLoadBalancer,
  knownLoadBalancer,
  loadBalancerNamed,
  required,
  type SlbRule,
} from './preconditions.ts'
import * as refusals from './refusals.ts'
import type { LoadBalancer, SlbStore } from './store.ts'

const add = 'AddBackendServers'
const set = 'SetBackendServers'
const both = { on: [add, set] }

export const defaultGroupRules: readonly SlbRule[] = [
  required('slb/set-up/load-balancer-required', both.on, 'LoadBalancerId'),
  required('slb/set-up/backend-servers-required', both.on, 'BackendServers'),
  knownLoadBalancer('slb/set-up/unknown-load-balancer', both.on),
  list.wellFormed('slb/set-up/malformed-list', both),
  list.notTooMany('slb/set-up/too-many-servers', both),
  list.everyServerId('slb/set-up/server-id', both),
  list.everyPortGiven('slb/set-up/port', { on: set }),
  list.everyWeight('slb/set-up/weight', both),
  list.everyWeightGiven('slb/set-up/weight-required', { on: set }),
  list.everyType('slb/set-up/type', both),
  list.everyDescription('slb/set-up/description', both),
  list.everyTypeFits('slb/set-up/type-fits', { on: add }),
  list.everyServerRuns('slb/set-up/server-runs', { on: add }, refusals.serverNotRunning),
  {
    keeps: 'slb/set-up/not-added-twice',
    on: add,
    refuse(call, store) {
      const servers = loadBalancerNamed(call, store)?.servers ?? []
      const named = namedBy(call)
      const isPresent = servers.some((server) => named.some((entry) => namesServer(entry, server)))
      return isPresent ? refusals.invalid('A specified server is attached already.') : undefined
    },
  },
  idleLoadBalancer(both.on),
]

export const addBackendServers: Effect<SlbStore> = {
  on: add,
  perform: changing((loadBalancer, call) => addTo(loadBalancer, namedBy(call).map(serverFrom))),
}

/** Changes only weights; servers that are not in the group are ignored. */
export const setBackendServers: Effect<SlbStore> = {
  on: set,
  perform: changing((loadBalancer, call) => {
    const named = namedBy(call)
    loadBalancer.servers = loadBalancer.servers.map((server) => {
      const entry = named.find((each) => namesServer(each, server))
      return entry ? { ...server, weight: serverFrom(entry).weight } : server
    })
  }),
}

/** Both answer with the whole default group after the change, with weights as text. */
function changing(change: (loadBalancer: LoadBalancer, call: Call) => void) {
  return (call: Call, store: SlbStore): Answer => {
    const loadBalancer = loadBalancerNamed(call, store)
    if (!loadBalancer) return answered(call)
    change(loadBalancer, call)
    loadBalancer.busyUntil = call.now + store.settleMilliseconds
    return answered(call, {
      LoadBalancerId: loadBalancer.id,
      BackendServers: listedWithQuotedWeights(loadBalancer.servers),
    })
  }
}
