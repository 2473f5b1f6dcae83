/** Listeners, created and deleted, so that checks can see what the removal of servers does to them, and send traffic. */

import type { Call, Effect } from '../rule.ts'
import { answered } from './answer.ts'
import {
  groupNamed,
  idleLoadBalancer,
  inRange,
  knownLoadBalancer,
  loadBalancerNamed,
  matching,
  required,
  type SlbRule,
} from './preconditions.ts'
import * as refusals from './refusals.ts'
import type { Listener, SlbStore } from './store.ts'

const protocols = ['TCP', 'UDP', 'HTTP'] as const
const creates = protocols.map((protocol) => `CreateLoadBalancer${protocol}Listener`)
const describes = protocols.map((protocol) => `DescribeLoadBalancer${protocol}ListenerAttribute`)
const remove = 'DeleteLoadBalancerListener'
const start = 'StartLoadBalancerListener'
const all = [...creates, ...describes, remove, start]
const createHttp = 'CreateLoadBalancerHTTPListener'
const inLowerCase = { TCP: 'tcp', UDP: 'udp', HTTP: 'http' } as const
const onOrOff = /^(?:on|off)$/

export const listenerRules: readonly SlbRule[] = [
  required('slb/set-up/load-balancer-required', all, 'LoadBalancerId'),
  required('slb/set-up/listener-port-required', all, 'ListenerPort'),
  inRange('slb/set-up/listener-port', all, 'ListenerPort', [1, 65_535]),
  inRange('slb/set-up/backend-server-port', creates, 'BackendServerPort', [1, 65_535]),
  inRange('slb/set-up/listener-bandwidth', creates, 'Bandwidth', [-1, 5120]),
  required('slb/set-up/sticky-session-required', createHttp, 'StickySession'),
  matching('slb/set-up/sticky-session', createHttp, 'StickySession', onOrOff),
  required('slb/set-up/health-check-required', createHttp, 'HealthCheck'),
  matching('slb/set-up/health-check', createHttp, 'HealthCheck', onOrOff),
  knownLoadBalancer('slb/set-up/unknown-load-balancer', all),
  {
    keeps: 'slb/set-up/listener-has-backend',
    on: creates,
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
    on: creates,
    refuse: (call, store) =>
      listenerNamed(call, store) ? refusals.invalid('The ListenerPort is in use.') : undefined,
  },
  {
    keeps: 'slb/set-up/unknown-listener',
    on: [remove, start, ...describes],
    refuse: (call, store) => {
      const listener = listenerNamed(call, store)
      const isAsked = listener && isOfAction(listener, call)
      return isAsked ? undefined : refusals.listenerUnknown
    },
  },
  idleLoadBalancer(all),
]

/** One action for each protocol. */
export const listenerCreations = creates.map((on, index): Effect<SlbStore> => ({
  on,
  perform(call, store) {
    const loadBalancer = loadBalancerNamed(call, store)
    if (loadBalancer) {
      const listener = listenerFrom(call, protocols[index] ?? 'TCP')
      loadBalancer.listeners = [...loadBalancer.listeners, listener]
      loadBalancer.busyUntil = call.now + store.settleMilliseconds
    }
    return answered(call)
  },
}))

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

/** One action for each protocol. */
export const listenerDescriptions = describes.map((on): Effect<SlbStore> => ({
  on,
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
}))

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

/** Does the action name a protocol, and is it another? */
function isOfAction({ protocol }: Listener, { parameters: { Action = '' } }: Call): boolean {
  const named = protocols.find((one) => Action.includes(`${one}Listener`))
  return named === undefined || inLowerCase[named] === protocol
}

function listenerNamed(call: Call, store: SlbStore): Listener | undefined {
  const { ListenerPort } = call.parameters
  const listeners = loadBalancerNamed(call, store)?.listeners
  return listeners?.find(({ port }) => port === Number(ListenerPort))
}

function listenerFrom({ parameters }: Call, protocol: (typeof protocols)[number]): Listener {
  const {
    ListenerPort,
    Bandwidth = '-1',
    VServerGroupId,
    BackendServerPort,
    Description,
  } = parameters
  return {
    port: Number(ListenerPort),
    protocol: inLowerCase[protocol],
    bandwidth: Number(Bandwidth),
    ...(Description === undefined ? {} : { description: Description }),
    ...(VServerGroupId === undefined ? {} : { vserverGroupId: VServerGroupId }),
    ...(BackendServerPort === undefined ? {} : { backendServerPort: Number(BackendServerPort) }),
  }
}
