/** What the page on taking backend servers out of a VServer group says, and what no exchange can show. */

import { setTimeout as pause } from 'node:timers/promises'
import { contentTypeOf, innerListOf, namesOf, rootOf } from '../../fixtures/slb/as-written.ts'
import { withParameter } from '../../fixtures/slb/ask.ts'
import { check, suite } from '../../fixtures/slb/ground.ts'
import { aMember, namedMembers } from '../../fixtures/slb/lists.ts'
import {
  elementsOf,
  fieldsOf,
  isFields,
  requestIdOf,
  serversOf,
  textIn,
} from '../../fixtures/slb/wire-shapes.ts'
import {
  assertAccepted,
  assertRefused,
  assertSame,
  assertThat,
  assertUnchanged,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/assert.ts'
import { unobservable } from '../../src/check.ts'

const page = 'RemoveVServerGroupBackendServers'
const parameters = `${page} › Request parameters`
const response = `${page} › Response parameters`
const examples = `${page} › Examples`

const removedIgnoredRefused = {
  removed: 'The member is removed.',
  ignored: 'The call is accepted and removes nothing.',
  refused: 'The call is refused.',
}
const ignoredOrRefused = {
  ignored: 'The call is accepted and removes nothing.',
  refused: 'The call is refused.',
}
const acceptedOrRefused = {
  accepted: 'The call is accepted.',
  refused: 'The call is refused, and nothing changes.',
}

export const removeVServerGroupBackendServers = suite('remove-vserver-group-backend-servers', [
  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/removes-named-server',
      level: 'must',
      text: 'The named member leaves the group, and the other members stay.',
      source: `${page} › first sentence`,
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const named = namedMembers(group.members.slice(1, 2))
      assertAccepted(await slb.removeFromGroup(group, named))
      const others = group.members.toSpliced(1, 1)
      assertSame(await slb.members(group), others, 'The members of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/several-in-one-call',
      level: 'must',
      text: 'One call removes as many members as it names.',
      source: `${examples} › Request example`,
    },
    async (slb) => {
      const group = await slb.groupOf(4)
      const named = namedMembers([...group.members.slice(0, 1), ...group.members.slice(2, 3)])
      assertAccepted(await slb.removeFromGroup(group, named))
      const others = group.members.filter((_, index) => index % 2 === 1)
      assertSame(await slb.members(group), others, 'The members of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/identity-server-id-and-port',
      level: 'must',
      text: 'A member is known by server and port together: neighbours in either stay.',
      source: `${examples} › Request example`,
    },
    async (slb) => {
      const [one, other] = slb.servers(2)
      const neighbours = [aMember(one, 8002, 37), aMember(other, 8001, 100)]
      const group = await slb.group([aMember(one, 8001, 0), ...neighbours])
      const named = [{ ServerId: one, Port: '8001' }]
      assertAccepted(await slb.removeFromGroup(group, named))
      const left = group.members.filter(({ ServerId, Port }) => ServerId !== one || Port !== 8001)
      assertSame(await slb.members(group), left, 'The members of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/only-that-group',
      level: 'implied',
      text: 'Other groups keep their members, even the same servers on the same ports.',
      source: `${parameters} › VServerGroupId`,
    },
    async (slb) => {
      const [before, group, after] = [
        await slb.groupOf(2),
        await slb.groupOf(2),
        await slb.groupOf(2),
      ]
      assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1))))
      assertUnchanged(before.members, await slb.members(before))
      assertUnchanged(after.members, await slb.members(after))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/default-group-untouched',
      level: 'implied',
      text: 'The default group keeps a server that leaves a VServer group.',
      source: `${parameters} › VServerGroupId`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37)
      const group = await slb.groupOf(2)
      assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members)))
      assertUnchanged(servers, await slb.defaultServers())
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/absent-server-ignored',
      level: 'must',
      text: 'Naming a server that is not in the group is no error and removes nothing.',
      source: `${page} › Note`,
    },
    async (slb) => {
      const [member, absent] = slb.servers(2)
      const group = await slb.group([aMember(member, 8001, 37), aMember(member, 8002, 100)])
      const named = namedMembers([aMember(absent, 8001, 37)])
      assertAccepted(await slb.removeFromGroup(group, named))
      assertUnchanged(group.members, await slb.members(group))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/unknown-server-ignored',
      level: 'must',
      text: 'Naming a server that does not exist at all is no error either.',
      source: `${page} › Note`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      assertAccepted(await slb.removeFromGroup(group, namedMembers(slb.strangers(1))))
      assertUnchanged(group.members, await slb.members(group))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/absent-port-ignored',
      level: 'must',
      text: 'Naming a member with a port that it does not have is no error and removes nothing.',
      source: `${page} › Note`,
    },
    async (slb) => {
      const [server] = slb.servers(1)
      const group = await slb.groupOf(2)
      const named = namedMembers([aMember(server, 9001, 37)])
      assertAccepted(await slb.removeFromGroup(group, named))
      assertUnchanged(group.members, await slb.members(group))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/member-and-stranger',
      level: 'must',
      text: 'A server that is not in the group does not keep a member named before it from leaving.',
      source: `${page} › Note`,
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const named = [...group.members.slice(0, 1), ...slb.strangers(1)]
      assertAccepted(await slb.removeFromGroup(group, namedMembers(named)))
      assertSame(await slb.members(group), group.members.slice(1), 'The members of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/stranger-and-member',
      level: 'must',
      text: 'A server that is not in the group does not keep a member named after it from leaving.',
      source: `${page} › Note`,
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const named = [...slb.strangers(1), ...group.members.slice(0, 1)]
      assertAccepted(await slb.removeFromGroup(group, namedMembers(named)))
      assertSame(await slb.members(group), group.members.slice(1), 'The members of the group')
    },
  ),

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
      assertSame(await slb.members(forth), forth.members.slice(3), 'The members of the group')
      assertSame(await slb.members(back), back.members.slice(3), 'The members of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/repeated',
      level: 'implied',
      text: 'Removing a member for the second time is no error and changes nothing more.',
      source: `${page} › Note`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members.slice(0, 1))
      assertAccepted(await slb.removeFromGroup(group, named))
      assertAccepted(await slb.removeFromGroup(group, named))
      assertSame(await slb.members(group), group.members.slice(1), 'The members of the group')
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
      assertSame(await slb.members(group), [], 'The members of the group')
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
      id: 'slb/remove-vserver-group-backend-servers/answer-lists-the-rest',
      level: 'must',
      text: 'The answer lists the members that are left, each with its weight, and no other.',
      source: `${response} › BackendServers; ${examples} › Response examples`,
    },
    async (slb) => {
      const group = await slb.groupOf(4)
      const named = namedMembers(group.members.slice(0, 2))
      const answered = await slb.removeFromGroup(group, named)
      assertSame(serversOf(answered), await slb.members(group), 'The members in the answer')
      assertSame(serversOf(answered), group.members.slice(2), 'The members in the answer')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/answer-names-the-group',
      level: 'must',
      text: 'The answer names the group that was asked for.',
      source: `${response} › VServerGroupId`,
    },
    async (slb) => {
      const [group] = [await slb.groupOf(2), await slb.groupOf(2)]
      const answered = await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1)))
      assertSame(textIn(answered, 'VServerGroupId'), group.id, 'The VServerGroupId of the answer')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/empties',
      level: 'must',
      text: 'The last member can be removed like any other.',
      source: `${page} › first sentence`,
    },
    async (slb) => {
      const group = await slb.groupOf(1)
      assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members)))
      assertSame(await slb.members(group), [], 'The members of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/group-stays-when-empty',
      level: 'implied',
      text: 'A group without members is still there, and can be filled again.',
      source: `${page} › first sentence`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members)))
      const ids = await slb.groupIds()
      assertThat(ids.includes(group.id), `The group ${group.id} is no longer listed.`)
      assertAccepted(await slb.addToGroup(group, group.members.slice(0, 1)))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/addable-again',
      level: 'implied',
      text: 'A removed server can be put back on the same port.',
      source: `${page} › first sentence`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const first = group.members.slice(0, 1)
      assertAccepted(await slb.removeFromGroup(group, namedMembers(first)))
      assertAccepted(await slb.addToGroup(group, first))
      assertSame(await slb.members(group), group.members, 'The members of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/durable',
      level: 'implied',
      text: 'A removed member does not come back after a while.',
      source: `${page} › first sentence`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1))))
      await pause(slb.stage.session.limits.pollSeconds * 1000)
      assertSame(await slb.members(group), group.members.slice(1), 'The members of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/duplicates-in-list',
      level: 'reading',
      text: 'The page does not say whether one member may be named twice in a call.',
      source: `${parameters} › BackendServers`,
      readings: {
        accepted: 'The member is removed, once.',
        refused: 'The call is refused, and nothing changes.',
      },
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
      assertSame(await slb.members(group), group.members.slice(1), 'The members of the group')
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
      assertSame(await slb.members(group), group.members.slice(1), 'The members of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/json-white-space',
      level: 'implied',
      text: 'White space between the tokens of the list means nothing.',
      source: `${parameters} › BackendServers`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members.slice(0, 1))
      assertAccepted(await slb.removeFromGroup(group, JSON.stringify(named, null, 2)))
      assertSame(await slb.members(group), group.members.slice(1), 'The members of the group')
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
      assertSame(await slb.members(group), [], 'The members of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/extra-fields-tolerated',
      level: 'reading',
      text: 'The page does not say what weight, type and description mean in the list of a removal.',
      source: `${parameters} › BackendServers`,
      readings: removedIgnoredRefused,
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
      readings: removedIgnoredRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const first = group.members.slice(0, 1)
      const watch = await slb.watch(group)
      const printed = JSON.stringify(namedMembers(first)).replaceAll('"', "'")
      return watch.fate(await slb.removeFromGroup(group, printed), first)
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

  ...[
    { name: 'port-zero', what: 'zero', port: '0' },
    { name: 'port-negative', what: 'a negative number', port: '-1' },
    { name: 'port-above-range', what: 'one more than the highest', port: '65536' },
    { name: 'port-not-a-number', what: 'a word', port: 'http' },
  ].map(({ name, what, port }) =>
    check(
      {
        id: `slb/remove-vserver-group-backend-servers/${name}`,
        level: 'reading',
        text: `The page gives ports no range: as a port, ${what} removes nothing.`,
        source: `${parameters} › BackendServers`,
        readings: ignoredOrRefused,
      },
      async (slb) => {
        const [ServerId] = slb.servers(1)
        const group = await slb.groupOf(2)
        const watch = await slb.watch(group)
        return watch.untouched(await slb.removeFromGroup(group, [{ ServerId, Port: port }]))
      },
    ),
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
      text: 'A list that breaks off is refused as a whole.',
      source: `${parameters} › BackendServers`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const list = JSON.stringify(namedMembers(group.members))
      const before = await slb.survey()
      assertRefused(await slb.removeFromGroup(group, '{'))
      assertRefused(await slb.removeFromGroup(group, list.slice(0, -1)))
      assertRefused(await slb.removeFromGroup(group, list.slice(0, -2)))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeFromGroup(group, list), 'The list is complete again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/list-of-objects',
      level: 'must',
      text: 'What is not a list of objects, a lone object or a list of numbers, is refused.',
      source: `${parameters} › BackendServers › Example value`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const [named] = namedMembers(group.members)
      const before = await slb.survey()
      assertRefused(await slb.removeFromGroup(group, JSON.stringify(named)))
      assertRefused(await slb.removeFromGroup(group, [1]))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeFromGroup(group, [named]), 'It is a list of objects again.')
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

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/region-required',
      level: 'reading',
      text: 'The region is mandatory here and optional for the default group; clients fill it in.',
      source: `${parameters} › RegionId › Required`,
      readings: acceptedOrRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const watch = await slb.watch(group)
      const named = namedMembers(group.members.slice(0, 1))
      const answered = await slb.removeFromGroup(group, named, { RegionId: undefined })
      const left = await watch.left(answered)
      return readingOf(
        { refused: isRefused(answered), accepted: left.length === 1 },
        'A call without region was accepted, and the member is still there.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/unknown-region',
      level: 'must',
      text: 'A region that does not exist is refused.',
      source: `${parameters} › RegionId`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members.slice(0, 1))
      const before = await slb.survey()
      assertRefused(await slb.removeFromGroup(group, named, { RegionId: 'xx-nowhere-9' }))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeFromGroup(group, named), 'The region is its own again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/group-required',
      level: 'must',
      text: 'A call that names no group is refused, and removes nothing anywhere.',
      source: `${parameters} › VServerGroupId › Required`,
    },
    async (slb) => {
      const [group] = [await slb.groupOf(2), await slb.groupOf(2)]
      const named = namedMembers(group.members)
      const before = await slb.survey()
      assertRefused(await slb.removeFromGroup(group, named, { VServerGroupId: undefined }))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeFromGroup(group, named), 'The group is named again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/unknown-group',
      level: 'must',
      text: 'An id that names no group is refused, and removes nothing anywhere.',
      source: `${parameters} › VServerGroupId`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members)
      const before = await slb.survey()
      assertRefused(await slb.removeFromGroup({ id: 'rsp-poolproof0' }, named))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeFromGroup(group, named), 'The group exists.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/deleted-group',
      level: 'must',
      text: 'The id of a group that has been deleted is refused, and does not bring it back.',
      source: `${parameters} › VServerGroupId`,
    },
    async (slb) => {
      await slb.groupOf(2)
      const before = await slb.survey()
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members)
      assertAccepted(await slb.removeFromGroup(group, named.slice(0, 1)), 'It was still there.')
      await slb.deleteGroup(group)
      assertRefused(await slb.removeFromGroup(group, named.slice(1)))
      assertUnchanged(before, await slb.survey())
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/action-required',
      level: 'must',
      text: 'A call without an action, or with one misspelt, is refused and removes nothing.',
      source: `${parameters} › Action`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const before = await slb.survey()
      assertRefused(await slb.ask(withParameter(request, 'Action', undefined)))
      assertRefused(await slb.ask(withParameter(request, 'Action', `${page}z`)))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request), 'The action is spelt as on the page again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/unknown-version',
      level: 'implied',
      text: 'A version of the API that never was is refused, and removes nothing.',
      source: `${examples} › Request example › CommonParameters`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const before = await slb.survey()
      assertRefused(await slb.ask(withParameter(request, 'Version', '1999-01-01')))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request), 'The version is that of the page again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/weights-of-the-rest-kept',
      level: 'implied',
      text: 'The members that stay keep their weights, in the group and in the answer.',
      source: `${response} › Weight`,
    },
    async (slb) => {
      const [server] = slb.servers(1)
      const stay = [aMember(server, 8002, 0), aMember(server, 8003, 1), aMember(server, 8004, 100)]
      const group = await slb.group([aMember(server, 8001, 37), ...stay])
      const answered = await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1)))
      assertSame(serversOf(answered), stay, 'The members in the answer')
      assertUnchanged(stay, await slb.members(group))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/answer-in-xml',
      level: 'must',
      text: 'An answer in XML is called after the action, and has one element for each member left.',
      source: `${examples} › Response examples › XML`,
      needs: ['xml'],
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const named = namedMembers(group.members.slice(0, 1))
      const answered = await slb.removeFromGroup(group, named, {}, { format: 'XML' })
      assertSame(rootOf(answered), `${page}Response`, 'The root of the answer')
      assertSame(textIn(answered, 'VServerGroupId'), group.id, 'The VServerGroupId of the answer')
      assertSame(serversOf(answered), group.members.slice(1), 'The members in the answer')
      assertUnchanged(group.members.slice(1), await slb.members(group))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/xml-equals-json',
      level: 'implied',
      text: 'XML and JSON say the same of the same removal.',
      source: `${examples} › Response examples`,
      needs: ['xml'],
    },
    async (slb) => {
      const [one, other] = [await slb.groupOf(3), await slb.groupOf(3)]
      const named = namedMembers(one.members.slice(0, 1))
      const json = await slb.removeFromGroup(one, named, {}, { format: 'JSON' })
      const xml = await slb.removeFromGroup(other, named, {}, { format: 'XML' })
      assertSame(serversOf(xml), serversOf(json), 'The members in XML')
      assertSame(namesOf(xml), namesOf(json), 'The names of fields in XML')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/media-type',
      level: 'reading',
      text: 'The page does not say which content type an answer carries.',
      source: `${examples} › Response examples`,
      needs: ['xml'],
      readings: {
        matching: 'It names the format of the body.',
        other: 'It names another one, or there is none.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members)
      const json = await slb.removeFromGroup(group, named, {}, { format: 'JSON' })
      const xml = await slb.removeFromGroup(group, named, {}, { format: 'XML' })
      assertAccepted(json)
      assertAccepted(xml)
      const matching = /json/i.test(contentTypeOf(json)) && /xml/i.test(contentTypeOf(xml))
      return matching ? 'matching' : 'other'
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/format-default',
      level: 'reading',
      text: 'The page does not say in which format it answers a call that names none.',
      source: `${examples} › Response examples`,
      readings: { json: 'JSON.', xml: 'XML.', refused: 'The call is refused.' },
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const watch = await slb.watch(group)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const answered = await slb.ask(withParameter(request, 'Format', undefined))
      const left = await watch.left(answered)
      const removed = left.length === 0
      const xml = rootOf(answered) !== undefined
      return readingOf(
        { refused: isRefused(answered), xml: xml && removed, json: !xml && removed },
        'A call without a format was accepted, and the members are still there.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/wrapper',
      level: 'reading',
      text: 'The JSON example wraps the answer in an object of its own, as no other page does.',
      source: `${examples} › Response examples › JSON`,
      readings: {
        bare: 'The fields stand at the top of the answer.',
        wrapped: 'One object around them carries the name of the response.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const answered = await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1)))
      assertSame(textIn(answered, 'VServerGroupId'), group.id, 'The VServerGroupId of the answer')
      assertSame(serversOf(answered), group.members.slice(1), 'The members in the answer')
      return fieldsOf(answered) === answered.body ? 'bare' : 'wrapped'
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/number-form',
      level: 'reading',
      text: 'Port and weight are integers in the table, and text in the JSON example.',
      source: `${response} › Port, Weight; ${examples} › Response examples › JSON`,
      readings: { numbers: 'Both are numbers.', strings: 'Both are text.' },
    },
    async (slb) => {
      const group = await slb.groupOf(4)
      const answered = await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1)))
      assertSame(serversOf(answered), group.members.slice(1), 'The members in the answer')
      const values = elementsOf(answered).flatMap(({ Port, Weight }) => [Port, Weight])
      return readingOf(
        {
          numbers: values.every((value) => typeof value === 'number'),
          strings: values.every((value) => typeof value === 'string'),
        },
        `Ports and weights are written both ways in one answer: ${JSON.stringify(values)}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/answer-nested',
      level: 'must',
      text: 'BackendServers is an object that holds the members left as an array, BackendServer.',
      source: `${response} › BackendServers; ${examples} › Response examples`,
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const answered = await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1)))
      const inner = innerListOf(answered)
      assertThat(Array.isArray(inner), `With two members left, it is ${JSON.stringify(inner)}.`)
      assertSame(serversOf(answered), group.members.slice(1), 'The members in the answer')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/array-form',
      level: 'reading',
      text: 'The JSON example shows the only member left as an object, not as an array of one.',
      source: `${examples} › Response examples › JSON`,
      readings: {
        array: 'One member is an array of one, and none is an empty array.',
        'single-object': 'One member is an object.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members)
      const one = await slb.removeFromGroup(group, named.slice(0, 1))
      const none = await slb.removeFromGroup(group, named.slice(1))
      assertSame(serversOf(one), group.members.slice(1), 'The members in the answer')
      assertSame(serversOf(none), [], 'The members in the answer')
      const forms = [innerListOf(one), innerListOf(none)]
      return readingOf(
        { array: forms.every(Array.isArray), 'single-object': isFields(forms[0]) },
        `One member left, and then none, was written as ${JSON.stringify(forms)}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/description',
      level: 'reading',
      text: 'A description stands in each member of the table, said to be that of the group, and in no example.',
      source: `${response} › Description`,
      readings: { absent: 'There is none.', present: 'There is one, and it is text.' },
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const answered = await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1)))
      const found = elementsOf(answered).map(({ Description }) => typeof Description)
      return readingOf(
        {
          absent: found.every((type) => type === 'undefined'),
          present: found.every((type) => type === 'string' || type === 'undefined'),
        },
        `The descriptions are of the types ${found.join(', ')}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/post',
      level: 'reading',
      text: 'The page shows a call by GET only; clients also send a form by POST.',
      source: `${examples} › Request example`,
      readings: acceptedOrRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const watch = await slb.watch(group)
      const named = namedMembers(group.members.slice(0, 1))
      const answered = await slb.removeFromGroup(group, named, {}, { method: 'form' })
      const left = await watch.left(answered)
      return readingOf(
        { refused: isRefused(answered), accepted: left.length === 1 },
        'A form by POST was accepted, and the member is still there.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/post-with-query',
      level: 'reading',
      text: 'Some clients send POST with the parameters in the query; the page does not know it.',
      source: `${examples} › Request example`,
      readings: acceptedOrRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const watch = await slb.watch(group)
      const named = namedMembers(group.members.slice(0, 1))
      const answered = await slb.removeFromGroup(group, named, {}, { method: 'POST' })
      const left = await watch.left(answered)
      return readingOf(
        { refused: isRefused(answered), accepted: left.length === 1 },
        'POST with a query was accepted, and the member is still there.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/request-ids-unique',
      level: 'must',
      text: 'Every answer carries a request id, and no two the same.',
      source: `${response} › RequestId`,
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const named = namedMembers(group.members)
      const ids = [
        requestIdOf(await slb.removeFromGroup(group, named.slice(0, 1))),
        requestIdOf(await slb.removeFromGroup(group, named.slice(1, 2))),
        requestIdOf(await slb.removeFromGroup(group, named.slice(2, 3))),
        requestIdOf(await slb.removeFromGroup(group, named.slice(2, 3))),
      ]
      assertSame(new Set(ids).size, ids.length, 'The number of different request ids')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/error-shape',
      level: 'must',
      text: 'A refusal carries a code, a message and a request id.',
      source: `${page} › Error codes`,
    },
    async (slb) => {
      const group = await slb.groupOf(1)
      const named = namedMembers(group.members)
      const refused = await slb.removeFromGroup({ id: 'rsp-poolproof0' }, named)
      assertRefused(refused)
      const { Code, Message, RequestId } = fieldsOf(refused)
      const texts = [Code, Message, RequestId].every(
        (text) => typeof text === 'string' && text !== '',
      )
      assertThat(texts, `One of Code, Message and RequestId is missing: ${refused.text}`)
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/type-default',
      level: 'must',
      text: 'A member added without a type is listed as an ECS instance.',
      source: `${response} › Type`,
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const answered = await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1)))
      const types = elementsOf(answered).map(({ Type }) => Type)
      assertSame(types, ['ecs', 'ecs'], 'The types in the answer')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/eni',
      level: 'must',
      text: 'A network interface is listed as one, and is removed like an ECS instance.',
      source: `${response} › Type`,
      needs: ['eni'],
    },
    async (slb) => {
      const [server] = slb.servers(1)
      const [instance, eni] = [aMember(server, 8001, 37), { ...slb.eni(100), Port: 8001 }]
      const group = await slb.group([instance, eni])
      const without = await slb.removeFromGroup(group, namedMembers([instance]))
      assertSame(serversOf(without), [eni], 'The members in the answer')
      assertAccepted(await slb.removeFromGroup(group, namedMembers([eni])))
      assertSame(await slb.members(group), [], 'The members of the group')
    },
  ),

  unobservable(
    {
      id: 'slb/remove-vserver-group-backend-servers/signature',
      level: 'must',
      text: 'A call whose signature does not fit its parameters is refused.',
      source: `${examples} › Request example › CommonParameters`,
    },
    'This program signs every call; wrong signatures, sent often, can lock the key that was lent.',
  ),

  unobservable(
    {
      id: 'slb/remove-vserver-group-backend-servers/signature-age-and-replay',
      level: 'reading',
      text: 'The page does not say how long a signature holds, or that it holds only once.',
      source: `${examples} › Request example › CommonParameters`,
      readings: { once: 'It holds once, and for minutes.', longer: 'It holds longer.' },
    },
    'This program signs every call anew, with the time and a nonce of its own.',
  ),

  unobservable(
    {
      id: 'slb/remove-vserver-group-backend-servers/debug-link',
      level: 'must',
      text: 'The link to the API explorer names another action, the one that adds servers.',
      source: `${page} › Debug`,
    },
    'It is a link on the page; no call follows it.',
  ),

  unobservable(
    {
      id: 'slb/remove-vserver-group-backend-servers/traffic',
      level: 'implied',
      text: 'No new connection reaches a removed backend server.',
      source: `${page} › first sentence`,
    },
    'Shows only in traffic through the load balancer, never in its API.',
  ),
])
