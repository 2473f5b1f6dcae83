/** Which request deletes a backend server group, whose, and what it answers. */

import type { Pool } from '../../fixtures/elb/created.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import {
  assertAccepted,
  assertControl,
  assertSame,
  assertThat,
  assertUnchanged,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { elbRequest } from '../../src/dialects/elb.ts'
import { NotOffered, Unarranged } from '../../src/model.ts'
import { allowed } from './allowed.ts'
import { poolDeletion } from './arranged-operation.ts'
import { credentialsRequired, ownProjectRequired } from './credentials.ts'
import {
  answers204,
  answersWithoutBody,
  needsNoRequestBody,
  readingOfSecondDeletion,
} from './deletions.ts'
import { malformedIdsRefused, notServedAt, unknownIdRefused } from './path-ids.ts'

const page = 'Deleting a Backend Server Group'
const statusPage = 'HTTP Status Codes for Enhanced Load Balancers'

export const deletePoolCall: readonly Entry[] = [
  check(
    {
      id: 'elb/delete-pool/unknown-pool',
      level: 'implied',
      text: 'A deletion with an unknown pool id deletes nothing, and is refused unless a second deletion of a pool is accepted, too.',
      source: `${page} › URI › Table 1 › pool_id`,
    },
    unknownIdRefused(poolDeletion),
  ),

  check(
    {
      id: 'elb/delete-pool/id-case',
      level: 'reading',
      text: 'The page does not say whether an id may be in upper case; another pool is never deleted.',
      source: `${page} › URI › Table 1 › pool_id`,
      readings: {
        exact: 'An id in upper case is not found.',
        folded: 'An id in upper case names the same pool.',
        ignored: 'A deletion by an id in upper case is accepted, and deletes nothing.',
      },
    },
    async (elb) => {
      await elb.pool()
      const without = await elb.survey()
      const pool = await elb.pool()
      const other = pool.id.toUpperCase()
      if (other === pool.id) throw new NotOffered('The ids of pools have no lower-case letters.')
      const before = await elb.survey()
      const answered = await elb.deletePool({ id: other })
      const after = await elb.survey()
      const accepted = isAccepted(answered)
      const ignored = accepted && pool.id in after.pools
      const folded = accepted && !ignored
      assertUnchanged(folded ? without : before, after)
      if (!folded) assertControl(await elb.deletePool(pool), allowed.deletion)
      return readingOf(
        { exact: isRefused(answered), folded, ignored },
        `A deletion by the id in upper case answered ${answered.status}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/delete-pool/malformed-pool',
      level: 'implied',
      text: 'A deletion with a malformed pool id, with a space or too long, deletes nothing, and is refused like that of an unknown pool.',
      source: `${page} › URI › Table 1 › pool_id`,
    },
    malformedIdsRefused(poolDeletion),
  ),

  check(
    {
      id: 'elb/delete-pool/pool-id-required',
      level: 'must',
      text: 'A request without a pool id deletes nothing.',
      source: `${page} › URI › Table 1 › pool_id › Mandatory`,
    },
    notServedAt(poolDeletion, () => ['/pools', '/pools/']),
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
        assertThat(
          status < 500 || status === 501,
          `${method} on a pool answered ${status}, expected no server error but 501.`,
        )
      }
      assertUnchanged(before, await elb.survey())
      assertControl(await elb.deletePool(pool), allowed.deletion)
    },
  ),

  check(
    {
      id: 'elb/delete-pool/credentials-required',
      level: 'implied',
      text: 'A request without a token, or with an invalid one, deletes nothing.',
      source: `${statusPage} › Table 2`,
      needs: ['authentication'],
    },
    credentialsRequired(poolDeletion),
  ),

  check(
    {
      id: 'elb/delete-pool/other-project',
      level: 'implied',
      text: 'A request with the token of another project deletes nothing, and is refused like that of an unknown pool.',
      source: `${page} › Status Code; ${statusPage} › Table 2 › 403`,
      needs: ['authentication'],
    },
    ownProjectRequired(poolDeletion),
  ),

  check(
    {
      id: 'elb/delete-pool/repeated',
      level: 'reading',
      text: 'The page does not say how a second deletion of the same pool is answered.',
      source: `${page} › Response`,
      readings: {
        'not-found': 'The second deletion is answered as not found.',
        accepted: 'The second deletion is accepted and does nothing.',
      },
    },
    async (elb) => {
      await elb.member(await elb.pool())
      const before = await elb.survey()
      const pool = await elb.pool()
      return readingOfSecondDeletion(elb, before, `/pools/${pool.id}`, () => elb.deletePool(pool))
    },
  ),

  check(
    {
      id: 'elb/delete-pool/no-request-body',
      level: 'must',
      text: 'The request needs no body and no content type.',
      source: `${page} › Request`,
    },
    needsNoRequestBody(poolDeletion),
  ),

  check(
    {
      id: 'elb/delete-pool/request-body-not-interpreted',
      level: 'reading',
      text: 'The page describes no request body; one that names another pool does not change which is deleted.',
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
        `Deleting a pool with a body answered ${answered.status}, expected 2xx or 4xx.`,
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
    answersWithoutBody(poolDeletion),
  ),

  check(
    {
      id: 'elb/delete-pool/status-204',
      level: 'must',
      text: 'A successful deletion answers 204.',
      source: `${page} › Status Code; ${statusPage} › Table 1`,
    },
    answers204(poolDeletion),
  ),

  check(
    {
      id: 'elb/delete-pool/usable-after-refusal',
      level: 'implied',
      text: 'A pool whose deletion was refused can still be updated.',
      source: `${page} › Constraints`,
    },
    async (elb) => {
      const pool = await poolNotDeleted(elb)
      const description = 'set after the refusal'
      const updated = await elb.updatePool(pool, { description }).catch(unarranged)
      if (!updated) {
        const another = await elb.updatePool(await elb.pool(), { description })
        assertControl(another, 'an update of a pool')
        assertThat(false, 'The pool stays locked since its deletion was refused; others are not.')
      } else {
        assertAccepted(updated, 'Its deletion had been refused.')
        assertSame((await elb.shownPool(pool))['description'], description, 'description')
      }
    },
  ),
]

/**
 * A pool whose deletion was refused: because of a backend server, or of a forwarding policy where that is not a reason.
 *
 * @throws {Unarranged} When neither is.
 */
async function poolNotDeleted(elb: ElbGround): Promise<Pool> {
  const reasons = [
    (pool: Pool) => elb.member(pool),
    ...(elb.context.session.offers('forwardingPolicies')
      ? [(pool: Pool) => elb.forwardingPolicy(pool)]
      : []),
  ]
  for (const use of reasons) {
    const pool = await elb.pool()
    await use(pool)
    if (isRefused(await elb.deletePool(pool))) return pool
  }
  throw new Unarranged('The deletion of a pool that is in use was not refused.')
}

/** What could not be sent, because the target took no writes. */
function unarranged(error: unknown): undefined {
  if (!(error instanceof Unarranged)) throw error
}
