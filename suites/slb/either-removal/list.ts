/** What the pages of both removals say of the list that names the servers. */

import { check } from '../../../fixtures/slb/ground.ts'
import {
  assertAccepted,
  assertControl,
  assertRefused,
  assertRefusedOrAccepted,
  assertSame,
  assertUnchanged,
  isAccepted,
} from '../../../src/check/assert.ts'
import type { Entry } from '../../../src/check/check.ts'
import { ignoredOrRefused, onceOrRefused } from '../readings.ts'
import type { Removal } from './removal.ts'

export function listEntries(of: Removal): readonly Entry[] {
  const { member } = of
  const list = 'Request parameters › BackendServers'
  return [
    check(
      {
        id: of.id('duplicates-in-list'),
        level: 'reading',
        text: `The page does not say whether a call may name one ${member} twice.`,
        source: of.at(list),
        readings: onceOrRefused,
      },
      async (slb) => {
        const weights = of.pick({ vserverGroup: [37, 100, 20, 0, 1], defaultGroup: [37, 100, 20] })
        const group = await of.arrange(slb, ...weights)
        const watch = await group.watch()
        const [named, another] = group.named
        const answered = await group.remove([named, named, another])
        const effect = await watch.effectOn(group.servers.slice(0, 2), answered)
        return effect === 'removed' ? 'accepted' : effect
      },
    ),

    check(
      {
        id: of.id('malformed-list'),
        level: 'implied',
        text: 'A list that is not a JSON array of objects is refused as a whole.',
        source: of.at(of.places.listExample),
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100)
        const truncated = JSON.stringify(group.named).slice(0, -2)
        const before = await slb.survey()
        assertRefused(await group.remove('{'))
        assertRefused(await group.remove(truncated))
        assertRefused(await group.remove(JSON.stringify(group.named[0])))
        assertRefused(await group.remove([1]))
        assertRefused(await group.remove([...group.named.slice(0, 1), 1]))
        assertUnchanged(before, await slb.survey())
        assertControl(await group.remove(group.named))
      },
    ),

    check(
      {
        id: of.id('order-of-names'),
        level: 'implied',
        text: `A ${member} is the same whatever the order of the names by which the list gives it.`,
        source: of.at(of.places.listExample),
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100)
        const reversed = group.named
          .slice(0, 1)
          .map((one) => Object.fromEntries(Object.entries(one).toReversed()))
        assertAccepted(await group.remove(reversed))
        assertSame(
          await group.current(),
          group.servers.slice(1),
          `The list of servers in ${of.group}`,
        )
      },
    ),

    check(
      {
        id: of.id('spellings-of-json'),
        level: 'implied',
        text: `A list is the same however its JSON is written, in lines or with escapes: what is accepted removes each ${member}.`,
        source: of.at(of.places.listExample),
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100, 0)
        const lines = JSON.stringify(group.named.slice(0, 2), null, 2)
        const escaped = JSON.stringify(group.named.slice(2)).replaceAll('-', String.raw`\u002d`)
        let left = group.servers
        for (const [written, count] of [
          [lines, 2],
          [escaped, 1],
        ] as const) {
          const answered = await group.remove(written)
          assertRefusedOrAccepted(answered)
          const removed = left.slice(0, isAccepted(answered) ? count : 0)
          left = left.filter((one) => !removed.includes(one))
          assertSame(await group.current(), left, `The ${member}s after the list ${written}`)
        }
      },
    ),

    check(
      {
        id: of.id('empty-list'),
        level: 'reading',
        text: 'The page does not say how a call with an empty list is answered.',
        source: of.at(list),
        readings: ignoredOrRefused,
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100)
        const watch = await group.watch()
        return watch.untouched(await group.remove([]))
      },
    ),

    check(
      {
        id: of.id('backend-servers-required'),
        level: 'must',
        text: 'A call without a list is refused, and removes nothing.',
        source: of.at(`${list} › Required`),
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100)
        const before = await slb.survey()
        assertRefused(await group.remove(group.named, { BackendServers: undefined }))
        assertUnchanged(before, await slb.survey())
        assertControl(await group.remove(group.named))
      },
    ),

    check(
      {
        id: of.id('twenty-one-refused'),
        level: 'must',
        text: `A call that names twenty-one ${of.pick({
          vserverGroup: 'members',
          defaultGroup: 'servers of the group',
        })} is refused as a whole; one with twenty of them is not.`,
        source: of.at(of.places.limit),
      },
      async (slb) => {
        const group = await of.arrangeLarge(slb, 21)
        const before = await slb.survey()
        assertRefused(await group.remove(group.named))
        assertUnchanged(before, await slb.survey())
        assertControl(await group.remove(group.named.slice(0, 20)))
      },
    ),
  ]
}
