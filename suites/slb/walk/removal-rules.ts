/** What the pages say of one removal: whether it must be accepted or refused, and which servers it removes. */

import type { Fields, Server } from '../../../fixtures/slb/wire-shapes.ts'
import type { Ruling } from '../../../src/check/ruling.ts'
import { isSame, lentIds, ports, type WalkedGroup, type World } from './world.ts'

/** What one element of a list names. */
export const namings = [
  'member',
  'stranger',
  'absent',
  'absent port',
  'earlier',
  'wrapped port',
  'cut id',
  'extended id',
  'no port',
  'no id',
] as const

export type Naming = (typeof namings)[number]

/** How the elements of a list are written. */
export interface Writing {
  readonly ports: 'text' | 'number' | 'mixed'
  readonly type: boolean
  /** Weights, where the page has them: the one that the server has, or another. */
  readonly weight: 'none' | 'stored' | 'other'
}

/** One element, and what it does. */
interface Element {
  readonly written: Fields
  /** Removed if the call is accepted. */
  readonly removes: readonly Server[]
  /** Removed or not: the page leaves it open. */
  readonly mayRemove: readonly Server[]
  /** Why the call may be refused, or accepted without an effect. */
  readonly open?: string
  readonly isAbsent: boolean
}

/** A whole list. */
export interface Removal {
  readonly list: readonly Fields[]
  readonly removes: readonly Server[]
  readonly mayRemove: readonly Server[]
  readonly ruling: Ruling
}

const operations = {
  vserver: 'slb/remove-vserver-group-backend-servers',
  default: 'slb/remove-backend-servers',
}

/** The id of a requirement of the operation that removes from such a group. */
export function id({ kind }: Pick<WalkedGroup, 'kind'>, name: string): string {
  return `${operations[kind]}/${name}`
}

/** What a list of so many elements comes to. */
export function removalOf(
  world: World,
  group: WalkedGroup,
  drawn: readonly { readonly what: Naming; readonly nth: number }[],
  writing: Writing,
): Removal {
  const all = drawn.map(({ what, nth }, index) =>
    elementOf(world, group, what, nth, writing, index),
  )
  const removes = all.flatMap((one) => one.removes)
  const isMixed = removes.length > 0 && all.some(({ isAbsent }) => isAbsent)
  const names = all.map(
    ({ written }) => `${String(written['ServerId'])}:${String(written['Port'])}`,
  )
  const isTwice = new Set(names).size < names.length
  const opening = [
    ...all.flatMap(({ open }) => open ?? []),
    ...openWriting(group, writing),
    ...(isTwice ? ['duplicates-in-list'] : []),
    // The note of the one page has a request with an absent server fail, without an error.
    ...(isMixed && group.kind === 'default' ? [mixedName(all)] : []),
  ]
  const isOpen = opening.length > 0
  return {
    list: all.map(({ written }) => written),
    removes: isOpen ? [] : removes,
    mayRemove: [...all.flatMap((one) => one.mayRemove), ...(isOpen ? removes : [])],
    ruling: {
      follows: isOpen ? 'open' : 'accepted',
      requirement: id(group, opening[0] ?? tellingName(group, all)),
    },
  }
}

/** What is sent beside what names a server may keep it where it is. */
function openWriting({ kind }: WalkedGroup, { weight, type, ports: form }: Writing): string[] {
  if (kind === 'default') return weight === 'other' ? ['other-weight'] : []
  const isExtended = weight !== 'none' || type
  return [
    ...(isExtended ? ['extra-fields-tolerated'] : []),
    ...(form === 'text' ? [] : ['number-port']),
  ]
}

/** Of a list that must be accepted, the requirement that says so most closely. */
function tellingName(group: WalkedGroup, elements: readonly Element[]): string {
  const removes = elements.flatMap((one) => one.removes)
  const left = group.members.filter((member) => !removes.some((one) => isSame(one, member)))
  if (removes.length === 0) return 'absent-server-ignored'
  if (elements.some(({ isAbsent }) => isAbsent)) return mixedName(elements)
  if (removes.some(({ Type }) => Type === 'eni'))
    return group.kind === 'vserver' ? 'eni' : 'type-eni'
  if (left.length === 0) return 'empties'
  if (removes.length === 20 && group.kind === 'vserver') return 'twenty-accepted'
  if (removes.length > 1) return 'several-in-one-call'
  return group.kind === 'default' ? 'removes-named-server' : 'quoted-port'
}

function mixedName(elements: readonly Element[]): string {
  return elements[0]?.isAbsent ? 'stranger-and-member' : 'member-and-stranger'
}

