/** What the page on deleting a backend server group says a deletion does, and what stays. */

import { aPool, withoutDefaults } from '../../fixtures/elb/bodies.ts'
import type { Pool } from '../../fixtures/elb/created.ts'
import { check, suite, type ElbGround } from '../../fixtures/elb/ground.ts'
import { fieldsOf, wrapped } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertNotFound,
  assertRefused,
  assertThat,
  assertUnchanged,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import { NotOffered, Unarranged } from '../../src/model.ts'
import { deletePoolCall } from './delete-pool.call.suite.ts'
import { deletePoolDefaultPool } from './delete-pool.default-pool.suite.ts'
import { deletePoolDependents } from './delete-pool.dependents.suite.ts'
import { deletePoolForwardingPolicies } from './delete-pool.forwarding-policies.suite.ts'
import { varying } from '../../src/check/check.ts'
import { anyPoolToDelete } from './circumstances.ts'
import { judgePoolDeletion } from './answers.ts'
import { alikeOnAnother } from './other-load-balancer.ts'
import { poolsInTree } from './status-tree.ts'

const page = 'Deleting a Backend Server Group'

export default suite(
  'delete-pool',
  varying(anyPoolToDelete, [
    check(
      {
        id: 'elb/delete-pool/gone-from-show',
        level: 'must',
        text: 'A deleted pool can no longer be shown.',
        source: `${page} › Function`,
      },
      async (elb) => {
        const pool = await elb.pool()
        await elb.mustShow(`/pools/${pool.id}`)
        assertAccepted(await elb.deletePool(pool))
        await elb.assertGone(`/pools/${pool.id}`, pool)
      },
    ),

    check(
      {
        id: 'elb/delete-pool/gone-from-list',
        level: 'implied',
        text: 'A deleted pool is no longer listed.',
        source: `${page} › Function`,
      },
      async (elb) => {
        const pool = await elb.pool()
        const before = await elb.listedIds('/pools', 'pools')
        if (!before.includes(pool.id)) throw new Unarranged(`The new pool is not listed.`)
        assertAccepted(await elb.deletePool(pool))
        const after = await elb.listedIds('/pools', 'pools')
        assertThat(!after.includes(pool.id), `The deleted pool ${pool.id} is still listed.`)
        const isAnywhere = await elb.isListedAnywhere(pool)
        assertThat(!isAnywhere, `The deleted pool ${pool.id} is still in the list of all pools.`)
      },
    ),

    check(
      {
        id: 'elb/delete-pool/gone-from-load-balancer',
        level: 'implied',
        text: 'The load balancer no longer names a deleted pool.',
        source: `${page} › Function`,
      },
      async (elb) => {
        const pool = await elb.pool()
        const before = await elb.loadBalancerIds('pools')
        if (!before) throw new NotOffered('The view of a load balancer shows no list of its pools.')
        if (!before.includes(pool.id)) {
          throw new Unarranged('The view of the load balancer does not name a pool of it.')
        }
        assertAccepted(await elb.deletePool(pool))
        const after = (await elb.loadBalancerIds('pools')) ?? []
        assertThat(!after.includes(pool.id), `The load balancer still names the pool ${pool.id}.`)
      },
    ),

    check(
      {
        id: 'elb/delete-pool/gone-from-status-tree',
        level: 'implied',
        text: 'A deleted pool is no longer in the status tree of its load balancer.',
        source: `${page} › Function`,
        needs: ['statusTree'],
      },
      async (elb) => {
        const { pool, isUsed } = await poolInTree(elb)
        const answered = await elb.deletePool(pool)
        if (isUsed && isRefused(answered)) {
          throw new Unarranged(
            'The status tree shows only pools that a listener uses, and such a pool may stay.',
          )
        }
        assertAccepted(answered)
        const after = (await elb.statusTree()) ?? '{}'
        assertThat(
          poolsInTree(after, pool).length === 0,
          `The pool ${pool.id} is still in the tree.`,
        )
      },
    ),

    check(
      {
        id: 'elb/delete-pool/only-that-pool',
        level: 'implied',
        text: 'Deleting a pool does not change other pools, even with the same name, or what belongs to them.',
        source: `${page} › URI › Table 1 › pool_id`,
      },
      async (elb) => {
        const other = await elb.pool(withoutDefaults)
        await elb.member(other)
        await elb.healthMonitorIfOffered(other)
        const name = await elb.nameLike(other)
        const before = await elb.survey()
        const pool = await elb.pool({ name })
        assertAccepted(await elb.deletePool(pool))
        assertUnchanged(before, await elb.survey())
      },
    ),

    check(
      {
        id: 'elb/delete-pool/other-load-balancer-untouched',
        level: 'implied',
        text: 'A deletion leaves the pools of another load balancer as they are, also one with the same name.',
        source: `${page} › URI › Table 1 › pool_id`,
      },
      async (elb) => {
        const { pool, member, assertOtherUntouched } = await alikeOnAnother(elb, 'the other')
        await elb.remove(`/pools/${pool.id}/members/${member.id}`)
        assertAccepted(await elb.deletePool(pool))
        await assertOtherUntouched()
      },
    ),

    check(
      {
        id: 'elb/delete-pool/members-path-gone',
        level: 'reading',
        text: 'The page does not say how the backend servers of a deleted pool are listed: it has none, and none can be added.',
        source: `${page} › Function`,
        readings: {
          'not-found': 'The list is answered as not found.',
          empty: 'The list is shown, without a backend server.',
        },
      },
      async (elb) => {
        const pool = await elb.pool()
        const members = `/pools/${pool.id}/members`
        await elb.mustShow(members)
        assertAccepted(await elb.deletePool(pool))
        const { subnetId, addresses } = elb.context.session.target.given
        const member = { address: addresses[0], protocol_port: 80, subnet_id: subnetId }
        assertRefused(await elb.tryToCreate(members, 'member', { member }))
        const listed = await elb.show(members)
        const left = fieldsOf(listed.body)['members']
        const empty = isAccepted(listed) && Array.isArray(left) && left.length === 0
        if (!empty) assertNotFound(listed)
        return readingOf({ empty, 'not-found': true }, '')
      },
    ),

    check(
      {
        id: 'elb/delete-pool/update-refused-afterwards',
        level: 'implied',
        text: 'A deleted pool cannot be updated, or restored by an update.',
        source: `${page} › Function`,
      },
      async (elb) => {
        const pool = await elb.pool()
        assertAccepted(await elb.updatePool(pool, { description: 'before' }))
        assertAccepted(await elb.deletePool(pool))
        assertRefused(await elb.updatePool(pool, { description: 'after' }))
        await elb.assertGone(`/pools/${pool.id}`, pool)
      },
    ),

    check(
      {
        id: 'elb/delete-pool/name-reusable',
        level: 'implied',
        text: 'The name of a deleted pool can be given to a new pool.',
        source: `${page} › Function`,
      },
      async (elb) => {
        const first = await elb.pool()
        assertAccepted(await elb.deletePool(first))
        const again = aPool({ name: first['name'], loadbalancer_id: elb.loadBalancerId })
        const second = await elb.tryToCreate('/pools', 'pool', again)
        assertAccepted(second)
        const { id } = wrapped(second, 'pool')
        await elb.mustShow(`/pools/${String(id)}`)
        // A service may give the same id again: then it is the new pool that is shown.
        if (id !== first.id) await elb.assertGone(`/pools/${first.id}`, {})
      },
    ),

    ...deletePoolDependents,
    ...deletePoolForwardingPolicies,
    ...deletePoolDefaultPool,
    ...deletePoolCall,
  ]),
  judgePoolDeletion,
)

/**
 * A pool that the status tree shows. Some services show only pools that a listener uses.
 *
 * @throws {NotOffered} When the target is found to have no status tree.
 * @throws {Unarranged} When it shows none that may be deleted.
 */
async function poolInTree(elb: ElbGround): Promise<{ pool: Pool; isUsed: boolean }> {
  const lone = await elb.pool()
  const tree = await elb.statusTree()
  if (tree === undefined) throw new NotOffered('The target was found to have no status tree.')
  if (poolsInTree(tree, lone).length > 0) return { pool: lone, isUsed: false }
  const { id: listener_id } = await elb.listener({ protocol: lone.protocol })
  const used = await elb.pool({ listener_id, protocol: lone.protocol })
  const now = (await elb.statusTree()) ?? '{}'
  if (poolsInTree(now, used).length > 0) return { pool: used, isUsed: true }
  throw new Unarranged('The status tree shows no pool that was created for this check.')
}
