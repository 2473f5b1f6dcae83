/** The views of what exists, each held against the model: what is otherwise than it must be. */

import { isDeepStrictEqual } from 'node:util'
import { documentedPool } from '../../../fixtures/elb/compared-fields.ts'
import { allPages } from '../../../fixtures/elb/pages.ts'
import { idsIn, isFields, type Fields } from '../../../fixtures/elb/wire-shapes.ts'
import { elbKey } from '../../../src/dialects/elb-objects.ts'
import { isSegment } from '../../../src/dialects/objects.ts'
import { Unarranged } from '../../../src/model.ts'
import { isMemberInTree, poolsInTree } from '../status-tree.ts'
import {
  alive,
  exactly,
  expectedOf,
  memberValues,
  monitorValues,
  ownFields,
  policyValues,
  type Expected,
  type WalkedMember,
  type WalkedPool,
  type World,
} from './world.ts'

/** Where something is looked at. Those of one pool name it. */
export type View =
  | { readonly of: 'list' | 'whole list' | 'balancer' | 'tree' | 'policies' }
  | {
      readonly of: 'show' | 'members' | 'monitor' | 'filtered' | 'removed'
      readonly pool: WalkedPool
    }

/** One thing that is not as it must be. */
export interface Difference {
  readonly view: View['of'] | 'answer'
  readonly kind: 'pool' | 'field' | 'member' | 'monitor' | 'policy' | 'stranger'
  /** The pool that it concerns; none for what is not the walk's. */
  readonly pool?: WalkedPool
  readonly field?: string
  /** The field as it is instead. */
  readonly shown?: unknown
  /** Something that was removed is there again, or still. */
  readonly isBack?: true
  /** What it is, for a sentence. */
  readonly text: string
}

/** Looks at some views, in their order. What was open in the model is known afterwards. */
export async function differencesIn(world: World, views: readonly View[]): Promise<Difference[]> {
  const found: Difference[] = []
  for (const view of views) {
    if (!world.missingViews.has(view.of)) found.push(...(await lookers[view.of](world, view)))
  }
  return found
}

type Looker = (world: World, view: View) => Promise<Difference[]>

const lookers: Readonly<Record<View['of'], Looker>> = {
  list: (world) => listed(world, [['loadbalancer_id', world.elb.loadBalancerId]]),
  'whole list': (world) => listed(world, []),
  show: (world, view) => shown(world, poolOf(view)),
  members: (world, view) => members(world, poolOf(view)),
  monitor: (world, view) => monitor(world, poolOf(view)),
  filtered: (world, view) => filtered(world, poolOf(view)),
  removed: (world, view) => removed(world, poolOf(view)),
  policies,
  balancer,
  tree,
}

function poolOf(view: View): WalkedPool {
  if ('pool' in view) return view.pool
  throw new Error(`The view ${view.of} is not that of a pool.`)
}

/** Every view of everything. */
export function allViews(world: World): View[] {
  const { pools, policyListener } = world
  const there = alive(world)
  return [
    ...pools.map((pool) => ({ of: 'show' as const, pool })),
    { of: 'list' },
    { of: 'whole list' },
    ...there.map((pool) => ({ of: 'members' as const, pool })),
    ...there
      .filter((pool) => pool.removed.length > 0)
      .map((pool) => ({ of: 'removed' as const, pool })),
    ...there.filter((pool) => pool.monitor).map((pool) => ({ of: 'monitor' as const, pool })),
    ...(policyListener ? [{ of: 'policies' as const }] : []),
    { of: 'balancer' },
    { of: 'tree' },
  ]
}

/** Pools of the load balancer in the list: those of the walk as they must be, all others as they were. */
async function listed(
  world: World,
  filter: readonly (readonly [string, string])[],
): Promise<Difference[]> {
  const { elb, pools } = world
  const all = await allPages(elb.context.send, '/pools', 'pools', filter)
  // Where a list does not say of which load balancer a pool is, only those of the walk are known to be of this one.
  const own = all.filter((one) =>
    'loadbalancers' in one
      ? idsIn(one['loadbalancers']).includes(elb.loadBalancerId)
      : pools.some(({ id }) => id === one['id']),
  )
  const { ownership } = elb.context.session
  // An old view may still have what clean-up has removed.
  const isGone = (id: string) => ownership.claim(elbKey('pools', id))?.state === 'gone'
  const isAnothers = (id: string) => ownership.isOthers(elbKey('pools', id))
  const others = own.filter(
    ({ id }) =>
      !pools.some((pool) => pool.id === id) && !(isSegment(id) && (isGone(id) || isAnothers(id))),
  )
  const strangers = Object.fromEntries(others.map((one) => [String(one['id']), one]))
  // In the whole list, one that an earlier check deleted is not a stranger that changed.
  const isWhole = filter.length === 0
  if (!isWhole) world.strangers ??= strangers
  return [
    ...pools.flatMap((pool) => {
      const entry = own.find(({ id }) => id === pool.id)
      if (pool.gone) return entry ? [poolIsBack(pool, 'list')] : []
      return entry ? fieldsOf(world, pool, entry, 'list') : [poolIsMissing(pool, 'list')]
    }),
    ...(isWhole ? [] : strangersBut(world.strangers ?? strangers, strangers)),
  ]
}

