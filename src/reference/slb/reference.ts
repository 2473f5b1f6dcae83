/** The reference server of the `slb` dialect: Alibaba Cloud SLB, RPC API of 2014-05-15, in memory. */

import { randomUUID } from 'node:crypto'
import { carryingTraffic, loopbackAddress, type MakeDataPlane } from '../data-plane/carrier.ts'
import type { Change } from '../mutant.ts'
import { firstRefusal, type Answer, type Behaviour, type Call } from '../rule.ts'
import type { Reference } from '../server.ts'
import { onRefusal, writeAnswer } from './answer.ts'
import { slbBehaviour } from './behaviour.ts'
import { slbFrontends } from './frontends.ts'
import { actionUnknown } from './refusals.ts'
import { readCall } from './request.ts'
import { emptyStore, inventoryOf, type SlbStore } from './store.ts'

export interface SlbReferenceOptions {
  /** How long a write keeps its load balancer or VServer group busy; 0 for not at all. */
  readonly asynchronousMilliseconds?: number
  /** Turns the reference into a mutant or a variant. */
  readonly change?: Change<SlbStore>
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  /** An upper-case UUID, new each time: the id of a request, and of the object it makes. */
  readonly newId?: () => string
  /** The path below which the API lives, such as `/slb`; empty for the root. */
  readonly prefix?: string
  /** Carries traffic to backend servers on loopback; without it, none is carried. */
  readonly traffic?: MakeDataPlane
}

/** A new server, with nothing in it. */
export function slbReference(options: SlbReferenceOptions = {}): Reference {
  const { now = Date.now, newId = newRequestId, prefix = '', change = unchanged } = options
  const behaviour = change(slbBehaviour)
  const store: SlbStore = {
    ...emptyStore(options.asynchronousMilliseconds ?? 0),
    ...(options.traffic ? { newAddress: () => loopbackAddress() } : {}),
  }
  const reference: Reference = {
    handle(request) {
      const call = readCall(request, { prefix, now: now(), requestId: newId() })
      return writeAnswer(call, answerTo(behaviour, call, store))
    },
    setProvisioningStatus: () => false,
    inventory: () => inventoryOf(store),
  }
  return carryingTraffic(reference, options.traffic, behaviour.traffic, () => slbFrontends(store))
}

function answerTo(behaviour: Behaviour<SlbStore>, call: Call, store: SlbStore): Answer {
  const action = call.parameters['Action'] ?? ''
  const effect = behaviour.effects.find(({ on }) => on === action && on !== onRefusal)
  const refusal = firstRefusal(behaviour, action, call, store)
  if (effect && !refusal) return effect.perform(call, store)
  const effectOfRefusal = behaviour.effects.find(({ on }) => on === onRefusal)
  if (!effectOfRefusal)
    throw new Error('There is no effect that writes refusals. A change must not remove it.')
  return effectOfRefusal.perform({ ...call, body: refusal ?? actionUnknown }, store)
}

function unchanged(behaviour: Behaviour<SlbStore>): Behaviour<SlbStore> {
  return behaviour
}

function newRequestId(): string {
  return randomUUID().toUpperCase()
}
