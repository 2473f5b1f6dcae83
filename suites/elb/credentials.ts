/** Requests with credentials that do not allow them: the same questions about each operation. */

import type { ElbGround } from '../../fixtures/elb/ground.ts'
import { assertControl, assertRefused, assertUnchanged } from '../../src/check/assert.ts'
import type { Credentials } from '../../src/model.ts'
import type { Arrange } from './arranged-operation.ts'

type Ask = (elb: ElbGround) => Promise<void>

/** Refused without credentials and with invalid ones; accepted with the target's own. */
export function credentialsRequired(arrange: Arrange): Ask {
  return refusedWith(arrange, ['none', 'wrong'])
}

/** Refused with the credentials of another project; accepted with the target's own. */
export function ownProjectRequired(arrange: Arrange): Ask {
  return refusedWith(arrange, ['other'])
}

function refusedWith(arrange: Arrange, kinds: readonly Credentials[]): Ask {
  return async (elb) => {
    const { ids, request, allowed } = await arrange(elb)
    const before = await elb.survey()
    for (const kind of kinds) assertRefused(await elb.writeAs(kind, request(ids)))
    assertUnchanged(before, await elb.survey())
    assertControl(await elb.write('ask', request(ids)), allowed)
  }
}
