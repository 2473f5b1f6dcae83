/** What the page on removing a backend server says a removal does, and what stays. */

import type { Member, Pool } from '../../fixtures/elb/created.ts'
import { check, suite, type ElbGround } from '../../fixtures/elb/ground.ts'
import type { Survey } from '../../fixtures/elb/survey.ts'
import { isDeepStrictEqual } from 'node:util'
import { assertAccepted, assertSame, assertThat, assertUnchanged } from '../../src/check/assert.ts'
import { varying } from '../../src/check/check.ts'
import { NotOffered, Unarranged } from '../../src/model.ts'
import { removeMemberAfterwards } from './remove-member.afterwards.suite.ts'
import { removeMemberCall } from './remove-member.call.suite.ts'
import { removeMemberTraffic } from './remove-member.traffic.suite.ts'
import { anyEmptyPool, anyPoolOfMember } from './circumstances.ts'
import { judgeMemberRemoval } from './answers.ts'
import { alikeOnAnother } from './other-load-balancer.ts'
import { isMemberInTree } from './status-tree.ts'

const page = 'Removing a Backend Server'

export default suite(
  'remove-member',
  [
    ...varying(anyPoolOfMember, [
      check(
        {
          id: 'elb/remove-member/gone-from-show',
          level: 'must',
          text: 'A removed backend server can no longer be shown.',
          source: `${page} › Function`,
        },
        async (elb) => {
          const pool = await elb.pool()
          const member = await elb.member(pool)
          const path = `/pools/${pool.id}/members/${member.id}`
          await elb.mustShow(path)
          assertAccepted(await elb.removeMember(pool, member))
          await elb.assertGone(path, member)
        },
      ),

      check(
        {
          id: 'elb/remove-member/gone-from-list',
          level: 'implied',
          text: 'A removed backend server is no longer in the list of backend servers of its pool.',
          source: `${page} › Function`,
        },
        async (elb) => {
          const pool = await elb.pool()
          const member = await elb.member(pool)
          const before = await elb.listedIds(`/pools/${pool.id}/members`, 'members')
          if (!before.includes(member.id))
            throw new Unarranged('The new backend server is not listed.')
          assertAccepted(await elb.removeMember(pool, member))
          const after = await elb.listedIds(`/pools/${pool.id}/members`, 'members')
          assertThat(!after.includes(member.id), `The removed one, ${member.id}, is still listed.`)
        },
      ),

      check(
        {
          id: 'elb/remove-member/gone-from-pool',
          level: 'implied',
          text: 'The pool no longer names a removed backend server.',
          source: `${page} › Function`,
          varies: anyEmptyPool,
        },
        async (elb) => {
          const pool = await elb.pool()
          const member = await elb.member(pool)
          const { members: before } = await elb.shownPool(pool)
          if (!isDeepStrictEqual(before, [member.id])) {
            throw new Unarranged('The pool does not name the backend server that was added to it.')
          }
          assertAccepted(await elb.removeMember(pool, member))
          const { members: after } = await elb.shownPool(pool)
          assertSame(after, [], 'The members that the pool names')
        },
      ),

      check(
        {
          id: 'elb/remove-member/gone-from-status-tree',
          level: 'implied',
          text: 'A removed backend server is no longer in the status tree of its load balancer.',
          source: `${page} › Function`,
          needs: ['statusTree'],
        },
        async (elb) => {
          // Some services show only pools that a listener uses.
          const listener = await elb.listener()
          const pool = await elb.pool({ listener_id: listener.id })
          const member = await elb.member(pool)
          await elb.healthMonitorIfOffered(pool)
          const before = await elb.statusTree()
          if (before === undefined)
            throw new NotOffered('The target was found to have no status tree.')
          if (!isMemberInTree(before, pool, member)) {
            throw new Unarranged(
              'The status tree does not show the backend server of a pool in use.',
            )
          }
          assertAccepted(await elb.removeMember(pool, member))
          const tree = (await elb.statusTree()) ?? '{}'
          assertThat(
            !isMemberInTree(tree, pool, member),
            `The backend server ${member.id} is still in the tree.`,
          )
        },
      ),

      check(
        {
          id: 'elb/remove-member/only-that-member',
          level: 'implied',
          text: 'Removing one of twelve backend servers leaves the others of its pool as they were.',
          source: `${page} › URI › Table 1 › member_id`,
          varies: anyEmptyPool,
        },
        async (elb) => {
          const pool = await elb.pool({ lb_algorithm: 'LEAST_CONNECTIONS' })
          await elb.member(pool, { protocol_port: 8080, weight: 3 })
          const member = await elb.member(pool, { protocol_port: 80, weight: 5 })
          await elb.member(pool, { protocol_port: 8000, weight: 7 })
          // More than a page of ten, or a list that is cut at ten, has room for.
          for (let nth = 0; nth < 9; nth += 1) await elb.member(pool, { weight: nth })
          const before = await elb.survey()
          assertAccepted(await elb.removeMember(pool, member))
          assertUnchanged(besides(member, before), besides(member, await elb.survey()))
        },
      ),

      check(
        {
          id: 'elb/remove-member/other-load-balancer-untouched',
          level: 'implied',
          text: 'A backend server of another load balancer stays, also with the same name, address and port, and in a pool with the same name.',
          source: `${page} › URI › Table 1 › pool_id`,
          varies: anyEmptyPool,
        },
        async (elb) => {
          const { pool, member, assertOtherUntouched } = await alikeOnAnother(elb, 'both')
          assertAccepted(await elb.removeMember(pool, member))
          await assertOtherUntouched()
        },
      ),

      check(
        {
          id: 'elb/remove-member/same-address-in-other-pool',
          level: 'implied',
          text: 'A backend server with the same address and port in another pool stays.',
          source: `${page} › URI › Table 1 › pool_id`,
          varies: anyEmptyPool,
        },
        async (elb) => {
          const pool = await elb.pool()
          const before = await elb.member(await elb.pool())
          const other = { id: before.poolId }
          const shown = await elb.shownMember(other, before)
          const member = await elb.member(pool, {
            address: before.address,
            protocol_port: before.port,
          })
          assertAccepted(await elb.removeMember(pool, member))
          assertUnchanged(shown, await elb.shownMember(other, before))
          const listed = await elb.listedIds(`/pools/${other.id}/members`, 'members')
          assertSame(listed, [before.id], 'The members of the other pool')
        },
      ),

      check(
        {
          id: 'elb/remove-member/last-member',
          level: 'implied',
          text: 'The last backend server of a pool can be removed; the pool stays.',
          source: `${page} › Constraints`,
          varies: anyEmptyPool,
        },
        async (elb) => {
          const pool = await elb.pool()
          const [first, last] = [await elb.member(pool), await elb.member(pool)]
          assertAccepted(await elb.removeMember(pool, first))
          assertAccepted(await elb.removeMember(pool, last))
          const { members } = await elb.shownPool(pool)
          assertSame(members, [], 'The members that the pool names')
        },
      ),

      check(
        {
          id: 'elb/remove-member/not-blocked-by-health-monitor',
          level: 'implied',
          text: 'A health monitor of the pool does not prevent the removal, and does not change.',
          source: `${page} › Constraints`,
          needs: ['healthMonitors'],
        },
        async (elb) => {
          const pool = await elb.pool()
          await monitorOnPort(elb, pool, 8123)
          const before = await elb.survey()
          const member = await elb.member(pool, { protocol_port: 8123 })
          assertAccepted(await elb.removeMember(pool, member))
          assertUnchanged(before, await elb.survey())
        },
      ),

      check(
        {
          id: 'elb/remove-member/not-blocked-by-forwarding-policy',
          level: 'implied',
          text: 'A forwarding policy to the pool does not prevent the removal, and does not change.',
          source: `${page} › Constraints`,
          needs: ['forwardingPolicies'],
        },
        async (elb) => {
          const pool = await elb.pool()
          await elb.forwardingPolicy(pool)
          const before = await elb.survey()
          const member = await elb.member(pool)
          assertAccepted(await elb.removeMember(pool, member))
          assertUnchanged(before, await elb.survey())
        },
      ),

      check(
        {
          id: 'elb/remove-member/pool-intact',
          level: 'implied',
          text: 'Removing a backend server changes nothing in its pool except the list of members.',
          source: `${page} › Function`,
        },
        async (elb) => {
          const pool = await elb.poolWith({
            description: 'intact',
            lb_algorithm: 'LEAST_CONNECTIONS',
            session_persistence: { type: 'HTTP_COOKIE' },
          })
          const member = await elb.member(pool)
          const before = await elb.shownPool(pool)
          assertAccepted(await elb.removeMember(pool, member))
          const after = await elb.shownPool(pool)
          assertUnchanged({ ...before, members: 'any' }, { ...after, members: 'any' })
        },
      ),

      ...removeMemberAfterwards,
      ...removeMemberCall,
    ]),
    ...removeMemberTraffic,
  ],
  judgeMemberRemoval,
)

/** A health monitor that asks at that port, or at any where the target takes none. */
async function monitorOnPort(elb: ElbGround, pool: Pool, port: number): Promise<void> {
  try {
    await elb.healthMonitor(pool, { monitor_port: port })
  } catch (error) {
    if (!(error instanceof Unarranged)) throw error
    await elb.healthMonitor(pool)
  }
}

/** Everything but that backend server, which its pool still names or not. */
function besides({ id, poolId }: Member, { members, pools, ...others }: Survey): unknown {
  const { [id]: _removed, ...rest } = members
  const pool = pools[poolId] ?? {}
  const named = [pool['members']].flat().filter((one) => one !== id)
  return { ...others, members: rest, pools: { ...pools, [poolId]: { ...pool, members: named } } }
}
