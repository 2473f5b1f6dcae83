/** What the page on deleting a backend server group says a deletion does, and what stays. */

import { aPool } from '../../fixtures/elb/bodies.ts'
import { check, suite } from '../../fixtures/elb/ground.ts'
import { wrapped } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertNotFound,
  assertRefused,
  assertThat,
  assertUnchanged,
} from '../../src/check/assert.ts'
import { Unarranged } from '../../src/model.ts'
import { deletePoolCall } from './delete-pool.call.suite.ts'
import { deletePoolDependents } from './delete-pool.dependents.suite.ts'
import { varying } from '../../src/check/check.ts'
import { anyPoolToDelete } from './circumstances.ts'
import { judgePoolDeletion } from './answers.ts'

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
        assertAccepted(await elb.show(`/pools/${pool.id}`))
        assertAccepted(await elb.deletePool(pool))
        assertNotFound(await elb.show(`/pools/${pool.id}`))
      },
    ),

    check(
      {
        id: 'elb/delete-pool/gone-from-list',
        level: 'must',
        text: 'A deleted pool is no longer listed.',
        source: `${page} › Function`,
      },
      async (elb) => {
        const pool = await elb.pool()
        const before = await elb.listedIds('/pools', 'pools')
        assertThat(before.includes(pool.id), `The new pool ${pool.id} is not listed.`)
        assertAccepted(await elb.deletePool(pool))
        const after = await elb.listedIds('/pools', 'pools')
        assertThat(!after.includes(pool.id), `The deleted pool ${pool.id} is still listed.`)
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
        assertThat(before.includes(pool.id), `The load balancer does not name its pool ${pool.id}.`)
        assertAccepted(await elb.deletePool(pool))
        const after = await elb.loadBalancerIds('pools')
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
        const pool = await elb.pool()
        if (!(await elb.statusTree()).includes(pool.id)) {
          throw new Unarranged(
            `The status tree does not show pools without a listener, such as ${pool.id}.`,
          )
        }
        assertAccepted(await elb.deletePool(pool))
        assertThat(!(await elb.statusTree()).includes(pool.id), `${pool.id} is still in the tree.`)
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
        const other = await elb.pool()
        await elb.member(other)
        await elb.healthMonitor(other)
        const before = await elb.survey()
        const pool = await elb.pool({ name: other['name'] })
        assertAccepted(await elb.deletePool(pool))
        assertUnchanged(before, await elb.survey())
      },
    ),

    check(
      {
        id: 'elb/delete-pool/members-path-gone',
        level: 'implied',
        text: 'The backend servers of a deleted pool can be neither listed nor added.',
        source: `${page} › Function`,
      },
      async (elb) => {
        const pool = await elb.pool()
        const members = `/pools/${pool.id}/members`
        assertAccepted(await elb.show(members))
        assertAccepted(await elb.deletePool(pool))
        assertNotFound(await elb.show(members))
        const { subnetId, addresses } = elb.context.session.target.given
        const member = { address: addresses[0], protocol_port: 80, subnet_id: subnetId }
        assertRefused(await elb.tryToCreate(members, 'member', { member }))
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
        assertNotFound(await elb.show(`/pools/${pool.id}`))
      },
    ),

    check(
      {
        id: 'elb/delete-pool/name-reusable',
        level: 'implied',
        text: 'The name of a deleted pool can be given to a new pool, which gets a new id.',
        source: `${page} › Function`,
      },
      async (elb) => {
        const first = await elb.pool()
        assertAccepted(await elb.deletePool(first))
        const again = aPool({ name: first['name'], loadbalancer_id: elb.loadBalancerId })
        const second = await elb.tryToCreate('/pools', 'pool', again)
        assertAccepted(second)
        assertThat(
          wrapped(second, 'pool')['id'] !== first.id,
          'The new pool has the id of the old one.',
        )
        assertNotFound(await elb.show(`/pools/${first.id}`))
      },
    ),

    ...deletePoolDependents,
    ...deletePoolCall,
  ]),
  judgePoolDeletion,
)