function strangersBut(
  before: Readonly<Record<string, Fields>>,
  now: Readonly<Record<string, Fields>>,
): Difference[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  const changed = ids.filter((id) =>
    ownFields.some((name) => !isDeepStrictEqual(before[id]?.[name], now[id]?.[name])),
  )
  return changed.map((id) => ({
    view: 'list',
    kind: 'stranger',
    text: `the pool ${id}, which this walk did not create, changed`,
  }))
}

async function shown(world: World, pool: WalkedPool): Promise<Difference[]> {
  const answered = await world.elb.show(`/pools/${pool.id}`)
  const isThere = answered.status < 300
  if (pool.gone) return isThere ? [poolIsBack(pool, 'show')] : []
  if (!isThere && answered.status < 500) return [poolIsMissing(pool, 'show')]
  const { body } = answered
  const inner = isFields(body) ? body['pool'] : undefined
  if (!isFields(inner)) throw new Unarranged(`The pool ${pool.id} could not be shown.`)
  return fieldsOf(world, pool, inner, 'show')
}

/** Each field that is not as it must be. What was open is from now on as it was shown. */
export function fieldsOf(
  world: World,
  pool: WalkedPool,
  entry: Fields,
  view: Difference['view'],
): Difference[] {
  const seen = documentedPool(entry)
  const expected = Object.entries(expectedOf(pool, world))
  // A list may show less of each pool than its own page does.
  const concerned = view === 'list' ? expected.filter(([name]) => name in entry) : expected
  const found = concerned.flatMap(([field, expectation]) => {
    const value = seen[field] ?? null
    return fits(expectation, value) ? [] : [fieldDiffers(pool, field, expectation, value, view)]
  })
  if (found.length === 0) learn(pool, seen)
  return found
}

function fits(expected: Expected, value: unknown): boolean {
  return 'value' in expected
    ? isDeepStrictEqual(expected.value ?? null, value)
    : expected.lawful(value)
}

/** What was open is settled by what was seen. */
function learn(pool: WalkedPool, seen: Fields): void {
  for (const name of ownFields) {
    if ('lawful' in pool.own[name] && name in seen) pool.own[name] = exactly(seen[name])
  }
}

async function members(world: World, pool: WalkedPool): Promise<Difference[]> {
  const all = await allPages(world.elb.context.send, `/pools/${pool.id}/members`, 'members')
  return membersIn(pool, all, 'members')
}

function membersIn(
  pool: WalkedPool,
  all: readonly Fields[],
  view: Difference['view'],
): Difference[] {
  const about = (text: string, member: WalkedMember): Difference => ({
    view,
    kind: 'member',
    pool,
    text: `the backend server ${nameOf(member)} of ${pool.label} ${text}`,
  })
  const there = (id: string) => all.find((one) => one['id'] === id)
  const known = [...pool.members, ...pool.removed].map(({ id }) => id)
  return [
    ...pool.members.flatMap((member) => {
      const one = there(member.id)
      if (!one) return [about('is no longer there', member)]
      return changesOf(member.fields, memberValues(one))
        .filter(({ field }) => field in one && !(field === 'weight' && pool.hadSourceIp))
        .map((change) => ({ ...about(change.text, member), field: change.field }))
    }),
    ...pool.removed
      .filter(({ id }) => there(id))
      .map((member) => ({
        ...about('was removed and is still there', member),
        isBack: true as const,
      })),
    ...all
      .filter(({ id }) => !known.includes(String(id)))
      .map((one) => ({
        view,
        kind: 'member' as const,
        pool,
        text: `${pool.label} has a backend server ${String(one['id'])} that was never added`,
      })),
  ]
}

/** A filter by address and port, which a removed backend server must not pass. */
async function filtered(world: World, pool: WalkedPool): Promise<Difference[]> {
  const [last] = pool.removed.slice(-1)
  if (!last) return []
  const filter = [['address', String(last.fields['address'])]] as const
  const { context } = world.elb
  const all = await allPages(context.send, `/pools/${pool.id}/members`, 'members', filter)
  return membersIn(pool, all, 'filtered').filter(({ isBack }) => isBack)
}

/** The backend server that was removed last, by its own path. */
async function removed(world: World, pool: WalkedPool): Promise<Difference[]> {
  const [last] = pool.removed.slice(-1)
  if (!last) return []
  const { status } = await world.elb.show(`/pools/${pool.id}/members/${last.id}`)
  if (status >= 300) return []
  const text = `the backend server ${nameOf(last)} of ${pool.label} was removed and is still shown`
  return [{ view: 'removed', kind: 'member', pool, isBack: true, text }]
}

