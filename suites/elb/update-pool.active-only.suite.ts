/** What the page on updating a backend server group says about load balancers that are not ACTIVE. */

import { check } from '../../fixtures/elb/ground.ts'
import {
  assertAccepted,
  assertRefused,
  assertSame,
  assertUnchanged,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { Unarranged } from '../../src/model.ts'

const page = 'Updating a Backend Server Group'

export const updatePoolActiveOnly: readonly Entry[] = [
  check(
    {
      id: 'elb/update-pool/active-accepted',
      level: 'implied',
      text: 'A pool is updated while its load balancer is ACTIVE.',
      source: `${page} › Constraints`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const status = await elb.status()
      if (status !== 'ACTIVE') {
        throw new Unarranged(`${elb.loadBalancerId} should be ACTIVE, but is ${String(status)}.`)
      }
      assertAccepted(await elb.updatePool(pool, { description: 'while ACTIVE' }))
      assertSame((await elb.shownPool(pool))['description'], 'while ACTIVE', 'description')
    },
  ),

  ...[
    { id: 'elb/update-pool/active-only.pending-update', status: 'PENDING_UPDATE' },
    { id: 'elb/update-pool/active-only.pending-create', status: 'PENDING_CREATE' },
    { id: 'elb/update-pool/active-only.pending-delete', status: 'PENDING_DELETE' },
    { id: 'elb/update-pool/active-only.error', status: 'ERROR' },
  ].map(({ id, status }) =>
    check(
      {
        id,
        level: 'must',
        text: `A pool is not updated while its load balancer is ${status}.`,
        source: `${page} › Constraints`,
      },
      async (elb) => {
        const pool = await elb.pool()
        assertAccepted(await elb.updatePool(pool, { description: 'while ACTIVE' }))
        const before = await elb.survey()
        const fields = { description: 'updated', lb_algorithm: 'SOURCE_IP' }
        assertRefused(await elb.updateWhile(status, pool, fields), `It was ${status}.`)
        assertUnchanged(before, await elb.survey())
        assertAccepted(await elb.updatePool(pool, fields), 'It was ACTIVE again.')
      },
    ),
  ),

  check(
    {
      id: 'elb/update-pool/active-only.other-load-balancer',
      level: 'implied',
      text: 'A pool is updated while another load balancer is not ACTIVE.',
      source: `${page} › Constraints`,
    },
    async (elb) => {
      const other = await elb.anotherLoadBalancer()
      const pool = await elb.pool()
      const fields = { description: 'while ACTIVE' }
      assertAccepted(await other.updateWhile('PENDING_UPDATE', pool, fields))
      assertSame((await elb.shownPool(pool))['description'], fields.description, 'description')
    },
  ),

  check(
    {
      id: 'elb/update-pool/active-only.natural-window',
      level: 'must',
      text: 'A pool is not updated while its load balancer is still settling after another write.',
      source: `${page} › Constraints`,
    },
    async (elb) => {
      elb.expectWindow()
      const pool = await elb.pool()
      const fields = { lb_algorithm: 'SOURCE_IP' }
      let before = await elb.survey()
      // An attempt that came too late was accepted; its effect must not be attributed to a later one.
      const prepare = async () => {
        assertAccepted(await elb.updatePool(pool, { lb_algorithm: 'ROUND_ROBIN' }))
        before = await elb.survey()
      }
      assertRefused(await elb.updateWhileSettling(pool, fields, prepare), 'It was not ACTIVE.')
      const after = await elb.survey()
      const { description } = after.pools[pool.id] ?? {}
      const settled = { ...before.pools[pool.id], description }
      assertUnchanged({ ...before, pools: { ...before.pools, [pool.id]: settled } }, after)
      assertAccepted(await elb.updatePool(pool, fields), 'It was ACTIVE again.')
    },
  ),
]
