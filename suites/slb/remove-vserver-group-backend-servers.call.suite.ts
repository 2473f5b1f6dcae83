/** RemoveVServerGroupBackendServers: the call, apart from the list of servers. */

import { rootOf } from '../../fixtures/slb/as-written.ts'
import { withParameter } from '../../fixtures/slb/ask.ts'
import { check } from '../../fixtures/slb/ground.ts'
import { namedMembers } from '../../fixtures/slb/lists.ts'
import {
  assertControl,
  assertRefused,
  assertUnchanged,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { acceptedOrRefused } from './readings.ts'
import { callEntries } from './either-removal/call.ts'
import { fromVServerGroup } from './either-removal/removal.ts'

const page = 'RemoveVServerGroupBackendServers'
const parameters = `${page} › Request parameters`
const examples = `${page} › Examples`

export const removeVServerGroupServersCall: readonly Entry[] = [
  ...callEntries(fromVServerGroup),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/action-required',
      level: 'must',
      text: 'A call without an action, or with a misspelled one, is refused and removes nothing.',
      source: `${parameters} › Action › Required?, and Description › Value`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const before = await slb.survey()
      assertRefused(await slb.ask(withParameter(request, 'Action', undefined)))
      assertRefused(await slb.ask(withParameter(request, 'Action', `${page}z`)))
      assertUnchanged(before, await slb.survey())
      assertControl(await slb.ask(request))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/region-required',
      level: 'reading',
      text: 'The region is mandatory on this page and optional for the default group; clients always send it.',
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
        'A call without a region was accepted, and the member is still there.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/deleted-group',
      level: 'implied',
      text: 'A call that names a deleted group is refused, and does not bring the group back.',
      source: `${parameters} › VServerGroupId`,
    },
    async (slb) => {
      await slb.groupOf(2)
      const before = await slb.survey()
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members)
      assertControl(await slb.removeFromGroup(group, named.slice(0, 1)))
      await slb.deleteGroup(group)
      assertRefused(await slb.removeFromGroup(group, named.slice(1)))
      assertUnchanged(before, await slb.survey())
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/format-default',
      level: 'reading',
      text: 'The page does not say in which format a call without a format is answered.',
      source: `${examples} › Response examples`,
      readings: {
        json: 'In JSON.',
        xml: 'In XML.',
        refused: 'The call is refused.',
      },
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
]
