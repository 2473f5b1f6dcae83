/** What the pages of both removals say of the call, apart from the list of servers. */

import { withParameter } from '../../../fixtures/slb/ask.ts'
import { check } from '../../../fixtures/slb/ground.ts'
import {
  assertControl,
  assertRefused,
  assertUnchanged,
  isRefused,
  readingOf,
} from '../../../src/check/assert.ts'
import type { Entry } from '../../../src/check/check.ts'
import { acceptedOrRefused, removedIgnoredOrRefused } from '../readings.ts'
import type { Removal } from './removal.ts'

export function callEntries(of: Removal): readonly Entry[] {
  const { owner, ownerWord, ownerParameter } = of
  return [
    check(
      {
        id: of.id('unknown-version'),
        level: 'implied',
        text: 'A call with a version of the API that never existed is refused, and removes nothing.',
        source: of.at(of.places.commonParameters),
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100)
        const request = group.request(group.named)
        const before = await slb.survey()
        assertRefused(await slb.ask(withParameter(request, 'Version', '1999-01-01')))
        assertUnchanged(before, await slb.survey())
        assertControl(await slb.ask(request))
      },
    ),

    check(
      {
        id: of.id('unknown-region'),
        level: 'reading',
        text: 'The page does not say what happens to a call that names a region that does not exist; an endpoint of one region may not look at it.',
        source: of.at('Request parameters › RegionId'),
        readings: removedIgnoredOrRefused,
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100)
        const watch = await group.watch()
        const answered = await group.remove(group.named.slice(0, 1), { RegionId: 'xx-nowhere-9' })
        return watch.effectOn(group.servers.slice(0, 1), answered)
      },
    ),

    check(
      {
        id: of.id(`${ownerWord}-required`),
        level: 'must',
        text: `A call that names no ${owner} is refused, and removes nothing anywhere.`,
        source: of.at(`Request parameters › ${ownerParameter} › Required`),
      },
      async (slb) => {
        const group = await of.arrangeBesideAnother(slb, 37, 100)
        const before = await slb.survey()
        assertRefused(await group.remove(group.named, { [ownerParameter]: undefined }))
        assertUnchanged(before, await slb.survey())
        assertControl(await group.remove(group.named))
      },
    ),

    check(
      {
        id: of.id(`unknown-${ownerWord}`),
        level: 'implied',
        text: `An id that names no ${owner} is refused, and removes nothing anywhere.`,
        source: of.at(`Request parameters › ${ownerParameter}`),
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100)
        const before = await slb.survey()
        assertRefused(await group.remove(group.named, { [ownerParameter]: of.unknownOwner }))
        assertUnchanged(before, await slb.survey())
        assertControl(await group.remove(group.named))
      },
    ),

    check(
      {
        id: of.id('action-in-another-case'),
        level: 'reading',
        text: 'The page does not say whether the case of the letters of an action matters.',
        source: of.at(of.places.action),
        readings: removedIgnoredOrRefused,
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100)
        const watch = await group.watch()
        const request = group.request(group.named.slice(0, 1))
        const answered = await slb.ask(withParameter(request, 'Action', of.action.toLowerCase()))
        return watch.effectOn(group.servers.slice(0, 1), answered)
      },
    ),

    check(
      {
        id: of.id('post'),
        level: 'reading',
        text: of.pick({
          vserverGroup: 'The page shows a call by GET only; clients also send a form by POST.',
          defaultGroup:
            'The page shows no call; clients send a query by GET, and also a form by POST.',
        }),
        source: of.at(
          of.pick({
            vserverGroup: 'Examples › Request example',
            defaultGroup: 'Request parameters',
          }),
        ),
        readings: acceptedOrRefused,
        needs: ['post'],
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100)
        const watch = await group.watch()
        const answered = await group.remove(group.named.slice(0, 1), {}, { method: 'form' })
        const left = await watch.left(answered)
        return readingOf(
          { refused: isRefused(answered), accepted: left.length === 1 },
          `A form by POST was accepted, and the ${of.member} is still there.`,
        )
      },
    ),
  ]
}
