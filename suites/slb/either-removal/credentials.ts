/** Who may call both removals: what the pages leave to the common parameters. */

import { asPost, withParameter } from '../../../fixtures/slb/ask.ts'
import { check, type SlbGround } from '../../../fixtures/slb/ground.ts'
import { assertControl, assertRefused, assertUnchanged } from '../../../src/check/assert.ts'
import type { Entry } from '../../../src/check/check.ts'
import type { Credentials } from '../../../src/model.ts'
import type { Removal } from './removal.ts'

/** The common parameters that come with a signature and are signed by it. */
const signed: readonly string[] = [
  'AccessKeyId',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'Timestamp',
]

export function credentialsEntries(of: Removal): readonly Entry[] {
  const source = of.at(of.places.commonParameters)
  return [
    check(
      {
        id: of.id('credentials-required'),
        level: 'implied',
        text: "A call that is unsigned, or signed with a secret that is not the key's, removes nothing.",
        source,
        needs: ['authentication'],
      },
      refusedWith(of, 'none', 'wrong'),
    ),

    check(
      {
        id: of.id('other-account'),
        level: 'implied',
        text: 'A call with the key of another account removes nothing.',
        source,
        needs: ['authentication'],
      },
      refusedWith(of, 'other'),
    ),

    check(
      {
        id: of.id('altered-parameter'),
        level: 'implied',
        text: 'A call whose list was changed after it was signed removes nothing.',
        source,
        needs: ['authentication'],
      },
      refusedWith(of, 'altered'),
    ),

    check(
      {
        id: of.id('unknown-access-key'),
        level: 'implied',
        text: 'A call with a key that does not exist removes nothing.',
        source,
        needs: ['authentication'],
      },
      refusedWith(of, 'unknown'),
    ),

    check(
      {
        id: of.id('signature-whole'),
        level: 'implied',
        text: 'A call whose signature is wrong only at its end, or is cut short, removes nothing.',
        source,
        needs: ['authentication'],
      },
      refusedWith(of, 'misspelt', 'cut'),
    ),

    check(
      {
        id: of.id('common-parameters-required'),
        level: 'implied',
        text: 'A call without one of the common parameters, signed without it, removes nothing.',
        source,
        needs: ['authentication'],
      },
      async (slb) => {
        const group = await of.arrange(slb, 37, 100)
        const request = group.request(group.named)
        const before = await slb.survey()
        for (const without of signed) {
          assertRefused(await slb.askAs({ without }, request), `It names no ${without}.`)
        }
        const unversioned = withParameter(request, 'Version', undefined)
        assertRefused(await slb.ask(unversioned), 'It names no Version.')
        assertUnchanged(before, await slb.survey())
        assertControl(await slb.ask(request))
      },
    ),
  ]
}

/** Asks with each of these credentials: refused, nothing changes, and the target's own are accepted. */
function refusedWith(of: Removal, ...kinds: readonly Credentials[]) {
  return async (slb: SlbGround): Promise<void> => {
    const group = await of.arrange(slb, 37, 100)
    const request = group.request(group.named)
    const before = await slb.survey()
    for (const kind of kinds) {
      assertRefused(await slb.askAs(kind, request))
      if (!slb.context.session.offers('post')) continue
      assertRefused(await slb.askAs(kind, asPost(request)), 'It was a POST.')
    }
    assertUnchanged(before, await slb.survey())
    assertControl(await slb.ask(request))
  }
}
