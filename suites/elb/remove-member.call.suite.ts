/** Which request removes a backend server, whose, and what it answers. */

import { check } from '../../fixtures/elb/ground.ts'
import { assertAccepted, assertRefused, assertUnchanged } from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { memberRemoval } from './arranged-operation.ts'
import { credentialsRequired, ownProjectRequired } from './credentials.ts'
import {
  answers204,
  answersWithoutBody,
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
      text: 'A pool id that names no pool is refused, whatever backend server is named with it.',
      source: `${page} › URI › Table 1 › pool_id`,
    },
    unknownIdRefused(memberRemoval, 0),
  ),

  check(
    {
      id: 'elb/remove-member/other-pool',
      level: 'implied',
      text: 'A backend server is not removed by way of a pool that it does not belong to.',
      source: `${page} › URI › Table 1`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const member = await elb.member(pool)
      const other = await elb.pool()
      await elb.member(other)
      const before = await elb.survey()
      assertRefused(await elb.removeMember(other, member))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.removeMember(pool, member))
    },
  ),

  check(
    {
      id: 'elb/remove-member/unknown-member',
      level: 'implied',
      text: 'An id that names no backend server is refused.',
      source: `${page} › URI › Table 1 › member_id`,
    },
    unknownIdRefused(memberRemoval, 1),
  ),

  check(
    {
      id: 'elb/remove-member/malformed-ids',
      level: 'implied',
      text: 'An id that cannot be one, with a space or a long tail, is refused in either place.',
      source: `${page} › URI › Table 1`,
    },
    malformedIdsRefused(memberRemoval),
  ),

  check(
    {
      id: 'elb/remove-member/pool-id-required',
      level: 'must',
      text: 'Without the id of its pool no backend server is removed.',
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
      text: 'Without the id of a backend server none is removed, least of all every one.',
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
      text: 'The id is that of the backend server itself: its address in that place removes nothing.',
      source: `${page} › URI › Table 1 › member_id`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const member = await elb.member(pool)
      const before = await elb.survey()
      assertRefused(await elb.removeMember(pool, { id: member.address }))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.removeMember(pool, member))
    },
  ),

  check(
    {
      id: 'elb/remove-member/credentials-required',
      level: 'implied',
      text: 'Without a token, or with one that is none, nothing is removed.',
      source: `${page} › Status Code; ${statusPage} › Table 2 › 401`,
      needs: ['authentication'],
    },
    credentialsRequired(memberRemoval),
  ),

  check(
    {
      id: 'elb/remove-member/other-project',
      level: 'implied',
      text: 'With the token of another project nothing is removed.',
      source: `${page} › Status Code; ${statusPage} › Table 2 › 403`,
      needs: ['authentication'],
    },
    ownProjectRequired(memberRemoval),
  ),

  check(
    {
      id: 'elb/remove-member/repeated',
      level: 'reading',
      text: 'The page does not say what removing a backend server for the second time answers.',
      source: `${page} › Response`,
      readings: {
        'not-found': 'The second removal is not found.',
        accepted: 'The second removal is accepted and does nothing.',
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      await elb.member(pool)
      const before = await elb.survey()
      const member = await elb.member(pool)
      return readingOfSecondDeletion(elb, before, () => elb.removeMember(pool, member))
    },
  ),

  check(
    {
      id: 'elb/remove-member/no-request-body',
      level: 'must',
      text: 'The request needs no body, and so no content type.',
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
