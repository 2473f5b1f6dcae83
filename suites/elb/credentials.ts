/** Requests with credentials that do not allow them: the same questions about each operation. */

import type { ElbGround } from '../../fixtures/elb/ground.ts'
import { assertControl, assertRefused, assertUnchanged } from '../../src/check/assert.ts'
import type { Arrange } from './arranged-operation.ts'
import { assertNothingMeant } from './deletions.ts'

type Ask = (elb: ElbGround) => Promise<void>

/** Refused without credentials and with invalid ones; accepted with the target's own. */
export function credentialsRequired(arrange: Arrange): Ask {
  return async (elb) => {
    const { ids, request, allowed } = await arrange(elb)
    const before = await elb.survey()
    for (const kind of ['none', 'wrong'] as const)
      assertRefused(await elb.writeAs(kind, request(ids)))
    assertUnchanged(before, await elb.survey())
    assertControl(await elb.write('ask', request(ids)), allowed)
  }
}

/** Refused with the credentials of another project, which may see nothing to delete; accepted with the target's own. */
export function ownProjectRequired(arrange: Arrange): Ask {
  return async (elb) => {
    const { ids, request, allowed } = await arrange(elb)
    const before = await elb.survey()
    const answered = await elb.writeAs('other', request(ids))
    assertUnchanged(before, await elb.survey())
    await assertNothingMeant(elb, arrange, [answered])
    assertControl(await elb.write('ask', request(ids)), allowed)
  }
}
