/** The walks of the `elb` dialect. */

import { fixtures, type ElbGround } from '../../../fixtures/elb/ground.ts'
import { walksOf } from '../../../src/check/walk.ts'
import { look } from './asking.ts'
import { blameOfUpdate } from './blame.ts'
import { steps } from './draws.ts'
import { mayBreak } from './requirements.ts'
import { deletePool, removeFrom } from './removal-steps.ts'
import { arranged, scene, type Scene } from './scene.ts'
import { detach, dropMonitor, dropPolicy } from './set-up-steps.ts'
import { allViews } from './views.ts'
import { alive, exactly, type Kind, type WalkedPool, type World } from './world.ts'

export const elbWalks = walksOf<ElbGround, World, Scene>({
  dialect: 'elb',
  fixtures,
  mayBreak,
  scene,
  steps,
  fewest: 8,
  most: 14,
  begin: arranged,
  end: async (world) => {
    await lastLook(world)
    for (const pool of alive(world)) await clear(world, pool)
    const shown = world.pools.map((pool) => ({ of: 'show' as const, pool }))
    await look(world, [...shown, { of: 'whole list' }, { of: 'balancer' }], provisional, true)
    seenGone(world)
  },
})

/** What the last look showed to be gone is left out of clean-up. */
function seenGone({ elb, pools }: World): void {
  for (const pool of pools.filter(({ gone }) => gone)) {
    elb.seenGone(`/pools/${pool.id}`)
    for (const { id } of pool.removed) elb.seenGone(`/pools/${pool.id}/members/${id}`)
  }
}

async function lastLook(world: World): Promise<void> {
  world.watch.did('Look at everything.')
  await look(world, allViews(world), provisional, true)
}

/** It is taken again to see which step did it. */
const provisional = blameOfUpdate({
  pool: {} as WalkedPool,
  sent: {},
  stored: exactly(null),
  wasOff: false,
})

/** Takes away what the pool has, one kind after another, and tries to delete it before the last is gone. */
async function clear(world: World, pool: WalkedPool): Promise<void> {
  const kinds = world.order.filter((kind) => has(pool, kind))
  for (const [index, kind] of kinds.entries()) {
    if (index === kinds.length - 1) await deletePool(world, pool)
    await clearKind(world, pool, kind)
  }
  if (!has(pool, 'members') && !pool.monitor && pool.policies.length === 0) {
    if (pool.listener !== undefined) await detach(world, pool, pool.listener)
    if (pool.listener === undefined) await deletePool(world, pool)
  }
}

function has({ members, monitor, policies }: WalkedPool, kind: Kind): boolean {
  if (kind === 'monitor') return monitor !== undefined
  return kind === 'members' ? members.length > 0 : policies.length > 0
}

async function clearKind(world: World, pool: WalkedPool, kind: Kind): Promise<void> {
  if (kind === 'monitor') return dropMonitor(world, pool)
  if (kind === 'policies') {
    await clearPolicies(world, pool)
    return
  }
  for (const member of pool.members) await removeFrom(world, pool, member)
}

/** The first of several is unlinked by null, and the pool is then not to be deleted yet. */
async function clearPolicies(world: World, pool: WalkedPool): Promise<void> {
  for (const [index] of pool.policies.entries()) {
    await dropPolicy(world, pool, index === 0 && pool.policies.length > 1)
    if (pool.policies.length > 0) await deletePool(world, pool)
  }
}
