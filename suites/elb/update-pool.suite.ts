/** What the page on updating a backend server group says an update does. */

import { httpCookie, withoutDefaults, type Overrides } from '../../fixtures/elb/bodies.ts'
import { check, suite, type ElbGround } from '../../fixtures/elb/ground.ts'
import type { Fields } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertControl,
  assertRefused,
  assertSame,
  assertThat,
  assertUnchanged,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import { NotOffered, Unarranged, type Exchange } from '../../src/model.ts'
import { allowed } from './allowed.ts'
import { unknownId } from './path-ids.ts'
import { updatePoolRequestRows } from './request-rows.ts'
import { updatePoolResponseRows } from './response-rows.ts'
import { updatePoolActiveOnly } from './update-pool.active-only.suite.ts'
import { updatePoolAnswer } from './update-pool.answer.suite.ts'
import { updatePoolBody } from './update-pool.body.suite.ts'
import { updatePoolCall } from './update-pool.call.suite.ts'
import { updatePoolCookieNames } from './update-pool.cookie-names.suite.ts'
import { updatePoolFields } from './update-pool.fields.suite.ts'
import { updatePoolPersistenceTimeout } from './update-pool.persistence-timeout.suite.ts'
import { updatePoolPersistenceTypes } from './update-pool.persistence-types.suite.ts'
import { updatePoolProtocol } from './update-pool.protocol.suite.ts'
import { updatePoolSessionPersistence } from './update-pool.session-persistence.suite.ts'
import { poolsInTree } from './status-tree.ts'
import { updatePoolTraffic } from './update-pool.traffic.suite.ts'
import { updatePoolUnchanged } from './update-pool.unchanged.suite.ts'
import { varying } from '../../src/check/check.ts'
import { anyHttpPool, anyPool } from './circumstances.ts'
import { judgeUpdate } from './answers.ts'
import { alikeOnAnother } from './other-load-balancer.ts'

const page = 'Updating a Backend Server Group'
const statusPage = 'HTTP Status Codes for Enhanced Load Balancers'

