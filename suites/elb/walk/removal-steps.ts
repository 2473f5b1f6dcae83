/** Deleting a pool and removing a backend server, as steps; also those that must be refused. */

import { removeMember } from '../../../src/dialects/elb.ts'
import { Violation, type Step } from '../../../src/check/walk.ts'
import type { Exchange } from '../../../src/model.ts'
import { ask, look } from './asking.ts'
import {
  blameOfDeletion,
  blameOfRefusedDeletion,
  blameOfRemoval,
  reasonToKeep,
  type Blame,
} from './blame.ts'
import { pickedFrom, type Ruling } from '../../../src/check/ruling.ts'
import { belongings } from './update-step.ts'
import { nameOf, type View } from './views.ts'
import { alive, described, type WalkedMember, type WalkedPool, type World } from './world.ts'

const deletion = (name: string) => `elb/delete-pool/${name}`
const removal = (name: string) => `elb/remove-member/${name}`

/** Deletes an existing pool, even if it still has members or other objects. */
export class DeletionStep implements Step<World> {
  readonly #drawn: { readonly which: number; readonly look: number }

  constructor(drawn: { readonly which: number; readonly look: number }) {
    this.#drawn = drawn
  }

  isPossible(world: World): boolean {
    return alive(world).length > 0
  }

