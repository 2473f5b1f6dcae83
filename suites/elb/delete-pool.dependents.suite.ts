/** What has to be removed before a backend server group can be deleted. */

import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import {
  assertAccepted,
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
      await assertEachBlocks(elb, pool, [`/pools/${pool.id}/members/${member.id}`])
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
      const [first, last] = [await elb.member(pool), await elb.member(pool)]
      await elb.remove(`/pools/${pool.id}/members/${first.id}`)
      await assertEachBlocks(elb, pool, [`/pools/${pool.id}/members/${last.id}`])
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
      await elb.remove(`/l7policies/${first.id}`)
      await assertEachBlocks(elb, pool, [`/l7policies/${last.id}`])
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
      const pool = await elb.pool()
      const member = await elb.member(pool)
      const monitor = await elb.healthMonitor(pool)
      await assertEachBlocks(elb, pool, [
        `/pools/${pool.id}/members/${member.id}`,
        `/healthmonitors/${monitor.id}`,
      ])
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
      const pool = await elb.pool()
      const member = await elb.member(pool)
      const policy = await elb.forwardingPolicy(pool)
      await assertEachBlocks(elb, pool, [
        `/l7policies/${policy.id}`,
        `/pools/${pool.id}/members/${member.id}`,
      ])
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
      const pool = await elb.pool()
      const monitor = await elb.healthMonitor(pool)
      const policy = await elb.forwardingPolicy(pool)
      await assertEachBlocks(elb, pool, [
        `/healthmonitors/${monitor.id}`,
        `/l7policies/${policy.id}`,
      ])
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
      const pool = await elb.pool()
      const member = await elb.member(pool)
      const monitor = await elb.healthMonitor(pool)
      const policy = await elb.forwardingPolicy(pool)
      const before = await elb.survey()
      assertRefused(await elb.deletePool(pool))
      assertRefused(await elb.deletePool(pool), 'This was the second attempt.')
      assertUnchanged(before, await elb.survey())
      await elb.remove(`/l7policies/${policy.id}`)
      await elb.remove(`/healthmonitors/${monitor.id}`)
      await elb.remove(`/pools/${pool.id}/members/${member.id}`)
      assertAccepted(await elb.deletePool(pool))
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
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      const policy = await elb.forwardingPolicy(pool)
      const body = { l7policy: { redirect_pool_id: null } }
      const before = await elb.survey()
      const unlinked = await elb.write('ask', elbRequest('PUT', `/l7policies/${policy.id}`, body))
      const freed = await elb.deletePool(pool)
      const refused = isRefused(unlinked)
      assertThat(
        !refused || isRefused(freed),
        `The policy refused null, yet the pool it sends requests to was deleted (${freed.status}).`,
      )
      assertUnchangedIf(refused, before, await elb.survey())
      return readingOf(
        { accepted: isAccepted(unlinked) && isAccepted(freed), refused },
        `Setting redirect_pool_id to null answered ${unlinked.status}, then the deletion ${freed.status}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/delete-pool/default-pool-of-listener',
      level: 'reading',
      text: 'The page does not say whether the default pool of a listener may be deleted.',
      source: `${page} › Constraints`,
      readings: {
        deleted: 'It is deleted, and the listener no longer names it.',
        refused: 'The deletion is refused, and nothing changes.',
      },
    },
    async (elb) => {
      const listener = await elb.listener()
      const without = await elb.survey()
      const pool = await elb.pool({ listener_id: listener.id })
      const before = await elb.survey()
      const answered = await elb.deletePool(pool)
      const reading = readingOf(
        { deleted: isAccepted(answered), refused: isRefused(answered) },
        `Deleting a listener's default pool answered ${answered.status}.`,
      )
      assertUnchanged({ deleted: without, refused: before }[reading], await elb.survey())
      return reading
    },
  ),
]

/**
 * The pool is not deleted while any of these objects uses it; once all are removed, it is.
 *
 * @param paths - Of the objects, in the order in which they are removed.
 */
async function assertEachBlocks(
  elb: ElbGround,
  pool: { readonly id: string },
  paths: readonly string[],
): Promise<void> {
  for (const path of paths) {
    const before = await elb.survey()
    assertRefused(await elb.deletePool(pool), `${path} was still there.`)
    assertUnchanged(before, await elb.survey())
    await elb.remove(path)
  }
  assertAccepted(await elb.deletePool(pool), `Removed before: ${paths.join(', ')}.`)
}
