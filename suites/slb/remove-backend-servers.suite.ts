/** What the page on taking backend servers out of the default group says it does, and what no exchange can show. */

import { setTimeout as pause } from 'node:timers/promises'
import { check, suite } from '../../fixtures/slb/ground.ts'
import { aMember, aServer, namedServers } from '../../fixtures/slb/lists.ts'
import { defaultServersOf } from '../../fixtures/slb/wire-shapes.ts'
import { assertAccepted, assertSame, assertUnchanged } from '../../src/check/assert.ts'
import { unobservable } from '../../src/check/check.ts'
import { removeBackendServersAnswer } from './remove-backend-servers.answer.suite.ts'
import { removeBackendServersCall } from './remove-backend-servers.call.suite.ts'
import { removeBackendServersCredentials } from './remove-backend-servers.credentials.suite.ts'
import { removeBackendServersList } from './remove-backend-servers.list.suite.ts'
import { removeServersRequestRows } from './request-rows.ts'
import { removeServersResponseRows } from './response-rows.ts'

const page = 'RemoveBackendServers'
const note = `${page} › Operation description › Note`
const parameters = `${page} › Request parameters`
const response = `${page} › Response parameters`

const ignoredOrFailing = {
  ignored: 'The absent server is passed over, and the other one is removed.',
  'fails-silently': 'The call is accepted and removes nothing, as the note has it.',
}

