/** RemoveVServerGroupBackendServers: who may call it, how old a signature may be, and how often it holds. */

import { check } from '../../fixtures/slb/ground.ts'
import { namedMembers } from '../../fixtures/slb/lists.ts'
import {
  assertAccepted,
  assertControl,
  assertUnchanged,
  assertUnchangedIf,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import type { Noted } from '../../src/model.ts'

import { credentialsEntries } from './either-removal/credentials.ts'
import { fromVServerGroup } from './either-removal/removal.ts'

const oneHourMilliseconds = 3_600_000

const page = 'RemoveVServerGroupBackendServers'
const source = `${page} › Examples › Request example › CommonParameters`

export const removeVServerGroupServersCredentials: readonly Entry[] = [
  ...credentialsEntries(fromVServerGroup),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/signature-age',
      level: 'reading',
      text: 'The page does not say how old a signature may be; a call with one that is too old removes nothing.',
      source,
      needs: ['authentication'],
      readings: {
        minutes: 'A call whose timestamp is one hour old is refused.',
        hours: 'A call whose timestamp is one hour old is accepted.',
      },
    },
    async (slb) => {
      const group = await slb.groupOf(2)
      const request = slb.removalFromGroup(group, namedMembers(group.members))
      const before = await slb.survey()
      const answered = await slb.askAs({ aged: oneHourMilliseconds }, request)
      assertUnchangedIf(isRefused(answered), before, await slb.survey())
      assertControl(await slb.ask(request))
      return readingOf(
        { minutes: isRefused(answered), hours: isAccepted(answered) },
        `A call whose timestamp is one hour old answered ${answered.status}.`,
      )
    },
  ),

  check(
    {
      id: 'slb/remove-vserver-group-backend-servers/replay',
      level: 'reading',
      text: 'The page does not say whether a signature may be used twice; a call with one that may not removes nothing.',
      source,
      needs: ['authentication'],
      readings: {
        once: 'A signed call that is sent a second time is refused.',
        repeatedly: 'A signed call that is sent a second time is accepted.',
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
        `A signed call that was sent a second time answered ${answered.status}.`,
      )
    },
  ),
]
