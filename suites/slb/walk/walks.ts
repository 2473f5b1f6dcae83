/** The walks of the `slb` dialect. */

import { fixtures, type SlbGround } from '../../../fixtures/slb/ground.ts'
import { mostInOneCall } from '../../../fixtures/slb/lists.ts'
import { walksOf } from '../../../src/check/walk.ts'
import type { Blame } from './blame.ts'
import { steps } from './draws.ts'
import { id, removalOf } from './removal-rules.ts'
import { mayBreak } from './requirements.ts'
import { arranged, scene, type Scene } from './scene.ts'
import { look, remove, type Form } from './removal-step.ts'
import { allViews } from './views.ts'
import { existing, type WalkedGroup, type World } from './world.ts'

export const slbWalks = walksOf<SlbGround, World, Scene>({
  dialect: 'slb',
  fixtures,
  mayBreak,
  scene,
  steps,
  fewest: 8,
  most: 14,
  begin: arranged,
  end: async (world) => {
    world.watch.did('Look at everything.')
    await look(world, allViews(world), provisional, true)
    for (const group of existing(world)) await empty(world, group)
    await look(world, allViews(world), provisional, true)
  },
})

/** It is taken again to see which step did it. */
const provisional: Blame = ({ group }) =>
  id(group ?? { kind: 'default' }, group ? 'removes-named-server' : 'load-balancer-stays')

/** Removes one, and then what is left, the last one first, as many as one call may name. */
async function empty(world: World, group: WalkedGroup): Promise<void> {
  const { alone, format } = world.ending
  const takeAway = async (some: readonly ReturnType<typeof member>[]) => {
    if (some.length === 0) return
    const form: Form = { method: 'GET', format, spaced: false }
    await remove(world, group, removalOf(world, group, some, writing), form, 0)
  }
  if (group.members.length > 1) await takeAway([member(alone)])
  const rest = group.members.slice(0, mostInOneCall).map((_, nth) => member(nth))
  await takeAway(rest.toReversed())
}

function member(nth: number): { readonly what: 'member'; readonly nth: number } {
  return { what: 'member', nth }
}

const writing = { ports: 'text', type: false, weight: 'none' } as const
