/** Who may take backend servers out of a VServer group: what the page leaves to the common parameters. */

import { withParameter } from '../../fixtures/slb/ask.ts'
import { check } from '../../fixtures/slb/ground.ts'
import { namedMembers } from '../../fixtures/slb/lists.ts'
import {
  assertAccepted,
  assertRefused,
  assertUnchanged,
  assertUnchangedIf,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import type { Noted } from '../../src/model.ts'
import { signed } from './signed-parameters.ts'

const anHour = 3_600_000

const page = 'RemoveVServerGroupBackendServers'
const source = `${page} › Examples › Request example › CommonParameters`

export const removeVServerGroupServersCredentials: readonly Entry[] = [
  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/credentials-required',
      level: 'implied',
      text: "Unsigned, or signed with a secret that is not the key's, a call removes nothing.",
      source,
      needs: ['authentication'],
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const before = await slb.survey()
      assertRefused(await slb.askAs('none', request))
      assertRefused(await slb.askAs('wrong', request))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/other-account',
      level: 'implied',
      text: 'With the key of another account a call removes nothing.',
      source,
      needs: ['authentication'],
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const before = await slb.survey()
      assertRefused(await slb.askAs('other', request))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request))
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/altered-parameter',
      level: 'implied',
      text: 'A list that was put in after the call was signed removes nothing.',
      source,
      needs: ['authentication'],
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const before = await slb.survey()
      assertRefused(await slb.askAs('altered', request))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request), 'It is signed as it is sent again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/unknown-access-key',
      level: 'implied',
      text: 'With a key that is nobody’s a call removes nothing.',
      source,
      needs: ['authentication'],
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const before = await slb.survey()
      assertRefused(await slb.askAs('unknown', request))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request), 'It is signed with the right key again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/signature-whole',
      level: 'implied',
      text: 'A signature that is wrong only at its end, or that ends too early, removes nothing.',
      source,
      needs: ['authentication'],
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const before = await slb.survey()
      assertRefused(await slb.askAs('misspelt', request))
      assertRefused(await slb.askAs('cut', request))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request), 'The signature is whole again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/common-parameters-required',
      level: 'implied',
      text: 'A call that lacks one of the common parameters, and is signed without it, removes nothing.',
      source,
      needs: ['authentication'],
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const before = await slb.survey()
      for (const without of signed) assertRefused(await slb.askAs({ without }, request))
      assertRefused(await slb.ask(withParameter(request, 'Version', undefined)))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request), 'Nothing is missing again.')
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/signature-age',
      level: 'reading',
      text: 'The page does not say how old a signature may be; one that is too old removes nothing.',
      source,
      needs: ['authentication'],
      readings: {
        minutes: 'A call that says it was made an hour ago is refused.',
        hours: 'A call that says it was made an hour ago is accepted.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const before = await slb.survey()
      const answered = await slb.askAs({ aged: anHour }, request)
      assertUnchangedIf(isRefused(answered), before, await slb.survey())
      assertAccepted(await slb.ask(request), 'It is signed anew.')
      return readingOf(
        { minutes: isRefused(answered), hours: isAccepted(answered) },
        `A call that says it is an hour old answered ${answered.status}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/replay',
      level: 'reading',
      text: 'The page does not say whether a signature holds once; one that does not hold removes nothing.',
      source,
      needs: ['authentication'],
      readings: {
        once: 'A call that is sent a second time, as it was signed, is refused.',
        repeatedly: 'A call that is sent a second time, as it was signed, is accepted.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(3)
      const request = slb.removalFromGroup(group, namedMembers(group.members.slice(0, 1)))
      const noted: Noted = {}
      assertAccepted(await slb.askAs({ noted }, request))
      const before = await slb.survey()
      const answered = await slb.askAs({ again: noted }, request)
      assertUnchanged(before, await slb.survey())
      return readingOf(
        { once: isRefused(answered), repeatedly: isAccepted(answered) },
        `A call that was sent a second time answered ${answered.status}.`,
      )
    },
  ),
]
