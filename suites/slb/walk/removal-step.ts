/** A removal of any form, as a step. */

import { contentTypeOf, rootOf } from '../../../fixtures/slb/as-written.ts'
import { mostInOneCall } from '../../../fixtures/slb/lists.ts'
import {
  acceptedFields,
  defaultServersOf,
  descriptionsIn,
  serversOf,
  type Fields,
  type Server,
} from '../../../fixtures/slb/wire-shapes.ts'
import { familyOf } from '../../../src/check/check.ts'
import { askUnder, pickedFrom, type Ruled, type Ruling } from '../../../src/check/ruling.ts'
import { lookingAt } from '../../../src/check/walk-look.ts'
import { Violation, type Step } from '../../../src/check/walk.ts'
import type { CallForm } from '../../../src/dialects/slb.ts'
import type { Exchange } from '../../../src/model.ts'
import { blameOfNothing, blameOfRemoval } from './blame.ts'
import { id, removalOf, type Naming, type Removal, type Writing } from './removal-rules.ts'
import {
  allViews,
  differencesIn,
  identityIn,
  strayDescriptions,
  viewOf,
  type View,
} from './views.ts'
import {
  described,
  existing,
  isEqual,
  isSame,
  withoutThose,
  type WalkedGroup,
  type World,
} from './world.ts'

/** How a call is sent. */
export interface Form {
  readonly method: 'GET' | 'POST' | 'form'
  readonly format: 'JSON' | 'XML'
  /** White space in the list, which means nothing in JSON. */
  readonly spaced: boolean
}

export interface DrawnRemoval {
  readonly which: number
  readonly elements: readonly { readonly what: Naming; readonly nth: number }[]
  /** All that are in the group instead, or as many as one call may name. */
  readonly all: boolean
  readonly writing: Writing
  readonly form: Form
  readonly look: number
}

/** Looks at some views, and names the requirement that a difference breaks. */
export const look = lookingAt(differencesIn, allViews)

/** Removes servers from a group, by a list that a target must take, or that the page leaves open. */
export class RemovalStep implements Step<World> {
  readonly #drawn: DrawnRemoval

  constructor(drawn: DrawnRemoval) {
    this.#drawn = drawn
  }

  isPossible(world: World): boolean {
    return existing(world).length > 0
  }

  async take(world: World): Promise<void> {
    const { which, elements, all, writing, form, look: drawn } = this.#drawn
    for (const group of pickedFrom(this.#groups(world), which)) {
      const whole = group.members
        .slice(0, mostInOneCall)
        .map((_, nth) => ({ what: 'member' as const, nth }))
      const removal = removalOf(world, group, all && whole.length > 0 ? whole : elements, writing)
      await remove(world, group, removal, form, drawn)
    }
  }

  /** Mostly those with servers: of an empty one there is little to be seen. */
  #groups(world: World): readonly WalkedGroup[] {
    const all = existing(world)
    const filled = all.filter(({ members }) => members.length > 0)
    return filled.length === 0 || this.#drawn.look % 6 === 0 ? all : filled
  }
}

/** @param drawn - What is looked at beside the group. */
export async function remove(
  world: World,
  group: WalkedGroup,
  removal: Removal,
  form: Form,
  drawn: number,
): Promise<void> {
  const { ruling, removes, mayRemove } = removal
  const offered = await offeredForm(world, form)
  const words = `Remove ${JSON.stringify(removal.list)} from ${described(group)}${inForm(offered)}`
  const list = offered.spaced ? ` ${JSON.stringify(removal.list, null, 1)} ` : removal.list
  // The pages show calls by GET only.
  const ruled: Ruling =
    offered.method === 'GET' || ruling.follows !== 'accepted'
      ? ruling
      : { follows: 'open', requirement: id(group, 'post') }
  const { answered, accepted } = await told(world, words, ruled, () =>
    send(world, group, list, offered),
  )
  const others = pickedFrom(otherViews(world, group), drawn)
  if (!accepted) {
    return look(world, [viewOf(group), ...others], blameOfNothing(group, ruled.requirement))
  }
  group.members = group.members.filter((one) => !removes.some((gone) => isSame(one, gone)))
  group.removed = [...group.removed.filter((one) => !contains(removes, one)), ...removes]
  group.open = group.members.filter((one) => contains(mayRemove, one))
  group.described = withoutThose(group.described, removes)
  const named = [...removes, ...mayRemove]
  const blame = blameOfRemoval(group, named, ruled.requirement, removal.list)
  await look(world, [viewOf(group), ...others], blame)
  holdAnswer(world, group, answered, removal, offered)
}

export function contains(servers: readonly Server[], one: Server): boolean {
  return servers.some((server) => isSame(server, one))
}

export function otherViews(world: World, group: WalkedGroup): View[] {
  const others = existing(world).filter((one) => one !== group)
  return [...others.map((one) => viewOf(one)), { of: 'groups' }]
}

