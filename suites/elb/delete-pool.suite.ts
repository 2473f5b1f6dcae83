/** What the page on deleting a backend server group says, and what no exchange can show. */

import { aPool } from '../../fixtures/elb/bodies.ts'
import { check, suite } from '../../fixtures/elb/ground.ts'
import { wrapped } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertNotFound,
  assertNotServed,
  assertRefused,
  assertSame,
  assertStatus,
  assertThat,
  assertUnchanged,
  assertUnchangedIf,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import { deletePool as deletePoolRequest, elbRequest } from '../../src/dialects/elb.ts'
import { Unarranged } from '../../src/model.ts'

const page = 'Deleting a Backend Server Group'
const statusPage = 'HTTP Status Codes for Enhanced Load Balancers'
const nobody = '00000000-0000-4000-8000-000000000000'

/** Behind an id, it makes one that cannot be; a server that cuts ids short takes it for the real one. */
const tail = '0'.repeat(1000)

export const deletePool = suite('delete-pool', [
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
      text: 'Its load balancer no longer names a deleted pool.',
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
        throw new Unarranged(`The status tree shows no pool that stands alone, such as ${pool.id}.`)
      }
      assertAccepted(await elb.deletePool(pool))
      assertThat(!(await elb.statusTree()).includes(pool.id), `${pool.id} is still in the tree.`)
    },
  ),

  check(
    {
      id: 'elb/delete-pool/only-that-pool',
      level: 'implied',
      text: 'Deleting a pool leaves every other one, even of the same name, and what belongs to it.',
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
      id: 'elb/delete-pool/unknown-pool',
      level: 'implied',
      text: 'An id that names no pool is refused.',
      source: `${page} › URI › Table 1 › pool_id`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.survey()
      assertRefused(await elb.deletePool({ id: nobody }))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.deletePool(pool))
    },
  ),

  check(
    {
      id: 'elb/delete-pool/id-case',
      level: 'reading',
      text: 'The page does not say whether the letters of an id may be upper-case; no other pool is meant.',
      source: `${page} › URI › Table 1 › pool_id`,
      readings: {
        exact: 'An id in upper case is not found.',
        folded: 'An id in upper case is the same id.',
      },
    },
    async (elb) => {
      await elb.pool()
      const without = await elb.survey()
      const pool = await elb.pool()
      const before = await elb.survey()
      const answered = await elb.deletePool({ id: pool.id.toUpperCase() })
      const folded = isAccepted(answered)
      assertUnchanged(folded ? without : before, await elb.survey())
      if (!folded) assertAccepted(await elb.deletePool(pool))
      return readingOf(
        { exact: isRefused(answered), folded },
        `A deletion by the id in upper case answered ${answered.status}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/delete-pool/malformed-pool',
      level: 'implied',
      text: 'An id that cannot be one, with a space or with a long tail, is refused.',
      source: `${page} › URI › Table 1 › pool_id`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.survey()
      assertRefused(await elb.deletePool({ id: 'no such pool' }))
      assertRefused(await elb.deletePool({ id: pool.id + tail }))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.deletePool(pool))
    },
  ),

  check(
    {
      id: 'elb/delete-pool/pool-id-required',
      level: 'must',
      text: 'Without an id nothing is deleted.',
      source: `${page} › URI › Table 1 › pool_id › Mandatory`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.survey()
      for (const path of ['/pools', '/pools/']) {
        const nameless = { ...elbRequest('DELETE', path), mayRedirect: true } as const
        assertNotServed(await elb.write('ask', nameless))
      }
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.deletePool(pool))
    },
  ),

  check(
    {
      id: 'elb/delete-pool/only-by-delete',
      level: 'implied',
      text: 'No other method on the path of a pool deletes it.',
      source: `${page} › URI`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.survey()
      for (const method of ['POST', 'PATCH']) {
        const { status } = await elb.write('ask', elbRequest(method, `/pools/${pool.id}`))
        assertThat(status < 500 || status === 501, `${method} on a pool answered ${status}.`)
      }
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.deletePool(pool))
    },
  ),

  check(
    {
      id: 'elb/delete-pool/credentials-required',
      level: 'implied',
      text: 'Without a token, or with one that is none, nothing is deleted.',
      source: `${statusPage} › Table 2`,
      needs: ['authentication'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.survey()
      assertRefused(await elb.writeAs('none', deletePoolRequest(pool.id)))
      assertRefused(await elb.writeAs('wrong', deletePoolRequest(pool.id)))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.deletePool(pool))
    },
  ),

  check(
    {
      id: 'elb/delete-pool/other-project',
      level: 'implied',
      text: 'With the token of another project nothing is deleted.',
      source: `${page} › Status Code; ${statusPage} › Table 2 › 403`,
      needs: ['authentication'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.survey()
      assertRefused(await elb.writeAs('other', deletePoolRequest(pool.id)))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.write('ask', deletePoolRequest(pool.id)))
    },
  ),

  check(
    {
      id: 'elb/delete-pool/repeated',
      level: 'reading',
      text: 'The page does not say what deleting a pool for the second time answers.',
      source: `${page} › Response`,
      readings: {
        'not-found': 'The second deletion is not found.',
        accepted: 'The second deletion is accepted and does nothing.',
      },
    },
    async (elb) => {
      await elb.member(await elb.pool())
      const before = await elb.survey()
      const pool = await elb.pool()
      assertAccepted(await elb.deletePool(pool))
      const second = await elb.deletePool(pool)
      assertUnchanged(before, await elb.survey())
      return readingOf(
        {
          'not-found': isRefused(second),
          accepted: isAccepted(second),
        },
        `The second deletion answered ${second.status}, which is neither success nor "not found".`,
      )
    },
  ),

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
      const before = await elb.survey()
      assertRefused(await elb.deletePool(pool))
      assertUnchanged(before, await elb.survey())
      await elb.remove(`/pools/${pool.id}/members/${member.id}`)
      assertAccepted(await elb.deletePool(pool), 'Its only backend server had been removed.')
    },
  ),

  check(
    {
      id: 'elb/delete-pool/every-member-first',
      level: 'must',
      text: 'One of several backend servers left behind is enough to keep a pool.',
      source: `${page} › Constraints`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const [first, last] = [await elb.member(pool), await elb.member(pool)]
      await elb.remove(`/pools/${pool.id}/members/${first.id}`)
      const before = await elb.survey()
      assertRefused(await elb.deletePool(pool))
      assertUnchanged(before, await elb.survey())
      await elb.remove(`/pools/${pool.id}/members/${last.id}`)
      assertAccepted(await elb.deletePool(pool), 'All its backend servers had been removed.')
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
      const before = await elb.survey()
      assertRefused(await elb.deletePool(pool))
      assertUnchanged(before, await elb.survey())
      await elb.remove(`/healthmonitors/${monitor.id}`)
      assertAccepted(await elb.deletePool(pool), 'Its health monitor had been deleted.')
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
      const before = await elb.survey()
      assertRefused(await elb.deletePool(pool))
      assertUnchanged(before, await elb.survey())
      await elb.remove(`/l7policies/${policy.id}`)
      assertAccepted(await elb.deletePool(pool), 'No policy sent requests to it any more.')
    },
  ),

  check(
    {
      id: 'elb/delete-pool/every-forwarding-policy-first',
      level: 'implied',
      text: 'One of several forwarding policies left is enough to keep a pool.',
      source: `${page} › Constraints`,
      needs: ['forwardingPolicies'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const { id: listener_id } = await elb.listener()
      const first = await elb.forwardingPolicy(pool, { listener_id })
      const last = await elb.forwardingPolicy(pool, { listener_id })
      await elb.remove(`/l7policies/${first.id}`)
      const before = await elb.survey()
      assertRefused(await elb.deletePool(pool))
      assertUnchanged(before, await elb.survey())
      await elb.remove(`/l7policies/${last.id}`)
      assertAccepted(await elb.deletePool(pool), 'No policy sent requests to it any more.')
    },
  ),

  check(
    {
      id: 'elb/delete-pool/members-and-health-monitor-first',
      level: 'implied',
      text: 'With backend servers and a health monitor, removing only one kind does not free the pool.',
      source: `${page} › Constraints`,
      needs: ['healthMonitors'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const member = await elb.member(pool)
      const monitor = await elb.healthMonitor(pool)
      const both = await elb.survey()
      assertRefused(await elb.deletePool(pool))
      assertUnchanged(both, await elb.survey())
      await elb.remove(`/pools/${pool.id}/members/${member.id}`)
      const one = await elb.survey()
      assertRefused(await elb.deletePool(pool), 'Its health monitor was still there.')
      assertUnchanged(one, await elb.survey())
      await elb.remove(`/healthmonitors/${monitor.id}`)
      assertAccepted(await elb.deletePool(pool))
    },
  ),

  check(
    {
      id: 'elb/delete-pool/members-and-forwarding-policies-first',
      level: 'implied',
      text: 'With backend servers and a forwarding policy, removing only one kind does not free the pool.',
      source: `${page} › Constraints`,
      needs: ['forwardingPolicies'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const member = await elb.member(pool)
      const policy = await elb.forwardingPolicy(pool)
      const both = await elb.survey()
      assertRefused(await elb.deletePool(pool))
      assertUnchanged(both, await elb.survey())
      await elb.remove(`/l7policies/${policy.id}`)
      const one = await elb.survey()
      assertRefused(await elb.deletePool(pool), 'Its backend server was still there.')
      assertUnchanged(one, await elb.survey())
      await elb.remove(`/pools/${pool.id}/members/${member.id}`)
      assertAccepted(await elb.deletePool(pool))
    },
  ),

  check(
    {
      id: 'elb/delete-pool/health-monitor-and-forwarding-policies-first',
      level: 'implied',
      text: 'With a health monitor and a forwarding policy, removing only one kind does not free the pool.',
      source: `${page} › Constraints`,
      needs: ['healthMonitors', 'forwardingPolicies'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const monitor = await elb.healthMonitor(pool)
      const policy = await elb.forwardingPolicy(pool)
      const both = await elb.survey()
      assertRefused(await elb.deletePool(pool))
      assertUnchanged(both, await elb.survey())
      await elb.remove(`/healthmonitors/${monitor.id}`)
      const one = await elb.survey()
      assertRefused(await elb.deletePool(pool), 'A policy still sent requests to it.')
      assertUnchanged(one, await elb.survey())
      await elb.remove(`/l7policies/${policy.id}`)
      assertAccepted(await elb.deletePool(pool))
    },
  ),

  check(
    {
      id: 'elb/delete-pool/all-three-first',
      level: 'implied',
      text: 'A refused deletion takes none of the three: backend servers, health monitor, policies.',
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
      assertRefused(await elb.deletePool(pool), 'Asking twice does not help.')
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
        accepted: 'The policy takes null, and the pool can then be deleted.',
        refused: 'The policy refuses null: it has to be deleted to free the pool.',
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
        refused: 'It is refused, and nothing changes.',
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

  check(
    {
      id: 'elb/delete-pool/no-request-body',
      level: 'must',
      text: 'The request needs no body, and so no content type.',
      source: `${page} › Request`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const { body: none, headers = {}, ...request } = deletePoolRequest(pool.id)
      assertSame([none, Object.keys(headers)], [undefined, []], 'The request of this check')
      assertAccepted(await elb.write('ask', request))
      assertNotFound(await elb.show(`/pools/${pool.id}`))
    },
  ),

  check(
    {
      id: 'elb/delete-pool/request-body-not-interpreted',
      level: 'reading',
      text: 'The page knows no request body; one that names another pool must not redirect the deletion.',
      source: `${page} › Request`,
      readings: {
        ignored: 'The body is ignored: the pool of the path is deleted.',
        refused: 'The body is refused: no pool is deleted.',
      },
    },
    async (elb) => {
      const other = await elb.pool()
      const alone = await elb.survey()
      const pool = await elb.pool()
      const both = await elb.survey()
      const stray = elbRequest('DELETE', `/pools/${pool.id}`, { pool: { id: other.id } })
      const answered = await elb.write('ask', stray)
      const reading = readingOf(
        { ignored: isAccepted(answered), refused: isRefused(answered) },
        `Deleting a pool with a stray body answered ${answered.status}.`,
      )
      assertUnchanged({ ignored: alone, refused: both }[reading], await elb.survey())
      return reading
    },
  ),

  check(
    {
      id: 'elb/delete-pool/no-response-body',
      level: 'must',
      text: 'A successful deletion answers without a body.',
      source: `${page} › Response`,
    },
    async (elb) => {
      const deleted = await elb.deletePool(await elb.pool())
      assertAccepted(deleted)
      assertSame(deleted.text, '', 'The body of the answer')
    },
  ),

  check(
    {
      id: 'elb/delete-pool/status-204',
      level: 'must',
      text: 'A successful deletion answers 204.',
      source: `${page} › Status Code; ${statusPage} › Table 1`,
    },
    async (elb) => {
      assertStatus(await elb.deletePool(await elb.pool()), 204)
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
      text: 'A deleted pool cannot be updated, nor brought back by an update.',
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
      text: 'The name of a deleted pool may be given to a new one, which gets an id of its own.',
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
])
