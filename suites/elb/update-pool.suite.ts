/** What the page on updating a backend server group says an update does, and what it leaves alone. */

import { check, suite } from '../../fixtures/elb/ground.ts'
import {
  assertAccepted,
  assertNotServed,
  assertRefused,
  assertSame,
  assertThat,
  assertUnchanged,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import { elbRequest, updatePool as updatePoolRequest } from '../../src/dialects/elb.ts'

const page = 'Updating a Backend Server Group'
const statusPage = 'HTTP Status Codes for Enhanced Load Balancers'
const nobody = '00000000-0000-4000-8000-000000000000'

/** No field has the value it has in a new pool, so that one which falls back is seen. */
const nothingDefault = {
  description: 'as arranged',
  lb_algorithm: 'LEAST_CONNECTIONS',
  session_persistence: { type: 'APP_COOKIE', cookie_name: 'poolproof' },
}

/** Behind an id, it makes one that cannot be; a server that cuts ids short takes it for the real one. */
const tail = '0'.repeat(1000)

export const updatePool = suite('update-pool', [
  check(
    {
      id: 'elb/update-pool/persisted',
      level: 'must',
      text: 'An update is there to stay: showing the pool afterwards gives the new values.',
      source: `${page} › Function`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const fields = {
        name: elb.context.session.name('renamed'),
        description: 'updated',
        lb_algorithm: 'LEAST_CONNECTIONS',
      }
      assertAccepted(await elb.updatePool(pool, fields))
      const { name, description, lb_algorithm } = await elb.shownPool(pool)
      assertSame({ name, description, lb_algorithm }, fields, 'The pool shown afterwards')
    },
  ),

  check(
    {
      id: 'elb/update-pool/persisted-in-list',
      level: 'implied',
      text: 'The list of pools gives the new values too.',
      source: `${page} › Function`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const fields = {
        name: elb.context.session.name('renamed'),
        description: 'updated',
        lb_algorithm: 'LEAST_CONNECTIONS',
      }
      assertAccepted(await elb.updatePool(pool, fields))
      const { name, description, lb_algorithm } = await elb.listedPool(pool)
      assertSame({ name, description, lb_algorithm }, fields, 'The pool listed afterwards')
    },
  ),

  check(
    {
      id: 'elb/update-pool/only-that-pool',
      level: 'implied',
      text: 'Updating a pool leaves every other one, even of the same name, and what belongs to it.',
      source: `${page} › URI › Table 1 › pool_id`,
    },
    async (elb) => {
      const other = await elb.poolWith({ description: 'shared' })
      await elb.member(other, { weight: 7 })
      const pool = await elb.pool({ name: other['name'], description: 'shared' })
      const before = await elb.survey()
      assertAccepted(
        await elb.updatePool(pool, { description: 'updated', lb_algorithm: 'SOURCE_IP' }),
      )
      const after = await elb.survey()
      assertUnchanged(
        { ...before, pools: { ...before.pools, [pool.id]: 'any' } },
        { ...after, pools: { ...after.pools, [pool.id]: 'any' } },
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/unknown-pool',
      level: 'implied',
      text: 'An id that names no pool is refused, and no pool is made of it.',
      source: `${page} › URI › Table 1 › pool_id`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.survey()
      assertRefused(await elb.updatePool({ id: nobody }, { description: 'updated' }))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
    },
  ),

  check(
    {
      id: 'elb/update-pool/malformed-pool',
      level: 'implied',
      text: 'An id that cannot be one, with a space or with a long tail, is refused.',
      source: `${page} › URI › Table 1 › pool_id`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.survey()
      assertRefused(await elb.updatePool({ id: 'no such pool' }, { description: 'updated' }))
      assertRefused(await elb.updatePool({ id: pool.id + tail }, { description: 'updated' }))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
    },
  ),

  check(
    {
      id: 'elb/update-pool/pool-id-required',
      level: 'must',
      text: 'Without an id nothing is updated.',
      source: `${page} › URI › Table 1 › pool_id › Mandatory`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const body = { pool: { description: 'updated' } }
      const before = await elb.survey()
      for (const path of ['/pools', '/pools/']) {
        const nameless = { ...elbRequest('PUT', path, body), mayRedirect: true } as const
        assertNotServed(await elb.write('ask', nameless))
      }
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.write('ask', elbRequest('PUT', `/pools/${pool.id}`, body)))
    },
  ),

  check(
    {
      id: 'elb/update-pool/unknown-path',
      level: 'implied',
      text: 'Only the path of the page updates a pool: one that is nearly it does not.',
      source: `${page} › URI; ${statusPage} › Table 2 › 404`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const body = { pool: { description: 'updated' } }
      const before = await elb.survey()
      for (const path of [`/poolz/${pool.id}`, `/pool/${pool.id}`, `/pools/${pool.id}/pool`]) {
        const astray = { ...elbRequest('PUT', path, body), mayRedirect: true } as const
        assertNotServed(await elb.write('ask', astray))
      }
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
    },
  ),

  check(
    {
      id: 'elb/update-pool/wrapper-required',
      level: 'must',
      text: 'A request without the object pool around its fields is refused.',
      source: `${page} › Request › Table 2 › pool`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const put = (body?: unknown) => elb.write('ask', elbRequest('PUT', `/pools/${pool.id}`, body))
      const before = await elb.survey()
      assertRefused(await put({ description: 'updated' }))
      assertRefused(await put({}))
      assertRefused(await put())
      assertUnchanged(before, await elb.survey())
      assertAccepted(await put({ pool: { description: 'updated' } }))
    },
  ),

  check(
    {
      id: 'elb/update-pool/malformed-json',
      level: 'must',
      text: 'A body that breaks off is refused.',
      source: `${page} › Status Code; ${statusPage} › Table 2 › 400`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const whole = elbRequest('PUT', `/pools/${pool.id}`, { pool: { description: 'updated' } })
      const before = await elb.survey()
      assertRefused(await elb.write('ask', { ...whole, body: whole.body?.slice(0, -1) ?? '' }))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.write('ask', whole))
    },
  ),

  check(
    {
      id: 'elb/update-pool/idempotent',
      level: 'implied',
      text: 'The same update for the second time is accepted and changes nothing more.',
      source: `${page} › Function`,
    },
    async (elb) => {
      const pool = await elb.pool()
      await elb.member(pool)
      const fields = { description: 'updated', lb_algorithm: 'SOURCE_IP' }
      assertAccepted(await elb.updatePool(pool, fields))
      const once = await elb.survey()
      assertAccepted(await elb.updatePool(pool, fields))
      assertUnchanged(once, await elb.survey())
    },
  ),

  check(
    {
      id: 'elb/update-pool/partial-application',
      level: 'implied',
      text: 'An update with one bad field is refused as a whole: the good ones take no effect either.',
      source: `${page} › Request › Table 3`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const good = { name: elb.context.session.name('renamed'), description: 'updated' }
      const before = await elb.survey()
      assertRefused(await elb.updatePool(pool, { ...good, lb_algorithm: 'RANDOM' }))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.updatePool(pool, { ...good, lb_algorithm: 'SOURCE_IP' }))
    },
  ),

  ...[
    {
      id: 'elb/update-pool/omitted-name',
      field: 'name',
      sent: { description: 'updated' },
    },
    {
      id: 'elb/update-pool/omitted-description',
      field: 'description',
      sent: { lb_algorithm: 'SOURCE_IP' },
    },
    {
      id: 'elb/update-pool/omitted-lb-algorithm',
      field: 'lb_algorithm',
      sent: { description: 'updated' },
    },
  ].map(({ id, field, sent }) =>
    check(
      {
        id,
        level: 'implied',
        text: `Left out of an update, ${field} keeps its value.`,
        source: `${page} › Request › Table 3 › ${field} › Mandatory; Example › Example 1`,
      },
      async (elb) => {
        const pool = await elb.poolWith(nothingDefault)
        const before = await elb.shownPool(pool)
        assertAccepted(await elb.updatePool(pool, sent))
        const after = await elb.shownPool(pool)
        assertSame(after[field], before[field], field)
      },
    ),
  ),

  check(
    {
      id: 'elb/update-pool/omitted-admin-state-up',
      level: 'implied',
      text: 'Left out, admin_state_up does not turn false.',
      source: `${page} › Request › Table 3 › admin_state_up`,
    },
    async (elb) => {
      const pool = await elb.poolWith({ admin_state_up: true })
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      const { admin_state_up } = await elb.shownPool(pool)
      assertSame(admin_state_up, true, 'admin_state_up')
    },
  ),

  check(
    {
      id: 'elb/update-pool/protocol-kept',
      level: 'implied',
      text: 'An update leaves the protocol of the pool as it was created.',
      source: `${page} › Request › Table 3; Response › Table 6 › protocol`,
    },
    async (elb) => {
      const pool = await elb.pool({ protocol: 'TCP' })
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      const { protocol } = await elb.shownPool(pool)
      assertSame(protocol, 'TCP', 'protocol')
    },
  ),

  check(
    {
      id: 'elb/update-pool/tenant-kept',
      level: 'implied',
      text: 'An update leaves the pool with the project it belongs to.',
      source: `${page} › Response › Table 6 › tenant_id`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.shownPool(pool)
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      const after = await elb.shownPool(pool)
      assertSame(after['tenant_id'], before['tenant_id'], 'tenant_id')
    },
  ),

  check(
    {
      id: 'elb/update-pool/members-kept',
      level: 'implied',
      text: 'An update leaves the backend servers of the pool as they were.',
      source: `${page} › Request › Table 3`,
    },
    async (elb) => {
      const pool = await elb.pool()
      await elb.member(pool)
      await elb.member(pool)
      const before = await elb.survey()
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      const after = await elb.survey()
      assertUnchanged(before.members, after.members)
      assertSame(after.pools[pool.id]?.['members'], before.pools[pool.id]?.['members'], 'members')
    },
  ),

  check(
    {
      id: 'elb/update-pool/member-weights-kept',
      level: 'must',
      text: 'The algorithm SOURCE_IP makes weights ineffective; it does not take them away.',
      source: `${page} › Request › Table 3 › lb_algorithm`,
    },
    async (elb) => {
      const pool = await elb.pool()
      await elb.member(pool, { weight: 10 })
      await elb.member(pool, { weight: 90 })
      const before = await elb.survey()
      assertAccepted(await elb.updatePool(pool, { lb_algorithm: 'SOURCE_IP' }))
      assertUnchanged(before.members, (await elb.survey()).members)
    },
  ),

  check(
    {
      id: 'elb/update-pool/health-monitor-kept',
      level: 'implied',
      text: 'An update leaves the health monitor of the pool as it was, and linked to it.',
      source: `${page} › Request › Table 3`,
      needs: ['healthMonitors'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const monitor = await elb.healthMonitor(pool)
      const before = await elb.survey()
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      const after = await elb.survey()
      assertUnchanged(before.healthMonitors, after.healthMonitors)
      assertSame(after.pools[pool.id]?.['healthmonitor_id'], monitor.id, 'healthmonitor_id')
    },
  ),

  check(
    {
      id: 'elb/update-pool/listeners-kept',
      level: 'implied',
      text: 'An update leaves the pool with the listener that uses it.',
      source: `${page} › Request › Table 3; Example › Example response 1`,
    },
    async (elb) => {
      const listener = await elb.listener()
      const pool = await elb.pool({ listener_id: listener.id })
      const before = await elb.survey()
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      const after = await elb.survey()
      assertUnchanged(before.listeners, after.listeners)
      assertSame(after.pools[pool.id]?.['listeners'], [listener.id], 'listeners')
    },
  ),

  check(
    {
      id: 'elb/update-pool/load-balancer-kept',
      level: 'implied',
      text: 'An update leaves the pool with its load balancer, and each goes on naming the other.',
      source: `${page} › Response › Table 6 › loadbalancers`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.loadBalancerIds('pools')
      assertThat(before.includes(pool.id), `The load balancer does not name its pool ${pool.id}.`)
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      assertUnchanged(before, await elb.loadBalancerIds('pools'))
      const { loadbalancers } = await elb.shownPool(pool)
      assertSame(loadbalancers, [elb.loadBalancerId], 'loadbalancers')
    },
  ),

  check(
    {
      id: 'elb/update-pool/create-only-fields',
      level: 'implied',
      text: 'What a pool is created with and Table 3 does not list is not changed by an update.',
      source: `${page} › Request › Table 3; ${statusPage} › Table 2 › 400`,
    },
    async (elb) => {
      const pool = await elb.pool()
      await elb.member(pool)
      const listener = await elb.listener()
      const before = await elb.survey()
      const answers = [
        await elb.updatePool(pool, { id: nobody }),
        await elb.updatePool(pool, { tenant_id: 'someone-else' }),
        await elb.updatePool(pool, { protocol: 'TCP' }),
        await elb.updatePool(pool, { listener_id: listener.id }),
        await elb.updatePool(pool, { loadbalancer_id: nobody }),
        await elb.updatePool(pool, { members: [] }),
        await elb.updatePool(pool, { healthmonitor_id: nobody }),
      ]
      assertUnchanged(before, await elb.survey())
      const undecided = answers.filter((answer) => !isAccepted(answer) && !isRefused(answer))
      assertSame(
        undecided.map(({ status }) => status),
        [],
        'Neither accepted nor refused',
      )
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
    },
  ),

  check(
    {
      id: 'elb/update-pool/unknown-field',
      level: 'reading',
      text: 'The page does not say what becomes of a field it does not list; it is not stored.',
      source: `${page} › Request › Table 3`,
      readings: {
        refused: 'The update is refused, and nothing changes.',
        ignored: 'The field is ignored, and the rest takes effect.',
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      const fields = { description: 'updated', poolproof_unknown: 'stored' }
      const { accepted, refused, answered, after } = await elb.tryToUpdate(pool, fields)
      const shown = await elb.show(`/pools/${pool.id}`)
      assertThat(!shown.text.includes('poolproof_unknown'), 'The unknown field is shown.')
      return readingOf(
        { refused, ignored: accepted && after['description'] === 'updated' },
        `An update with an unknown field answered ${answered.status}; the description is ${String(after['description'])}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/empty-pool-object',
      level: 'reading',
      text: 'Every field may be left out, yet the page does not say whether all may; it resets nothing.',
      source: `${page} › Request › Table 3`,
      readings: {
        accepted: 'An update of nothing is accepted.',
        refused: 'An update of nothing is refused.',
      },
    },
    async (elb) => {
      const pool = await elb.poolWith(nothingDefault)
      const { accepted, refused, answered, before, after } = await elb.tryToUpdate(pool, {})
      assertUnchanged(before, after)
      return readingOf({ accepted, refused }, `An empty update answered ${answered.status}.`)
    },
  ),

  check(
    {
      id: 'elb/update-pool/credentials-required',
      level: 'implied',
      text: 'Without a token, or with one that is none, nothing is updated.',
      source: `${page} › Status Code; ${statusPage} › Table 2 › 401`,
      needs: ['authentication'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const fields = { description: 'updated' }
      const before = await elb.survey()
      const request = updatePoolRequest(pool.id, { pool: fields })
      assertRefused(await elb.writeAs('none', request))
      assertRefused(await elb.writeAs('wrong', request))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.updatePool(pool, fields))
    },
  ),

  check(
    {
      id: 'elb/update-pool/other-project',
      level: 'implied',
      text: 'With the token of another project nothing is updated.',
      source: `${page} › Status Code; ${statusPage} › Table 2 › 403`,
      needs: ['authentication'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const request = updatePoolRequest(pool.id, { pool: { description: 'updated' } })
      const before = await elb.survey()
      assertRefused(await elb.writeAs('other', request))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.write('ask', request))
    },
  ),
])