export default suite('remove-backend-servers', [
  check(
    {
      id: 'slb/remove-backend-servers/removes-named-server',
      level: 'must',
      text: 'The named server leaves the default group, and the other servers stay.',
      source: `${page} › first sentence`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      assertAccepted(await slb.removeServers(namedServers(servers.slice(1, 2))))
      assertSame(
        await slb.defaultServers(),
        servers.toSpliced(1, 1),
        'What the default group holds',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/several-in-one-call',
      level: 'must',
      text: 'One call removes as many servers as it names.',
      source: `${parameters} › BackendServers`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const named = [...servers.slice(0, 1), ...servers.slice(2)]
      assertAccepted(await slb.removeServers(namedServers(named)))
      assertSame(await slb.defaultServers(), servers.slice(1, 2), 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/vserver-groups-untouched',
      level: 'implied',
      text: 'VServer groups keep a server that leaves the default group.',
      source: `${parameters} › LoadBalancerId`,
    },
    async (slb) => {
      const [one, other] = slb.servers(2)
      const servers = await slb.defaultGroupOf(37, 100)
      const group = await slb.group([aMember(one, 8001, 37), aMember(other, 8001, 100)])
      assertAccepted(await slb.removeServers(namedServers(servers)))
      assertUnchanged(group.members, await slb.members(group))
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/other-load-balancer-untouched',
      level: 'implied',
      text: 'Another load balancer keeps a server that leaves this one.',
      source: `${parameters} › LoadBalancerId`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const other = await slb.otherLoadBalancer(servers)
      assertAccepted(await slb.removeServers(namedServers(servers.slice(0, 1))))
      assertUnchanged(servers, await slb.defaultServers(other))
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/absent-server-ignored',
      level: 'must',
      text: 'Naming a server that is not in the group, or that does not exist, removes nothing and reports no error.',
      source: note,
    },
    async (slb) => {
      const [, absent] = slb.servers(2)
      const servers = await slb.defaultGroupOf(37)
      assertAccepted(await slb.removeServers(namedServers([aServer(absent, 37)])))
      assertAccepted(await slb.removeServers(namedServers(slb.strangers(1))))
      assertUnchanged(servers, await slb.defaultServers())
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/member-and-stranger',
      level: 'reading',
      text: 'The note has a call with an absent server fail without an error; a server named before it may stay or go.',
      source: note,
      readings: ignoredOrFailing,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const watch = await slb.watchDefaultGroup()
      const named = [...servers.slice(0, 1), ...slb.strangers(1)]
      const answered = await slb.removeServers(namedServers(named))
      assertAccepted(answered, 'By no reading an absent server is reported as an error.')
      const fate = await watch.fate(answered, servers.slice(0, 1))
      return fate === 'removed' ? 'ignored' : 'fails-silently'
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/stranger-and-member',
      level: 'reading',
      text: 'The note has a call with an absent server fail without an error; a server named after it may stay or go.',
      source: note,
      readings: ignoredOrFailing,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const watch = await slb.watchDefaultGroup()
      const named = [...slb.strangers(1), ...servers.slice(0, 1)]
      const answered = await slb.removeServers(namedServers(named))
      assertAccepted(answered, 'By no reading an absent server is reported as an error.')
      const fate = await watch.fate(answered, servers.slice(0, 1))
      return fate === 'removed' ? 'ignored' : 'fails-silently'
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/repeated',
      level: 'implied',
      text: 'Removing a server for the second time reports no error and changes nothing more.',
      source: note,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const named = namedServers(servers.slice(0, 1))
      assertAccepted(await slb.removeServers(named))
      assertAccepted(await slb.removeServers(named))
      assertSame(await slb.defaultServers(), servers.slice(1), 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/empty-load-balancer',
      level: 'implied',
      text: 'A load balancer without servers takes a removal, and stays without.',
      source: note,
    },
    async (slb) => {
      await slb.defaultGroup([])
      const answered = await slb.removeServers(namedServers(slb.strangers(1)))
      assertSame(defaultServersOf(answered), [], 'What the answer lists')
      assertSame(await slb.defaultServers(), [], 'What the default group holds')
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
      const servers = await slb.defaultGroupOf(37, 0, 1, 100)
      const answered = await slb.removeServers(namedServers(servers.slice(0, 1)))
      assertSame(defaultServersOf(answered), servers.slice(1), 'What the answer lists')
      assertUnchanged(servers.slice(1), await slb.defaultServers())
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/empties',
      level: 'must',
      text: 'The last server can be removed like any other.',
      source: `${page} › first sentence`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37)
      assertAccepted(await slb.removeServers(namedServers(servers)))
      assertSame(await slb.defaultServers(), [], 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/load-balancer-stays',
      level: 'implied',
      text: 'A load balancer that loses its last server stays as it was otherwise.',
      source: `${page} › first sentence`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37)
      const before = await slb.loadBalancer()
      assertAccepted(await slb.removeServers(namedServers(servers)))
      assertUnchanged(before, await slb.loadBalancer())
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/emptied-for-the-first-time',
      level: 'implied',
      text: 'A load balancer that never lost its last server before is as it was after losing it.',
      source: `${page} › first sentence`,
    },
    async (slb) => {
      const [one] = slb.servers(1)
      const servers = [aServer(one, 100)]
      const other = await slb.otherLoadBalancer(servers)
      const before = await slb.loadBalancer(other)
      assertAccepted(await slb.removeServers(namedServers(servers), { LoadBalancerId: other }))
      assertSame(await slb.defaultServers(other), [], 'What the default group holds')
      assertUnchanged(before, await slb.loadBalancer(other))
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/listeners-untouched',
      level: 'implied',
      text: 'Listeners outlive the servers they would have sent requests to.',
      source: `${page} › first sentence`,
    },
    async (slb) => {
      await slb.listener()
      const servers = await slb.defaultGroupOf(37, 100)
      const before = await slb.loadBalancer()
      assertAccepted(await slb.removeServers(namedServers(servers)))
      assertUnchanged(before, await slb.loadBalancer())
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/addable-again',
      level: 'implied',
      text: 'A removed server can be put back.',
      source: `${page} › first sentence`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOfSpare(100)
      assertAccepted(await slb.removeServers(namedServers(servers)))
      assertSame(await slb.defaultServers(), [], 'What the default group holds')
      assertAccepted(await slb.addServers(servers))
      assertSame(await slb.defaultServers(), servers, 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/durable',
      level: 'implied',
      text: 'A removed server does not come back after a while.',
      source: `${page} › first sentence`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      assertAccepted(await slb.removeServers(namedServers(servers.slice(0, 1))))
      assertSame(await slb.defaultServers(), servers.slice(1), 'What the default group holds')
      await pause(slb.context.session.limits.lastingSeconds * 1000)
      assertSame(await slb.defaultServers(), servers.slice(1), 'What the default group holds')
    },
  ),

  unobservable(
    {
      id: 'slb/remove-backend-servers/system-busy',
      level: 'must',
      text: 'A service that is busy answers 400 with the code SystemBusy, and may be asked again.',
      source: `${page} › Error codes`,
    },
    'No call provokes it. Where it is met, the call is repeated.',
  ),

  unobservable(
    {
      id: 'slb/remove-backend-servers/authorization',
      level: 'must',
      text: 'Only a user who may write to the load balancer and the instance can remove servers.',
      source: `${page} › Authorization information`,
    },
    'It would take a second key, one without the permission.',
  ),

  unobservable(
    {
      id: 'slb/remove-backend-servers/change-history',
      level: 'must',
      text: 'An error code was withdrawn in December 2023.',
      source: `${page} › Change history`,
    },
    'The page does not say which one, and an absence cannot be provoked.',
  ),

  unobservable(
    {
      id: 'slb/remove-backend-servers/traffic',
      level: 'implied',
      text: 'No new connection reaches a removed backend server.',
      source: `${page} › first sentence`,
    },
    'Shows only in traffic through the load balancer, never in its API.',
  ),

  ...removeBackendServersList,
  ...removeBackendServersCall,
  ...removeBackendServersCredentials,
  ...removeBackendServersAnswer,
  ...removeServersRequestRows,
  ...removeServersResponseRows,
])
