/** Who may take backend servers out of the default group: what the page leaves to the common parameters. */

import { withParameter } from '../../fixtures/slb/ask.ts'
import { check } from '../../fixtures/slb/ground.ts'
import { namedServers } from '../../fixtures/slb/lists.ts'
import { assertAccepted, assertRefused, assertUnchanged } from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { signed } from './signed-parameters.ts'

const page = 'RemoveBackendServers'
const source = `${page} › Debugging`

export const removeBackendServersCredentials: readonly Entry[] = [
  check(
    {
      id: 'slb/remove-backend-servers/credentials-required',
      level: 'implied',
      text: "Unsigned, or signed with a secret that is not the key's, a call removes nothing.",
      source,
      needs: ['authentication'],
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const request = slb.removalOfServers(namedServers(servers))
      const before = await slb.survey()
      assertRefused(await slb.askAs('none', request))
      assertRefused(await slb.askAs('wrong', request))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request))
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/other-account',
      level: 'implied',
      text: 'With the key of another account a call removes nothing.',
      source,
      needs: ['authentication'],
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const request = slb.removalOfServers(namedServers(servers))
      const before = await slb.survey()
      assertRefused(await slb.askAs('other', request))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request))
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/altered-parameter',
      level: 'implied',
      text: 'A list that was put in after the call was signed removes nothing.',
      source,
      needs: ['authentication'],
    },
    async (slb) => {
      const request = slb.removalOfServers(namedServers(await slb.defaultGroupOf(37, 100)))
      const before = await slb.survey()
      assertRefused(await slb.askAs('altered', request))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request), 'It is signed as it is sent again.')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/unknown-access-key',
      level: 'implied',
      text: 'With a key that is nobody’s a call removes nothing.',
      source,
      needs: ['authentication'],
    },
    async (slb) => {
      const request = slb.removalOfServers(namedServers(await slb.defaultGroupOf(37, 100)))
      const before = await slb.survey()
      assertRefused(await slb.askAs('unknown', request))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request), 'It is signed with the right key again.')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/signature-whole',
      level: 'implied',
      text: 'A signature that is wrong only at its end, or that ends too early, removes nothing.',
      source,
      needs: ['authentication'],
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const request = slb.removalOfServers(namedServers(servers))
      const before = await slb.survey()
      assertRefused(await slb.askAs('misspelt', request))
      assertRefused(await slb.askAs('cut', request))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request), 'The signature is whole again.')
    },
  ),

  check(
    {
      id: 'slb/remove-backend-servers/common-parameters-required',
      level: 'implied',
      text: 'A call that lacks one of the common parameters, and is signed without it, removes nothing.',
      source,
      needs: ['authentication'],
    },
    async (slb) => {
      const servers = await slb.defaultGroupOf(37, 100)
      const request = slb.removalOfServers(namedServers(servers))
      const before = await slb.survey()
      for (const without of signed) assertRefused(await slb.askAs({ without }, request))
      assertRefused(await slb.ask(withParameter(request, 'Version', undefined)))
      assertUnchanged(before, await slb.survey())
      assertAccepted(await slb.ask(request), 'Nothing is missing again.')
    },
  ),
]
