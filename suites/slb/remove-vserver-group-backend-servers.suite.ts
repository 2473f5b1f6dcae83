/** RemoveVServerGroupBackendServers: what it does to members of a group, and what no exchange can show. */

import { check, suite } from '../../fixtures/slb/ground.ts'
import { aMember, namedMembers } from '../../fixtures/slb/lists.ts'
import { serversOf, sorted, type Server } from '../../fixtures/slb/wire-shapes.ts'
import {
  assertAccepted,
  assertSame,
  assertThat,
  assertUnchanged,
  isRefused,
} from '../../src/check/assert.ts'
import { unobservable, varying } from '../../src/check/check.ts'
import { effectEntries } from './either-removal/effect.ts'
import { trafficEntries } from './either-removal/traffic.ts'
import { NotOffered } from '../../src/model.ts'
import { fromVServerGroup } from './either-removal/removal.ts'
import { removeVServerGroupServersAnswer } from './remove-vserver-group-backend-servers.answer.suite.ts'
import { removeVServerGroupServersCall } from './remove-vserver-group-backend-servers.call.suite.ts'
import { removeVServerGroupServersCredentials } from './remove-vserver-group-backend-servers.credentials.suite.ts'
import { removeVServerGroupServersList } from './remove-vserver-group-backend-servers.list.suite.ts'
import { removeVServerGroupServersRequestRows } from './request-rows.ts'
import { removeVServerGroupServersResponseRows } from './response-rows.ts'
import { anyCallOnGroup } from './circumstances.ts'
import { judgeGroupRemoval } from './answers.ts'

const page = 'RemoveVServerGroupBackendServers'
const parameters = `${page} › Request parameters`
const response = `${page} › Response parameters`
const examples = `${page} › Examples`
const groupMembers = 'The list of members in the group'

