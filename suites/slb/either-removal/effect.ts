/** What both removals do to the servers of a group. */

import { isDeepStrictEqual } from 'node:util'
import { pause } from '../../../src/exchange/clock.ts'
import { check, type SlbGround } from '../../../fixtures/slb/ground.ts'
import { aMember, aServer } from '../../../fixtures/slb/lists.ts'
import {
  assertAccepted,
  assertControl,
  assertRefusedOrAccepted,
  assertSame,
  assertUnchanged,
  isAccepted,
} from '../../../src/check/assert.ts'
import type { Entry } from '../../../src/check/check.ts'
import type { CallForm } from '../../../src/dialects/slb.ts'
import { Unarranged } from '../../../src/model.ts'
import { anyDefaultGroup, anyGroup } from '../circumstances.ts'
import type { Removal, ServerGroup } from './removal.ts'

export function effectEntries(of: Removal): readonly Entry[] {
  const { member, group: groupName } = of
  const held = `The list of ${member}s in ${groupName}`
  return [
    check(
      {
        id: of.id('removes-named-server'),
        level: 'must',
        text: `The named ${member} is removed from ${groupName}, and the other ${member}s stay.`,
        source: of.at('first sentence'),
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100, 0)
        const inXml = await slb.serversInXml(group.ownerId)
        assertAccepted(await group.remove(group.named.slice(1, 2)))
        const left = group.servers.toSpliced(1, 1)
        assertSame(await group.current(), left, held)
        // Only where XML shows the group at all: how it does is the question of other checks.
        if (!isDeepStrictEqual(inXml, group.servers)) return
        assertSame(await slb.serversInXml(group.ownerId), left, `${held} in XML`)
      },
    ),

    check(
      {
        id: of.id('overlapping-removals'),
        level: 'implied',
        text: `Of two removals that are sent at the same time, each that is accepted removes its ${member}, and nothing else.`,
        source: of.at('first sentence'),
      },
      async (slb) => {
        const { servers, named, remove, current } = await of.arrange(slb, 37, 100, 0)
        const sent = await Promise.all(
          servers.slice(0, 2).map(async (server, index) => ({
            server,
            answered: await remove(named.slice(index, index + 1)),
          })),
        )
        for (const { answered } of sent) assertRefusedOrAccepted(answered)
        const removed = sent
          .filter(({ answered }) => isAccepted(answered))
          .map(({ server }) => server)
        if (removed.length === 0) throw new Unarranged('Neither of two removals was accepted.')
        const left = servers.filter((one) => !removed.includes(one))
        assertSame(await current(), left, held)
      },
    ),

    check(
      {
        id: of.id('several-in-one-call'),
        level: 'must',
        text: `One call removes as many ${member}s as it names, by GET and by POST, with answers in JSON and in XML.`,
        source: of.at(
          of.pick({
            vserverGroup: 'Examples › Request example › BackendServers, which names two',
            defaultGroup: 'Request parameters › BackendServers › sentence after the list',
          }),
        ),
        varies: of.pick({ vserverGroup: anyGroup, defaultGroup: anyDefaultGroup }),
      },
      async (slb) => {
        const weights = of.pick({
          vserverGroup: [37, 100, 0, 1, 50, 37, 100, 0, 1],
          defaultGroup: [37, 100, 0],
        })
        const removeTwo = twoAtATime(of, slb, await of.arrange(slb, ...weights))
        await removeTwo({})
        await removeTwo({ format: 'XML' })
        await removeTwo({ method: 'form' })
        await removeTwo({ method: 'form', format: 'XML' })
      },
    ),

    check(
      {
        id: of.id('absent-server-ignored'),
        level: 'must',
        text: `Naming a server that is not in ${groupName}, or that does not exist, removes nothing and is not an error.`,
        source: of.at(of.places.note),
      },
      async (slb) => {
        const [, absent] = slb.servers(2)
        const weights = of.pick({ vserverGroup: [37, 100], defaultGroup: [37] })
        const group = await of.arrange(slb, ...weights)
        const server = of.pick({
          vserverGroup: aMember(absent, 8001, 37),
          defaultGroup: aServer(absent, 37),
        })
        assertAccepted(await group.remove(of.named([server])))
        assertAccepted(await group.remove(of.named(slb.strangers(1))))
        assertUnchanged(group.servers, await group.current())
      },
    ),

    check(
      {
        id: of.id('repeated'),
        level: 'implied',
        text: `Removing a ${member} a second time is not an error and changes nothing${of.pick({ vserverGroup: ', also where it is in another group by then', defaultGroup: '' })}.`,
        source: of.at(of.places.note),
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100)
        const named = group.named.slice(0, 1)
        assertAccepted(await group.remove(named))
        const isVServer = of.pick({ vserverGroup: true, defaultGroup: false })
        const since = isVServer ? await slb.group(group.servers.slice(0, 1)) : undefined
        assertAccepted(await group.remove(named))
        assertSame(await group.current(), group.servers.slice(1), held)
        if (since) assertUnchanged(since.members, await slb.members(since))
      },
    ),

    check(
      {
        id: of.id('empties'),
        level: 'implied',
        text: `The last ${member} can be removed like any other.`,
        source: of.at('first sentence'),
      },
      async (slb) => {
        const group = await of.arrange(slb, 37)
        assertAccepted(await group.remove(group.named))
        assertSame(await group.current(), [], held)
      },
    ),

    check(
      {
        id: of.id('added-again-otherwise'),
        level: 'implied',
        text: `Nothing of a removed ${member} is left: added again with another weight, it has that weight.`,
        source: of.at('first sentence'),
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100, 0)
        const [first, ...others] = group.servers
        assertAccepted(await group.remove(group.named.slice(0, 1)))
        assertSame(await group.current(), others, held)
        const again = first ? [{ ...first, Weight: 73 }] : []
        const added = await of.pick({
          vserverGroup: () => slb.addToGroup({ id: group.ownerId }, again),
          defaultGroup: () => slb.addServers(again),
        })()
        assertControl(added)
        assertSame(await group.current(), [...again, ...others], held)
        assertAccepted(await group.remove(group.named.slice(2)))
        assertSame(await group.current(), [...again, ...others.slice(0, 1)], held)
      },
    ),

    check(
      {
        id: of.id('durable'),
        level: 'implied',
        text: `A removed ${member} does not come back after a while.`,
        source: of.at('first sentence'),
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100)
        assertAccepted(await group.remove(group.named.slice(0, 1)))
        assertSame(await group.current(), group.servers.slice(1), held)
        await pause(slb.context.session.limits.lastingSeconds * 1000)
        assertSame(await group.current(), group.servers.slice(1), held)
      },
    ),
  ]
}

/**
 * Removes two servers by one call in a form, and looks whether the others stay. Two servers of a default group are added
 * again when only one is left, since few are lent.
 */
function twoAtATime(of: Removal, slb: SlbGround, { servers, ownerId, current }: ServerGroup) {
  let there = servers
  return async (form: CallForm): Promise<void> => {
    if (there.length === 1) {
      // With a look at them: what is not there yet cannot be removed.
      await slb.addedAgainToDefault(servers.filter((one) => !there.includes(one)))
      there = servers
    }
    const named = there.filter((_, index) => index === 0 || index === 2)
    assertAccepted(await of.removeFrom(slb.inForm(form), ownerId, named))
    there = there.filter((one) => !named.includes(one))
    const how = `by ${form.method === 'form' ? 'POST' : 'GET'} in ${form.format ?? 'JSON'}`
    const what = `The list of ${of.member}s in ${of.group}, after a removal of two ${how},`
    assertSame(await current(), there, what)
  }
}
