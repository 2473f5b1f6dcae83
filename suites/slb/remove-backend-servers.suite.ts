/** What the page on taking backend servers out of the default group says, and what no exchange can show. */

import { setTimeout as pause } from 'node:timers/promises'
import { innerListOf, namesOf, rootOf } from '../../fixtures/slb/as-written.ts'
import { check, suite } from '../../fixtures/slb/ground.ts'
import { aMember, aServer, namedServers, written } from '../../fixtures/slb/lists.ts'
import {
  elementsOf,
  fieldsOf,
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
  isRefused,
  readingOf,
} from '../../src/assert.ts'
import { unobservable } from '../../src/check.ts'

const page = 'RemoveBackendServers'
const note = `${page} › Operation description › Note`
const parameters = `${page} › Request parameters`
const response = `${page} › Response parameters`
const example = `${page} › Examples › Sample success responses`

/** A load balancer id like a real one, of none that exists. */
const nobody = 'lb-bp1poolproof000000000'

const removedIgnoredRefused = {
  removed: 'The server is removed.',
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
const ignoredOrFailing = {
  ignored: 'The absent server is passed over, and the other one is removed.',
  'fails-silently': 'The call is accepted and removes nothing, as the note has it.',
}

export const removeBackendServers = suite('remove-backend-servers', [
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
      assertSame(await slb.defaultServers(), servers.toSpliced(1, 1), 'The servers of the group')
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
      assertSame(await slb.defaultServers(), servers.slice(1, 2), 'The servers of the group')
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
      text: 'Naming a server that is not in the group reports no error and removes nothing.',
      source: note,
    },
    async (slb) => {
      const [, absent] = slb.servers(2)
      const servers = await slb.defaultGroupOf(37)
      assertAccepted(await slb.removeServers(namedServers([aServer(absent, 37)])))
      assertUnchanged(servers, await slb.defaultServers())
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/unknown-server-ignored',
      level: 'must',
      text: 'Naming a server that does not exist at all reports no error either.',
      source: note,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37)
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
      assertSame(await slb.defaultServers(), servers.slice(1), 'The servers of the group')
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
      assertSame(serversOf(answered), [], 'The servers in the answer')
      assertSame(await slb.defaultServers(), [], 'The servers of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/region-optional',
      level: 'must',
      text: 'A call need not name the region.',
      source: `${parameters} › RegionId › Required`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const named = namedServers(servers.slice(0, 1))
      assertAccepted(await slb.removeServers(named, { RegionId: undefined }))
      assertSame(await slb.defaultServers(), servers.slice(1), 'The servers of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/unknown-region',
      level: 'must',
      text: 'A region that does not exist is refused.',
      source: `${parameters} › RegionId`,
    },
    async (slb) => {
      const named = namedServers(await slb.defaultGroupOf(37))
      const before = await slb.survey()
      assertRefused(await slb.removeServers(named, { RegionId: 'xx-nowhere-9' }))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeServers(named), 'The region is its own again.')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/load-balancer-required',
      level: 'must',
      text: 'A call that names no load balancer is refused, and removes nothing.',
      source: `${parameters} › LoadBalancerId › Required`,
    },
    async (slb) => {
      const named = namedServers(await slb.defaultGroupOf(37))
      const before = await slb.survey()
      assertRefused(await slb.removeServers(named, { LoadBalancerId: undefined }))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeServers(named), 'The load balancer is named again.')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/unknown-load-balancer',
      level: 'must',
      text: 'An id that names no load balancer is refused, and removes nothing anywhere.',
      source: `${parameters} › LoadBalancerId`,
    },
    async (slb) => {
      const named = namedServers(await slb.defaultGroupOf(37))
      const before = await slb.survey()
      assertRefused(await slb.removeServers(named, { LoadBalancerId: nobody }))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeServers(named), 'The load balancer exists.')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/malformed-load-balancer',
      level: 'must',
      text: 'What is no id of a load balancer is refused: nothing, a prefix, a word.',
      source: `${parameters} › LoadBalancerId`,
    },
    async (slb) => {
      const named = namedServers(await slb.defaultGroupOf(37))
      const before = await slb.survey()
      assertRefused(await slb.removeServers(named, { LoadBalancerId: '' }))
      assertRefused(await slb.removeServers(named, { LoadBalancerId: 'lb-' }))
      assertRefused(await slb.removeServers(named, { LoadBalancerId: 'xx' }))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeServers(named), 'The load balancer exists.')
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

  check(
    {
      id: 'slb/remove-backend-servers/malformed-list',
      level: 'must',
      text: 'A list that breaks off is refused as a whole.',
      source: `${parameters} › BackendServers`,
    },
    async (slb) => {
      const list = JSON.stringify(namedServers(await slb.defaultGroupOf(37, 100)))
      const before = await slb.survey()
      assertRefused(await slb.removeServers('{'))
      assertRefused(await slb.removeServers(list.slice(0, -1)))
      assertRefused(await slb.removeServers(list.slice(0, -2)))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeServers(list), 'The list is complete again.')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/list-of-objects',
      level: 'must',
      text: 'What is not a list of objects, a lone object or a list of numbers, is refused.',
      source: `${parameters} › BackendServers › Examples`,
    },
    async (slb) => {
      const [named] = namedServers(await slb.defaultGroupOf(37))
      const before = await slb.survey()
      assertRefused(await slb.removeServers(JSON.stringify(named)))
      assertRefused(await slb.removeServers([1]))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeServers([named]), 'It is a list of objects again.')
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

  ...[
    { name: 'server-id-number', what: 'a number', ServerId: 1 },
    { name: 'server-id-null', what: 'null', ServerId: null },
    { name: 'server-id-empty', what: 'an empty text', ServerId: '' },
  ].map(({ name, what, ServerId }) =>
    check(
      {
        id: `slb/remove-backend-servers/${name}`,
        level: 'reading',
        text: `A server id is text: ${what} in its place removes nothing.`,
        source: `${parameters} › BackendServers › ServerId`,
        readings: ignoredOrRefused,
      },
      async (slb) => {
        await slb.defaultGroupOf(37)
        const watch = await slb.watchDefaultGroup()
        return watch.untouched(await slb.removeServers([{ ServerId, Type: 'ecs', Weight: '37' }]))
      },
    ),
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
      assertSame(await slb.defaultServers(), servers.slice(1), 'The servers of the group')
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
      assertSame(await slb.defaultServers(), servers.slice(1), 'The servers of the group')
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
      assertSame(await slb.defaultServers(), [instance], 'The servers of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/unknown-type',
      level: 'reading',
      text: 'The page does not say what a type that it does not list means.',
      source: `${parameters} › BackendServers › Type`,
      readings: removedIgnoredRefused,
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
      readings: removedIgnoredRefused,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37)
      const watch = await slb.watchDefaultGroup()
      const named = namedServers(servers).map((server) => ({ ...server, Type: 'eni' }))
      return watch.fate(await slb.removeServers(named), servers)
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
      assertSame(await slb.defaultServers(), servers.slice(2), 'The servers of the group')
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
      assertSame(await slb.defaultServers(), servers.slice(1), 'The servers of the group')
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
      assertSame(await slb.defaultServers(), servers.slice(1), 'The servers of the group')
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
      assertSame(await slb.defaultServers(), [aServer(other, 37)], 'The servers of the group')
    },
  ),

  ...[
    { name: 'weight-out-of-range', what: 'above its range', weight: 101 },
    { name: 'weight-below-range', what: 'below its range', weight: -1 },
    { name: 'weight-fractional', what: 'that is no whole number', weight: 1.5 },
    { name: 'weight-not-a-number', what: 'that is no number', weight: 'heavy' },
  ].map(({ name, what, weight }) =>
    check(
      {
        id: `slb/remove-backend-servers/${name}`,
        level: 'reading',
        text: `The page does not say whether a removal is judged by its weight: one ${what}.`,
        source: `${parameters} › BackendServers › Weight`,
        readings: removedIgnoredRefused,
      },
      async (slb) => {
        const servers = await slb.defaultGroupOf(37)
        const watch = await slb.watchDefaultGroup()
        const named = namedServers(servers).map((server) => ({ ...server, Weight: weight }))
        return watch.fate(await slb.removeServers(named), servers)
      },
    ),
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
      id: 'slb/remove-backend-servers/stored-weights-kept',
      level: 'implied',
      text: 'The servers that stay keep their weights.',
      source: `${parameters} › BackendServers › Weight`,
    },
    async (slb) => {
      const [gone, ...stay] = slb.servers(4)
      const kept = [0, 1, 100].map((weight, index) => aServer(stay[index] ?? '', weight))
      const servers = await slb.defaultGroup([aServer(gone, 37), ...kept])
      assertAccepted(await slb.removeServers(namedServers([aServer(gone, 37)])))
      const left = servers.filter(({ ServerId }) => ServerId !== gone)
      assertUnchanged(left, await slb.defaultServers())
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/unknown-key',
      level: 'reading',
      text: 'The page does not say what a key that it does not list means.',
      source: `${parameters} › BackendServers`,
      readings: removedIgnoredRefused,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37)
      const watch = await slb.watchDefaultGroup()
      const named = namedServers(servers).map((server) => ({ ...server, Conformance: 1 }))
      return watch.fate(await slb.removeServers(named), servers)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/duplicates-in-list',
      level: 'reading',
      text: 'The page does not say whether one server may be named twice in a call.',
      source: `${parameters} › BackendServers`,
      readings: {
        accepted: 'The server is removed, once.',
        refused: 'The call is refused, and nothing changes.',
      },
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
      assertSame(await slb.defaultServers(), [], 'The servers of the group')
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
      assertSame(await slb.defaultServers(), [], 'The servers of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/twenty-accepted',
      level: 'must',
      text: 'Twenty servers can be named at once: with nineteen absent ones as with a single one.',
      source: `${parameters} › BackendServers`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const [one, other] = [servers.slice(0, 1), servers.slice(1)]
      assertAccepted(await slb.removeServers(namedServers([...one, ...slb.strangers(1)])))
      const passedOver = (await slb.defaultServers()).length === 1
      assertAccepted(await slb.removeServers(namedServers([...other, ...slb.strangers(19)])))
      assertSame(await slb.defaultServers(), passedOver ? [] : servers, 'The servers of the group')
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
      id: 'slb/remove-backend-servers/answer-lists-the-rest',
      level: 'must',
      text: 'The answer lists the servers that are left, each with its weight, and no other.',
      source: `${response} › BackendServers`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const answered = await slb.removeServers(namedServers(servers.slice(0, 1)))
      const told = serversOf(answered).map(({ ServerId, Weight }) => [ServerId, Weight])
      const there = await slb.defaultServers()
      assertSame(
        told,
        there.map(({ ServerId, Weight }) => [ServerId, Weight]),
        'The servers told',
      )
      assertSame(there, servers.slice(1), 'The servers of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/answer-names-the-load-balancer',
      level: 'must',
      text: 'The answer names the load balancer that was asked for.',
      source: `${response} › LoadBalancerId`,
    },
    async (slb) => {
      const answered = await slb.removeServers(namedServers(await slb.defaultGroupOf(37)))
      const named = textIn(answered, 'LoadBalancerId')
      assertSame(named, slb.loadBalancerId, 'The LoadBalancerId of the answer')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/answer-bare',
      level: 'must',
      text: 'The fields of the answer stand at its top, without a wrapper.',
      source: `${response}; ${example}`,
    },
    async (slb) => {
      const answered = await slb.removeServers(namedServers(await slb.defaultGroupOf(37)))
      requestIdOf(answered)
      const bare = fieldsOf(answered) === answered.body
      assertThat(bare, `The answer is wrapped: ${answered.text.slice(0, 80)}.`)
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/answer-nested',
      level: 'must',
      text: 'The servers left are an array, BackendServer, in BackendServers: two, one, or none.',
      source: `${response} › BackendServers; ${example}`,
    },
    async (slb) => {
      const named = namedServers(await slb.defaultGroupOf(37, 100, 0))
      const lists = [
        innerListOf(await slb.removeServers(named.slice(0, 1))),
        innerListOf(await slb.removeServers(named.slice(1, 2))),
        innerListOf(await slb.removeServers(named.slice(2))),
      ]
      assertThat(
        lists.every(Array.isArray),
        `The lists of two servers, of one, and of none are no arrays: ${JSON.stringify(lists)}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/number-form',
      level: 'must',
      text: 'The weights in the answer are numbers, those that the servers have.',
      source: `${response} › Weight; ${example}`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 0, 100)
      const answered = await slb.removeServers(namedServers(servers.slice(0, 1)))
      const weights = elementsOf(answered).map(({ ServerId, Weight }) => [ServerId, Weight])
      const stored = servers.slice(1).map(({ ServerId, Weight }) => [ServerId, Weight])
      assertSame(new Set(weights.map(written)), new Set(stored.map(written)), 'The weights')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/description',
      level: 'reading',
      text: 'A description, said to be that of the server group, stands in each server of the answer.',
      source: `${response} › Description`,
      readings: { absent: 'There is none.', present: 'There is one, and it is text.' },
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const answered = await slb.removeServers(namedServers(servers.slice(0, 1)))
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
      id: 'slb/remove-backend-servers/no-port',
      level: 'reading',
      text: 'Servers of a default group have no port on the page.',
      source: response,
      readings: { absent: 'The answer shows none.', present: 'The answer shows one.' },
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const answered = await slb.removeServers(namedServers(servers.slice(0, 1)))
      assertSame(elementsOf(answered).length, 1, 'The number of servers in the answer')
      return elementsOf(answered).some((server) => 'Port' in server) ? 'present' : 'absent'
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/request-ids-unique',
      level: 'must',
      text: 'Every answer carries a request id, and no two the same.',
      source: `${response} › RequestId`,
    },
    async (slb) => {
      const named = namedServers(await slb.defaultGroupOf(37, 100))
      const ids = [
        requestIdOf(await slb.removeServers(named.slice(0, 1))),
        requestIdOf(await slb.removeServers(named.slice(1))),
        requestIdOf(await slb.removeServers(named)),
        requestIdOf(await slb.removeServers(named)),
      ]
      assertSame(new Set(ids).size, ids.length, 'The number of different request ids')
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
      assertSame(await slb.defaultServers(), [], 'The servers of the group')
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
      const servers = await slb.defaultGroupOf(37, 100)
      assertAccepted(await slb.removeServers(namedServers(servers.slice(0, 1))))
      assertAccepted(await slb.addServers(servers.slice(0, 1)))
      assertSame(await slb.defaultServers(), servers, 'The servers of the group')
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
      await pause(slb.stage.session.limits.pollSeconds * 1000)
      assertSame(await slb.defaultServers(), servers.slice(1), 'The servers of the group')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/answer-in-xml',
      level: 'implied',
      text: 'An answer in XML is called after the action, and has one element for each server left.',
      source: response,
      needs: ['xml'],
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const named = namedServers(servers.slice(0, 1))
      const answered = await slb.removeServers(named, {}, { format: 'XML' })
      const root = String(rootOf(answered))
      assertThat([`${page}Response`, page].includes(root), `The root of the answer is ${root}.`)
      assertSame(textIn(answered, 'LoadBalancerId'), slb.loadBalancerId, 'The LoadBalancerId')
      assertSame(serversOf(answered), servers.slice(1), 'The servers in the answer')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/xml-equals-json',
      level: 'implied',
      text: 'XML and JSON say the same of the same servers left.',
      source: response,
      needs: ['xml'],
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100, 0)
      const named = namedServers(servers.slice(0, 1))
      const json = await slb.removeServers(named, {}, { format: 'JSON' })
      const xml = await slb.removeServers(named, {}, { format: 'XML' })
      assertSame(serversOf(xml), serversOf(json), 'The servers in XML')
      assertSame(namesOf(xml), namesOf(json), 'The names of fields in XML')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/post',
      level: 'reading',
      text: 'The page shows no call; clients send a form by POST as well as a query by GET.',
      source: `${page} › Request parameters`,
      readings: acceptedOrRefused,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const watch = await slb.watchDefaultGroup()
      const named = namedServers(servers.slice(0, 1))
      const answered = await slb.removeServers(named, {}, { method: 'form' })
      const left = await watch.left(answered)
      return readingOf(
        { refused: isRefused(answered), accepted: left.length === 1 },
        'A form by POST was accepted, and the server is still there.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/error-shape',
      level: 'must',
      text: 'A refusal carries a code, a message and a request id.',
      source: `${page} › Error codes`,
    },
    async (slb) => {
      const named = namedServers(slb.strangers(1))
      const refused = await slb.removeServers(named, { LoadBalancerId: nobody })
      assertRefused(refused)
      const { Code, Message, RequestId } = fieldsOf(refused)
      const texts = [Code, Message, RequestId].every(
        (text) => typeof text === 'string' && text !== '',
      )
      assertThat(texts, `One of Code, Message and RequestId is missing: ${refused.text}`)
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
])
