/** Which request updates a backend server group, and whose. */

import { check } from '../../fixtures/elb/ground.ts'
import { assertControl, assertRefused, assertUnchanged } from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { elbRequest } from '../../src/dialects/elb.ts'
import { allowed } from './allowed.ts'
import { poolUpdate } from './arranged-operation.ts'
import { credentialsRequired, ownProjectRequired } from './credentials.ts'
import { malformedIdsRefused, notServedAt, unknownIdRefused } from './path-ids.ts'

const page = 'Updating a Backend Server Group'
const statusPage = 'HTTP Status Codes for Enhanced Load Balancers'

export const updatePoolCall: readonly Entry[] = [
  check(
    {
      id: 'elb/update-pool/unknown-pool',
      level: 'implied',
      text: 'An update with an unknown pool id is refused, and creates no pool.',
      source: `${page} › URI › Table 1 › pool_id`,
    },
    unknownIdRefused(poolUpdate),
  ),

  check(
    {
      id: 'elb/update-pool/malformed-pool',
      level: 'implied',
      text: 'A malformed pool id, with a space or too long, is refused.',
      source: `${page} › URI › Table 1 › pool_id`,
    },
    malformedIdsRefused(poolUpdate),
  ),

  check(
    {
      id: 'elb/update-pool/pool-id-required',
      level: 'must',
      text: 'A request without a pool id updates nothing.',
      source: `${page} › URI › Table 1 › pool_id › Mandatory`,
    },
    notServedAt(poolUpdate, () => ['/pools', '/pools/']),
  ),

  check(
    {
      id: 'elb/update-pool/unknown-path',
      level: 'implied',
      text: 'Only the path that the page gives updates a pool; similar paths do not.',
      source: `${page} › URI; ${statusPage} › Table 2 › 404`,
    },
    notServedAt(poolUpdate, ([id]) => [`/poolz/${id}`, `/pool/${id}`, `/pools/${id}/pool`]),
  ),

  check(
    {
      id: 'elb/update-pool/wrapper-required',
      level: 'must',
      text: 'A request without the object pool around its fields is refused.',
      source: `${page} › Request › Table 2 › pool › Mandatory`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const put = (body?: unknown) => elb.write('ask', elbRequest('PUT', `/pools/${pool.id}`, body))
      const before = await elb.survey()
      assertRefused(await put({ description: 'updated' }))
      assertRefused(await put({}))
      assertRefused(await put())
      assertUnchanged(before, await elb.survey())
      assertControl(await put({ pool: { description: 'updated' } }), allowed.update)
    },
  ),

  check(
    {
      id: 'elb/update-pool/malformed-json',
      level: 'implied',
      text: 'A truncated body is refused.',
      source: `${page} › Status Code; ${statusPage} › Table 2 › 400`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const whole = elbRequest('PUT', `/pools/${pool.id}`, { pool: { description: 'updated' } })
      const before = await elb.survey()
      assertRefused(await elb.write('ask', { ...whole, body: whole.body?.slice(0, -1) ?? '' }))
      assertUnchanged(before, await elb.survey())
      assertControl(await elb.write('ask', whole), allowed.update)
    },
  ),

  check(
    {
      id: 'elb/update-pool/credentials-required',
      level: 'implied',
      text: 'A request without a token, or with an invalid one, updates nothing.',
      source: `${page} › Status Code; ${statusPage} › Table 2 › 401`,
      needs: ['authentication'],
    },
    credentialsRequired(poolUpdate),
  ),

  check(
    {
      id: 'elb/update-pool/other-project',
      level: 'implied',
      text: 'A request with the token of another project updates nothing.',
      source: `${page} › Status Code; ${statusPage} › Table 2 › 403`,
      needs: ['authentication'],
    },
    ownProjectRequired(poolUpdate),
  ),
]
