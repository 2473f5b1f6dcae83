/** What the page on taking backend servers out of the default group says of the call around the list. */

import { check } from '../../fixtures/slb/ground.ts'
import { withParameter } from '../../fixtures/slb/ask.ts'
import { namedServers } from '../../fixtures/slb/lists.ts'
import {
  assertAccepted,
  assertRefused,
  assertSame,
  assertUnchanged,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { acceptedOrRefused } from './readings.ts'

const page = 'RemoveBackendServers'
const parameters = `${page} › Request parameters`

/** A load balancer id like a real one, of none that exists. */
const nobody = 'lb-bp1poolproof000000000'

export const removeBackendServersCall: readonly Entry[] = [
  check(
    {
      id: 'slb/remove-backend-servers/unknown-version',
      level: 'implied',
      text: 'A version of the API that never was is refused, and removes nothing.',
      source: `${page} › Debugging`,
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const request = slb.removalOfServers(namedServers(servers))
      const before = await slb.survey()
      assertRefused(await slb.ask(withParameter(request, 'Version', '1999-01-01')))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request), 'The version is that of the page again.')
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
      assertSame(await slb.defaultServers(), servers.slice(1), 'What the default group holds')
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
]
