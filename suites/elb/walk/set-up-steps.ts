/** Steps that are none of the operations under test: they change what those meet. A refusal changes nothing. */

import { fieldsOf } from '../../../fixtures/elb/wire-shapes.ts'
import { below, elbRequest, isMissing } from '../../../src/dialects/elb.ts'
import { Violation, type Step } from '../../../src/check/walk.ts'
import { Unarranged, type HttpRequest } from '../../../src/model.ts'
import { pickedFrom } from '../../../src/check/ruling.ts'
import { look } from './asking.ts'
import { blameOfSetUp } from './blame.ts'
import { removeFrom } from './removal-steps.ts'
import { nameOf } from './views.ts'
import {
  alive,
  described,
  memberFrom,
  type WalkedMember,
  type WalkedPool,
  type World,
} from './world.ts'

/** A step on one of the pools that it is possible on. */
abstract class PoolStep<Drawn extends { readonly which: number }> implements Step<World> {
  protected readonly drawn: Drawn

  constructor(drawn: Drawn) {
    this.drawn = drawn
  }

  abstract isPossibleOn(pool: WalkedPool, world: World): boolean
  abstract change(world: World, pool: WalkedPool): Promise<void>

  isPossible(world: World): boolean {
    return this.#candidates(world).length > 0
  }

  async take(world: World): Promise<void> {
    for (const pool of pickedFrom(this.#candidates(world), this.drawn.which)) {
      await this.change(world, pool)
      if (world.watch.thorough) await look(world, [], blameOfSetUp)
    }
  }

  #candidates(world: World): WalkedPool[] {
    return alive(world).filter((pool) => this.isPossibleOn(pool, world))
  }
}

export interface DrawnMember {
  readonly which: number
  readonly address: number
  readonly port: number
  readonly weight: number
  readonly name: string
}

/** Ports of which one begins like another, and the first two are frequent. */
const ports = [80, 8080, 443, 81]

const mostMembers = 5

/** Adds a backend server with an address and port that the pool does not have. */
export class AdditionStep extends PoolStep<DrawnMember> {
  isPossibleOn(pool: WalkedPool, world: World): boolean {
    return pool.members.length < mostMembers && freePlaces(world, pool, this.drawn).length > 0
  }

  async change(world: World, pool: WalkedPool): Promise<void> {
    await addMember(world, pool, this.drawn)
  }
}

interface Place {
  readonly address: string
  readonly protocol_port: number
}

/** Those that no backend server of the pool has, the drawn one first. */
function freePlaces({ elb }: World, pool: WalkedPool, { address, port }: DrawnMember): Place[] {
  const { addresses } = elb.context.session.target.given
  const all = ports.flatMap((protocol_port) =>
    addresses.slice(0, 2).map((one) => ({ address: one, protocol_port })),
  )
  const first = (port * 2 + address) % Math.max(all.length, 1)
  const taken = pool.members.map((member) => nameOf(member))
  return [...all.slice(first), ...all.slice(0, first)].filter(
    (place) => !taken.includes(`${place.address}:${place.protocol_port}`),
  )
}

/** Adds one, unless the target refuses: where it was there before, that breaks a requirement. */
export async function addMember(world: World, pool: WalkedPool, drawn: DrawnMember): Promise<void> {
  for (const place of freePlaces(world, pool, drawn).slice(0, 1)) {
    await addAt(world, pool, place, drawn)
  }
}

async function addAt(
  { elb, watch }: World,
  pool: WalkedPool,
  place: Place,
  { weight, name }: Pick<DrawnMember, 'weight' | 'name'>,
): Promise<void> {
  const where = `${place.address}:${place.protocol_port}`
  const before = pool.removed.find((member) => nameOf(member) === where)
  const words = `Add ${before ? 'again ' : ''}the backend server ${where} (weight ${weight}) to ${described(pool)}`
  try {
    const created = await elb.member(pool.created, { ...place, weight, name })
    watch.did(`${words}.`)
    hold(pool, memberFrom(created))
  } catch (error) {
    if (!(error instanceof Unarranged)) throw error
    watch.did(`${words}: refused.`)
    if (before) throw new Violation('elb/remove-member/addable-again', error.message)
  }
}

