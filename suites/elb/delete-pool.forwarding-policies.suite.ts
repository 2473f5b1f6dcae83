/** Forwarding policies that have to be removed or unlinked before a backend server group can be deleted. */

import type { Pool } from '../../fixtures/elb/created.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { fieldsOf, type Named } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertControl,
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
import { assertEachBlocks } from './blocked-deletion.ts'
import { anyPoolOfPolicies } from './circumstances.ts'

const page = 'Deleting a Backend Server Group'

export const deletePoolForwardingPolicies: readonly Entry[] = [
  check(
    {
      id: 'elb/delete-pool/forwarding-policies-first',
      level: 'must',
      text: 'A pool to which a forwarding policy still sends requests is not deleted.',
      source: `${page} › Constraints`,
      needs: ['forwardingPolicies'],
      varies: anyPoolOfPolicies,
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
      varies: anyPoolOfPolicies,
    },
    async (elb) => {
      const pool = await elb.pool()
      const { id: listener_id } = await elb.policyListener()
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
      varies: anyPoolOfPolicies,
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
      id: 'elb/delete-pool/unlink-by-null',
      level: 'reading',
      text:
        'A policy is unlinked by setting its redirect_pool_id to null; the page on updating a policy ' +
        'makes that field mandatory.',
      source: `${page} › Constraints`,
      needs: ['forwardingPolicies'],
      varies: anyPoolOfPolicies,
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

/** Unlinks a policy as the page says, by null; where that does not unlink it, the policy is deleted. */
async function unlink(elb: ElbGround, pool: Pool, policy: Named): Promise<void> {
  const path = `/l7policies/${policy.id}`
  const body = { l7policy: { redirect_pool_id: null } }
  const answered = await elb.write('arrange', elbRequest('PUT', path, body))
  const { body: shown } = await elb.show(path)
  const isLinked = fieldsOf(fieldsOf(shown)['l7policy'])['redirect_pool_id'] === pool.id
  if (!isAccepted(answered) || isLinked) await elb.remove(path)
}
