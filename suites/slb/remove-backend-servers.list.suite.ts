/** What the page on taking backend servers out of the default group says of the list that names them. */

import { check, type SlbGround } from '../../fixtures/slb/ground.ts'
import { aServer, namedServers } from '../../fixtures/slb/lists.ts'
import { together, type Fate } from '../../fixtures/slb/watch.ts'
import {
  assertAccepted,
  assertRefused,
  assertSame,
  assertUnchanged,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import {
  ignoredOrRefused,
  ignoredOrRefusedOrBoth,
  onceOrRefused,
  removedIgnoredOrRefused,
} from './readings.ts'

const page = 'RemoveBackendServers'
const parameters = `${page} › Request parameters`

/** Names one of the servers in the default group with that weight, and says what became of it. */
async function fateWithWeight(slb: SlbGround, Weight: unknown): Promise<Fate> {
  const watch = await slb.watchDefaultGroup()
  const one = (await slb.defaultServers()).slice(0, 1)
  const named = namedServers(one).map((server) => ({ ...server, Weight }))
  return watch.fate(await slb.removeServers(named), one)
}

export const removeBackendServersList: readonly Entry[] = [
  check(
    {
      id: 'slb/remove-backend-servers/twenty-accepted',
      level: 'must',
      text: 'Twenty servers can be named at once, and fare like two: absent ones fill the list here.',
      source: `${parameters} › BackendServers`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const two = [...slb.strangers(1), ...servers.slice(0, 1)]
      assertAccepted(await slb.removeServers(namedServers(two)))
      const passedOver = (await slb.defaultServers()).length === 2
      const twenty = [...servers.slice(1, 2), ...slb.strangers(18), ...servers.slice(2)]
      assertAccepted(await slb.removeServers(namedServers(twenty)))
      const left = passedOver ? [] : servers
      assertSame(await slb.defaultServers(), left, 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/twenty-one-refused',
      level: 'must',
      text: 'Twenty-one servers in one call are refused as a whole; twenty of them are not.',
      source: `${parameters} › BackendServers`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37)
      const named = namedServers([...servers, ...slb.strangers(20)])
      const before = await slb.survey()
      assertRefused(await slb.removeServers(named))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeServers(named.slice(0, 20)), 'One less was named.')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/example-1',
      level: 'must',
      text: 'The first example, spaces and quotes included, removes an ECS instance.',
      source: `${parameters} › BackendServers › Examples`,
    },
    async (slb) => {
      const [server] = slb.servers(1)
      await slb.defaultGroup([aServer(server, 100)])
      const printed = `[{"ServerId":"${server}", "Type": "ecs","Weight":"100"}]`
      assertAccepted(await slb.removeServers(printed))
      assertSame(await slb.defaultServers(), [], 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/example-2',
      level: 'must',
      text: 'The second example, spaces and quotes included, removes a network interface.',
      source: `${parameters} › BackendServers › Examples`,
      needs: ['eni'],
    },
    async (slb) => {
      const [eni] = await slb.defaultGroup([slb.eni(100)])
      const printed = `[{"ServerId":"${eni?.ServerId}","Type": "eni","Weight":"100"}]`
      assertAccepted(await slb.removeServers(printed))
      assertSame(await slb.defaultServers(), [], 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/type-optional',
      level: 'must',
      text: 'A server named without a type is an ECS instance, and is removed.',
      source: `${parameters} › BackendServers › Type`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const named = servers.slice(0, 1).map(({ ServerId }) => ({ ServerId, Weight: '37' }))
      assertAccepted(await slb.removeServers(named))
      assertSame(await slb.defaultServers(), servers.slice(1), 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/type-ecs',
      level: 'must',
      text: 'A server may be named as an ECS instance.',
      source: `${parameters} › BackendServers › Type`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const named = servers.slice(0, 1).map(({ ServerId }) => ({ ServerId, Type: 'ecs' }))
      assertAccepted(await slb.removeServers(named))
      assertSame(await slb.defaultServers(), servers.slice(1), 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/type-eni',
      level: 'must',
      text: 'A network interface is named as one, and is removed.',
      source: `${parameters} › BackendServers › Type`,
      needs: ['eni'],
    },
    async (slb) => {
      const [server] = slb.servers(1)
      const [eni, instance] = [slb.eni(100), aServer(server, 37)]
      await slb.defaultGroup([eni, instance])
      assertAccepted(await slb.removeServers([{ ServerId: eni.ServerId, Type: 'eni' }]))
      assertSame(await slb.defaultServers(), [instance], 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/unknown-type',
      level: 'reading',
      text: 'The page does not say what a type that it does not list means.',
      source: `${parameters} › BackendServers › Type`,
      readings: removedIgnoredOrRefused,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37)
      const watch = await slb.watchDefaultGroup()
      const named = namedServers(servers).map((server) => ({ ...server, Type: 'vm' }))
      return watch.fate(await slb.removeServers(named), servers)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/other-type',
      level: 'reading',
      text: 'The page does not say what naming an ECS instance as a network interface does.',
      source: `${parameters} › BackendServers › Type`,
      readings: removedIgnoredOrRefused,
    },
    async (slb) => {
      const one = (await slb.defaultGroupOf(37, 100)).slice(0, 1)
      const watch = await slb.watchDefaultGroup()
      const named = namedServers(one).map((server) => ({ ...server, Type: 'eni' }))
      return watch.fate(await slb.removeServers(named), one)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/weight-optional',
      level: 'must',
      text: 'A server may be named without its weight.',
      source: `${parameters} › BackendServers › Weight`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 0, 100)
      const named = servers.slice(0, 2).map(({ ServerId, Type }) => ({ ServerId, Type }))
      assertAccepted(await slb.removeServers(named))
      assertSame(await slb.defaultServers(), servers.slice(2), 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/weight-quoted',
      level: 'must',
      text: 'A weight may be written as text, as in the examples.',
      source: `${parameters} › BackendServers › Examples`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const [first] = servers
      const named = { ServerId: first?.ServerId, Type: 'ecs', Weight: String(first?.Weight) }
      assertAccepted(await slb.removeServers([named]))
      assertSame(await slb.defaultServers(), servers.slice(1), 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/weight-number',
      level: 'must',
      text: 'A weight may be written as a number, which it is said to be.',
      source: `${parameters} › BackendServers › Weight`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const [first] = servers
      const named = { ServerId: first?.ServerId, Type: 'ecs', Weight: first?.Weight }
      assertAccepted(await slb.removeServers([named]))
      assertSame(await slb.defaultServers(), servers.slice(1), 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/weight-bounds',
      level: 'must',
      text: 'The least weight and the greatest, 0 and 100, may be named.',
      source: `${parameters} › BackendServers › Weight`,
    },
    async (slb) => {
      const [light, heavy, other] = slb.servers(3)
      const bounds = [aServer(light, 0), aServer(heavy, 100)]
      await slb.defaultGroup([...bounds, aServer(other, 37)])
      assertAccepted(await slb.removeServers(namedServers(bounds)))
      assertSame(await slb.defaultServers(), [aServer(other, 37)], 'What the default group holds')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/weight-out-of-range',
      level: 'reading',
      text: 'The page does not say whether a weight that no server can have stops its removal.',
      source: `${parameters} › BackendServers › Weight`,
      readings: {
        ...removedIgnoredOrRefused,
        'it-depends': 'It depends on the weight.',
      },
    },
    async (slb) => {
      await slb.defaultGroupOf(37, 0, 100, 1)
      return together([
        await fateWithWeight(slb, 101),
        await fateWithWeight(slb, -1),
        await fateWithWeight(slb, 1.5),
        await fateWithWeight(slb, 'heavy'),
      ])
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/other-weight',
      level: 'reading',
      text: 'The page does not say whether the weight must be the one that the server has.',
      source: `${parameters} › BackendServers › Weight`,
      readings: {
        removed: 'The server is removed, whatever its weight.',
        kept: 'It stays, with the weight it had: the call is accepted and does nothing.',
        refused: 'The call is refused.',
      },
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37)
      const watch = await slb.watchDefaultGroup()
      const named = namedServers(servers).map((server) => ({ ...server, Weight: '10' }))
      const fates = { removed: 'removed', ignored: 'kept', refused: 'refused' }
      return fates[await watch.fate(await slb.removeServers(named), servers)]
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/unknown-key',
      level: 'reading',
      text: 'The page does not say what a key that it does not list means.',
      source: `${parameters} › BackendServers`,
      readings: removedIgnoredOrRefused,
    },
    async (slb) => {
      const one = (await slb.defaultGroupOf(37, 100)).slice(0, 1)
      const watch = await slb.watchDefaultGroup()
      const named = namedServers(one).map((server) => ({ ...server, Conformance: 1 }))
      return watch.fate(await slb.removeServers(named), one)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/duplicates-in-list',
      level: 'reading',
      text: 'The page does not say whether one server may be named twice in a call.',
      source: `${parameters} › BackendServers`,
      readings: onceOrRefused,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const watch = await slb.watchDefaultGroup()
      const [named] = namedServers(servers)
      const answered = await slb.removeServers([named, named])
      const left = await watch.left(answered)
      return readingOf(
        { refused: isRefused(answered), accepted: left.length === 1 },
        `A server named twice was accepted, and ${left.length} of two servers are left.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/missing-server-id',
      level: 'implied',
      text: 'An element without a server id names nothing, so nothing is removed.',
      source: `${parameters} › BackendServers › ServerId`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37)
      const watch = await slb.watchDefaultGroup()
      await watch.untouched(await slb.removeServers([{ Type: 'ecs', Weight: '37' }]))
      assertAccepted(await slb.removeServers(namedServers(servers)))
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/server-id-not-text',
      level: 'reading',
      text: 'A server id is text: a number, null or nothing in its place removes nothing.',
      source: `${parameters} › BackendServers › ServerId`,
      readings: ignoredOrRefusedOrBoth,
    },
    async (slb) => {
      await slb.defaultGroupOf(37)
      const watch = await slb.watchDefaultGroup()
      return together([
        await watch.untouched(await slb.removeServers([{ ServerId: 1, Type: 'ecs' }])),
        await watch.untouched(await slb.removeServers([{ ServerId: null, Type: 'ecs' }])),
        await watch.untouched(await slb.removeServers([{ ServerId: '', Type: 'ecs' }])),
      ])
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/malformed-list',
      level: 'must',
      text: 'What is not a list of objects in JSON is refused as a whole.',
      source: `${parameters} › BackendServers › Examples`,
    },
    async (slb) => {
      const named = namedServers(await slb.defaultGroupOf(37, 100))
      const brokenOff = JSON.stringify(named).slice(0, -2)
      const before = await slb.survey()
      assertRefused(await slb.removeServers('{'))
      assertRefused(await slb.removeServers(brokenOff))
      assertRefused(await slb.removeServers(JSON.stringify(named[0])))
      assertRefused(await slb.removeServers([1]))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeServers(named), 'It is a list of objects again.')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/empty-list',
      level: 'reading',
      text: 'The page does not say what a list that names no server answers.',
      source: `${parameters} › BackendServers`,
      readings: ignoredOrRefused,
    },
    async (slb) => {
      await slb.defaultGroupOf(37)
      const watch = await slb.watchDefaultGroup()
      return watch.untouched(await slb.removeServers([]))
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/backend-servers-required',
      level: 'must',
      text: 'A call that names no list at all is refused, and removes nothing.',
      source: `${parameters} › BackendServers › Required`,
    },
    async (slb) => {
      const named = namedServers(await slb.defaultGroupOf(37))
      const before = await slb.survey()
      assertRefused(await slb.removeServers(named, { BackendServers: undefined }))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeServers(named), 'The list is there again.')
    },
  ),
]
