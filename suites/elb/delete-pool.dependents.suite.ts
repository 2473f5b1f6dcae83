/** What has to be removed before a backend server group can be deleted. */

import { isDeepStrictEqual } from 'node:util'
import type { Pool } from '../../fixtures/elb/created.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { fieldsOf, type Named } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertControl,
  assertRefused,
  assertThat,
  assertUnchanged,
  assertUnchangedIf,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { elbRequest } from '../../src/dialects/elb.ts'
import { Unarranged } from '../../src/model.ts'
import { allowed } from './allowed.ts'

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
      text: 'A pool that still has a health monitor is not deleted, also where the monitor is disabled.',
      source: `${page} › Constraints`,
      needs: ['healthMonitors'],
    },
    async (elb) => {
      const pool = await elb.pool()
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
      id: 'elb/delete-pool/forwarding-policies-first',
      level: 'must',
      text: 'A pool to which a forwarding policy still sends requests is not deleted.',
      source: `${page} › Constraints`,
      needs: ['forwardingPolicies'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const policy = await elb.forwardingPolicy(pool)
      await assertEachBlocks(elb, pool, [`/l7policies/${policy.id}`])
    },
  ),

  check(
    {
      id: 'elb/delete-pool/every-forwarding-policy-first',
      level: 'implied',
      text: 'A pool is not deleted while one of several forwarding policies is left.',
      source: `${page} › Constraints`,
      needs: ['forwardingPolicies'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const { id: listener_id } = await elb.listener()
      const first = await elb.forwardingPolicy(pool, { listener_id })
      const last = await elb.forwardingPolicy(pool, { listener_id })
      await unlink(elb, pool, first)
      await assertEachBlocks(elb, pool, [`/l7policies/${last.id}`])
    },
  ),

  check(
    {
      id: 'elb/delete-pool/redirected-forwarding-policy-first',
      level: 'implied',
      text: 'A pool is not deleted while a forwarding policy that was updated to point to it still does.',
      source: `${page} › Constraints`,
      needs: ['forwardingPolicies'],
    },
    async (elb) => {
      const [former, pool] = [await elb.pool(), await elb.pool()]
      const { id } = await elb.forwardingPolicy(former)
      const body = { l7policy: { redirect_pool_id: pool.id } }
      const path = `/l7policies/${id}`
      const answered = await elb.write('arrange', elbRequest('PUT', path, body))
      const { body: shown } = await elb.show(path)
      const leadsTo = fieldsOf(fieldsOf(shown)['l7policy'])['redirect_pool_id']
      if (!isAccepted(answered) || leadsTo !== pool.id) {
        throw new Unarranged('A forwarding policy could not be led to another pool.')
      }
      const { policies } = await elb.survey()
      assertControl(await elb.deletePool(former), allowed.deletion)
      assertUnchanged(policies, (await elb.survey()).policies)
      await assertEachBlocks(elb, pool, [path])
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
      text: 'A pool whose backend server was removed, added again and removed can be deleted.',
      source: `${page} › Constraints`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const { id, address, port } = await elb.member(pool)
      await elb.remove(memberPath(pool, { id }))
      const again = await elb.member(pool, { address, protocol_port: port })
      await elb.remove(memberPath(pool, again))
      const { members } = await elb.shownPool(pool)
      if (!isDeepStrictEqual(members, [])) {
        throw new Unarranged('The pool still names a backend server that was removed.')
      }
      assertAccepted(await elb.deletePool(pool), 'Its backend servers had been removed.')
      await elb.assertGone(`/pools/${pool.id}`, pool)
    },
  ),

  check(
    {
      id: 'elb/delete-pool/unlink-by-null',
      level: 'reading',
      text:
        'A policy is unlinked by setting its redirect_pool_id to null; the page on updating a policy ' +
        'makes that field mandatory.',
      source: `${page} › Constraints`,
      needs: ['forwardingPolicies'],
      readings: {
        accepted: 'The policy accepts null, and the pool can then be deleted.',
        refused: 'The policy refuses null: it has to be deleted before the pool.',
        ignored:
          'The update of the policy is accepted without effect: it still names the pool, also in the answer.',
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      const policy = await elb.forwardingPolicy(pool)
      // A policy in use has rules. Where they are not taken, it is unlinked without.
      const rule = { type: 'PATH', compare_type: 'STARTS_WITH', value: '/poolproof' }
      await elb.write('arrange', elbRequest('POST', `/l7policies/${policy.id}/rules`, { rule }))
      const body = { l7policy: { redirect_pool_id: null } }
      const before = await elb.survey()
      const unlinked = await elb.write('ask', elbRequest('PUT', `/l7policies/${policy.id}`, body))
      const between = await elb.survey()
      const freed = await elb.deletePool(pool)
      const after = await elb.survey()
      const links = ({ policies }: typeof after) => policies[policy.id]?.['redirect_pool_id']
      // A look that was old shows the link, and a later one the policy without it.
      const isLinked =
        links(between) === pool.id && (links(after) === pool.id || !after.policies[policy.id])
      const refused = isRefused(unlinked)
      assertThat(
        !isLinked || isRefused(freed),
        `The policy still names the pool, yet the pool was deleted (${freed.status}).`,
      )
      assertUnchangedIf(refused, before, after)
      assertThat(
        !between.policies[policy.id] || after.policies[policy.id] !== undefined,
        'The policy was there when the pool was deleted, and is gone.',
      )
      return readingOf(
        {
          accepted: isAccepted(unlinked) && isAccepted(freed),
          refused,
          ignored:
            isAccepted(unlinked) && isLinked && !/"redirect_pool_id": *null/.test(unlinked.text),
        },
        `Setting redirect_pool_id to null answered ${unlinked.status}, then the deletion ${freed.status}.`,
      )
    },
  ),
]

/** A pool, and the paths of what uses it. */
interface PoolInUse {
  readonly pool: Pool
  readonly paths: readonly string[]
}

/**
 * The pool is not deleted while any of these objects uses it; once all are removed, it is.
 *
 * @param paths - Of the objects, in the order in which they are removed.
 */
async function assertEachBlocks(
  elb: ElbGround,
  pool: Pool,
  paths: readonly string[],
): Promise<void> {
  for (const path of paths) {
    await assertBlocked(elb, pool, path)
    await elb.remove(path)
  }
  assertControl(await elb.deletePool(pool), allowed.deletion)
}

/** Each of two objects blocks alone, whichever of them was removed first. */
async function assertEitherBlocks(
  elb: ElbGround,
  arrange: () => Promise<PoolInUse>,
): Promise<void> {
  const second = await arrange()
  const [first = '', last = ''] = second.paths
  await elb.remove(last)
  await assertBlocked(elb, second.pool, first)
  const { pool, paths } = await arrange()
  await assertEachBlocks(elb, pool, paths)
}

async function assertBlocked(elb: ElbGround, pool: Pool, by: string): Promise<void> {
  const before = await elb.survey()
  assertRefused(await elb.deletePool(pool), `${by} was still there.`)
  assertUnchanged(before, await elb.survey())
}

/** Unlinks a policy as the page says, by null; where that does not unlink it, the policy is deleted. */
async function unlink(elb: ElbGround, pool: Pool, policy: Named): Promise<void> {
  const path = `/l7policies/${policy.id}`
  const body = { l7policy: { redirect_pool_id: null } }
  const answered = await elb.write('arrange', elbRequest('PUT', path, body))
  const { body: shown } = await elb.show(path)
  const isLinked = fieldsOf(fieldsOf(shown)['l7policy'])['redirect_pool_id'] === pool.id
  if (!isAccepted(answered) || isLinked) await elb.remove(path)
}

function memberPath(pool: Pool, { id }: { readonly id: string }): string {
  return `/pools/${pool.id}/members/${id}`
}

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
