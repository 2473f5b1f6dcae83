/** What becomes of a listener when the pool is deleted that is or was its default pool. */

import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { aPool } from '../../fixtures/elb/bodies.ts'
import type { Pool } from '../../fixtures/elb/created.ts'
import type { Named } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertControl,
  assertUnchanged,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { elbRequest } from '../../src/dialects/elb.ts'
import { Unarranged } from '../../src/model.ts'
import { allowed } from './allowed.ts'

const page = 'Deleting a Backend Server Group'

export const deletePoolDefaultPool: readonly Entry[] = [
  check(
    {
      id: 'elb/delete-pool/default-pool-of-listener',
      level: 'reading',
      text: 'The page does not say whether the default pool of a listener may be deleted.',
      source: `${page} › Constraints`,
      readings: {
        deleted: 'It is deleted, and the listener no longer names it, and takes another.',
        refused: 'The deletion is refused, and nothing changes.',
      },
    },
    async (elb) => {
      const listener = await elb.listener()
      const { session } = elb.context
      if (session.offers('forwardingPolicies') && (await elb.areOffered('l7policies'))) {
        await elb.forwardingPolicy(await elb.pool(), { listener_id: listener.id })
      }
      const { id: listener_id } = await elb.listener()
      await elb.pool({ listener_id, protocol: 'HTTP' })
      const without = await elb.survey()
      const used = { listener_id: listener.id, protocol: 'HTTP' }
      const pool = await elb.pool(used)
      const before = await elb.survey()
      const answered = await elb.deletePool(pool)
      const reading = readingOf(
        { deleted: isAccepted(answered), refused: isRefused(answered) },
        `Deleting a listener's default pool answered ${answered.status}.`,
      )
      assertUnchanged({ deleted: without, refused: before }[reading], await elb.survey())
      if (reading === 'deleted') {
        const body = aPool({ name: session.name('pool'), ...used })
        const next = await elb.tryToCreate('/pools', 'pool', body)
        assertAccepted(next, 'The listener had no default pool any more.')
      }
      return reading
    },
  ),

  check(
    {
      id: 'elb/delete-pool/former-default-pool',
      level: 'implied',
      text: "Deleting a pool that once was the default pool of a listener does not change the listener's current default pool.",
      source: `${page} › Function`,
    },
    async (elb) => {
      const listener = await elb.listener()
      const former = await elb.pool({ listener_id: listener.id })
      const present = await elb.pool()
      await makeDefault(elb, listener, present)
      const before = await elb.survey()
      assertControl(await elb.deletePool(former), allowed.deletion)
      const after = await elb.survey()
      assertUnchanged(before.listeners, after.listeners)
      assertUnchanged(before.pools[present.id], after.pools[present.id])
    },
  ),
]

/** @throws {Unarranged} When the listener does not take it. */
async function makeDefault(elb: ElbGround, listener: Named, pool: Pool): Promise<void> {
  const path = `/listeners/${listener.id}`
  const body = { listener: { default_pool_id: pool.id } }
  const answered = await elb.write('arrange', elbRequest('PUT', path, body))
  const { listeners } = await elb.survey()
  if (isAccepted(answered) && listeners[listener.id]?.['default_pool_id'] === pool.id) return
  throw new Unarranged('A listener could not be given another default pool.')
}
