/** What the page on updating a backend server group says about the answer. */

import { isDeepStrictEqual } from 'node:util'
import { httpCookie, withoutDefaults } from '../../fixtures/elb/bodies.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { isFields, type Named } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertRefused,
  assertSame,
  assertStatus,
  assertThat,
  assertUnchanged,
  isAccepted,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { open, openReadingOf } from '../../src/check/open-reading.ts'
import { elbRequest } from '../../src/dialects/elb.ts'
import { NotOffered } from '../../src/model.ts'
import { anyHttpPool, anyEmptyPool, onlyThatPool } from './circumstances.ts'

const page = 'Updating a Backend Server Group'
const statusPage = 'HTTP Status Codes for Enhanced Load Balancers'

export const updatePoolAnswer: readonly Entry[] = [
  check(
    {
      id: 'elb/update-pool/answer-shows-the-update',
      level: 'implied',
      text: 'The answer shows what was sent, unless the load balancer is still settling.',
      source: `${page} › Response › Table 6`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.shownPool(pool)
      const fields = {
        name: elb.context.session.name('renamed'),
        description: 'updated',
        lb_algorithm: 'SOURCE_IP',
      }
      const answered = await elb.updatePool(pool, fields)
      assertAccepted(answered)
      elb.assertAnswerShows(answered, fields, before)
    },
  ),

  check(
    {
      id: 'elb/update-pool/answer-equals-show',
      level: 'implied',
      text: 'The answer shows the whole pool as a GET shows it afterwards.',
      source: `${page} › Response › Table 6`,
      varies: anyHttpPool,
    },
    async (elb) => {
      const values = { ...withoutDefaults, session_persistence: httpCookie }
      const pool = await elb.poolWith(values)
      await elb.member(pool)
      const fields = { description: 'updated' }
      const answered = await elb.updatePool(pool, fields)
      assertAccepted(answered)
      elb.assertAnswerHolds(answered, fields, await elb.shownPool(pool))
    },
  ),

  check(
    {
      id: 'elb/update-pool/answer-names-the-pool',
      level: 'must',
      text: 'The answer shows the id of the pool that was updated.',
      source: `${page} › Response › Table 6 › id`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const answered = await elb.updatePool(pool, { description: 'updated' })
      assertAccepted(answered)
      assertSame(elb.poolIn(answered)['id'], pool.id, 'id')
    },
  ),

  check(
    {
      id: 'elb/update-pool/answer-lists-members',
      level: 'must',
      text: 'The answer lists the ids of the backend servers in the pool: none at first, then each.',
      source: `${page} › Response › Table 6 › members`,
      varies: onlyThatPool,
    },
    async (elb) => {
      const pool = await elb.pool()
      const empty = await elb.updatePool(pool, { description: 'empty' })
      assertAccepted(empty)
      assertSame(elb.poolIn(empty)['members'], [], 'members')
      // More than a page of ten.
      const added: string[] = []
      while (added.length < 11) added.push((await elb.member(pool)).id)
      const full = await elb.updatePool(pool, { description: 'full' })
      assertAccepted(full)
      assertSame(elb.poolIn(full)['members'], added.toSorted(), 'members')
    },
  ),

  check(
    {
      id: 'elb/update-pool/answer-names-health-monitor',
      level: 'must',
      text: 'The answer shows the id of the health monitor of the pool, or none if there is none.',
      source: `${page} › Response › Table 6 › healthmonitor_id; Example › Example response 1`,
      needs: ['healthMonitors'],
      varies: anyEmptyPool,
    },
    async (elb) => {
      const pool = await elb.pool()
      const without = await elb.updatePool(pool, { description: 'without' })
      assertAccepted(without)
      assertSame(elb.poolIn(without)['healthmonitor_id'] || null, null, 'healthmonitor_id')
      const monitor = await elb.healthMonitor(pool)
      const withOne = await elb.updatePool(pool, { description: 'with' })
      assertAccepted(withOne)
      assertSame(elb.poolIn(withOne)['healthmonitor_id'], monitor.id, 'healthmonitor_id')
    },
  ),

  check(
    {
      id: 'elb/update-pool/answer-lists-listeners',
      level: 'must',
      text: 'The answer lists the id of the listener that uses the pool, or none if no listener does.',
      source: `${page} › Response › Table 6 › listeners; Example › Example response 2`,
      varies: onlyThatPool,
    },
    async (elb) => {
      const listener = await elb.listener()
      const used = await elb.pool({ listener_id: listener.id })
      const free = await elb.pool()
      const ofUsed = await elb.updatePool(used, { description: 'used' })
      assertAccepted(ofUsed)
      assertSame(elb.poolIn(ofUsed)['listeners'], [listener.id], 'listeners')
      const ofFree = await elb.updatePool(free, { description: 'free' })
      assertAccepted(ofFree)
      assertSame(elb.poolIn(ofFree)['listeners'], [], 'listeners')
    },
  ),

  check(
    {
      id: 'elb/update-pool/answer-lists-listeners.attached-later',
      level: 'must',
      text: 'The answer lists the id of a listener that was led to the pool after both were created.',
      source: `${page} › Response › Table 6 › listeners`,
      varies: onlyThatPool,
    },
    async (elb) => {
      const pool = await elb.pool()
      const listener = await elb.listener({ protocol: pool.protocol })
      await lead(elb, listener, pool)
      const answered = await elb.updatePool(pool, { description: 'updated' })
      assertAccepted(answered)
      assertSame(elb.poolIn(answered)['listeners'], [listener.id], 'listeners')
    },
  ),

  check(
    {
      id: 'elb/update-pool/answer-lists-load-balancer',
      level: 'must',
      text: 'The answer lists the id of the load balancer, also for a pool created for a listener.',
      source: `${page} › Response › Table 6 › loadbalancers`,
    },
    async (elb) => {
      const listener = await elb.listener()
      const onListener = await elb.pool({ listener_id: listener.id })
      const onLoadBalancer = await elb.pool()
      const first = await elb.updatePool(onListener, { description: 'updated' })
      assertAccepted(first)
      assertSame(elb.poolIn(first)['loadbalancers'], [elb.loadBalancerId], 'loadbalancers')
      const second = await elb.updatePool(onLoadBalancer, { description: 'updated' })
      assertAccepted(second)
      assertSame(elb.poolIn(second)['loadbalancers'], [elb.loadBalancerId], 'loadbalancers')
    },
  ),

  check(
    {
      id: 'elb/update-pool/status',
      level: 'must',
      text: 'A successful update answers 200 or 202.',
      source: `${page} › Status Code; ${statusPage} › Table 1`,
    },
    async (elb) => {
      const pool = await elb.pool()
      assertStatus(await elb.updatePool(pool, { description: 'updated' }), 200, 202)
    },
  ),

  check(
    {
      id: 'elb/update-pool/answer-is-json',
      level: 'implied',
      text: 'The answer to an update says that it is JSON.',
      source: `${page} › Example › Example response 1`,
    },
    async (elb) => {
      const answered = await elb.updatePool(await elb.pool(), { description: 'updated' })
      assertAccepted(answered)
      const types = answered.headers.filter(([name]) => name.toLowerCase() === 'content-type')
      assertThat(
        types.some(([, type]) => /^(?:application|text)\/(?:[\w.-]+\+)?json\b/i.test(type)),
        `The content type of the answer is ${types[0]?.[1] ?? 'not stated'}, not application/json.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/example-1',
      level: 'implied',
      text: 'The first example, apart from the name, has the result that its answer shows.',
      source: `${page} › Example › Example 1`,
      varies: onlyThatPool,
    },
    async (elb) => {
      const listener = await elb.listener()
      const pool = await elb.poolWith(
        { session_persistence: httpCookie },
        { listener_id: listener.id },
      )
      const before = await elb.shownPool(pool)
      const name = elb.context.session.name('pool2')
      const sent = { name, description: 'pool two', lb_algorithm: 'LEAST_CONNECTIONS' }
      const answered = await elb.updatePool(pool, sent)
      assertAccepted(answered)
      const after = await elb.shownPool(pool)
      assertSame(after, { ...before, ...sent }, 'The pool of the first example')
      elb.assertAnswerHolds(answered, sent, after)
    },
  ),

  check(
    {
      id: 'elb/update-pool/example-2',
      level: 'implied',
      text: 'The second example switches session persistence off, and its answer shows everything else unchanged.',
      source: `${page} › Example › Example 2`,
      varies: onlyThatPool,
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: httpCookie })
      const before = await elb.shownPool(pool)
      const sent = { session_persistence: null }
      const answered = await elb.updatePool(pool, sent)
      assertAccepted(answered)
      const after = await elb.shownPool(pool)
      assertSame(after, { ...before, session_persistence: null }, 'The pool of the second example')
      elb.assertAnswerHolds(answered, sent, after)
    },
  ),

  check(
    {
      id: 'elb/update-pool/error-body',
      level: 'reading',
      text: 'No page shows the body of a refusal, only codes and messages; the known forms are distinguished.',
      source: `${page} › Status Code; ${statusPage} › Table 3`,
      readings: open({
        'neutron-error': 'An object NeutronError with type, message and detail.',
        'error-code': 'The fields error_code and error_msg.',
        'fault-string': 'The fields faultcode and faultstring.',
        'error-object': 'An object error with code and message.',
        message: 'A field message.',
        none: 'No body.',
        text: 'Plain text.',
      }),
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.survey()
      const answered = await elb.updatePool(pool, { lb_algorithm: 'RANDOM' })
      assertRefused(answered)
      assertUnchanged(before, await elb.survey())
      const body = isFields(answered.body) ? answered.body : {}
      // No error of an API is a web page: then something before it has answered.
      const isPage = /^\s*<(?:!doctype|html)/i.test(answered.text)
      assertThat(!isPage, `The body of a refusal is a web page: ${answered.text.slice(0, 80)}`)
      return openReadingOf(
        {
          'neutron-error': 'NeutronError' in body,
          'error-code': 'error_code' in body,
          'fault-string': 'faultstring' in body,
          'error-object': 'error' in body,
          message: 'message' in body,
          none: answered.text === '',
          text: answered.body === undefined,
        },
        `The body of a refusal is ${answered.text.slice(0, 120)}`,
      )
    },
  ),
]

/** No page here describes the update of a listener, so a target need not take it. */
async function lead(elb: ElbGround, { id }: Named, pool: Named): Promise<void> {
  const listener = { default_pool_id: pool.id }
  const answered = await elb.write('arrange', elbRequest('PUT', `/listeners/${id}`, { listener }))
  const { listeners } = await elb.shownPool(pool)
  if (isAccepted(answered) && isDeepStrictEqual(listeners, [id])) return
  throw new NotOffered('The target was found not to lead a listener to a pool by an update.')
}