export default suite(
  'remove-vserver-group-backend-servers',
  [
    ...varying(anyCallOnGroup, [
      ...effectEntries(fromVServerGroup),

      check(
        {
          id: 'slb/remove-vserver-group-backend-servers/identity-server-id-and-port',
          level: 'implied',
          text: 'A member is identified by server and port together: members that share only one of them stay.',
          source: `${examples} › Request example`,
        },
        async (slb) => {
          const [one, other] = slb.servers(2)
          const named = [aMember(one, 8001, 0), aMember(other, 8002, 50)]
          const neighbours = [aMember(one, 8002, 37), aMember(other, 8001, 100)]
          const group = await slb.group([...named, ...neighbours])
          assertAccepted(await slb.removeFromGroup(group, namedMembers(named)))
          assertSame(await slb.members(group), sorted(neighbours), groupMembers)
        },
      ),

      check(
        {
          id: 'slb/remove-vserver-group-backend-servers/only-that-group',
          level: 'implied',
          text: 'Other groups keep their members, also the same servers on the same ports.',
          source: `${parameters} › VServerGroupId`,
        },
        async (slb) => {
          const before = await slb.groupOf(2)
          const group = await slb.groupLike(before)
          const after = await slb.groupLike(before)
          assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members.slice(0, 1))))
          assertUnchanged(before.members, await slb.members(before))
          assertUnchanged(after.members, await slb.members(after))
        },
      ),

      check(
        {
          id: 'slb/remove-vserver-group-backend-servers/other-load-balancer-untouched',
          level: 'implied',
          text: 'A group of another load balancer keeps its members, also where it has the same name and the same members.',
          source: `${parameters} › VServerGroupId`,
        },
        async (slb) => {
          const [server] = slb.servers(1)
          const members = [aMember(server, 8001, 37), aMember(server, 8002, 100)]
          const [first, last] = [members.slice(0, 1), members.slice(1)]
          const name = slb.context.session.name('group')
          const other = await slb.otherLoadBalancer([])
          const namesake = await slb.groupOn(other, members, name)
          const group = await slb.group(members, name)
          assertAccepted(await slb.removeFromGroup(group, namedMembers(first)))
          assertAccepted(await slb.removeFromGroup(namesake, namedMembers(last)))
          assertSame(await slb.members(namesake), first, 'The list of members in the other group')
          assertSame(await slb.members(group), last, groupMembers)
        },
      ),

      check(
        {
          id: 'slb/remove-vserver-group-backend-servers/default-group-untouched',
          level: 'implied',
          text: 'A server that is removed from a VServer group stays in the default group.',
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
          id: 'slb/remove-vserver-group-backend-servers/absent-port-ignored',
          level: 'implied',
          text: 'Naming a member with a port that it does not have removes nothing and is not an error.',
          source: `${page} › Note`,
        },
        async (slb) => {
          const [server] = slb.servers(1)
          const group = await slb.groupOf(2)
          const named = namedMembers([aMember(server, 901, 37)])
          assertAccepted(await slb.removeFromGroup(group, named))
          assertUnchanged(group.members, await slb.members(group))
        },
      ),

      check(
        {
          id: 'slb/remove-vserver-group-backend-servers/member-and-stranger',
          level: 'must',
          text: 'Members are removed although servers that are not in the group are named between and after them.',
          source: `${page} › Note, under the first sentence`,
        },
        async (slb) => {
          const group = await slb.groupOf(3)
          const [first, second] = [group.members.slice(0, 1), group.members.slice(1, 2)]
          const absent = slb.absentMembers(2)
          const named = [...first, ...absent.slice(0, 1), ...second, ...absent.slice(1)]
          assertAccepted(await slb.removeFromGroup(group, namedMembers(named)))
          assertSame(await slb.members(group), group.members.slice(2), groupMembers)
        },
      ),

      check(
        {
          id: 'slb/remove-vserver-group-backend-servers/stranger-and-member',
          level: 'must',
          text: 'A member is removed although a server that is not in the group is named before it.',
          source: `${page} › Note, under the first sentence`,
        },
        async (slb) => {
          const group = await slb.groupOf(3)
          const named = [...slb.absentMembers(1), ...group.members.slice(0, 1)]
          assertAccepted(await slb.removeFromGroup(group, namedMembers(named)))
          assertSame(await slb.members(group), group.members.slice(1), groupMembers)
        },
      ),

      check(
        {
          id: 'slb/remove-vserver-group-backend-servers/group-stays-when-empty',
          level: 'implied',
          text: 'A group without members still exists, and is listed.',
          source: `${page} › first sentence`,
        },
        async (slb) => {
          const group = await slb.groupOf(2)
          assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members)))
          const ids = await slb.groupIds()
          assertThat(ids.includes(group.id), `The group ${group.id} is no longer listed.`)
          assertSame(await slb.members(group), [], groupMembers)
        },
      ),

      check(
        {
          id: 'slb/remove-vserver-group-backend-servers/list-of-groups',
          level: 'implied',
          text: 'The list of groups counts the members that are left, and still names the listener that uses the group.',
          source: `${page} › first sentence`,
        },
        async (slb) => {
          const group = await slb.groupOf(3)
          await slb.listener(group)
          const before = await slb.listedGroup(group)
          const counts = Number(before?.servers) === 3
          if (!before || (!counts && before.listenerPorts.length === 0)) {
            throw new NotOffered('The list of groups counts no members and names no listeners.')
          }
          const after = async (left: number) => {
            const { servers, listenerPorts } = (await slb.listedGroup(group)) ?? {}
            assertSame(listenerPorts, before.listenerPorts, 'The ports of listeners of the group')
            if (counts) assertSame(Number(servers), left, 'The number of members of the group')
          }
          const [first, ...others] = namedMembers(group.members)
          const [stranger] = namedMembers(slb.absentMembers(1))
          assertAccepted(await slb.removeFromGroup(group, [first, stranger]))
          await after((await slb.members(group)).length)
          assertAccepted(await slb.removeFromGroup(group, others))
          assertSame(await slb.members(group), [], groupMembers)
          await after(0)
        },
      ),

      check(
        {
          id: 'slb/remove-vserver-group-backend-servers/addable-again',
          level: 'implied',
          text: 'Removed servers can be added again on the same ports, and stay like others.',
          source: `${page} › first sentence`,
        },
        async (slb) => {
          const group = await slb.groupOf(2)
          const [never, ...absent] = slb.absentMembers(2)
          assertAccepted(await slb.removeFromGroup(group, namedMembers(group.members)))
          assertSame(await slb.members(group), [], groupMembers)
          const all = [...group.members, ...(never ? [never] : [])]
          assertSame(await slb.addedAgain(group, all), sorted(all), groupMembers)
          assertAccepted(await slb.removeFromGroup(group, namedMembers(absent)))
          assertSame(await slb.members(group), sorted(all), groupMembers)
        },
      ),

      check(
        {
          id: 'slb/remove-vserver-group-backend-servers/eni',
          level: 'implied',
          text: 'A network interface is listed with its type, whatever else was removed, and is removed like an ECS instance.',
          source: `${response} › Type`,
          needs: ['eni'],
        },
        async (slb) => {
          const [server] = slb.servers(1)
          const [eni, other] = [
            { ...slb.eni(100), Port: 8001 },
            { ...slb.eni(37), Port: 8002 },
          ]
          const instances = [aMember(server, 8001, 37), aMember(server, 8002, 0)]
          const group = await slb.group([...instances, eni, other])
          const first = await slb.removeFromGroup(group, namedMembers(instances.slice(0, 1)))
          const left = sorted([...instances.slice(1), eni, other])
          assertSame(await slb.members(group), left, groupMembers)
          assertSame(serversOf(first), left, 'The list in the answer')
          // The page names members by id and port only, and does not say whether a type may, or must, be named.
          const remove = async (some: readonly Server[]) => {
            const typed = namedMembers(some)
            const answered = await slb.removeFromGroup(group, typed)
            if (!isRefused(answered)) return answered
            return slb.removeFromGroup(
              group,
              typed.map(({ ServerId, Port }) => ({ ServerId, Port })),
            )
          }
          const second = await remove([eni])
          const rest = sorted([...instances.slice(1), other])
          assertSame(await slb.members(group), rest, groupMembers)
          assertSame(serversOf(second), rest, 'The list in the answer')
          const third = await remove([...instances.slice(1), other])
          assertSame(serversOf(third), [], 'The list in the answer')
          assertSame(await slb.members(group), [], groupMembers)
        },
      ),

      unobservable(
        {
          id: 'slb/remove-vserver-group-backend-servers/debug-link',
          level: 'reading',
          text: 'The link to the API explorer names another action, which adds servers.',
          source: `${page} › Debug`,
        },
        'It is a link on the page, and not part of any call.',
      ),

      ...removeVServerGroupServersList,
      ...removeVServerGroupServersCall,
      ...removeVServerGroupServersCredentials,
      ...removeVServerGroupServersAnswer,
      ...removeVServerGroupServersRequestRows,
      ...removeVServerGroupServersResponseRows,
    ]),
    ...trafficEntries(fromVServerGroup),
  ],
  judgeGroupRemoval,
)
