/** RemoveBackendServers: what it does to servers of the default group, and what no exchange can show. */

import { check, suite, type SlbGround } from '../../fixtures/slb/ground.ts'
import { assertStrangersTaken } from '../../fixtures/slb/lent-servers.ts'
import { aMember, aServer, namedServers } from '../../fixtures/slb/lists.ts'
import { sorted, type Server } from '../../fixtures/slb/wire-shapes.ts'
import { assertAccepted, assertSame, assertThat, assertUnchanged } from '../../src/check/assert.ts'
import { unobservable, varying } from '../../src/check/check.ts'
import { NotOffered } from '../../src/model.ts'
import { credentialsEntries } from './either-removal/credentials.ts'
import { effectEntries } from './either-removal/effect.ts'
import { trafficEntries } from './either-removal/traffic.ts'
import { fromDefaultGroup, listIn } from './either-removal/removal.ts'
import { removeBackendServersAuthorization } from './remove-backend-servers.authorization.suite.ts'
import { removeBackendServersAnswer } from './remove-backend-servers.answer.suite.ts'
import { removeBackendServersCall } from './remove-backend-servers.call.suite.ts'
import { removeBackendServersList } from './remove-backend-servers.list.suite.ts'
import { removeServersRequestRows } from './request-rows.ts'
import { removeServersResponseRows } from './response-rows.ts'
import { anyCallOnDefaultGroup } from './circumstances.ts'
import { judgeRemoval } from './answers.ts'

const page = 'RemoveBackendServers'
const note = `${page} › Operation description › Note`
const parameters = `${page} › Request parameters`
const response = `${page} › Response parameters`
const defaultGroup = 'The list of servers in the default group'

const ignoredOrFailsSilently = {
  ignored: 'The absent server is ignored, and the other one is removed.',
  'fails-silently': 'The call is accepted and removes nothing, as the note says.',
}

/** Names an absent server beside those in the group, and says what happened to these. */
async function removeWithAbsent(
  slb: SlbGround,
  named: readonly Server[],
  present: readonly Server[],
): Promise<keyof typeof ignoredOrFailsSilently> {
  const watch = await slb.watchDefaultGroup()
  const answered = await slb.removeServers(namedServers(named))
  assertStrangersTaken(answered, named)
  assertAccepted(answered, 'No reading allows an error for an absent server.')
  const effect = await watch.effectOn(present, answered)
  return effect === 'removed' ? 'ignored' : 'fails-silently'
}

