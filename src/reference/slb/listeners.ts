/** TCP listeners, created and deleted, so that checks can see that the removal of servers does not change them. */

import type { Call, Effect } from '../rule.ts'
import { answered } from './answer.ts'
import {
  groupNamed,
  idleLoadBalancer,
  inRange,
  knownLoadBalancer,
  loadBalancerNamed,
  required,
  type SlbRule,
} from './preconditions.ts'
import * as refusals from './refusals.ts'
import type { Listener, SlbStore } from './store.ts'

const create = 'CreateLoadBalancerTCPListener'
const remove = 'DeleteLoadBalancerListener'
const start = 'StartLoadBalancerListener'
const describe = 'DescribeLoadBalancerTCPListenerAttribute'
const both = [create, remove, start, describe]

export const listenerRules: readonly SlbRule[] = [
  required('slb/set-up/load-balancer-required', both, 'LoadBalancerId'),
  required('slb/set-up/listener-port-required', both, 'ListenerPort'),
  inRange('slb/set-up/listener-port', both, 'ListenerPort', [1, 65_535]),
  inRange('slb/set-up/backend-server-port', create, 'BackendServerPort', [1, 65_535]),
  inRange('slb/set-up/listener-bandwidth', create, 'Bandwidth', [-1, 5120]),
  knownLoadBalancer('slb/set-up/unknown-load-balancer', both),
  {
    keeps: 'slb/set-up/listener-has-backend',
    on: create,
    refuse(call, store) {
      const { VServerGroupId, BackendServerPort, LoadBalancerId } = call.parameters
      if (VServerGroupId === undefined) {
        return BackendServerPort === undefined ? refusals.missing('BackendServerPort') : undefined
      }
      const isOnLoadBalancer = groupNamed(call, store)?.loadBalancerId === LoadBalancerId
      return isOnLoadBalancer ? undefined : refusals.groupUnknown
    },
  },
  {
    keeps: 'slb/set-up/one-listener-a-port',
    on: create,
    refuse: (call, store) =>
      listenerNamed(call, store) ? refusals.invalid('The ListenerPort is in use.') : undefined,
  },
  {
    keeps: 'slb/set-up/unknown-listener',
    on: [remove, start, describe],
    refuse: (call, store) => (listenerNamed(call, store) ? undefined : refusals.listenerUnknown),
  },
  idleLoadBalancer(both),
]

export const createLoadBalancerTCPListener: Effect<SlbStore> = {
  on: create,
  perform(call, store) {
    const loadBalancer = loadBalancerNamed(call, store)
    if (loadBalancer) {
      loadBalancer.listeners = [...loadBalancer.listeners, listenerFrom(call)]
      loadBalancer.busyUntil = call.now + store.settleMilliseconds
    }
    return answered(call)
  },
}

export const deleteLoadBalancerListener: Effect<SlbStore> = {
  on: remove,
  perform(call, store) {
    const loadBalancer = loadBalancerNamed(call, store)
    if (loadBalancer) {
      const gone = listenerNamed(call, store)
      loadBalancer.listeners = loadBalancer.listeners.filter((listener) => listener !== gone)
      loadBalancer.busyUntil = call.now + store.settleMilliseconds
    }
    return answered(call)
  },
}

export const describeLoadBalancerTCPListener: Effect<SlbStore> = {
  on: describe,
  perform(call, store) {
    const listener = listenerNamed(call, store)
    if (!listener) return answered(call)
    const { port, description, running } = listener
    return answered(call, {
      ListenerPort: port,
      Description: description,
      Status: running ? 'running' : 'stopped',
    })
  },
}

/** A new listener is stopped. */
export const startLoadBalancerListener: Effect<SlbStore> = {
  on: start,
  perform(call, store) {
    const loadBalancer = loadBalancerNamed(call, store)
    if (loadBalancer) {
      const started = listenerNamed(call, store)
      loadBalancer.listeners = loadBalancer.listeners.map((listener) =>
        listener === started ? { ...listener, running: true } : listener,
      )
      loadBalancer.busyUntil = call.now + store.settleMilliseconds
    }
    return answered(call)
  },
}

function listenerNamed(call: Call, store: SlbStore): Listener | undefined {
  const { ListenerPort } = call.parameters
  const listeners = loadBalancerNamed(call, store)?.listeners
  return listeners?.find(({ port }) => port === Number(ListenerPort))
}

function listenerFrom({ parameters }: Call): Listener {
  const {
    ListenerPort,
    Bandwidth = '-1',
    VServerGroupId,
    BackendServerPort,
    Description,
  } = parameters
  return {
    port: Number(ListenerPort),
    protocol: 'tcp',
    bandwidth: Number(Bandwidth),
    ...(Description === undefined ? {} : { description: Description }),
    ...(VServerGroupId === undefined ? {} : { vserverGroupId: VServerGroupId }),
    ...(BackendServerPort === undefined ? {} : { backendServerPort: Number(BackendServerPort) }),
  }
}
