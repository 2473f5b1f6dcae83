/** What a walk begins with: a pool that most steps are about, and another one that they must leave alone. */

import * as fc from 'fast-check'
import type { Protocol } from '../../../fixtures/elb/bodies.ts'
import type { ElbGround } from '../../../fixtures/elb/ground.ts'
import type { Watch } from '../../../src/check/walk.ts'
import { algorithms } from './update-rules.ts'
import { addMember, addMonitor, addPolicy } from './set-up-steps.ts'
import { described, poolFrom, type Kind, type WalkedPool, type World } from './world.ts'

/** One pool, as it is drawn. */
export interface DrawnPool {
  readonly protocol: Protocol
  readonly algorithm: string
  readonly description: string
  /** Session persistence of a type that takes effect on the protocol. */
  readonly persistence: 'off' | 'on' | 'with a cookie name'
  readonly attached: boolean
  readonly members: number
  /** Of its backend servers, in their order. */
  readonly weights: readonly number[]
  readonly monitor: boolean
  readonly policies: number
}

export interface Scene {
  readonly first: DrawnPool
  readonly second: DrawnPool
  /** Do both have the same name? */
  readonly namesakes: boolean
  /** In which order the pools are cleared in the end. */
  readonly order: readonly Kind[]
}

const protocol = fc.constantFrom<Protocol>('HTTP', 'HTTP', 'TCP', 'UDP')

const pool = fc.record({
  protocol,
  algorithm: fc.constantFrom(...algorithms),
  description: fc.constantFrom('', 'as created'),
  persistence: fc.constantFrom('off' as const, 'on' as const, 'with a cookie name' as const),
  attached: fc.constantFrom(false, false, false, true),
  members: fc.constantFrom(1, 0, 2, 3),
  weights: fc.constantFrom([1, 0, 100], [0, 0, 0]),
  monitor: fc.boolean(),
  policies: fc.constantFrom(0, 0, 1, 2),
})

const second = fc.record({
  protocol,
  algorithm: fc.constantFrom(...algorithms),
  description: fc.constant('a neighbour'),
  persistence: fc.constantFrom('off' as const, 'on' as const),
  attached: fc.constant(false),
  members: fc.constant(1),
  weights: fc.constant([1]),
  monitor: fc.boolean(),
  policies: fc.constantFrom(0, 0, 0, 1),
})

export const scene: fc.Arbitrary<Scene> = fc.record({
  first: pool,
  second,
  namesakes: fc.boolean(),
  order: fc.shuffledSubarray<Kind>(['members', 'monitor', 'policies'], { minLength: 3 }),
})

/** Creates what was drawn, the neighbour first. */
export async function arranged(
  elb: ElbGround,
  { first, second, namesakes, order }: Scene,
  watch: Watch,
): Promise<World> {
  const world: World = {
    elb,
    watch,
    order,
    pools: [],
    listeners: [],
    policyListener: undefined,
    strangers: undefined,
    missingViews: new Set(elb.context.session.offers('statusTree') ? [] : ['tree']),
  }
  const name = elb.context.session.name('pool')
  const neighbour = await createPool(world, second, name)
  const own = namesakes && (await elb.takesNamesakes())
  await createPool(world, first, own ? name : elb.context.session.name('pool'))
  // Steps are mostly about the first of the pools.
  world.pools.push(...world.pools.splice(world.pools.indexOf(neighbour), 1))
  return world
}

/** Creates a pool with all that was drawn for it. */
export async function createPool(
  world: World,
  drawn: DrawnPool,
  name: string,
): Promise<WalkedPool> {
  const { elb, watch } = world
  const protocol =
    drawn.protocol === 'UDP' && !elb.context.session.offers('udp') ? 'TCP' : drawn.protocol
  const listener = drawn.attached ? await elb.listener({ protocol }) : undefined
  if (listener) world.listeners.push(listener)
  const created = await elb.pool({
    name,
    protocol,
    lb_algorithm: drawn.algorithm,
    ...(drawn.description === '' ? {} : { description: drawn.description }),
    ...(listener ? { listener_id: listener.id } : {}),
    ...persistenceOf(drawn, protocol),
  })
  const pool = poolFrom(created, `pool ${world.pools.length + 1}`)
  if (listener) pool.listener = listener.id
  world.pools.push(pool)
  watch.did(`Create ${described(pool)}${namedAs(world, pool)}.`)
  for (let nth = 0; nth < drawn.members; nth += 1) {
    const weight = drawn.weights[nth] ?? 1
    await addMember(world, pool, { which: 0, address: nth, port: 0, weight, name: 'server' })
  }
  if (drawn.monitor && elb.context.session.offers('healthMonitors')) await addMonitor(world, pool)
  for (let nth = 0; nth < drawn.policies; nth += 1) {
    if (elb.context.session.offers('forwardingPolicies')) await addPolicy(world, pool)
  }
  return pool
}

function namedAs({ pools }: World, { own }: WalkedPool): string {
  const name = JSON.stringify(own.name)
  const twin = pools.some((other) => other.own !== own && JSON.stringify(other.own.name) === name)
  return twin ? ', with the name of another' : ''
}

function persistenceOf(
  { persistence }: DrawnPool,
  protocol: Protocol,
): { readonly session_persistence?: unknown } {
  if (persistence === 'off') return {}
  if (protocol === 'UDP') return {}
  if (protocol === 'TCP') return { session_persistence: { type: 'SOURCE_IP' } }
  return persistence === 'on'
    ? { session_persistence: { type: 'HTTP_COOKIE' } }
    : { session_persistence: { type: 'APP_COOKIE', cookie_name: 'first' } }
}