/** Removes a backend server, adds its address and port again, and removes that one. */
export class AdditionAgainStep extends PoolStep<{
  readonly which: number
  readonly member: number
  readonly look: number
}> {
  isPossibleOn({ members }: WalkedPool): boolean {
    return members.length > 0
  }

  async change(world: World, pool: WalkedPool): Promise<void> {
    const { member: nth, look: drawn } = this.drawn
    for (const first of pickedFrom(pool.members, nth)) {
      const { address, protocol_port, weight } = first.fields
      await removeFrom(world, pool, first)
      const place = { address: String(address), protocol_port: Number(protocol_port) }
      await addAt(world, pool, place, { weight: Number(weight ?? 1), name: 'again' })
      const added = pool.members.find((one) => nameOf(one) === nameOf(first))
      if (added) await removeFrom(world, pool, added, drawn)
    }
  }
}

/** Ids may be used again. */
function hold(pool: WalkedPool, member: WalkedMember): void {
  pool.members.push(member)
  pool.removed = pool.removed.filter(({ id }) => id !== member.id)
}

/** Adds a health monitor, or deletes the one that is there. */
export class MonitorStep extends PoolStep<{
  readonly which: number
  readonly onPort: boolean
}> {
  isPossibleOn(_pool: WalkedPool, { elb }: World): boolean {
    return elb.context.session.offers('healthMonitors')
  }

  async change(world: World, pool: WalkedPool): Promise<void> {
    await (pool.monitor ? dropMonitor(world, pool) : addMonitor(world, pool, this.drawn.onPort))
  }
}

/** @param onPort - Does it ask at the port of a backend server, where there is one? */
export async function addMonitor(world: World, pool: WalkedPool, onPort = false): Promise<void> {
  const { elb } = world
  const [port] = onPort ? pool.members.map(({ fields }) => Number(fields['protocol_port'])) : []
  const where = port === undefined ? '' : ` that asks at port ${port}`
  await unlessRefused(world, `Add a health monitor${where} to ${described(pool)}`, async () => {
    const asksAt = port === undefined ? {} : { monitor_port: port }
    const options = { delay: 21, timeout: 9, max_retries: 4, ...asksAt }
    pool.monitor = await elb.healthMonitor(pool.created, options)
  })
}

export async function dropMonitor(world: World, pool: WalkedPool): Promise<void> {
  const { monitor } = pool
  if (!monitor) return
  const words = `Delete the health monitor of ${described(pool)}`
  const path = `/healthmonitors/${monitor.id}`
  if (await isDone(world, words, elbRequest('DELETE', path))) {
    pool.monitor = undefined
    world.elb.seenGone(path)
  }
}

/** Adds a forwarding policy to the pool, unlinks the last one by null, or deletes it. */
export class PolicyStep extends PoolStep<{
  readonly which: number
  readonly does: 'add' | 'unlink' | 'delete'
}> {
  isPossibleOn(pool: WalkedPool, { elb }: World): boolean {
    if (!elb.context.session.offers('forwardingPolicies')) return false
    return this.drawn.does === 'add' ? mayHavePolicy(pool) : pool.policies.length > 0
  }

  async change(world: World, pool: WalkedPool): Promise<void> {
    const { does } = this.drawn
    if (does === 'add') await addPolicy(world, pool)
    else await dropPolicy(world, pool, does === 'unlink')
  }
}

/** A policy sends to HTTP pools, and to none that is the default pool of a listener. */
function mayHavePolicy({ protocol, listener, policies }: WalkedPool): boolean {
  return protocol === 'HTTP' && listener === undefined && policies.length < 2
}