function elementOf(
  world: World,
  group: WalkedGroup,
  what: Naming,
  nth: number,
  writing: Writing,
  index: number,
): Element {
  const member = group.members[nth % Math.max(group.members.length, 1)]
  const numbers = writing.ports === 'mixed' ? index % 2 === 0 : writing.ports === 'number'
  const stranger = world.slb.strangers(nth + 1).at(-1) ?? { ServerId: 'i-none', Type: 'ecs' }
  const write = (server: Server) => writtenAs(group, server, writing, numbers)
  const place = { world, group, member: member ?? stranger, stranger, nth, write }
  return elements[member ? what : 'stranger'](place)
}

/** What an element is made from. */
interface Place {
  readonly world: World
  readonly group: WalkedGroup
  readonly member: Server
  /** One that does not exist. */
  readonly stranger: Server
  readonly nth: number
  write(server: Server): Fields
}

const elements: Readonly<Record<Naming, (place: Place) => Element>> = {
  member: named,
  stranger: (place) => absent(place, place.stranger),
  absent: (place) => absent(place, absentServer(place.world, place.group)),
  'absent port': (place) =>
    absent(place, hasPorts(place) ? withAbsentPort(place.group, place.member) : undefined),
  earlier: (place) => absent(place, earlier(place.group, place.nth)),
  'wrapped port': (place) => {
    const { member, write } = place
    if (!hasPorts(place)) return absent(place, undefined)
    return opened(write({ ...member, Port: (member.Port ?? 80) + 65_536 }), 'port-out-of-range')
  },
  'cut id': ({ member, write }) =>
    opened(write({ ...member, ServerId: member.ServerId.slice(0, -1) }), 'absent-server-ignored'),
  'extended id': ({ member, write }) =>
    opened(write({ ...member, ServerId: `${member.ServerId}0` }), 'absent-server-ignored'),
  'no port': (place) => {
    const { group, member } = place
    if (!hasPorts(place)) return named(place)
    const { ServerId } = member
    const all = group.members.filter((one) => one.ServerId === ServerId)
    return opened({ ServerId }, 'missing-port', all)
  },
  'no id': (place) => {
    const { group, member, write } = place
    const { ServerId: _without, ...rest } = write(member)
    // The page of groups does not say that an element needs a server: its port alone may name all of them.
    const all = hasPorts(place) ? group.members.filter(({ Port }) => Port === member.Port) : []
    return opened(rest, 'missing-server-id', all)
  },
}

function hasPorts({ group }: Place): boolean {
  return group.kind === 'vserver'
}

function named({ member, write }: Place): Element {
  const written = write(member)
  // No page says what an element without a type names, but that it is an ECS instance by default.
  if (member.Type !== 'ecs' && !('Type' in written)) return opened(written, 'eni', [member])
  return { written, removes: [member], mayRemove: [], isAbsent: false }
}

/** A server that is not in the group; without one, the stranger. */
function absent(place: Place, server: Server | undefined): Element {
  const one = server ?? place.stranger
  const written = place.write(hasPorts(place) ? { ...one, Port: one.Port ?? 80 } : one)
  return { written, removes: [], mayRemove: [], isAbsent: true }
}

function opened(written: Fields, open: string, mayRemove: readonly Server[] = []): Element {
  return { written, removes: [], mayRemove, open, isAbsent: true }
}

function writtenAs(
  { kind }: WalkedGroup,
  { ServerId, Port, Weight = 100, Type }: Server,
  { type, weight }: Writing,
  numbers: boolean,
): Fields {
  const value = weight === 'other' ? (Weight + 50) % 101 : Weight
  return {
    ServerId,
    ...(kind === 'vserver' && Port !== undefined ? { Port: numbers ? Port : String(Port) } : {}),
    // Only the page of default groups has a type in the list.
    ...(type || (kind === 'default' && Type !== 'ecs') ? { Type } : {}),
    ...(weight === 'none' ? {} : { Weight: numbers ? value : String(value) }),
  }
}

/** A lent server that is not in the group. */
function absentServer(world: World, { members, kind }: WalkedGroup): Server | undefined {
  const free = lentIds(world).find((one) => !members.some(({ ServerId }) => ServerId === one))
  if (free === undefined) return undefined
  return { ServerId: free, Type: 'ecs', ...(kind === 'vserver' ? { Port: 80 } : {}) }
}

/** The same server on a port that it does not have here: one that begins like its own, if there is one. */
function withAbsentPort({ members }: WalkedGroup, member: Server): Server {
  const { Port = 80 } = member
  const near = [Math.trunc(Port / 10), Math.trunc(Port / 100), Port * 10, Port + 1, ...ports, 9]
  const free = near.find(
    (port) =>
      port >= 1 && port <= 65_535 && !members.some((one) => isSame(one, { ...member, Port: port })),
  )
  return { ...member, Port: free ?? 65_535 }
}

/** One that was removed and has not come back. */
function earlier({ removed, members }: WalkedGroup, nth: number): Server | undefined {
  const away = removed.filter((one) => !members.some((member) => isSame(member, one)))
  return away.length === 0 ? undefined : away[nth % away.length]
}