/** The form, without what the target does not offer. Whether it answers in XML is looked at once. */
export async function offeredForm({ slb }: World, { method, format, spaced }: Form): Promise<Form> {
  const { session } = slb.context
  return {
    method: session.offers('post') ? method : 'GET',
    format: format === 'XML' && (await slb.offersXml()) ? 'XML' : 'JSON',
    spaced,
  }
}

function inForm({ method, format }: Form): string {
  const how = { GET: '', POST: ' by POST', form: ' by a form' }[method]
  return format === 'XML' ? `${how}, answered in XML` : how
}

export function send(
  { slb }: World,
  group: WalkedGroup,
  list: string | readonly Fields[],
  { method, format }: CallForm,
  changed: Readonly<Record<string, string | undefined>> = {},
): Promise<Exchange> {
  const form = { ...(method ? { method } : {}), ...(format ? { format } : {}) }
  return group.kind === 'vserver'
    ? slb.removeFromGroup(group, list, changed, form)
    : slb.removeServers(list, changed, form)
}

export async function told(
  { watch, slb }: World,
  words: string,
  ruling: Ruling,
  ask: () => Promise<Exchange>,
): Promise<Ruled> {
  const mayLock = slb.context.session.target.profile?.asynchronous !== false
  try {
    const ruled = await askUnder(ruling, mayLock, ask)
    watch.did(`${words}: ${ruled.answered.status}.`)
    return ruled
  } catch (error) {
    watch.did(`${words}.`)
    throw error
  }
}

/**
 * What may have been removed, and a look has shown to be there still: where the answer does not list it, that look was
 * too soon.
 */
function settleBy(
  listed: readonly Server[],
  group: WalkedGroup,
  mayRemove: readonly Server[],
): void {
  const members = group.members.filter((one) => !contains(mayRemove, one))
  if (members.length === group.members.length || !sameServers(listed, members)) return
  const gone = group.members.filter((one) => contains(mayRemove, one))
  group.members = members
  group.removed = [...group.removed, ...gone]
  group.described = withoutThose(group.described, gone)
}

/** The answer names the group, has a request id of its own, and lists the servers that are left. */
function holdAnswer(
  world: World,
  group: WalkedGroup,
  answered: Exchange,
  { removes, mayRemove }: Removal,
  { format }: Form,
): void {
  const fields = acceptedFields(answered)
  const isXml = format === 'XML'
  if (isXml && typeof rootOf(answered) !== 'string') {
    throw new Violation(
      id(group, 'answer-in-xml'),
      `The answer is not XML that can be read (${contentTypeOf(answered)}).`,
    )
  }
  const [parameter, name] =
    group.kind === 'vserver'
      ? (['VServerGroupId', 'answer-names-the-group'] as const)
      : (['LoadBalancerId', 'answer-names-the-load-balancer'] as const)
  if (fields[parameter] !== group.id) {
    throw new Violation(
      id(group, name),
      `The answer has ${parameter} ${JSON.stringify(fields[parameter])}, expected ${group.id}.`,
    )
  }
  holdRequestId(world, group, fields['RequestId'])
  const listed = listedIn(group, answered)
  settleBy(listed, group, mayRemove)
  const isRemaining = sameServers(listed, group.members)
  const named = [...removes, ...mayRemove]
  // The page of the default group can be read so that the answer lists what was removed.
  const gone = named.filter(
    (one, index) =>
      !contains(group.members, one) && named.findIndex((other) => isSame(one, other)) === index,
  )
  const isRemoved = group.kind === 'default' && sameServers(listed, gone)
  if (!isRemaining && !isRemoved) {
    throw new Violation(
      id(group, isXml ? 'xml-equals-json' : 'answer-lists-the-rest'),
      `The answer lists ${JSON.stringify(listed)}; there are ${JSON.stringify(group.members)}.`,
    )
  }
  const stray = strayDescriptions(group, descriptionsIn(answered, identityIn(group)))
  if (stray.length > 0) {
    throw new Violation(id(group, 'description'), `In the answer, ${stray.join('; ')}.`)
  }
}

function listedIn(group: WalkedGroup, answered: Exchange): readonly Server[] {
  try {
    return group.kind === 'vserver' ? serversOf(answered) : defaultServersOf(answered)
  } catch (error) {
    if (familyOf(error) !== 'broken') throw error
    throw new Violation(id(group, 'answer-lists-the-rest'), (error as Error).message)
  }
}

function sameServers(some: readonly Server[], others: readonly Server[]): boolean {
  return (
    some.length === others.length &&
    some.every((one) => others.some((other) => isEqual(one, other)))
  )
}

function holdRequestId({ requestIds }: World, group: WalkedGroup, requestId: unknown): void {
  const isOwn = typeof requestId === 'string' && requestId !== '' && !requestIds.has(requestId)
  if (!isOwn) {
    throw new Violation(
      id(group, 'request-ids-unique'),
      `The answer has the request id ${JSON.stringify(requestId)}, expected one of its own.`,
    )
  }
  requestIds.add(requestId)
}