export async function addPolicy(world: World, pool: WalkedPool): Promise<void> {
  const { elb } = world
  if (!mayHavePolicy(pool)) return
  await unlessRefused(world, `Add a forwarding policy to ${described(pool)}`, async () => {
    world.policyListener ??= await elb.listener()
    const { id } = world.policyListener
    pool.policies.push(await elb.forwardingPolicy(pool.created, { listener_id: id }))
  })
}

/** Takes the last policy away from the pool; by deletion where it cannot be unlinked. */
export async function dropPolicy(world: World, pool: WalkedPool, byNull: boolean): Promise<void> {
  const policy = pool.policies.at(-1)
  if (!policy) return
  const path = `/l7policies/${policy.id}`
  const unlink = elbRequest('PUT', path, { l7policy: { redirect_pool_id: null } })
  const words = `a forwarding policy from ${described(pool)}`
  const unlinked =
    byNull &&
    (await isDone(world, `Unlink ${words} by null`, unlink)) &&
    !(await isLinked(world, pool, path))
  const gone = unlinked || (await isDone(world, `Delete ${words}`, elbRequest('DELETE', path)))
  if (!gone) return
  pool.policies = pool.policies.filter((one) => one !== policy)
  if (!unlinked) world.elb.seenGone(path)
}

/** An update that is accepted may be without effect: that is one reading. */
async function isLinked({ elb }: World, pool: WalkedPool, path: string): Promise<boolean> {
  const { body } = await elb.show(path)
  return fieldsOf(fieldsOf(body)['l7policy'])['redirect_pool_id'] === pool.id
}

/** Makes the pool the default pool of a listener, or takes it from there. */
export class ListenerStep extends PoolStep<{ readonly which: number }> {
  isPossibleOn({ policies }: WalkedPool): boolean {
    return policies.length === 0
  }

  async change(world: World, pool: WalkedPool): Promise<void> {
    const { listener, protocol } = pool
    if (listener !== undefined) return detach(world, pool, listener)
    const words = `Make ${described(pool)} the default pool of a listener`
    await unlessRefused(world, words, async () => {
      const free = await listenerFor(world, protocol)
      const { status } = await world.elb.write('arrange', defaultPool(free, pool.id))
      if (status < 300) pool.listener = free
      else throw new Unarranged(`It was refused: ${status}.`)
    })
  }
}

/** Takes a pool from the listener whose default pool it is, if the target allows that. */
export async function detach(world: World, pool: WalkedPool, listener: string): Promise<void> {
  const words = `Take ${described(pool)} from its listener`
  if (await isDone(world, words, defaultPool(listener, null))) pool.listener = undefined
}

/** A listener of that protocol that no pool uses. */
async function listenerFor(world: World, protocol: string): Promise<string> {
  const used = world.pools.map(({ listener }) => listener)
  const free = world.listeners.find((one) => one['protocol'] === protocol && !used.includes(one.id))
  if (free) return free.id
  const made = await world.elb.listener({ protocol })
  world.listeners.push(made)
  return made.id
}

function defaultPool(listener: string, pool: string | null): HttpRequest {
  return elbRequest('PUT', `/listeners/${listener}`, { listener: { default_pool_id: pool } })
}

/** Its own first attempt may have removed what is then answered as not found, so that is looked at. */
async function isDone(
  { elb, watch }: World,
  words: string,
  request: HttpRequest,
): Promise<boolean> {
  const answered = await elb.write('arrange', request)
  watch.did(`${words}: ${answered.status}.`)
  if (request.method !== 'DELETE' || !isMissing(answered)) return answered.status < 300
  return isMissing(await elb.show(below(request.path)))
}

async function unlessRefused(
  { watch }: World,
  words: string,
  change: () => Promise<void>,
): Promise<void> {
  try {
    await change()
    watch.did(`${words}.`)
  } catch (error) {
    if (!(error instanceof Unarranged)) throw error
    watch.did(`${words}: refused.`)
  }
}
