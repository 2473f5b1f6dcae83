/** RemoveBackendServers: the list that names the servers. */

import { check, type SlbGround } from '../../fixtures/slb/ground.ts'
import { assertStrangersTaken } from '../../fixtures/slb/lent-servers.ts'
import { aServer, namedServers } from '../../fixtures/slb/lists.ts'
import { commonReading, type Effect } from '../../fixtures/slb/group-look.ts'
import type { Server } from '../../fixtures/slb/wire-shapes.ts'
import { assertAccepted, assertControl, assertSame } from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { ignoredOrRefusedOrBoth, removedIgnoredOrRefused } from './readings.ts'
import { listEntries } from './either-removal/list.ts'
import { fromDefaultGroup } from './either-removal/removal.ts'

const page = 'RemoveBackendServers'
const parameters = `${page} › Request parameters`
const defaultGroup = 'The list of servers in the default group'

/** Names one of the servers in the default group with that weight, and says what happened to it. */
async function effectWithWeight(
  slb: SlbGround,
  one: readonly Server[],
  Weight: unknown,
): Promise<Effect> {
  const watch = await slb.watchDefaultGroup()
  const named = namedServers(one).map((server) => ({ ...server, Weight }))
  return watch.effectOn(one, await slb.removeServers(named))
}