  async take(world: World): Promise<void> {
    for (const pool of pickedFrom(alive(world), this.#drawn.which)) {
      await deletePool(world, pool, this.#drawn.look)
    }
  }
}

/** What the page has follow: it names three dependents, and is silent on listeners. */
function deletionRuling(pool: WalkedPool): Ruling {
  const reason = reasonToKeep(pool)
  if (reason !== undefined) return { follows: 'refused', requirement: reason }
  if (pool.listener !== undefined) {
    return { follows: 'open', requirement: deletion('default-pool-of-listener') }
  }
  const requirement =
    pool.removed.length > 0 ? removal('unblocks-pool-deletion') : deletion('status-204')
  return { follows: 'accepted', requirement }
}

/** @param drawn - What is looked at afterwards; without it only the answer is judged. */
export async function deletePool(world: World, pool: WalkedPool, drawn?: number): Promise<void> {
  const { elb, watch } = world
  const ruling = deletionRuling(pool)
  const words = `Delete ${described(pool)}`
  const { answered, accepted } = await told(world, words, () =>
    ask(world, ruling, () => elb.deletePool(pool)),
  )
  if (!accepted) {
    if (drawn === undefined && !watch.thorough) return
    const extra = pickedFrom(belongings(world, pool), drawn ?? 0)
    const blame = blameOfRefusedDeletion(pool, ruling.requirement)
    return look(world, [{ of: 'list' }, ...extra], blame)
  }
  holdDeletion(answered, deletion)
  pool.gone = true
  pool.listener = undefined
  if (drawn === undefined && !watch.thorough) return
  const others = belongings(world, pool).filter((view) => !('pool' in view) || view.pool !== pool)
  const extra = pickedFrom<View>([{ of: 'balancer' }, { of: 'tree' }, ...others], drawn ?? 0)
  await look(world, [{ of: 'show', pool }, { of: 'list' }, ...extra], blameOfDeletion(pool))
  elb.seenGone(`/pools/${pool.id}`)
}

function holdDeletion({ status, text }: Exchange, requirement: (name: string) => string): void {
  if (status !== 204) {
    throw new Violation(requirement('status-204'), `It answered ${status}, expected 204.`)
  }
  if (text !== '') {
    throw new Violation(requirement('no-response-body'), 'The answer has a body, expected none.')
  }
}

async function told<Asked extends { readonly answered: Exchange }>(
  { watch }: World,
  words: string,
  asking: () => Promise<Asked>,
): Promise<Asked> {
  try {
    const asked = await asking()
    watch.did(`${words}: ${asked.answered.status}.`)
    return asked
  } catch (error) {
    watch.did(`${words}.`)
    throw error
  }
}

/** Deletes or updates a pool that was deleted before. */
export class GonePoolStep implements Step<World> {
  readonly #drawn: { readonly which: number; readonly update: boolean }

  constructor(drawn: { readonly which: number; readonly update: boolean }) {
    this.#drawn = drawn
  }

  isPossible(world: World): boolean {
    return world.pools.some(({ gone }) => gone)
  }

  async take(world: World): Promise<void> {
    const { elb, pools } = world
    const { which, update } = this.#drawn
    const gone = pools.filter((pool) => pool.gone)
    for (const pool of pickedFrom(gone, which)) {
      const requirement = deletion(update ? 'update-refused-afterwards' : 'repeated')
      const ruling: Ruling = { follows: update ? 'refused' : 'open', requirement }
      const ask_ = () => (update ? elb.updatePool(pool, { name: 'x' }) : elb.deletePool(pool))
      await told(world, `${update ? 'Update' : 'Delete'} ${pool.label}, which was deleted`, () =>
        ask(world, ruling, ask_),
      )
      const blame: Blame = (difference) =>
        difference.isBack ? deletion('update-refused-afterwards') : deletion('only-that-pool')
      await look(world, [{ of: 'list' }], blame)
    }
  }
}

/** How a removal names the backend server that it is about, or another. */
export const namings = [
  'id',
  'cut',
  'altered',
  'address',
  'name',
  'other pool',
  'unknown pool',
  'removed',
] as const

export interface DrawnRemoval {
  readonly which: number
  readonly member: number
  readonly by: (typeof namings)[number]
  readonly look: number
}

/** Removes a backend server, or names it in a way that must not remove it. */
export class RemovalStep implements Step<World> {
  readonly #drawn: DrawnRemoval

  constructor(drawn: DrawnRemoval) {
    this.#drawn = drawn
  }

  isPossible(world: World): boolean {
    return targetsOf(world, this.#drawn).length > 0
  }

  async take(world: World): Promise<void> {
    for (const target of targetsOf(world, this.#drawn)) {
      await (this.#drawn.by === 'id'
        ? removeFrom(world, target.pool, target.member, this.#drawn.look)
        : tryToRemove(world, target, this.#drawn.look))
    }
  }
}

/** The two ids of the path, and what must follow. */
interface Target {
  readonly pool: WalkedPool
  readonly member: WalkedMember
  readonly poolId: string
  readonly memberId: string
  readonly ruling: Ruling
}

function targetsOf(world: World, { which, member: nth, by }: DrawnRemoval): Target[] {
  return pickedFrom(
    alive(world).filter((pool) => (by === 'removed' ? pool.removed : pool.members).length > 0),
    which,
  ).flatMap((pool) =>
    pickedFrom(by === 'removed' ? pool.removed : pool.members, nth).flatMap((member) =>
      targetOf(world, pool, member, by),
    ),
  )
}

/** The two ids that a naming makes of a backend server; none where it has no such name. */
type IdsOf = (
  pool: WalkedPool,
  member: WalkedMember,
  others: readonly WalkedPool[],
) => readonly [poolId: string, memberId: string] | undefined

const idsOf: Readonly<Record<DrawnRemoval['by'], IdsOf>> = {
  id: ({ id: poolId }, { id }) => [poolId, id],
  removed: ({ id: poolId }, { id }) => [poolId, id],
  cut: ({ id: poolId }, { id }) => (isRandom(id) ? [poolId, id.slice(0, 8)] : undefined),
  altered: ({ id: poolId }, { id }) => (isRandom(id) ? [poolId, altered(id)] : undefined),
  address: ({ id }, { fields: { address } }) =>
    typeof address === 'string' ? [id, address] : undefined,
  name: ({ id }, { fields: { name } }) =>
    typeof name === 'string' && name !== '' ? [id, name] : undefined,
  'other pool': (_pool, { id }, [other]) =>
    // Ids may count from one in each pool.
    other && other.members.every((own) => own.id !== id) ? [other.id, id] : undefined,
  'unknown pool': ({ id: poolId }, { id }) =>
    isRandom(poolId) ? [altered(poolId), id] : undefined,
}

/** How the removal of nothing is answered is asked by checks; here it must only remove nothing. */
const rulings: Readonly<Record<DrawnRemoval['by'], Ruling>> = {
  id: { follows: 'accepted', requirement: removal('status-204') },
  removed: { follows: 'open', requirement: removal('repeated') },
  cut: { follows: 'open', requirement: removal('unknown-member') },
  altered: { follows: 'open', requirement: removal('unknown-member') },
  address: { follows: 'open', requirement: removal('identified-by-member-id') },
  name: { follows: 'open', requirement: removal('identified-by-member-id') },
  'other pool': { follows: 'open', requirement: removal('other-pool') },
  'unknown pool': { follows: 'open', requirement: removal('unknown-pool') },
}

function targetOf(
  { pools }: World,
  pool: WalkedPool,
  member: WalkedMember,
  by: DrawnRemoval['by'],
): Target[] {
  const others = pools.filter((one) => one !== pool)
  const ids = idsOf[by](pool, member, others)
  if (!ids) return []
  const [poolId, memberId] = ids
  return [{ pool, member, poolId, memberId, ruling: rulings[by] }]
}

/** Only then is it certain that a nearly identical id belongs to no object. */
function isRandom(id: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)
}

/** An id that differs in its last character. */
function altered(id: string): string {
  return id.slice(0, -1) + (id.endsWith('0') ? '1' : '0')
}

function removalRequirement({ members, monitor, policies }: WalkedPool): string {
  if (monitor) return removal('not-blocked-by-health-monitor')
  if (policies.length > 0) return removal('not-blocked-by-forwarding-policy')
  return removal(members.length === 1 ? 'last-member' : 'status-204')
}

/** @param drawn - What is looked at afterwards; without it only the answer is judged. */
export async function removeFrom(
  world: World,
  pool: WalkedPool,
  member: WalkedMember,
  drawn?: number,
): Promise<void> {
  const { elb, watch } = world
  const ruling: Ruling = { follows: 'accepted', requirement: removalRequirement(pool) }
  const words = `Remove the backend server ${nameOf(member)} from ${described(pool)}`
  const { answered } = await told(world, words, () =>
    ask(world, ruling, () => elb.removeMember(pool, member)),
  )
  holdDeletion(answered, removal)
  pool.members = pool.members.filter((one) => one !== member)
  pool.removed.push(member)
  if (drawn === undefined && !watch.thorough) return
  const extras: View[] = [
    { of: 'removed', pool },
    { of: 'filtered', pool },
    { of: 'list' },
    ...belongings(world, pool),
    { of: 'tree' },
  ]
  const views: View[] = [
    { of: 'members', pool },
    { of: 'show', pool },
  ]
  await look(world, [...views, ...pickedFrom(extras, drawn ?? 0)], blameOfRemoval(pool, member))
  elb.seenGone(`/pools/${pool.id}/members/${member.id}`)
}

async function tryToRemove(world: World, target: Target, drawn: number): Promise<void> {
  const { pool, member, poolId, memberId, ruling } = target
  const { elb } = world
  const place = poolId === pool.id ? described(pool) : `the pool ${poolId}`
  const words = `Remove ${memberId} (${nameOf(member)} of ${pool.label}) from ${place}`
  await told(world, words, () =>
    ask(world, ruling, () => elb.write('ask', removeMember(poolId, memberId))),
  )
  const blame: Blame = ({ isBack }) => (isBack ? removal('gone-from-list') : blameOf(ruling))
  const extra = pickedFrom(belongings(world, pool), drawn)
  await look(world, [{ of: 'members', pool }, ...extra], blame)
}

function blameOf({ requirement }: Ruling): string {
  return requirement === removal('repeated') ? removal('only-that-member') : requirement
}
