/** What the page on removing a backend server says a removal does, and what stays. */

import { aMember } from '../../fixtures/elb/bodies.ts'
import type { Member, Pool } from '../../fixtures/elb/created.ts'
import { check, suite, type ElbGround } from '../../fixtures/elb/ground.ts'
import type { Survey } from '../../fixtures/elb/survey.ts'
import { wrapped } from '../../fixtures/elb/wire-shapes.ts'
import { isDeepStrictEqual } from 'node:util'
import { pause } from '../../src/exchange/clock.ts'
import {
  assertAccepted,
  assertSame,
  assertThat,
  assertUnchanged,
  isAccepted,
  isRefused,
} from '../../src/check/assert.ts'
import { varying } from '../../src/check/check.ts'
import { NotOffered, Unarranged } from '../../src/model.ts'
import { removeMemberCall } from './remove-member.call.suite.ts'
import { removeMemberTraffic } from './remove-member.traffic.suite.ts'
import { anyEmptyPool, anyPoolOfMember, anyPoolToDelete } from './circumstances.ts'
import { judgeMemberRemoval } from './answers.ts'
import { alikeOnAnother } from './other-load-balancer.ts'
import { unknownId } from './path-ids.ts'
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
          text: 'Removing one backend server leaves the others of its pool as they were.',
          source: `${page} › URI › Table 1 › member_id`,
        },
        async (elb) => {
          const pool = await elb.pool({ lb_algorithm: 'LEAST_CONNECTIONS' })
          await elb.member(pool, { protocol_port: 8080, weight: 3 })
          const member = await elb.member(pool, { protocol_port: 80, weight: 5 })
          await elb.member(pool, { protocol_port: 8000, weight: 7 })
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
          const { pool, member, assertOtherUntouched } = await alikeOnAnother(elb)
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

      check(
        {
          id: 'elb/remove-member/addable-again',
          level: 'implied',
          text: 'A removed address and port can be added again.',
          source: `${page} › Function`,
        },
        async (elb) => {
          const pool = await elb.pool()
          const first = await elb.member(pool)
          assertAccepted(await elb.removeMember(pool, first))
          const { subnetId: subnet_id } = elb.context.session.target.given
          const again = aMember({ address: first.address, protocol_port: first.port, subnet_id })
          const second = await elb.tryToCreate(`/pools/${pool.id}/members`, 'member', again)
          assertAccepted(second)
          const { id } = wrapped(second, 'member')
          await elb.mustShow(`/pools/${pool.id}/members/${String(id)}`)
          // A service may give the same id again: then it is the new backend server that is shown.
          if (id !== first.id) await elb.assertGone(`/pools/${pool.id}/members/${first.id}`, {})
        },
      ),

      check(
        {
          id: 'elb/remove-member/after-adding-again',
          level: 'implied',
          text: 'A backend server that was removed and added again is removed like any other.',
          source: `${page} › Function`,
        },
        async (elb) => {
          const pool = await elb.pool()
          const first = await elb.member(pool)
          assertAccepted(await elb.removeMember(pool, first))
          const place = { address: first.address, protocol_port: first.port }
          for (const _life of ['second', 'third']) {
            const again = await elb.member(pool, place)
            assertAccepted(await elb.removeMember(pool, again))
            await elb.assertGone(`/pools/${pool.id}/members/${again.id}`, again)
          }
        },
      ),

      check(
        {
          id: 'elb/remove-member/after-a-refusal',
          level: 'implied',
          text: 'A removal after one that was refused is carried out.',
          source: `${page} › Function`,
        },
        async (elb) => {
          const pool = await elb.pool()
          const member = await elb.member(pool)
          const refused = await elb.removeMember(pool, { id: unknownId })
          if (isAccepted(refused)) {
            throw new NotOffered('The target refuses no removal of an unknown backend server.')
          }
          if (!isRefused(refused)) {
            throw new Unarranged('The removal of an unknown backend server was not refused.')
          }
          assertAccepted(await elb.removeMember(pool, member))
          await elb.assertGone(`/pools/${pool.id}/members/${member.id}`, member)
        },
      ),

      check(
        {
          id: 'elb/remove-member/unblocks-pool-deletion',
          level: 'implied',
          text: 'A pool can be deleted once its last backend server is removed.',
          source: `${page} › Function; Deleting a Backend Server Group › Constraints`,
          varies: anyPoolToDelete,
        },
        async (elb) => {
          const pool = await elb.pool()
          const member = await elb.member(pool)
          assertAccepted(await elb.removeMember(pool, member))
          assertAccepted(await elb.deletePool(pool), 'Its only backend server had been removed.')
          await elb.assertGone(`/pools/${pool.id}`, pool)
        },
      ),

      check(
        {
          id: 'elb/remove-member/added-again-otherwise',
          level: 'implied',
          text: 'Nothing of a removed backend server is left: added again with another weight, it has that weight.',
          source: `${page} › Function`,
        },
        async (elb) => {
          const pool = await elb.pool()
          const first = await elb.member(pool, { weight: 7 })
          const { weight: before } = await elb.shownMember(pool, first)
          if (before !== 7) throw new Unarranged('The weight is not shown as it was given.')
          assertAccepted(await elb.removeMember(pool, first))
          const place = { address: first.address, protocol_port: first.port }
          const again = await elb.member(pool, { ...place, weight: 3 })
          const { weight: after } = await elb.shownMember(pool, again)
          assertSame(after, 3, 'The weight of the backend server that was added again')
        },
      ),

      check(
        {
          id: 'elb/remove-member/durable',
          level: 'implied',
          text: 'A removed backend server does not come back after a while, also where the pool has a health monitor.',
          source: `${page} › Function`,
        },
        async (elb) => {
          const pool = await elb.pool()
          await elb.healthMonitorIfOffered(pool)
          const member = await elb.member(pool)
          const listed = () => elb.listedIds(`/pools/${pool.id}/members`, 'members')
          const others = (await listed()).filter((id) => id !== member.id)
          assertAccepted(await elb.removeMember(pool, member))
          assertSame(await listed(), others, 'The backend servers')
          await pause(elb.context.session.limits.lastingSeconds * 1000)
          assertSame(await listed(), others, 'The backend servers after a while')
        },
      ),

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
