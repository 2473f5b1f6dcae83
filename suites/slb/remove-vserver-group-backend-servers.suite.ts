/** What the page on taking backend servers out of a VServer group says it does, and what no exchange can show. */

import { setTimeout as pause } from 'node:timers/promises'
import { check, suite } from '../../fixtures/slb/ground.ts'
import { aMember, namedMembers } from '../../fixtures/slb/lists.ts'
import { serversOf, sorted } from '../../fixtures/slb/wire-shapes.ts'
import { assertAccepted, assertSame, assertThat, assertUnchanged } from '../../src/check/assert.ts'
import { unobservable } from '../../src/check/check.ts'
import { removeVServerGroupServersAnswer } from './remove-vserver-group-backend-servers.answer.suite.ts'
import { removeVServerGroupServersCall } from './remove-vserver-group-backend-servers.call.suite.ts'
import { removeVServerGroupServersCredentials } from './remove-vserver-group-backend-servers.credentials.suite.ts'
import { removeVServerGroupServersList } from './remove-vserver-group-backend-servers.list.suite.ts'
import { removeVServerGroupServersRequestRows } from './request-rows.ts'
import { removeVServerGroupServersResponseRows } from './response-rows.ts'

const page = 'RemoveVServerGroupBackendServers'
const parameters = `${page} › Request parameters`
const response = `${page} › Response parameters`
const examples = `${page} › Examples`

export default suite('remove-vserver-group-backend-servers', [
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
      assertSame(await slb.members(group), others, 'What the group holds')
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
      assertSame(await slb.members(group), others, 'What the group holds')
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
      const named = [aMember(one, 8001, 0), aMember(other, 8002, 50)]
      const neighbours = [aMember(one, 8002, 37), aMember(other, 8001, 100)]
      const group = await slb.group([...named, ...neighbours])
      assertAccepted(await slb.removeFromGroup(group, namedMembers(named)))
      assertSame(await slb.members(group), sorted(neighbours), 'What the group holds')
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
      text: 'Naming a server that is not in the group, or that does not exist, removes nothing and is no error.',
      source: `${page} › Note`,
    },
    async (slb) => {
      const [member, absent] = slb.servers(2)
      const group = await slb.group([aMember(member, 8001, 37), aMember(member, 8002, 100)])
      const named = namedMembers([aMember(absent, 8001, 37)])
      assertAccepted(await slb.removeFromGroup(group, named))
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
      assertSame(await slb.members(group), group.members.slice(1), 'What the group holds')
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
      assertSame(await slb.members(group), group.members.slice(1), 'What the group holds')
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
      assertSame(await slb.members(group), group.members.slice(1), 'What the group holds')
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
      assertSame(await slb.members(group), [], 'What the group holds')
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
      assertSame(await slb.members(group), group.members, 'What the group holds')
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
      assertSame(await slb.members(group), group.members.slice(1), 'What the group holds')
      await pause(slb.context.session.limits.lastingSeconds * 1000)
      assertSame(await slb.members(group), group.members.slice(1), 'What the group holds')
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
      assertSame(serversOf(without), [eni], 'What the answer lists')
      assertAccepted(await slb.removeFromGroup(group, namedMembers([eni])))
      assertSame(await slb.members(group), [], 'What the group holds')
    },
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

  ...removeVServerGroupServersList,
  ...removeVServerGroupServersCall,
  ...removeVServerGroupServersCredentials,
  ...removeVServerGroupServersAnswer,
  ...removeVServerGroupServersRequestRows,
  ...removeVServerGroupServersResponseRows,
])