export const removeBackendServersList: readonly Entry[] = [
  ...listEntries(fromDefaultGroup),

  check(
    {
      id: 'slb/remove-backend-servers/twenty-accepted',
      level: 'must',
      text: 'A call may name fifteen or twenty servers, and treats them as it treats two. Most of them are absent servers.',
      source: `${parameters} › BackendServers › sentence after the list`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const absent = slb.absent(19, 3)
      const two = await slb.removeServers(
        namedServers([...absent.slice(0, 1), ...servers.slice(0, 1)]),
      )
      assertStrangersTaken(two, absent)
      assertAccepted(two)
      const absentIgnored = (await slb.defaultServers()).length === 2
      const fifteen = [...absent.slice(0, 14), ...servers.slice(1, 2)]
      const twenty = [...absent, ...servers.slice(2)]
      for (const named of [fifteen, twenty]) {
        const answered = await slb.removeServers(namedServers(named))
        assertStrangersTaken(answered, absent)
        assertAccepted(answered)
      }
      const left = absentIgnored ? [] : servers
      assertSame(await slb.defaultServers(), left, defaultGroup)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/twenty-one-with-strangers',
      level: 'reading',
      text: 'The page does not say whether servers that are not in the group count towards the limit of twenty.',
      source: `${parameters} › BackendServers › sentence after the list; ${page} › Operation description › Note`,
      readings: {
        refused: 'Every server that is named counts: the call is refused.',
        accepted:
          'Only servers of the group count: the call is accepted, and the one server is removed.',
        'fails-silently': 'The call is accepted and removes nothing, as the note says.',
      },
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37)
      const watch = await slb.watchDefaultGroup()
      const named = namedServers([...servers, ...slb.absent(20, 1)])
      const effect = await watch.effectOn(servers, await slb.removeServers(named))
      const readings = { refused: 'refused', removed: 'accepted', ignored: 'fails-silently' }
      return readings[effect]
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/example-1',
      level: 'must',
      text: 'The first example of a list, with its spaces and quotes, removes an ECS instance.',
      source: `${parameters} › BackendServers › Examples › first`,
    },
    async (slb) => {
      const [server] = slb.servers(1)
      await slb.defaultGroup([aServer(server, 100)])
      const printed = `[{"ServerId":"${server}", "Type": "ecs","Weight":"100"}]`
      assertAccepted(await slb.removeServers(printed))
      assertSame(await slb.defaultServers(), [], defaultGroup)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/example-2',
      level: 'must',
      text: 'The second example of a list, with its spaces and quotes, removes a network interface.',
      source: `${parameters} › BackendServers › Examples › second`,
      needs: ['eni'],
    },
    async (slb) => {
      const [eni] = await slb.defaultGroup([slb.eni(100)])
      const printed = `[{"ServerId":"${eni?.ServerId}","Type": "eni","Weight":"100"}]`
      assertAccepted(await slb.removeServers(printed))
      assertSame(await slb.defaultServers(), [], defaultGroup)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/type-optional',
      level: 'must',
      text: 'A server that is named without a type is taken as an ECS instance, and is removed.',
      source: `${parameters} › BackendServers › Type › Valid values › ecs`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const named = servers.slice(0, 1).map(({ ServerId }) => ({ ServerId, Weight: '37' }))
      assertAccepted(await slb.removeServers(named))
      assertSame(await slb.defaultServers(), servers.slice(1), defaultGroup)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/type-ecs',
      level: 'must',
      text: 'A server may be named with the type of an ECS instance.',
      source: `${parameters} › BackendServers › Type › Valid values › ecs`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const named = servers.slice(0, 1).map(({ ServerId }) => ({ ServerId, Type: 'ecs' }))
      assertAccepted(await slb.removeServers(named))
      assertSame(await slb.defaultServers(), servers.slice(1), defaultGroup)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/type-eni',
      level: 'must',
      text: 'A network interface that is named with its type is removed.',
      source: `${parameters} › BackendServers › Type › Valid values › eni`,
      needs: ['eni'],
    },
    async (slb) => {
      const [server] = slb.servers(1)
      const [eni, instance] = [slb.eni(100), aServer(server, 37)]
      await slb.defaultGroup([eni, instance])
      assertAccepted(await slb.removeServers([{ ServerId: eni.ServerId, Type: 'eni' }]))
      assertSame(await slb.defaultServers(), [instance], defaultGroup)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/unknown-type',
      level: 'reading',
      text: 'The page does not say what happens to a server named with a type that the page does not list.',
      source: `${parameters} › BackendServers › Type`,
      readings: removedIgnoredOrRefused,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37)
      const watch = await slb.watchDefaultGroup()
      const named = namedServers(servers).map((server) => ({ ...server, Type: 'vm' }))
      return watch.effectOn(servers, await slb.removeServers(named))
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/other-type',
      level: 'reading',
      text: 'The page does not say what happens to an ECS instance that is named as a network interface.',
      source: `${parameters} › BackendServers › Type`,
      readings: removedIgnoredOrRefused,
    },
    async (slb) => {
      const one = (await slb.defaultGroupOf(37, 100)).slice(0, 1)
      const watch = await slb.watchDefaultGroup()
      const named = namedServers(one).map((server) => ({ ...server, Type: 'eni' }))
      return watch.effectOn(one, await slb.removeServers(named))
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/weight-optional',
      level: 'implied',
      text: 'A server may be named without its weight.',
      source: `${parameters} › BackendServers › Weight`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 0, 100)
      const named = servers.slice(0, 2).map(({ ServerId, Type }) => ({ ServerId, Type }))
      assertAccepted(await slb.removeServers(named))
      assertSame(await slb.defaultServers(), servers.slice(2), defaultGroup)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/weight-quoted',
      level: 'must',
      text: 'A weight may be text, as in the examples.',
      source: `${parameters} › BackendServers › Examples`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const [first] = servers
      const named = { ServerId: first?.ServerId, Type: 'ecs', Weight: String(first?.Weight) }
      assertAccepted(await slb.removeServers([named]))
      assertSame(await slb.defaultServers(), servers.slice(1), defaultGroup)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/weight-number',
      level: 'must',
      text: 'A weight may be a number, as in the table, alone and beside one that is text.',
      source: `${parameters} › BackendServers › Weight › last sentence`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const asNumbers = servers.map(({ ServerId, Type, Weight }) => ({
        ServerId,
        Type,
        Weight,
      }))
      assertAccepted(await slb.removeServers(asNumbers.slice(0, 1)))
      assertSame(await slb.defaultServers(), servers.slice(1), defaultGroup)
      const mixed = [...namedServers(servers.slice(1, 2)), ...asNumbers.slice(2)]
      assertAccepted(await slb.removeServers(mixed))
      assertSame(await slb.defaultServers(), [], defaultGroup)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/weight-bounds',
      level: 'must',
      text: 'A server may be named with the least weight, 0, or with the greatest, 100.',
      source: `${parameters} › BackendServers › Weight › Valid values`,
    },
    async (slb) => {
      const [light, heavy, other] = slb.servers(3)
      const bounds = [aServer(light, 0), aServer(heavy, 100)]
      await slb.defaultGroup([...bounds, aServer(other, 37)])
      assertAccepted(await slb.removeServers(namedServers(bounds)))
      assertSame(await slb.defaultServers(), [aServer(other, 37)], defaultGroup)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/weight-out-of-range',
      level: 'reading',
      text: 'The page does not say whether a server that is named with an invalid weight is removed.',
      source: `${parameters} › BackendServers › Weight`,
      readings: {
        ...removedIgnoredOrRefused,
        'it-depends': 'What happens depends on the weight.',
      },
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 0, 100)
      return commonReading([
        await effectWithWeight(slb, servers.slice(0, 1), 101),
        await effectWithWeight(slb, servers.slice(1, 2), -1),
        await effectWithWeight(slb, servers.slice(2), 'heavy'),
      ])
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/other-weight',
      level: 'reading',
      text: 'The page does not say whether a server must be named with the weight that it has.',
      source: `${parameters} › BackendServers › Weight`,
      readings: {
        removed: 'The server is removed, whatever its weight.',
        kept: 'The server stays and keeps its weight: the call is accepted and does nothing.',
        refused: 'The call is refused.',
      },
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37)
      const watch = await slb.watchDefaultGroup()
      const named = namedServers(servers).map((server) => ({ ...server, Weight: '10' }))
      const readings = { removed: 'removed', ignored: 'kept', refused: 'refused' }
      return readings[await watch.effectOn(servers, await slb.removeServers(named))]
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/missing-server-id',
      level: 'implied',
      text: 'An element without a server id names no server, so nothing is removed.',
      source: `${parameters} › BackendServers › ServerId › last sentence`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const watch = await slb.watchDefaultGroup()
      await watch.untouched(await slb.removeServers([{ Type: 'ecs', Weight: '37' }]))
      assertControl(await slb.removeServers(namedServers(servers)))
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/unknown-key',
      level: 'reading',
      text: 'The page does not say what happens to a server that is named with a key that the page does not list.',
      source: `${parameters} › BackendServers`,
      readings: removedIgnoredOrRefused,
    },
    async (slb) => {
      const one = (await slb.defaultGroupOf(37, 100)).slice(0, 1)
      const watch = await slb.watchDefaultGroup()
      const named = namedServers(one).map((server) => ({ ...server, Conformance: 1 }))
      return watch.effectOn(one, await slb.removeServers(named))
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/server-id-not-text',
      level: 'reading',
      text: 'A server id is text: an element with a number, null or an empty text as its id removes nothing.',
      source: `${parameters} › BackendServers › ServerId`,
      readings: ignoredOrRefusedOrBoth,
    },
    async (slb) => {
      await slb.defaultGroupOf(37)
      const watch = await slb.watchDefaultGroup()
      return commonReading([
        await watch.untouched(await slb.removeServers([{ ServerId: 1, Type: 'ecs' }])),
        await watch.untouched(await slb.removeServers([{ ServerId: null, Type: 'ecs' }])),
        await watch.untouched(await slb.removeServers([{ ServerId: '', Type: 'ecs' }])),
      ])
    },
  ),
]
