/** Steps that are none of the operations under test: they change what those meet. */

import type { Server } from '../../../fixtures/slb/wire-shapes.ts'
import { isAccepted } from '../../../src/check/assert.ts'
import { pickedFrom } from '../../../src/check/ruling.ts'
import type { Step } from '../../../src/check/walk.ts'
import { blameOfSetUp } from './blame.ts'
import { id } from './removal-rules.ts'
import { contains, look } from './removal-step.ts'
import { viewOf } from './views.ts'
import {
  described,
  existing,
  identity,
  isSame,
  lentEnis,
  lentIds,
  ports,
  type WalkedGroup,
  type World,
} from './world.ts'

export interface DrawnAddition {
  readonly which: number
  readonly server: number
  readonly weight: number
}

/** Adds a server that the group does not have: one that was removed from it, if there is one. */
export class AdditionStep implements Step<World> {
  readonly #drawn: DrawnAddition

  constructor(drawn: DrawnAddition) {
    this.#drawn = drawn
  }

  isPossible(world: World): boolean {
    return existing(world).some((group) => candidates(world, group).length > 0)
  }

  async take(world: World): Promise<void> {
    const { which, server: nth, weight } = this.#drawn
    const groups = existing(world).filter((group) => candidates(world, group).length > 0)
    for (const group of pickedFrom(groups, which)) {
      for (const one of pickedFrom(candidates(world, group), nth)) {
        await add(world, group, { ...one, Weight: weight })
      }
    }
  }
}

/** Those that were removed come first, so that they are frequent. */
function candidates(world: World, group: WalkedGroup): Server[] {
  const ids = lentIds(world)
  const fresh: Server[] =
    group.kind === 'vserver'
      ? ids
          .slice(0, 2)
          .flatMap((ServerId) => ports.slice(0, 2).map((Port) => ({ ServerId, Port, Type: 'ecs' })))
      : ids.map((ServerId) => ({ ServerId, Type: 'ecs' }))
  const interfaces: Server[] = lentEnis(world).map((ServerId) => ({
    ServerId,
    Type: 'eni',
    ...(group.kind === 'vserver' ? { Port: 80 } : {}),
  }))
  const all = [...group.removed.slice(-3), ...fresh, ...interfaces]
  return all.filter((one) => !contains(group.members, one)).slice(0, 4)
}

async function add(world: World, group: WalkedGroup, server: Server): Promise<void> {
  const { slb, watch } = world
  const wasThere = contains(group.removed, server)
  const words = `Add ${wasThere ? 'again ' : ''}${identity(server)} (weight ${server.Weight}) to ${described(group)}`
  const added = await (group.kind === 'vserver'
    ? slb.addToGroup(group, [server])
    : slb.addServers([server]))
  watch.did(`${words}: ${added.status}.`)
  // Whatever keeps an addition from being accepted, it is not a removal's fault.
  if (!isAccepted(added)) return
  group.members = [...group.members, server]
  group.removed = group.removed.filter((one) => !isSame(one, server))
  await look(world, [viewOf(group)], (difference) => {
    const { kind, server: concerned } = difference
    const isSwallowed = wasThere && kind === 'missing' && concerned && isSame(concerned, server)
    return isSwallowed ? id(group, 'addable-again') : blameOfSetUp(difference)
  })
}

/** Deletes a VServer group, so that calls can name one that was deleted. */
export class DeletionStep implements Step<World> {
  isPossible(world: World): boolean {
    return existing(world).filter(({ kind }) => kind === 'vserver').length > 2
  }

  async take(world: World): Promise<void> {
    const last = existing(world).findLast(({ kind }) => kind === 'vserver')
    if (!last) return
    await world.slb.deleteGroup(last)
    world.watch.did(`Delete ${described(last)}.`)
    last.gone = true
  }
}
