/** Which request removes a backend server, whose, and what it answers. */

import { check } from '../../fixtures/elb/ground.ts'
import { assertControl, assertUnchanged } from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { allowed } from './allowed.ts'
import { memberRemoval } from './arranged-operation.ts'
import { credentialsRequired, ownProjectRequired } from './credentials.ts'
import {
  answers204,
  answersWithoutBody,
  assertNothingMeant,
  needsNoRequestBody,
  readingOfSecondDeletion,
} from './deletions.ts'
import { malformedIdsRefused, notServedAt, unknownIdRefused } from './path-ids.ts'

const page = 'Removing a Backend Server'
const statusPage = 'HTTP Status Codes for Enhanced Load Balancers'

export const removeMemberCall: readonly Entry[] = [
  check(
    {
      id: 'elb/remove-member/unknown-pool',
      level: 'implied',
      text: 'A removal with an unknown pool id removes nothing, even if the backend server exists, and is refused unless a second removal is accepted, too.',
      source: `${page} › URI › Table 1 › pool_id`,
    },
    unknownIdRefused(memberRemoval, 0),
  ),

  check(
    {
      id: 'elb/remove-member/other-pool',
      level: 'implied',
      text: 'A removal through a pool that the backend server does not belong to removes nothing, and is refused like that of an unknown backend server.',
      source: `${page} › URI › Table 1`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const member = await elb.member(pool, { weight: 7 })
      // Its own backend server has the same address and port: only the id is of another pool.
      const other = await elb.pool()
      const place = { address: member.address, protocol_port: member.port }
      const own = await elb.member(other, { ...place, weight: 9 })
      // Ids may count from one in each pool.
      const meant = own.id === member.id ? await elb.member(pool) : member
      const before = await elb.survey()
      const answered = await elb.removeMember(other, meant)
      assertUnchanged(before, await elb.survey())
      await assertNothingMeant(elb, memberRemoval, [answered])
      assertControl(await elb.removeMember(pool, meant), allowed.removal)
      const { [own.id]: kept } = (await elb.survey()).members
      if (own.id !== member.id) assertUnchanged(before.members[own.id], kept)
    },
  ),

  check(
    {
      id: 'elb/remove-member/unknown-member',
      level: 'implied',
      text: 'A removal with an unknown backend server id removes nothing, and is refused unless a second removal is accepted, too.',
      source: `${page} › URI › Table 1 › member_id`,
    },
    unknownIdRefused(memberRemoval, 1),
  ),

  check(
    {
      id: 'elb/remove-member/malformed-ids',
      level: 'implied',
      text: 'A malformed pool id or backend server id, with a space or too long, removes nothing, and is refused like an unknown one.',
      source: `${page} › URI › Table 1`,
    },
    malformedIdsRefused(memberRemoval),
  ),

  check(
    {
      id: 'elb/remove-member/pool-id-required',
      level: 'must',
      text: 'A request without a pool id removes nothing.',
      source: `${page} › URI › Table 1 › pool_id › Mandatory`,
    },
    notServedAt(memberRemoval, ([, memberId]) => [
      `/pools//members/${memberId}`,
      `/members/${memberId}`,
    ]),
  ),

  check(
    {
      id: 'elb/remove-member/member-id-required',
      level: 'must',
      text: 'A request without a backend server id removes nothing, and certainly not every backend server.',
      source: `${page} › URI › Table 1 › member_id › Mandatory`,
    },
    notServedAt(memberRemoval, ([poolId]) => [
      `/pools/${poolId}/members`,
      `/pools/${poolId}/members/`,
    ]),
  ),

  check(
    {
      id: 'elb/remove-member/identified-by-member-id',
      level: 'implied',
      text: 'The id is that of the backend server; its address in place of the id removes nothing, and is refused like an unknown id.',
      source: `${page} › URI › Table 1 › member_id`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const member = await elb.member(pool)
      const before = await elb.survey()
      const answered = await elb.removeMember(pool, { id: member.address })
      assertUnchanged(before, await elb.survey())
      await assertNothingMeant(elb, memberRemoval, [answered])
      assertControl(await elb.removeMember(pool, member), allowed.removal)
    },
  ),

  check(
    {
      id: 'elb/remove-member/credentials-required',
      level: 'implied',
      text: 'A request without a token, or with an invalid one, removes nothing.',
      source: `${page} › Status Code; ${statusPage} › Table 2 › 401`,
      needs: ['authentication'],
    },
    credentialsRequired(memberRemoval),
  ),

  check(
    {
      id: 'elb/remove-member/other-project',
      level: 'implied',
      text: 'A request with the token of another project removes nothing, and is refused like that of an unknown backend server.',
      source: `${page} › Status Code; ${statusPage} › Table 2 › 403`,
      needs: ['authentication'],
    },
    ownProjectRequired(memberRemoval),
  ),

  check(
    {
      id: 'elb/remove-member/repeated',
      level: 'reading',
      text: 'The page does not say how a second removal of the same backend server is answered.',
      source: `${page} › Response`,
      readings: {
        'not-found': 'The second removal is answered as not found.',
        accepted: 'The second removal is accepted and does nothing.',
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      await elb.member(pool)
      const before = await elb.survey()
      const member = await elb.member(pool)
      const path = `/pools/${pool.id}/members/${member.id}`
      return readingOfSecondDeletion(elb, before, path, () => elb.removeMember(pool, member))
    },
  ),

  check(
    {
      id: 'elb/remove-member/no-request-body',
      level: 'must',
      text: 'The request needs no body and no content type.',
      source: `${page} › Request`,
    },
    needsNoRequestBody(memberRemoval),
  ),

  check(
    {
      id: 'elb/remove-member/no-response-body',
      level: 'must',
      text: 'A successful removal answers without a body.',
      source: `${page} › Response`,
    },
    answersWithoutBody(memberRemoval),
  ),

  check(
    {
      id: 'elb/remove-member/status-204',
      level: 'must',
      text: 'A successful removal answers 204.',
      source: `${page} › Status Code; ${statusPage} › Table 1`,
    },
    answers204(memberRemoval),
  ),
]