export default suite(
  'remove-backend-servers',
  [
    ...varying(anyCallOnDefaultGroup, [
      ...effectEntries(fromDefaultGroup),

      check(
        {
          id: 'slb/remove-backend-servers/vserver-groups-untouched',
          level: 'implied',
          text: 'A server that is removed from the default group stays in every VServer group, on each of its ports.',
          source: `${parameters} › LoadBalancerId`,
        },
        async (slb) => {
          const [one, other] = slb.servers(2)
          const servers = await slb.defaultGroupOf(37, 100)
          const idle = await slb.group([aMember(one, 8001, 0), aMember(other, 8002, 0)])
          const group = await slb.group([
            aMember(one, 8001, 37),
            aMember(one, 8002, 0),
            aMember(other, 8001, 100),
          ])
          assertAccepted(await slb.removeServers(namedServers(servers)))
          assertUnchanged(idle.members, await slb.members(idle))
          assertUnchanged(group.members, await slb.members(group))
        },
      ),

      check(
        {
          id: 'slb/remove-backend-servers/other-load-balancer-untouched',
          level: 'implied',
          text: 'A server that is removed from one load balancer stays in another one.',
          source: `${parameters} › LoadBalancerId`,
        },
        async (slb) => {
          const servers = await slb.defaultGroupOf(37, 100)
          const other = await slb.otherLoadBalancer(servers)
          const [first, last] = [servers.slice(0, 1), servers.slice(1)]
          assertAccepted(await slb.removeServers(namedServers(first)))
          assertAccepted(await slb.removeServers(namedServers(last), { RegionId: undefined }))
          assertUnchanged(servers, await slb.defaultServers(other))
        },
      ),

      check(
        {
          id: 'slb/remove-backend-servers/member-and-stranger',
          level: 'reading',
          text: 'The note says that a call with an absent server fails without an error; a server named before the absent one may stay or be removed.',
          source: note,
          readings: ignoredOrFailsSilently,
        },
        async (slb) => {
          const servers = await slb.defaultGroupOf(37, 100)
          const named = [...servers.slice(0, 1), ...slb.absent(1, 2)]
          return removeWithAbsent(slb, named, servers.slice(0, 1))
        },
      ),

      check(
        {
          id: 'slb/remove-backend-servers/stranger-and-member',
          level: 'reading',
          text: 'The note says that a call with an absent server fails without an error; a server named after the absent one may stay or be removed.',
          source: note,
          readings: ignoredOrFailsSilently,
        },
        async (slb) => {
          const servers = await slb.defaultGroupOf(37, 100)
          const named = [...slb.absent(1, 2), ...servers.slice(0, 1)]
          return removeWithAbsent(slb, named, servers.slice(0, 1))
        },
      ),

      check(
        {
          id: 'slb/remove-backend-servers/empty-load-balancer',
          level: 'implied',
          text: 'A load balancer without servers accepts a removal, and still has none afterwards.',
          source: note,
        },
        async (slb) => {
          await slb.defaultGroup([])
          const absent = slb.absent(1, 0)
          const answered = await slb.removeServers(namedServers(absent))
          assertStrangersTaken(answered, absent)
          assertAccepted(answered)
          assertSame(await slb.defaultServers(), [], defaultGroup)
        },
      ),

      check(
        {
          id: 'slb/remove-backend-servers/stored-weights-kept',
          level: 'implied',
          text: 'The servers that stay keep their weights, in the group and in the answer.',
          source: `${parameters} › BackendServers › Weight; ${response} › Weight`,
        },
        async (slb) => {
          const servers = await slb.defaultGroupOf(37, 0, 100)
          const answered = await slb.removeServers(namedServers(servers.slice(0, 1)))
          listIn(fromDefaultGroup, answered, {
            remaining: servers.slice(1),
            removed: servers.slice(0, 1),
          })
          assertUnchanged(servers.slice(1), await slb.defaultServers())
        },
      ),

      check(
        {
          id: 'slb/remove-backend-servers/load-balancer-stays',
          level: 'implied',
          text: 'Removing the last server changes nothing else on the load balancer.',
          source: `${page} › first sentence`,
        },
        async (slb) => {
          const servers = await slb.defaultGroupOf(37)
          const before = await slb.loadBalancer()
          assertAccepted(await slb.removeServers(namedServers(servers)))
          assertUnchanged(before, await slb.loadBalancer())
          await slb.assertServing()
        },
      ),

      check(
        {
          id: 'slb/remove-backend-servers/emptied-for-the-first-time',
          level: 'implied',
          text: 'Removing the last server of a load balancer for the first time changes nothing else on it.',
          source: `${page} › first sentence`,
        },
        async (slb) => {
          const [one] = slb.servers(1)
          const servers = [aServer(one, 100)]
          const other = await slb.otherLoadBalancer(servers)
          const before = await slb.loadBalancer(other)
          assertAccepted(await slb.removeServers(namedServers(servers), { LoadBalancerId: other }))
          assertSame(await slb.defaultServers(other), [], defaultGroup)
          assertUnchanged(before, await slb.loadBalancer(other))
          await slb.assertServing(other)
        },
      ),

      check(
        {
          id: 'slb/remove-backend-servers/listeners-untouched',
          level: 'implied',
          text: 'Removing all servers leaves the listeners as they were, and the VServer group that one of them uses.',
          source: `${page} › first sentence`,
        },
        async (slb) => {
          await slb.listener()
          const [one] = slb.servers(1)
          const group = await slb.group([aMember(one, 8001, 37)])
          await slb.listener(group)
          const servers = await slb.defaultGroupOf(37, 100)
          const before = await slb.loadBalancer()
          assertAccepted(await slb.removeServers(namedServers(servers)))
          assertUnchanged(before, await slb.loadBalancer())
          assertUnchanged(group.members, await slb.members(group))
        },
      ),

      check(
        {
          id: 'slb/remove-backend-servers/addable-again',
          level: 'implied',
          text: 'A removed server can be added again.',
          source: `${page} › first sentence`,
        },
        async (slb) => {
          const servers = await slb.defaultGroupOfSpare(100)
          const never = slb.absent(1, 0)
          assertAccepted(await slb.removeServers(namedServers(servers)))
          assertSame(await slb.defaultServers(), [], defaultGroup)
          const again = await slb.addedAgainToDefault([...servers, ...never])
          assertSame(again, sorted([...servers, ...never]), defaultGroup)
        },
      ),

      check(
        {
          id: 'slb/remove-backend-servers/gone-from-filter',
          level: 'implied',
          text: 'A list of the load balancers that have a server no longer shows the one from which it was removed.',
          source: `${page} › first sentence`,
        },
        async (slb) => {
          const servers = await slb.defaultGroupOf(37, 100)
          const [{ ServerId } = { ServerId: '' }] = servers
          const [stranger] = slb.strangers(1)
          const others = stranger ? await slb.isFoundBy(stranger.ServerId) : true
          if (others || !(await slb.isFoundBy(ServerId))) {
            throw new NotOffered('This target does not find load balancers by their servers.')
          }
          assertAccepted(await slb.removeServers(namedServers(servers.slice(0, 1))))
          assertThat(
            !(await slb.isFoundBy(ServerId)),
            `The load balancer ${slb.loadBalancerId} is still found by the server ${ServerId}.`,
          )
        },
      ),

      unobservable(
        {
          id: 'slb/remove-backend-servers/system-busy',
          level: 'must',
          text: 'A service that is busy answers 400 with the code SystemBusy, and the call can be repeated.',
          source: `${page} › Error codes`,
        },
        'No call can cause this answer. When it comes, the call is repeated.',
      ),

      removeBackendServersAuthorization,

      unobservable(
        {
          id: 'slb/remove-backend-servers/change-history',
          level: 'must',
          text: 'An error code was removed in December 2023.',
          source: `${page} › Change history`,
        },
        'The page does not say which one, and no call can show that a code is never used.',
      ),

      ...removeBackendServersList,
      ...removeBackendServersCall,
      ...credentialsEntries(fromDefaultGroup),
      ...removeBackendServersAnswer,
      ...removeServersRequestRows,
      ...removeServersResponseRows,
    ]),
    ...trafficEntries(fromDefaultGroup),
  ],
  judgeRemoval(fromDefaultGroup),
)
