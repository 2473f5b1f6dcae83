/** What the page on taking backend servers out of a VServer group says of the list that names them. */

import { check } from '../../fixtures/slb/ground.ts'
import { aMember, namedMembers } from '../../fixtures/slb/lists.ts'
import { together } from '../../fixtures/slb/watch.ts'
import {
  assertAccepted,
  assertRefused,
  assertSame,
  assertUnchanged,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import {
  acceptedOrRefused,
  ignoredOrRefused,
  ignoredOrRefusedOrBoth,
  onceOrRefused,
  removedIgnoredOrRefused,
} from './readings.ts'

const page = 'RemoveVServerGroupBackendServers'
const parameters = `${page} › Request parameters`
const response = `${page} › Response parameters`

export const removeVServerGroupServersList: readonly Entry[] = [
  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/order-of-list',
      level: 'implied',
      text: 'The order in which members are named does not matter.',
      source: `${parameters} › BackendServers`,
    },
    async (slb) => {
      const [forth, back] = [await slb.groupOf(4), await slb.groupOf(4)]
      const named = namedMembers(forth.members.slice(0, 3))
      assertAccepted(await slb.removeFromGroup(forth, named))
      assertAccepted(await slb.removeFromGroup(back, named.toReversed()))
      assertSame(await slb.members(forth), forth.members.slice(3), 'What the group holds')
      assertSame(await slb.members(back), back.members.slice(3), 'What the group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/twenty-accepted',
      level: 'must',
      text: 'Twenty backend servers can be removed at once.',
      source: `${parameters} › BackendServers`,
    },
    async (slb) => {
      const group = await slb.groupOf(20)
      assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members)))
      assertSame(await slb.members(group), [], 'What the group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/twenty-one-refused',
      level: 'must',
      text: 'Twenty-one backend servers in one call are refused as a whole; twenty of them are not.',
      source: `${parameters} › BackendServers`,
    },
    async (slb) => {
      const group = await slb.groupOf(21)
      const named = namedMembers(group.members)
      const before = await slb.survey()
      assertRefused(await slb.removeFromGroup(group, named))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeFromGroup(group, named.slice(0, 20)), 'One less was named.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/twenty-one-with-strangers',
      level: 'reading',
      text: 'The page does not say whether servers outside the group count towards the twenty.',
      source: `${parameters} › BackendServers; ${page} › Note`,
      readings: {
        refused: 'Every server named counts.',
        accepted: 'Only members count: the one member is removed.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(1)
      const watch = await slb.watch(group)
      const named = namedMembers([...group.members, ...slb.strangers(20)])
      const answered = await slb.removeFromGroup(group, named)
      const left = await watch.left(answered)
      return readingOf(
        { refused: isRefused(answered), accepted: left.length === 0 },
        'One member and twenty strangers were accepted, and the member is still there.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/group-larger-than-twenty',
      level: 'reading',
      text: 'The sentence on the limit can be read as one on the call or as one on the group.',
      source: `${parameters} › BackendServers`,
      readings: {
        'per-call': 'A group may hold more than twenty, filled and emptied in several calls.',
        'per-group': 'A group that holds twenty takes no further member.',
      },
    },
    async (slb) => {
      const [server] = slb.servers(1)
      const group = await slb.groupOf(20)
      const added = await slb.addToGroup(group, [aMember(server, 9001, 37)])
      assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members)))
      const left = await slb.members(group)
      return readingOf(
        {
          'per-call': isAccepted(added) && left.length === 1,
          'per-group': isRefused(added) && left.length === 0,
        },
        `Adding a member to twenty answered ${added.status}; removing the twenty left ${left.length}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/duplicates-in-list',
      level: 'reading',
      text: 'The page does not say whether one member may be named twice in a call.',
      source: `${parameters} › BackendServers`,
      readings: onceOrRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const watch = await slb.watch(group)
      const [named] = namedMembers(group.members)
      const answered = await slb.removeFromGroup(group, [named, named])
      const left = await watch.left(answered)
      return readingOf(
        { refused: isRefused(answered), accepted: left.length === 1 },
        `A member named twice was accepted, and ${left.length} of two members are left.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/quoted-port',
      level: 'must',
      text: 'A port may be written as text, as in the example.',
      source: `${parameters} › BackendServers › Example value`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const [first] = group.members
      const named = [{ ServerId: first?.ServerId, Port: String(first?.Port) }]
      assertAccepted(await slb.removeFromGroup(group, named))
      assertSame(await slb.members(group), group.members.slice(1), 'What the group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/number-port',
      level: 'must',
      text: 'A port may be written as a number, which is its type.',
      source: `${response} › Port › Type`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const [first] = group.members
      const named = [{ ServerId: first?.ServerId, Port: first?.Port }]
      assertAccepted(await slb.removeFromGroup(group, named))
      assertSame(await slb.members(group), group.members.slice(1), 'What the group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/weight-and-type-optional',
      level: 'must',
      text: 'Server and port are enough to name a member, whatever its weight.',
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
      assertSame(await slb.members(group), [], 'What the group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/extra-fields-tolerated',
      level: 'reading',
      text: 'The page does not say what weight, type and description mean in the list of a removal.',
      source: `${parameters} › BackendServers`,
      readings: removedIgnoredOrRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const first = group.members.slice(0, 1)
      const watch = await slb.watch(group)
      const more = { Weight: '50', Type: 'ecs', Description: 'conformance' }
      const named = namedMembers(first).map((member) => ({ ...member, ...more }))
      return watch.fate(await slb.removeFromGroup(group, named), first)
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/single-quoted-list',
      level: 'reading',
      text: 'The list is printed with single quotes, which is not JSON.',
      source: `${parameters} › BackendServers › Example value`,
      readings: acceptedOrRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const watch = await slb.watch(group)
      const printed = JSON.stringify(namedMembers(group.members.slice(0, 1))).replaceAll('"', "'")
      const answered = await slb.removeFromGroup(group, printed)
      const left = await watch.left(answered)
      return readingOf(
        { refused: isRefused(answered), accepted: left.length === 1 },
        'A list in single quotes was accepted, and the member is still there.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/missing-port',
      level: 'reading',
      text: 'The page does not say what naming a server without its port removes.',
      source: `${parameters} › BackendServers`,
      readings: {
        refused: 'The call is refused.',
        ignored: 'The call is accepted and removes nothing.',
        'every-port': 'Every member with that server is removed: a forgotten port takes them all.',
      },
    },
    async (slb) => {
      const [server, other] = slb.servers(2)
      const neighbour = aMember(other, 8001, 0)
      const named = [aMember(server, 8001, 37), aMember(server, 8002, 100)]
      const group = await slb.group([...named, neighbour])
      const watch = await slb.watch(group)
      const answered = await slb.removeFromGroup(group, [{ ServerId: server }])
      const fates = { refused: 'refused', ignored: 'ignored', removed: 'every-port' }
      return fates[await watch.fate(answered, named)]
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/port-out-of-range',
      level: 'reading',
      text: 'The page gives ports no range; one that no server can have removes nothing.',
      source: `${parameters} › BackendServers`,
      readings: ignoredOrRefusedOrBoth,
    },
    async (slb) => {
      const [ServerId] = slb.servers(1)
      const group = await slb.groupOf(2)
      const watch = await slb.watch(group)
      return together([
        await watch.untouched(await slb.removeFromGroup(group, [{ ServerId, Port: '0' }])),
        await watch.untouched(await slb.removeFromGroup(group, [{ ServerId, Port: '65536' }])),
        await watch.untouched(await slb.removeFromGroup(group, [{ ServerId, Port: '-1' }])),
        await watch.untouched(await slb.removeFromGroup(group, [{ ServerId, Port: 'http' }])),
      ])
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/missing-server-id',
      level: 'implied',
      text: 'A port without a server names no member, so nothing is removed.',
      source: `${parameters} › BackendServers › Example value`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const watch = await slb.watch(group)
      await watch.untouched(await slb.removeFromGroup(group, [{ Port: '8001' }]))
      assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members)))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/malformed-list',
      level: 'must',
      text: 'What is not a list of objects in JSON is refused as a whole.',
      source: `${parameters} › BackendServers › Example value`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members)
      const brokenOff = JSON.stringify(named).slice(0, -2)
      const before = await slb.survey()
      assertRefused(await slb.removeFromGroup(group, '{'))
      assertRefused(await slb.removeFromGroup(group, brokenOff))
      assertRefused(await slb.removeFromGroup(group, JSON.stringify(named[0])))
      assertRefused(await slb.removeFromGroup(group, [1]))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeFromGroup(group, named), 'It is a list of objects again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/empty-list',
      level: 'reading',
      text: 'The page does not say what a list that names no server answers.',
      source: `${parameters} › BackendServers`,
      readings: ignoredOrRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const watch = await slb.watch(group)
      return watch.untouched(await slb.removeFromGroup(group, []))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/empty-value',
      level: 'reading',
      text: 'The page does not say whether an empty value is a missing one.',
      source: `${parameters} › BackendServers › Required`,
      readings: ignoredOrRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const watch = await slb.watch(group)
      return watch.untouched(await slb.removeFromGroup(group, ''))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/backend-servers-required',
      level: 'must',
      text: 'A call that names no list at all is refused, and removes nothing.',
      source: `${parameters} › BackendServers › Required`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const before = await slb.survey()
      assertRefused(await slb.removeFromGroup(group, [], { BackendServers: undefined }))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members)))
    },
  ),
]
