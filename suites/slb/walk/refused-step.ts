/** Calls that must be refused as a whole, as steps. */

import { mostInOneCall } from '../../../fixtures/slb/lists.ts'
import type { Fields } from '../../../fixtures/slb/wire-shapes.ts'
import { pickedFrom } from '../../../src/check/ruling.ts'
import type { Step } from '../../../src/check/walk.ts'
import { blameOfNothing } from './blame.ts'
import { id } from './removal-rules.ts'
import { look, offeredForm, otherViews, send, told, type Form } from './removal-step.ts'
import { viewOf } from './views.ts'
import { described, existing, type WalkedGroup, type World } from './world.ts'

/** Lists and calls that must be refused as a whole. */
export const faults = [
  'cut',
  'object',
  'text',
  'number in list',
  'left out',
  'too many',
  'unknown owner',
  'owner left out',
  'name as owner',
  'deleted',
] as const

export interface DrawnFault {
  readonly which: number
  readonly fault: (typeof faults)[number]
  readonly form: Form
  readonly look: number
}

/** A call that must be refused although it names servers of the group, and removes none of them. */
export class RefusedStep implements Step<World> {
  readonly #drawn: DrawnFault

  constructor(drawn: DrawnFault) {
    this.#drawn = drawn
  }

  isPossible(world: World): boolean {
    return this.#groups(world).length > 0
  }

  async take(world: World): Promise<void> {
    const { which, fault, form, look: drawn } = this.#drawn
    for (const group of pickedFrom(this.#groups(world), which)) {
      const { list, changed = {}, name } = faultIn(group, fault)
      const requirement = id(group, name)
      const words = `Call to remove from ${described(group)}, to be refused (${fault})`
      const offered = await offeredForm(world, form)
      await told(world, words, { follows: 'refused', requirement }, () =>
        send(world, group, list, offered, changed),
      )
      const others = pickedFrom(otherViews(world, group), drawn)
      await look(world, [viewOf(group), ...others], blameOfNothing(group, requirement))
    }
  }

  #groups(world: World): readonly WalkedGroup[] {
    const { fault } = this.#drawn
    if (fault === 'deleted') return world.groups.filter(({ gone }) => gone)
    return existing(world).filter(({ members, kind }) => {
      if (fault === 'too many') return kind === 'vserver' && members.length > mostInOneCall
      return members.length > 0 && (fault !== 'name as owner' || kind === 'vserver')
    })
  }
}

interface Faulty {
  readonly list: string | readonly Fields[]
  readonly changed?: Readonly<Record<string, string | undefined>>
  readonly name: string
}

function faultIn(group: WalkedGroup, fault: DrawnFault['fault']): Faulty {
  const { kind, members } = group
  const named = members.map(({ ServerId, Port, Type }) => ({
    ServerId,
    ...(kind === 'vserver' ? { Port: String(Port) } : {}),
    ...(kind === 'vserver' || Type === 'ecs' ? {} : { Type }),
  }))
  const some = named.slice(0, 2)
  const text = JSON.stringify(some)
  const owner = kind === 'vserver' ? 'VServerGroupId' : 'LoadBalancerId'
  const ownerWord = kind === 'vserver' ? 'group' : 'load-balancer'
  const lists: Readonly<Record<string, Faulty>> = {
    cut: { list: text.slice(0, -1), name: 'malformed-list' },
    object: { list: JSON.stringify(some[0]), name: 'malformed-list' },
    text: { list: JSON.stringify(text), name: 'malformed-list' },
    'number in list': {
      list: JSON.stringify([...some, 1]),
      name: 'request.BackendServers.content.items.type',
    },
    'left out': {
      list: some,
      changed: { BackendServers: undefined },
      name: 'backend-servers-required',
    },
    'too many': { list: named.slice(0, mostInOneCall + 1), name: 'twenty-one-refused' },
    'unknown owner': {
      list: some,
      changed: { [owner]: group.id.slice(0, -1) },
      name: `unknown-${ownerWord}`,
    },
    'owner left out': {
      list: some,
      changed: { [owner]: undefined },
      name: `${ownerWord}-required`,
    },
    'name as owner': { list: some, changed: { [owner]: group.name }, name: 'unknown-group' },
    deleted: { list: [{ ServerId: 'i-none', Port: '80' }], name: 'deleted-group' },
  }
  return lists[fault] ?? { list: '', name: 'malformed-list' }
}