async function monitor(world: World, pool: WalkedPool): Promise<Difference[]> {
  if (!pool.monitor) return []
  const { status, body } = await world.elb.show(`/healthmonitors/${pool.monitor.id}`)
  const about = (text: string): Difference => ({
    view: 'monitor',
    kind: 'monitor',
    pool,
    text: `the health monitor of ${pool.label} ${text}`,
  })
  if (status >= 400 && status < 500) return [about('is no longer there')]
  const inner = isFields(body) ? body['healthmonitor'] : undefined
  if (!isFields(inner)) throw new Unarranged(`A health monitor could not be shown: ${status}.`)
  const changes = changesOf(monitorValues(pool.monitor), monitorValues(inner))
  return changes.map((change) => ({ ...about(change.text), field: change.field }))
}

async function policies(world: World): Promise<Difference[]> {
  const { elb, policyListener, pools } = world
  if (!policyListener) return []
  const filter = [['listener_id', policyListener.id]] as const
  const all = await allPages(elb.context.send, '/l7policies', 'l7policies', filter)
  return pools.flatMap((pool) =>
    pool.policies.flatMap((policy) => {
      const one = all.find(({ id }) => id === policy.id)
      if (!one) return [policyDiffers(pool, 'is no longer there')]
      const changes = changesOf(policyValues(policy), policyValues(one))
      return changes
        .filter(({ field }) => field in one)
        .map(({ text }) => policyDiffers(pool, text))
    }),
  )
}

function policyDiffers(pool: WalkedPool, what: string): Difference {
  const text = `a forwarding policy to ${pool.label} ${what}`
  return { view: 'policies', kind: 'policy', pool, text }
}

async function balancer(world: World): Promise<Difference[]> {
  const { elb, pools } = world
  const { body } = await elb.show(`/loadbalancers/${elb.loadBalancerId}`)
  const inner = isFields(body) ? body['loadbalancer'] : undefined
  if (!isFields(inner)) throw new Unarranged('The load balancer could not be shown.')
  if (!Array.isArray(inner['pools'])) {
    world.missingViews.add('balancer')
    return []
  }
  const named = idsIn(inner['pools'])
  return pools.flatMap((pool) => {
    if (pool.gone) return named.includes(pool.id) ? [poolIsBack(pool, 'balancer')] : []
    return named.includes(pool.id) ? [] : [poolIsMissing(pool, 'balancer')]
  })
}

async function tree(world: World): Promise<Difference[]> {
  const { elb, pools, missingViews } = world
  const { status, text } = await elb.show(`/loadbalancers/${elb.loadBalancerId}/statuses`)
  if (status >= 300) {
    missingViews.add('tree')
    return []
  }
  return pools.flatMap((pool) => [
    ...(pool.gone && poolsInTree(text, pool).length > 0 ? [poolIsBack(pool, 'tree')] : []),
    ...pool.removed
      .filter((member) => isMemberInTree(text, pool, member))
      .map((member) => ({
        view: 'tree' as const,
        kind: 'member' as const,
        pool,
        isBack: true as const,
        text: `the backend server ${nameOf(member)} of ${pool.label} was removed and is still in the status tree`,
      })),
  ])
}

const placeOf: Readonly<Partial<Record<Difference['view'], string>>> = {
  show: 'as it is shown',
  list: 'in the list of pools',
  balancer: 'among the pools of its load balancer',
  tree: 'in the status tree',
}

function poolIsMissing(pool: WalkedPool, view: Difference['view']): Difference {
  return { view, kind: 'pool', pool, text: `${pool.label} is missing ${placeOf[view] ?? ''}` }
}

function poolIsBack(pool: WalkedPool, view: Difference['view']): Difference {
  const text = `${pool.label} was deleted and is still there ${placeOf[view] ?? ''}`
  return { view, kind: 'pool', pool, isBack: true, text }
}

function fieldDiffers(
  pool: WalkedPool,
  field: string,
  expected: Expected,
  value: unknown,
  view: Difference['view'],
): Difference {
  const wanted = 'value' in expected ? JSON.stringify(expected.value ?? null) : expected.among
  const text = `${field} of ${pool.label} is ${JSON.stringify(value)} ${placeOf[view] ?? ''}, expected ${wanted}`
  return { view, kind: 'field', pool, field, shown: value, text }
}

function changesOf(before: Fields, now: Fields): { field: string; text: string }[] {
  return Object.keys(before)
    .filter((field) => !isDeepStrictEqual(before[field], now[field]))
    .map((field) => ({
      field,
      text: `had ${field} ${JSON.stringify(before[field])} and has ${JSON.stringify(now[field] ?? null)}`,
    }))
}

/** `192.0.2.10:80`. */
export function nameOf({ fields }: WalkedMember): string {
  return `${String(fields['address'])}:${String(fields['protocol_port'])}`
}
