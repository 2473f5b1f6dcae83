/** RemoveVServerGroupBackendServers: the list that names the members. */

import { assertArranged, type Group } from '../../fixtures/slb/arrange.ts'
import { check, type SlbGround } from '../../fixtures/slb/ground.ts'
import { aMember, namedMembers } from '../../fixtures/slb/lists.ts'
import { commonReading } from '../../fixtures/slb/group-look.ts'
import type { Fields, Server } from '../../fixtures/slb/wire-shapes.ts'
import {
  assertAccepted,
  assertSame,
  assertThat,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import type { CallForm } from '../../src/dialects/slb.ts'
import {
  acceptedOrRefused,
  ignoredOrRefused,
  ignoredOrRefusedOrBoth,
  removedIgnoredOrRefused,
} from './readings.ts'
import { listEntries } from './either-removal/list.ts'
import { fromVServerGroup } from './either-removal/removal.ts'

const page = 'RemoveVServerGroupBackendServers'
const parameters = `${page} › Request parameters`
const response = `${page} › Response parameters`
const groupMembers = 'The list of members in the group'

/** Sends a removal, and says how many members went; nothing where it is refused. */
type Removing = (named: readonly Fields[], form?: CallForm) => Promise<number | undefined>

/** @param count - How many members the group has now. */
function removing(slb: SlbGround, group: Group, count: number): Removing {
  let there = count
  return async (named, form) => {
    const answered = await slb.removeFromGroup(group, named, {}, form)
    const before = there
    there = (await slb.members(group)).length
    return isAccepted(answered) ? before - there : undefined
  }
}

/** What a number does in a query it does in a form as well, if the target takes forms at all. */
async function assertAlsoByForm(
  remove: Removing,
  asNumber: readonly Fields[],
  asText: readonly Fields[],
): Promise<void> {
  if ((await remove(asNumber, { method: 'form' })) !== 0) return
  assertThat(
    (await remove(asText, { method: 'form' })) !== 1,
    'By GET a port that is a number removes its member. By a form it removes none, where one that is text does.',
  )
}

/** Ports that are numbers and ports that are text may be in one list, if the target takes lists of either. */
async function assertMixed(
  remove: Removing,
  asNumbers: readonly Fields[],
  asText: readonly Fields[],
): Promise<void> {
  const numberFirst = await remove([...asNumbers.slice(0, 1), ...asText.slice(1, 2)])
  const textFirst = await remove([...asText.slice(2, 3), ...asNumbers.slice(3, 4)])
  if (numberFirst === 2 && textFirst === 2) return
  assertThat(
    (await remove(asText.slice(4, 5))) !== 1,
    'A port that is a number and one that is text each remove their member, but not both when they are in one list.',
  )
}

export const removeVServerGroupServersList: readonly Entry[] = [
  ...listEntries(fromVServerGroup),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/order-of-list',
      level: 'implied',
      text: 'The order in which members are named does not matter.',
      source: `${parameters} › BackendServers`,
    },
    async (slb) => {
      const forward = await slb.groupOf(4)
      const reversed = await slb.groupLike(forward)
      const named = namedMembers(forward.members.slice(0, 3))
      assertAccepted(await slb.removeFromGroup(forward, named))
      assertAccepted(await slb.removeFromGroup(reversed, named.toReversed()))
      assertSame(await slb.members(forward), forward.members.slice(3), groupMembers)
      assertSame(await slb.members(reversed), reversed.members.slice(3), groupMembers)
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/twenty-accepted',
      level: 'must',
      text: 'One call can remove twenty members, or nineteen beside an absent server.',
      source: `${parameters} › BackendServers › second sentence`,
    },
    async (slb) => {
      const group = await slb.groupOf(20)
      assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members)))
      assertSame(await slb.members(group), [], groupMembers)
      const again = group.members.slice(1)
      await slb.addedAgain(group, again)
      const named = namedMembers([...slb.absentMembers(1), ...again])
      assertAccepted(await slb.removeFromGroup(group, named))
      assertSame(await slb.members(group), [], groupMembers)
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/twenty-one-with-strangers',
      level: 'reading',
      text: 'The page does not say whether servers that are not in the group count towards the limit of twenty.',
      source: `${parameters} › BackendServers; ${page} › Note`,
      readings: {
        refused: 'Every server that is named counts: the call is refused.',
        accepted: 'Only members count: the call is accepted, and the one member is removed.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(1)
      const watch = await slb.watch(group)
      const named = namedMembers([...group.members, ...slb.absentMembers(20)])
      const answered = await slb.removeFromGroup(group, named)
      const left = await watch.left(answered)
      return readingOf(
        { refused: isRefused(answered), accepted: left.length === 0 },
        'A call with one member and twenty absent servers was accepted, and the member is still there.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/group-larger-than-twenty',
      level: 'reading',
      text: 'The limit of twenty can be that of a call or that of a group.',
      source: `${parameters} › BackendServers`,
      readings: {
        'per-call': 'A group may have more than twenty members; several calls add and remove them.',
        'per-group': 'A member cannot be added to a group that has twenty.',
      },
    },
    async (slb) => {
      const [server] = slb.servers(1)
      const group = await slb.groupOf(20)
      const more = aMember(server, 901, 37)
      const added = await slb.addToGroup(group, [more])
      assertArranged(added)
      if (isAccepted(added)) await assertTakesBeyondTwenty(slb, group, more)
      assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members)))
      const left = await slb.members(group)
      return readingOf(
        {
          'per-call': isAccepted(added) && left.length === 1,
          'per-group': isRefused(added) && left.length === 0,
        },
        `Adding a member to a group of twenty answered ${added.status}; after the removal of the twenty, ${left.length} were left.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/quoted-port',
      level: 'must',
      text: 'A port may be text, as in the example.',
      source: `${parameters} › BackendServers › Example value`,
    },
    async (slb) => {
      const [id] = slb.servers(1)
      const group = await slb.group([8001, 40_001, 40_002].map((port) => aMember(id, port, 100)))
      const last = group.members.slice(-1)
      const named = group.members.slice(0, -1)
      for (const { ServerId, Port } of named) {
        assertAccepted(await slb.removeFromGroup(group, [{ ServerId, Port: String(Port) }]))
      }
      assertSame(await slb.members(group), last, groupMembers)
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/number-port',
      level: 'reading',
      text: 'The table of the answer types a port as a number; the page does not say whether a call may give the port as a number, alone or mixed with text.',
      source: `${response} › Port › Type`,
      readings: removedIgnoredOrRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(9)
      const first = group.members.slice(0, 1)
      const watch = await slb.watch(group)
      const asNumbers = group.members.map(({ ServerId, Port }) => ({ ServerId, Port }))
      const answered = await slb.removeFromGroup(group, asNumbers.slice(0, 1))
      const effect = await watch.effectOn(first, answered)
      if (effect !== 'removed') return effect
      const asText = namedMembers(group.members)
      const remove = removing(slb, group, group.members.length - 1)
      await assertMixed(remove, asNumbers.slice(1, 6), asText.slice(1, 6))
      if (!slb.context.session.offers('post')) return effect
      await assertAlsoByForm(remove, asNumbers.slice(6, 7), asText.slice(7, 8))
      return effect
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/weight-and-type-optional',
      level: 'must',
      text: 'A server id and a port are enough to name a member, whatever its weight.',
      source: `${parameters} › BackendServers › Example value`,
    },
    async (slb) => {
      const [server] = slb.servers(1)
      const heavy = [
        aMember(server, 8001, 0),
        aMember(server, 8002, 37),
        aMember(server, 8003, 100),
      ]
      const group = await slb.group(heavy)
      const named = heavy.map(({ ServerId, Port }) => ({ ServerId, Port: String(Port) }))
      assertAccepted(await slb.removeFromGroup(group, named))
      assertSame(await slb.members(group), [], groupMembers)
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/extra-fields-tolerated',
      level: 'reading',
      text: 'The page does not say what happens to a member that is named with a weight, a type and a description.',
      source: `${parameters} › BackendServers`,
      readings: removedIgnoredOrRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const first = group.members.slice(0, 1)
      const watch = await slb.watch(group)
      const more = { Weight: '50', Type: 'ecs', Description: 'conformance' }
      const named = namedMembers(first).map((member) => ({ ...member, ...more }))
      return watch.effectOn(first, await slb.removeFromGroup(group, named))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/single-quoted-list',
      level: 'reading',
      text: 'The example of a list has single quotes, which is not JSON.',
      source: `${parameters} › BackendServers › Example value`,
      readings: acceptedOrRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const watch = await slb.watch(group)
      const printed = JSON.stringify(namedMembers(group.members.slice(0, 2))).replaceAll('"', "'")
      const answered = await slb.removeFromGroup(group, printed)
      const left = await watch.left(answered)
      return readingOf(
        { refused: isRefused(answered), accepted: left.length === 1 },
        'A list of two members with single quotes was accepted, and not both of them are removed.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/missing-server-id',
      level: 'reading',
      text: 'The page does not say what is removed by a call that names a port without a server.',
      source: `${parameters} › BackendServers › Example value`,
      readings: {
        refused: 'The call is refused.',
        ignored: 'The call is accepted and removes nothing.',
        'every-server': 'Every member on that port is removed.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const first = group.members.slice(0, 1)
      const watch = await slb.watch(group)
      const Port = String(first[0]?.Port)
      const effect = await watch.effectOn(first, await slb.removeFromGroup(group, [{ Port }]))
      const readings = { refused: 'refused', ignored: 'ignored', removed: 'every-server' }
      return readings[effect]
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/missing-port',
      level: 'reading',
      text: 'The page does not say what is removed by a call that names a server without a port.',
      source: `${parameters} › BackendServers`,
      readings: {
        refused: 'The call is refused.',
        ignored: 'The call is accepted and removes nothing.',
        'every-port': 'Every member with that server is removed, whatever its port.',
      },
    },
    async (slb) => {
      const [server, other] = slb.servers(2)
      const neighbour = aMember(other, 8001, 0)
      const named = [aMember(server, 8001, 37), aMember(server, 8002, 100)]
      const group = await slb.group([...named, neighbour])
      const watch = await slb.watch(group)
      const answered = await slb.removeFromGroup(group, [{ ServerId: server }])
      const readings = { refused: 'refused', ignored: 'ignored', removed: 'every-port' }
      return readings[await watch.effectOn(named, answered)]
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/port-out-of-range',
      level: 'reading',
      text: 'The page gives no range of ports; naming a server with an invalid port removes nothing.',
      source: `${parameters} › BackendServers`,
      readings: ignoredOrRefusedOrBoth,
    },
    async (slb) => {
      const [ServerId] = slb.servers(1)
      const group = await slb.groupOf(2)
      const watch = await slb.watch(group)
      const reading = commonReading([
        await watch.untouched(await slb.removeFromGroup(group, [{ ServerId, Port: '0' }])),
        await watch.untouched(await slb.removeFromGroup(group, [{ ServerId, Port: '65536' }])),
        await watch.untouched(await slb.removeFromGroup(group, [{ ServerId, Port: '-1' }])),
        await watch.untouched(await slb.removeFromGroup(group, [{ ServerId, Port: 'http' }])),
      ])
      // Where the call is refused, what it names before stays, too.
      const first = namedMembers(group.members.slice(0, 1))
      await watch.left(await slb.removeFromGroup(group, [...first, { ServerId, Port: '65536' }]))
      return reading
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/empty-value',
      level: 'reading',
      text: 'The page does not say whether an empty list parameter counts as missing.',
      source: `${parameters} › BackendServers › Required`,
      readings: ignoredOrRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const watch = await slb.watch(group)
      return watch.untouched(await slb.removeFromGroup(group, ''))
    },
  ),
]

function portsOf(servers: readonly Server[]): readonly number[] {
  return servers.map(({ Port = 0 }) => Port).toSorted((one, other) => one - other)
}

/** A group of more than twenty has a member more added, and that one removed by a call of its own. */
async function assertTakesBeyondTwenty(
  slb: SlbGround,
  group: Group,
  twentyFirst: Server,
): Promise<void> {
  const last = [{ ...twentyFirst, Port: 902 }]
  await slb.addedAgain(group, last)
  assertAccepted(await slb.removeFromGroup(group, namedMembers(last)))
  const ports = portsOf(await slb.members(group))
  const others = portsOf([twentyFirst, ...group.members])
  assertSame(ports, others, 'The ports of the members in the group')
}