export default suite(
  'update-pool',
  [
    ...varying(anyPool, [
      check(
        {
          id: 'elb/update-pool/persisted',
          level: 'must',
          text: 'An update is stored: the pool is shown with the new values afterwards.',
          source: `${page} › Function`,
        },
        async (elb) => {
          const pool = await elb.pool()
          const fields = otherValues(elb)
          assertAccepted(await elb.updatePool(pool, fields))
          const { name, description, lb_algorithm } = await elb.shownPool(pool)
          assertSame({ name, description, lb_algorithm }, fields, 'The pool shown afterwards')
        },
      ),

      check(
        {
          id: 'elb/update-pool/persisted-in-list',
          level: 'implied',
          text: 'The list of pools shows the new values too, whole and in pages.',
          source: `${page} › Function`,
        },
        async (elb) => {
          const pool = await elb.pool()
          const fields = otherValues(elb)
          const isFound = async (name: unknown) =>
            (await elb.poolsWith('name', String(name))).includes(pool.id)
          const isFiltered = (await isFound(pool['name'])) && !(await isFound(fields.name))
          assertAccepted(await elb.updatePool(pool, fields))
          assertListed(await elb.listedPool(pool), fields, 'The pool listed afterwards')
          if (isFiltered) {
            const found = { before: await isFound(pool['name']), now: await isFound(fields.name) }
            assertSame(found, { before: false, now: true }, 'Whether its names find the pool')
          }
          const paged = await elb.pageOfPools(pool)
          if (paged) assertListed(paged, fields, 'The pool in a page of the list')
        },
      ),

      check(
        {
          id: 'elb/update-pool/persisted-in-status-tree',
          level: 'implied',
          text: 'The status tree of the load balancer shows a renamed pool with its new name, wherever it shows the pool.',
          source: `${page} › Request › Table 3 › name`,
          needs: ['statusTree'],
        },
        async (elb) => {
          const { id: listener_id } = await elb.listener()
          const pool = await elb.pool({ listener_id, protocol: 'HTTP' })
          const before = namesIn(await elb.statusTree(), pool)
          if (!before.includes(pool['name'])) {
            throw new Unarranged('The status tree does not show the name of the pool.')
          }
          const name = elb.context.session.name('renamed')
          assertAccepted(await elb.updatePool(pool, { name }))
          const after = namesIn(await elb.statusTree(), pool)
          assertSame(after, [name], 'The names of the pool in the status tree')
        },
      ),

      check(
        {
          id: 'elb/update-pool/other-load-balancer-untouched',
          level: 'implied',
          text: 'An update leaves the pools of another load balancer as they are, also one with the same name and a like backend server; the answer names the own one.',
          source: `${page} › URI › Table 1 › pool_id`,
        },
        async (elb) => {
          const { pool, assertOtherUntouched } = await alikeOnAnother(elb, 'both')
          const name = elb.context.session.name('renamed')
          const updates = [
            { description: 'updated' },
            { lb_algorithm: 'LEAST_CONNECTIONS' },
            { name },
          ]
          for (const fields of updates) {
            const answered = await elb.updatePool(pool, fields)
            assertAccepted(answered)
            assertSame(elb.poolIn(answered)['loadbalancers'], [elb.loadBalancerId], 'loadbalancers')
          }
          await assertOtherUntouched()
        },
      ),

      check(
        {
          id: 'elb/update-pool/only-that-pool',
          level: 'implied',
          text: 'Updating a pool does not change other pools, even with the same name, or what belongs to them.',
          source: `${page} › URI › Table 1 › pool_id`,
        },
        async (elb) => {
          const other = await elb.poolWith({ description: 'shared' })
          await elb.member(other, { weight: 7 })
          const name = await elb.nameLike(other)
          const pool = await elb.pool({ name, description: 'shared' })
          // Such a listener must not take the pool for its own.
          await elb.listener({ protocol: pool.protocol })
          const before = await elb.survey()
          assertAccepted(
            await elb.updatePool(pool, {
              description: 'updated',
              lb_algorithm: 'LEAST_CONNECTIONS',
            }),
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
          id: 'elb/update-pool/idempotent',
          level: 'implied',
          text: 'The same update sent a second time is accepted and changes nothing more.',
          source: `${page} › Function`,
        },
        async (elb) => {
          const pool = await elb.pool()
          await elb.member(pool)
          const fields = { description: 'updated', lb_algorithm: 'LEAST_CONNECTIONS' }
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
          text: 'An update with one invalid field is refused as a whole: its valid fields take no effect.',
          source: `${page} › Request › Table 3`,
        },
        async (elb) => {
          const pool = await elb.pool()
          const good = { name: elb.context.session.name('renamed'), description: 'updated' }
          const before = await elb.survey()
          assertRefused(await elb.updatePool(pool, { ...good, lb_algorithm: 'RANDOM' }))
          assertUnchanged(before, await elb.survey())
          const whole = { ...good, lb_algorithm: 'LEAST_CONNECTIONS' }
          assertControl(await elb.updatePool(pool, whole), allowed.severalFields)
        },
      ),

      check(
        {
          id: 'elb/update-pool/create-only-fields',
          level: 'implied',
          text: 'An update does not change fields of a pool that Table 3 does not list.',
          source: `${page} › Request › Table 3; ${statusPage} › Table 2 › 400`,
        },
        async (elb) => {
          const pool = await elb.pool()
          await elb.member(pool)
          const listener = await elb.listener()
          const before = await elb.survey()
          const answers = [
            await elb.updatePool(pool, { id: unknownId }),
            await elb.updatePool(pool, { tenant_id: 'someone-else' }),
            await elb.updatePool(pool, { protocol: 'TCP' }),
            await elb.updatePool(pool, { listener_id: listener.id }),
            await elb.updatePool(pool, { loadbalancer_id: unknownId }),
            await elb.updatePool(pool, { members: [] }),
            await elb.updatePool(pool, { healthmonitor_id: unknownId }),
          ]
          assertUnchanged(before, await elb.survey())
          const undecided = answers.filter((answer) => !isAccepted(answer) && !isRefused(answer))
          assertThat(
            undecided.length === 0,
            `${undecided.map(described).join(' ')} Expected 2xx or 4xx.`,
          )
          assertControl(await elb.updatePool(pool, { description: 'updated' }), allowed.update)
        },
      ),

      check(
        {
          id: 'elb/update-pool/unknown-field',
          level: 'reading',
          text: 'The page does not say what happens to a field that it does not list; the others are not lost with it.',
          source: `${page} › Request › Table 3`,
          readings: {
            refused: 'The update is refused, and nothing changes.',
            ignored: 'The field is ignored, and the rest takes effect.',
            stored: 'The field is stored and shown, as the rest is.',
          },
        },
        async (elb) => {
          const pool = await elb.pool()
          const fields = { description: 'updated', poolproof_unknown: 'stored' }
          const { accepted, refused, answered, after } = await elb.tryToUpdate(pool, fields)
          const shown = await elb.show(`/pools/${pool.id}`)
          const isUpdated = accepted && after['description'] === 'updated'
          const isShown = shown.text.includes('poolproof_unknown')
          return readingOf(
            { refused, ignored: isUpdated && !isShown, stored: isUpdated },
            `An update with an unknown field answered ${answered.status}; the description is ${JSON.stringify(after['description'])}.`,
          )
        },
      ),

      check(
        {
          id: 'elb/update-pool/empty-pool-object',
          level: 'reading',
          text: 'Every field may be left out, but the page does not say whether all may; nothing is reset.',
          source: `${page} › Request › Table 3`,
          readings: {
            accepted: 'An empty update is accepted.',
            refused: 'An empty update is refused.',
          },
        },
        async (elb) => {
          const values = { ...withoutDefaults, session_persistence: httpCookie }
          const pool = await elb.poolWith(values)
          const { accepted, refused, answered, before, after } = await elb.tryToUpdate(pool, {})
          assertUnchanged(before, after)
          return readingOf({ accepted, refused }, `An empty update answered ${answered.status}.`)
        },
      ),

      ...updatePoolUnchanged,
      ...updatePoolCall,
      ...updatePoolBody,
      ...updatePoolFields,
      ...updatePoolActiveOnly,
      ...updatePoolAnswer,
    ]),
    ...varying(anyHttpPool, [
      ...updatePoolSessionPersistence,
      ...updatePoolPersistenceTypes,
      ...updatePoolCookieNames,
      ...updatePoolPersistenceTimeout,
      ...updatePoolRequestRows,
    ]),
    ...updatePoolProtocol,
    ...updatePoolTraffic,
    ...updatePoolResponseRows,
  ],
  judgeUpdate,
)

/**
 * The names that a status tree shows an object with, each once.
 *
 * @throws {NotOffered} When the target is found to have no status tree.
 */
function namesIn(tree: string | undefined, pool: { readonly id: string }): readonly unknown[] {
  if (tree === undefined) throw new NotOffered('The target was found to have no status tree.')
  const pools = poolsInTree(tree, pool)
  return [...new Set(pools.flatMap((one) => ('name' in one ? [one['name']] : [])))]
}

/** @throws {AssertionError} When an entry of a list has one of these fields with another value, or none of them. */
function assertListed(entry: Fields, fields: Overrides, what: string): void {
  const names = Object.keys(fields).filter((name) => name in entry)
  assertThat(names.length > 0, `${what} is shown without ${Object.keys(fields).join(', ')}.`)
  // A list may show less of each pool than its own page does.
  const pick = (from: Fields) => Object.fromEntries(names.map((name) => [name, from[name]]))
  assertSame(pick(entry), pick(fields), what)
}

/** Values that no new pool has. */
function otherValues({ context }: ElbGround) {
  return {
    name: context.session.name('renamed'),
    description: 'updated',
    lb_algorithm: 'LEAST_CONNECTIONS',
  }
}

function described({ request, status }: Exchange): string {
  return `${request.method} with ${request.body} answered ${status}.`
}
