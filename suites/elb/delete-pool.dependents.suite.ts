/** What has to be removed before a backend server group can be deleted. */

import { isDeepStrictEqual } from 'node:util'
import type { Pool } from '../../fixtures/elb/created.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import {
  assertAccepted,
  assertControl,
  assertRefused,
  assertUnchanged,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { elbRequest } from '../../src/dialects/elb.ts'
import { Unarranged } from '../../src/model.ts'
import { allowed } from './allowed.ts'
import {
  assertBlocked,
  assertEachBlocks,
  assertEitherBlocks,
  memberPath,
} from './blocked-deletion.ts'

const page = 'Deleting a Backend Server Group'

export const deletePoolDependents: readonly Entry[] = [
  check(
    {
      id: 'elb/delete-pool/members-first',
      level: 'must',
      text: 'A pool that still has a backend server is not deleted.',
      source: `${page} › Constraints`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const member = await elb.member(pool)
      await assertEachBlocks(elb, pool, [memberPath(pool, member)])
    },
  ),

  check(
    {
      id: 'elb/delete-pool/every-member-first',
      level: 'must',
      text: 'A pool is not deleted while one of several backend servers is left.',
      source: `${page} › Constraints`,
    },
    async (elb) => {
      const pool = await elb.pool()
      // They are in the pool even if they get no traffic.
      const first = await elb.member(pool, { weight: 0 })
      const last = await elb.member(pool, { weight: 0 })
      await assertBlocked(elb, pool, memberPath(pool, first))
      await elb.remove(memberPath(pool, first))
      // A second removal of the same one, whatever its answer, is not that of the other.
      await elb.write('arrange', elbRequest('DELETE', memberPath(pool, first)))
      await assertEachBlocks(elb, pool, [memberPath(pool, last)])
    },
  ),

  check(
    {
      id: 'elb/delete-pool/health-monitor-first',
      level: 'must',
      text: 'A pool that still has a health monitor is not deleted.',
      source: `${page} › Constraints`,
      needs: ['healthMonitors'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const monitor = await elb.healthMonitor(pool)
      await assertEachBlocks(elb, pool, [`/healthmonitors/${monitor.id}`])
    },
  ),

  check(
    {
      id: 'elb/delete-pool/health-monitor-first.disabled',
      level: 'implied',
      text: 'A pool that still has a health monitor is not deleted, also where the monitor is disabled, and not its first one.',
      source: `${page} › Constraints`,
      needs: ['healthMonitors'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const former = await elb.healthMonitor(pool)
      await elb.remove(`/healthmonitors/${former.id}`)
      const monitor = await elb.healthMonitor(pool, { admin_state_up: false })
      await assertEachBlocks(elb, pool, [`/healthmonitors/${monitor.id}`])
    },
  ),

  check(
    {
      id: 'elb/delete-pool/health-monitor-first.default-pool',
      level: 'implied',
      text: 'The default pool of a listener is not deleted while it has a health monitor, and stays the default pool.',
      source: `${page} › Constraints`,
      needs: ['healthMonitors'],
    },
    async (elb) => {
      const listener = await elb.listener()
      const pool = await elb.pool({ protocol: 'HTTP', listener_id: listener.id })
      const { id } = await elb.healthMonitor(pool)
      await assertBlocked(elb, pool, `/healthmonitors/${id}`)
      // Whether a listener keeps its default pool from being deleted is a reading.
      assertControl(await elb.deletePool(await elb.pool()), allowed.deletion)
    },
  ),

  check(
    {
      id: 'elb/delete-pool/members-and-health-monitor-first',
      level: 'implied',
      text: 'A pool with backend servers and a health monitor is not deleted while one of them is left.',
      source: `${page} › Constraints`,
      needs: ['healthMonitors'],
    },
    async (elb) => {
      await assertEitherBlocks(elb, async () => {
        const pool = await elb.pool()
        const member = await elb.member(pool)
        const monitor = await elb.healthMonitor(pool)
        return { pool, paths: [memberPath(pool, member), `/healthmonitors/${monitor.id}`] }
      })
    },
  ),

  check(
    {
      id: 'elb/delete-pool/members-and-forwarding-policies-first',
      level: 'implied',
      text: 'A pool with backend servers and a forwarding policy is not deleted while one of them is left.',
      source: `${page} › Constraints`,
      needs: ['forwardingPolicies'],
    },
    async (elb) => {
      await assertEitherBlocks(elb, async () => {
        const pool = await elb.pool()
        const member = await elb.member(pool)
        const policy = await elb.forwardingPolicy(pool)
        return { pool, paths: [`/l7policies/${policy.id}`, memberPath(pool, member)] }
      })
    },
  ),

  check(
    {
      id: 'elb/delete-pool/health-monitor-and-forwarding-policies-first',
      level: 'implied',
      text: 'A pool with a health monitor and a forwarding policy is not deleted while one of them is left.',
      source: `${page} › Constraints`,
      needs: ['healthMonitors', 'forwardingPolicies'],
    },
    async (elb) => {
      await assertEitherBlocks(elb, async () => {
        const pool = await elb.pool()
        const monitor = await elb.healthMonitor(pool)
        const policy = await elb.forwardingPolicy(pool)
        return { pool, paths: [`/healthmonitors/${monitor.id}`, `/l7policies/${policy.id}`] }
      })
    },
  ),

  check(
    {
      id: 'elb/delete-pool/all-three-first',
      level: 'implied',
      text: 'A refused deletion removes none of the three: backend servers, health monitor, policies.',
      source: `${page} › Constraints`,
      needs: ['healthMonitors', 'forwardingPolicies'],
    },
    async (elb) => {
      const { pool, uses } = await usedByAllThree(elb)
      const before = await elb.survey()
      assertRefused(await elb.deletePool(pool))
      assertRefused(await elb.deletePool(pool), 'This was the second attempt.')
      assertUnchanged(before, await elb.survey())
      for (const path of uses.toReversed()) await elb.remove(path)
      assertControl(await elb.deletePool(pool), allowed.deletion)
    },
  ),

  check(
    {
      id: 'elb/delete-pool/accepted-once-unused',
      level: 'implied',
      text: 'A pool is deleted once its backend servers, its health monitor and the policies to it are removed.',
      source: `${page} › Constraints`,
      needs: ['healthMonitors', 'forwardingPolicies'],
    },
    async (elb) => {
      const { pool, uses } = await usedByAllThree(elb)
      for (const path of uses) await elb.remove(path)
      assertAccepted(await elb.deletePool(pool), 'All that used it had been removed.')
      await elb.assertGone(`/pools/${pool.id}`, pool)
    },
  ),

  check(
    {
      id: 'elb/delete-pool/after-adding-again',
      level: 'implied',
      text: 'A pool whose backend server and health monitor were removed, added again and removed can be deleted.',
      source: `${page} › Constraints`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const { id, address, port } = await elb.member(pool)
      await elb.remove(memberPath(pool, { id }))
      const again = await elb.member(pool, { address, protocol_port: port })
      await elb.remove(memberPath(pool, again))
      const { session } = elb.context
      const isMonitored =
        session.offers('healthMonitors') && (await elb.areOffered('healthmonitors'))
      for (const _life of isMonitored ? ['first', 'second'] : []) {
        const monitor = await elb.healthMonitor(pool)
        await elb.remove(`/healthmonitors/${monitor.id}`)
      }
      const { members } = await elb.shownPool(pool)
      if (!isDeepStrictEqual(members, [])) {
        throw new Unarranged('The pool still names a backend server that was removed.')
      }
      assertAccepted(await elb.deletePool(pool), 'What was in it had been removed.')
      await elb.assertGone(`/pools/${pool.id}`, pool)
    },
  ),
]

/** A pool with a backend server, a health monitor and a forwarding policy, and the paths of the three. */
async function usedByAllThree(elb: ElbGround): Promise<{ pool: Pool; uses: readonly string[] }> {
  const pool = await elb.pool()
  const member = await elb.member(pool)
  const monitor = await elb.healthMonitor(pool)
  const policy = await elb.forwardingPolicy(pool)
  return {
    pool,
    uses: [memberPath(pool, member), `/healthmonitors/${monitor.id}`, `/l7policies/${policy.id}`],
  }
}
