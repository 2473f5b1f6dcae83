/** What a walk begins with: a group that most steps are about, and others that they must leave alone. */

import * as fc from 'fast-check'
import type { SlbGround } from '../../../fixtures/slb/ground.ts'
import { aMember, aServer } from '../../../fixtures/slb/lists.ts'
import type { Server } from '../../../fixtures/slb/wire-shapes.ts'
import type { Watch } from '../../../src/check/walk.ts'
import { NotOffered, Unarranged } from '../../../src/model.ts'
import { described, lentEnis, lentIds, ports, type Ending, type World } from './world.ts'

export interface Scene {
  /** Members of the first group: so many of the servers and ports that groups share, from one on. */
  readonly members: number
  readonly from: number
  /** Has the first group more members than one call may name? */
  readonly large: boolean
  readonly eni: boolean
  readonly namesakes: boolean
  /** Servers in the default group. */
  readonly servers: number
  readonly weights: readonly number[]
  /** Is there a third group, which a step may delete? */
  readonly third: boolean
  /** Has every second server a description? */
  readonly described: boolean
  readonly ending: Ending
}

export const scene: fc.Arbitrary<Scene> = fc.record({
  members: fc.integer({ min: 2, max: 4 }),
  from: fc.nat(3),
  large: fc.constantFrom(false, false, false, true),
  eni: fc.constantFrom(true, true, false),
  namesakes: fc.boolean(),
  servers: fc.constantFrom(3, 2, 3, 2, 1, 0),
  weights: fc.constantFrom([37, 100, 0, 1], [100, 100, 100, 100], [1, 0, 50, 99]),
  third: fc.constantFrom(false, false, true),
  described: fc.constantFrom(true, true, false),
  ending: fc.record({
    alone: fc.constantFrom(0, 0, 1, 2, 3),
    format: fc.constantFrom('JSON' as const, 'XML' as const),
  }),
})

const firstPort = 8101
const mostMembers = 23

/** Creates the groups, and fills the default group where it is free. */
export async function arranged(slb: SlbGround, drawn: Scene, watch: Watch): Promise<World> {
  const { ending } = drawn
  const requestIds = new Set<string>()
  const world: World = { slb, watch, groups: [], balancer: undefined, requestIds, ending }
  const name = slb.context.session.name('group')
  await createGroup(world, withDescriptions(largeOr(world, drawn), drawn), name)
  const second = drawn.namesakes ? name : slb.context.session.name('group')
  await createGroup(world, shared(world, { ...drawn, members: 3, from: 0, eni: false }), second)
  await fillDefaultGroup(world, drawn)
  const third = slb.context.session.name('group')
  if (drawn.third) {
    await createGroup(world, shared(world, { ...drawn, members: 1, eni: false }), third)
  }
  return world
}

/** Servers and ports that all groups have in common, so that they can be mistaken for each other. */
function shared(world: World, { members, from, weights, eni }: Scene): readonly Server[] {
  const ids = lentIds(world).slice(0, 2)
  const all = ports.slice(0, 2).flatMap((port) => ids.map((one) => ({ one, port })))
  const chosen = all.map((_, index) => all[(index + from) % all.length]).slice(0, members)
  const [lent, other = lent] = eni ? lentEnis(world) : []
  return [
    ...chosen.flatMap((place, index) =>
      place ? [aMember(place.one, place.port, weights[index % weights.length] ?? 100)] : [],
    ),
    // Two of them, if need be one on two ports: one can go while the other stays.
    ...(lent === undefined || other === undefined
      ? []
      : [
          { ServerId: lent, Port: 80, Weight: 50, Type: 'eni' },
          { ServerId: other, Port: 8080, Weight: 0, Type: 'eni' },
        ]),
  ]
}

/** Every second server has a description, which no other one has. */
function withDescriptions(servers: readonly Server[], { described: wanted }: Scene): Server[] {
  return servers.map((one, index) =>
    wanted && index % 2 === 0 ? { ...one, Description: `poolproof-${index + 1}` } : one,
  )
}

function largeOr(world: World, drawn: Scene): readonly Server[] {
  const some = shared(world, drawn)
  const [one] = lentIds(world)
  if (!drawn.large || one === undefined) return some
  const more = Array.from({ length: mostMembers - some.length }, (_, index) =>
    aMember(one, firstPort + index, drawn.weights[index % drawn.weights.length] ?? 100),
  )
  return [...some, ...more]
}

async function createGroup(world: World, members: readonly Server[], name: string): Promise<void> {
  const { slb, watch, groups } = world
  const created = await slb.group(members, name).catch(async (error: unknown) => {
    // The limit of a call can be that of a group: then a smaller one will do.
    if (!(error instanceof NotOffered)) throw error
    return slb.group(members.slice(0, 4), name)
  })
  const isTwin = groups.some((group) => group.name === name)
  const group = {
    id: created.id,
    kind: 'vserver' as const,
    label: `group ${groups.length + 1}`,
    name,
    gone: false,
    members: created.members,
    open: [],
    removed: [],
    descriptions: slb.descriptionsOf(created.id),
    described: slb.descriptionsOf(created.id),
  }
  groups.push(group)
  watch.did(`Create ${described(group)}${isTwin ? ', with the name of another' : ''}.`)
}

/** Only where no one else has servers in it. */
async function fillDefaultGroup(world: World, drawn: Scene): Promise<void> {
  const { slb, watch, groups } = world
  const { servers, weights, eni } = drawn
  const instances = lentIds(world)
    .slice(0, servers)
    .map((one, index) => aServer(one, weights[index % weights.length] ?? 100))
  const interfaces = (eni && servers > 1 ? lentEnis(world) : []).map((ServerId, index) => ({
    ServerId,
    Weight: weights[index % weights.length] ?? 100,
    Type: 'eni',
  }))
  const wanted = withDescriptions([...instances, ...interfaces], drawn)
  try {
    const members = await slb.defaultGroup(wanted)
    const group = {
      id: slb.loadBalancerId,
      kind: 'default' as const,
      label: 'the default group',
      name: '',
      gone: false,
      members,
      open: [],
      removed: [],
      descriptions: slb.descriptionsOf(slb.loadBalancerId),
      described: slb.descriptionsOf(slb.loadBalancerId),
    }
    groups.push(group)
    watch.did(`Fill ${described(group)}.`)
  } catch (error) {
    if (!(error instanceof Unarranged)) throw error
    watch.did('Leave the default group alone: it cannot be filled.')
  }
}
