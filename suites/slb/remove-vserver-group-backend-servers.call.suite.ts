/** What the page on taking backend servers out of a VServer group says of the call around the list. */

import { rootOf } from '../../fixtures/slb/as-written.ts'
import { withParameter } from '../../fixtures/slb/ask.ts'
import { check } from '../../fixtures/slb/ground.ts'
import { namedMembers } from '../../fixtures/slb/lists.ts'
import {
  assertAccepted,
  assertRefused,
  assertUnchanged,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { acceptedOrRefused } from './readings.ts'

const page = 'RemoveVServerGroupBackendServers'
const parameters = `${page} › Request parameters`
const examples = `${page} › Examples`

export const removeVServerGroupServersCall: readonly Entry[] = [
  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/action-required',
      level: 'must',
      text: 'A call without an action, or with one misspelt, is refused and removes nothing.',
      source: `${parameters} › Action`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const before = await slb.survey()
      assertRefused(await slb.ask(withParameter(request, 'Action', undefined)))
      assertRefused(await slb.ask(withParameter(request, 'Action', `${page}z`)))
      assertRefused(await slb.ask(withParameter(request, 'Action', page.toLowerCase())))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request), 'The action is spelt as on the page again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/unknown-version',
      level: 'implied',
      text: 'A version of the API that never was is refused, and removes nothing.',
      source: `${examples} › Request example › CommonParameters`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const before = await slb.survey()
      assertRefused(await slb.ask(withParameter(request, 'Version', '1999-01-01')))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request), 'The version is that of the page again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/region-required',
      level: 'reading',
      text: 'The region is mandatory here and optional for the default group; clients fill it in.',
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
        'A call without region was accepted, and the member is still there.',
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/unknown-region',
      level: 'must',
      text: 'A region that does not exist is refused.',
      source: `${parameters} › RegionId`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members.slice(0, 1))
      const before = await slb.survey()
      assertRefused(await slb.removeFromGroup(group, named, { RegionId: 'xx-nowhere-9' }))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeFromGroup(group, named), 'The region is its own again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/group-required',
      level: 'must',
      text: 'A call that names no group is refused, and removes nothing anywhere.',
      source: `${parameters} › VServerGroupId › Required`,
    },
    async (slb) => {
      const [group] = [await slb.groupOf(2), await slb.groupOf(2)]
      const named = namedMembers(group.members)
      const before = await slb.survey()
      assertRefused(await slb.removeFromGroup(group, named, { VServerGroupId: undefined }))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeFromGroup(group, named), 'The group is named again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/unknown-group',
      level: 'must',
      text: 'An id that names no group is refused, and removes nothing anywhere.',
      source: `${parameters} › VServerGroupId`,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members)
      const before = await slb.survey()
      assertRefused(await slb.removeFromGroup({ id: 'rsp-poolproof0' }, named))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.removeFromGroup(group, named), 'The group exists.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/deleted-group',
      level: 'must',
      text: 'The id of a group that has been deleted is refused, and does not bring it back.',
      source: `${parameters} › VServerGroupId`,
    },
    async (slb) => {
      await slb.groupOf(2)
      const before = await slb.survey()
      const group = await slb.groupOf(2)
      const named = namedMembers(group.members)
      assertAccepted(await slb.removeFromGroup(group, named.slice(0, 1)), 'It was still there.')
      await slb.deleteGroup(group)
      assertRefused(await slb.removeFromGroup(group, named.slice(1)))
      assertUnchanged(before, await slb.survey())
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/format-default',
      level: 'reading',
      text: 'The page does not say in which format it answers a call that names none.',
      source: `${examples} › Response examples`,
      readings: { json: 'JSON.', xml: 'XML.', refused: 'The call is refused.' },
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

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/post',
      level: 'reading',
      text: 'The page shows a call by GET only; clients also send a form by POST.',
      source: `${examples} › Request example`,
      readings: acceptedOrRefused,
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const watch = await slb.watch(group)
      const named = namedMembers(group.members.slice(0, 1))
      const answered = await slb.removeFromGroup(group, named, {}, { method: 'form' })
      const left = await watch.left(answered)
      return readingOf(
        { refused: isRefused(answered), accepted: left.length === 1 },
        'A form by POST was accepted, and the member is still there.',
      )
    },
  ),
]
