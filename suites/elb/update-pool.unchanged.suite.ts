/** What an update of a backend server group leaves as it was. */

import { secureListener } from './update-pool.protocol.suite.ts'
import { withoutDefaults } from '../../fixtures/elb/bodies.ts'
import { check } from '../../fixtures/elb/ground.ts'
import type { Survey } from '../../fixtures/elb/survey.ts'
import type { Fields } from '../../fixtures/elb/wire-shapes.ts'
import { allowedValue } from './allowed.ts'
import {
  assertAccepted,
  assertControl,
  assertRefusedOrAccepted,
  assertSame,
  assertUnchanged,
  isAccepted,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { Unarranged } from '../../src/model.ts'

const page = 'Updating a Backend Server Group'

export const updatePoolUnchanged: readonly Entry[] = [
  ...[
    {
      id: 'elb/update-pool/omitted-name',
      field: 'name',
      sent: { description: 'updated' },
    },
    {
      id: 'elb/update-pool/omitted-description',
      field: 'description',
      sent: { lb_algorithm: 'ROUND_ROBIN' },
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
        text: `${field} keeps its value when an update leaves it out.`,
        source: `${page} › Request › Table 3 › ${field} › Mandatory; Example › Example 1`,
      },
      async (elb) => {
        const pool = await elb.poolWith(withoutDefaults)
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
      text: 'admin_state_up does not become false when an update leaves it out.',
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
      id: 'elb/update-pool/overlapping-updates',
      level: 'implied',
      text: 'Of two updates that are sent at the same time, each that is accepted is stored.',
      source: `${page} › Function`,
    },
    async (elb) => {
      const pool = await elb.poolWith({ description: 'as arranged' })
      const updates = [{ description: 'updated' }, { lb_algorithm: 'LEAST_CONNECTIONS' }]
      const sent = await Promise.all(
        updates.map(async (fields) => ({ fields, answered: await elb.updatePool(pool, fields) })),
      )
      for (const { answered } of sent) assertRefusedOrAccepted(answered)
      const accepted = sent.filter(({ answered }) => isAccepted(answered))
      if (accepted.length === 0) throw new Unarranged('Neither of two updates was accepted.')
      const expected = Object.assign({}, ...accepted.map(({ fields }) => fields)) as Fields
      const shown = await elb.shownPool(pool)
      const stored = Object.fromEntries(Object.keys(expected).map((name) => [name, shown[name]]))
      assertSame(stored, expected, 'What is stored of the updates that were accepted')
    },
  ),

  check(
    {
      id: 'elb/update-pool/protocol-kept',
      level: 'implied',
      text: 'An update does not change the protocol of the pool.',
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
      text: 'An update does not change the project of the pool.',
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
      const pool = await elb.pool({ lb_algorithm: 'ROUND_ROBIN' })
      await elb.member(pool, { weight: 7 })
      await elb.member(pool, { weight: 0 })
      const before = await elb.survey()
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      // Weights count under both of these algorithms.
      assertAccepted(await elb.updatePool(pool, { lb_algorithm: 'LEAST_CONNECTIONS' }))
      const name = elb.context.session.name('renamed')
      assertAccepted(await elb.updatePool(pool, { name }))
      const after = await elb.survey()
      assertUnchanged(before.members, after.members)
      assertSame(after.pools[pool.id]?.['members'], before.pools[pool.id]?.['members'], 'members')
    },
  ),

  check(
    {
      id: 'elb/update-pool/member-weights-kept',
      level: 'reading',
      text: 'Weights do not count under the algorithm SOURCE_IP; the page does not say whether they come back with another.',
      source: `${page} › Request › Table 3 › lb_algorithm`,
      readings: {
        kept: 'They are shown as they were set, under SOURCE_IP as well.',
        hidden:
          'Under SOURCE_IP they are shown otherwise or not at all, and afterwards as they were set.',
        reset: 'Afterwards each has the default, 1.',
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      const members = [
        await elb.member(pool, { weight: 10 }),
        await elb.member(pool, { weight: 100 }),
        await elb.member(pool, { weight: 0 }),
      ]
      const weights = async () => {
        const shown = []
        for (const member of members) shown.push((await elb.shownMember(pool, member))['weight'])
        return JSON.stringify(shown)
      }
      const before = await elb.survey()
      assertAccepted(await elb.updatePool(pool, { lb_algorithm: 'SOURCE_IP' }))
      const during = await weights()
      const late = await elb.member(pool, { weight: 50 })
      const lateWeight = async () => (await elb.shownMember(pool, late))['weight']
      const isLateStored = (await lateWeight()) === 50
      assertAccepted(await elb.updatePool(pool, { lb_algorithm: 'LEAST_CONNECTIONS' }))
      const between = await weights()
      for (const lb_algorithm of ['SOURCE_IP', 'ROUND_ROBIN']) {
        assertAccepted(await elb.updatePool(pool, { lb_algorithm }))
      }
      const after = await elb.survey()
      assertUnchanged(withoutWeights(before), without(withoutWeights(after), [late.id]))
      const afterwards = await weights()
      assertSame(between, afterwards, 'Weights under LEAST_CONNECTIONS and ROUND_ROBIN')
      const isBack = afterwards === '[10,100,0]'
      if (isBack && isLateStored) {
        assertSame(await lateWeight(), 50, 'The weight of one that was added under SOURCE_IP')
      }
      return readingOf(
        { kept: isBack && during === afterwards, hidden: isBack, reset: afterwards === '[1,1,1]' },
        `Weights that were set as 10, 100 and 0 are shown as ${during} under SOURCE_IP, and as ${afterwards} afterwards.`,
      )
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
      const monitor = await elb.setHealthMonitor(pool)
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
      text: 'An update does not detach the pool from the listener that uses it.',
      source: `${page} › Request › Table 3; Example › Example response 1`,
    },
    async (elb) => {
      const listener = await elb.setListener({ description: 'as arranged' })
      const pool = await elb.pool({ listener_id: listener.id, protocol: 'HTTP' })
      const before = await elb.survey()
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      const after = await elb.survey()
      assertUnchanged(before.listeners, after.listeners)
      const listeners = (survey: Survey) => survey.pools[pool.id]?.['listeners']
      assertSame(listeners(after), listeners(before), 'listeners')
    },
  ),

  check(
    {
      id: 'elb/update-pool/listeners-kept.terminated-https',
      level: 'implied',
      text: 'An update leaves a listener of TERMINATED_HTTPS that uses the pool as it was.',
      source: `${page} › Request › Table 3; Example › Example response 1`,
      lent: ['certificate'],
    },
    async (elb) => {
      const listener = await secureListener(elb)
      const pool = await elb.pool({ listener_id: listener.id, protocol: 'HTTP' })
      const before = await elb.survey()
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      assertUnchanged(before.listeners, (await elb.survey()).listeners)
    },
  ),

  check(
    {
      id: 'elb/update-pool/forwarding-policies-kept',
      level: 'implied',
      text: 'An update leaves the forwarding policies that lead to the pool as they were.',
      source: `${page} › Request › Table 3`,
      needs: ['forwardingPolicies'],
    },
    async (elb) => {
      const pool = await elb.pool()
      const named = pool['name'] === undefined ? {} : { name: pool['name'] }
      await elb.forwardingPolicy(pool, { ...named, description: 'as arranged' })
      const before = await elb.survey()
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      const renamed = { name: elb.context.session.name('renamed') }
      assertAccepted(await elb.updatePool(pool, { ...renamed, lb_algorithm: 'LEAST_CONNECTIONS' }))
      const after = await elb.survey()
      assertUnchanged(
        { policies: before.policies, listeners: before.listeners },
        { policies: after.policies, listeners: after.listeners },
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/earlier-updates-kept',
      level: 'implied',
      text: 'An update leaves what earlier updates have set and it does not mention.',
      source: `${page} › Request › Table 3 › Mandatory; Example › Example 1`,
    },
    async (elb) => {
      const pool = await elb.poolWith({ description: 'as created' })
      // As long as the page allows, so that what is cut off for the sake of another field is seen.
      const name = elb.context.session.name('renamed').padEnd(longest, '-x')
      const description = 'set earlier'.padEnd(longest, '.')
      assertControl(await elb.updatePool(pool, { description }), allowedValue('description'))
      assertControl(await elb.updatePool(pool, { name }), allowedValue('name'))
      assertAccepted(await elb.updatePool(pool, { lb_algorithm: 'LEAST_CONNECTIONS' }))
      const shown = await elb.shownPool(pool)
      const expected = { name, description, lb_algorithm: 'LEAST_CONNECTIONS' }
      assertSame(
        {
          name: shown['name'],
          description: shown['description'],
          lb_algorithm: shown['lb_algorithm'],
        },
        expected,
        'The pool',
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/one-field-after-another',
      level: 'implied',
      text: 'Of a pool in use, each of several updates in a row changes what it sends, and nothing else.',
      source: `${page} › Request › Table 3 › Mandatory; Example › Example 1`,
    },
    async (elb) => {
      const pool = await elb.poolWith({ protocol: 'HTTP', description: 'as created' })
      await elb.member(pool, { weight: 0 })
      await elb.setHealthMonitor(pool)
      const all = await elb.survey()
      let before = await elb.shownPool(pool)
      for (const sent of inTurn) {
        const isChanged = isAccepted(await elb.updatePool(pool, sent))
        const after = await elb.shownPool(pool)
        const fields = Object.keys(isChanged ? sent : {})
        assertUnchanged(
          without(before, fields),
          without(after, fields),
          `It sent ${JSON.stringify(sent)}.`,
        )
        before = after
      }
      assertUnchanged(besides(pool.id, all), besides(pool.id, await elb.survey()))
    },
  ),

  check(
    {
      id: 'elb/update-pool/load-balancer-kept',
      level: 'implied',
      text: 'An update does not detach the pool from its load balancer: each still names the other.',
      source: `${page} › Response › Table 6 › loadbalancers`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.loadBalancerIds('pools')
      const { loadbalancers } = await elb.shownPool(pool)
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      assertUnchanged(before, await elb.loadBalancerIds('pools'))
      assertSame((await elb.shownPool(pool))['loadbalancers'], loadbalancers, 'loadbalancers')
    },
  ),
]

/** Updating a Backend Server Group › Request › Table 3 › name, description: 255 characters. */
const longest = 255

function withoutWeights({ members }: Survey): Survey['members'] {
  const plain = Object.entries(members).map(([id, one]) => [id, { ...one, weight: 'any' }] as const)
  return Object.fromEntries(plain)
}

/** One field at a time, each value after others that it might take back with it. */
const inTurn: readonly Fields[] = [
  { session_persistence: { type: 'HTTP_COOKIE' } },
  { lb_algorithm: 'SOURCE_IP' },
  { description: 'set in between' },
  { admin_state_up: true },
  { lb_algorithm: 'LEAST_CONNECTIONS' },
  { session_persistence: { type: 'APP_COOKIE', cookie_name: 'SESSION' } },
  { lb_algorithm: 'ROUND_ROBIN' },
  { description: '' },
  { session_persistence: null },
]

function without(pool: Fields, fields: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(pool).filter(([name]) => !fields.includes(name)))
}

/** Everything but that pool, and without weights: under SOURCE_IP they need not be shown. */
function besides(id: string, survey: Survey): unknown {
  return { ...survey, members: withoutWeights(survey), pools: without(survey.pools, [id]) }
}
