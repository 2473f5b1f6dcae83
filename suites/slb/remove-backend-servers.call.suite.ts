/** RemoveBackendServers: the call, apart from the list of servers. */

import { check } from '../../fixtures/slb/ground.ts'
import { namedServers } from '../../fixtures/slb/lists.ts'
import {
  assertAccepted,
  assertControl,
  assertRefused,
  assertSame,
  assertUnchanged,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { callEntries } from './either-removal/call.ts'
import { fromDefaultGroup } from './either-removal/removal.ts'

const page = 'RemoveBackendServers'
const parameters = `${page} › Request parameters`

export const removeBackendServersCall: readonly Entry[] = [
  ...callEntries(fromDefaultGroup),

  check(
    {
      id: 'slb/remove-backend-servers/region-optional',
      level: 'must',
      text: 'A call does not have to name the region.',
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
      id: 'slb/remove-backend-servers/malformed-load-balancer',
      level: 'implied',
      text: 'A value that is not an id of a load balancer is refused: an empty one, a prefix, a word.',
      source: `${parameters} › LoadBalancerId`,
    },
    async (slb) => {
      const named = namedServers(await slb.defaultGroupOf(37))
      const before = await slb.survey()
      assertRefused(await slb.removeServers(named, { LoadBalancerId: '' }))
      assertRefused(await slb.removeServers(named, { LoadBalancerId: 'lb-' }))
      assertRefused(await slb.removeServers(named, { LoadBalancerId: 'xx' }))
      assertUnchanged(before, await slb.survey())
      assertControl(await slb.removeServers(named))
    },
  ),
]
