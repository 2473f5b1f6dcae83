/** What the page on updating a backend server group says about the types of session persistence. */

import { isDeepStrictEqual } from 'node:util'
import { appCookie, httpCookie, sourceIp } from '../../fixtures/elb/bodies.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { fieldsOf } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertControl,
  assertRefused,
  assertSame,
  assertUnchanged,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { open, openReadingOf } from '../../src/check/open-reading.ts'
import { assertOffOrTyped, isType } from './session-types.ts'
import { allowed } from './allowed.ts'

const page = 'Updating a Backend Server Group'

const readingsOfType = {
  refused: 'It is refused.',
  accepted: 'It is accepted, and shown.',
  ignored: 'It is accepted, and nothing changes.',
  replaced: 'It is accepted, and another type is shown, which takes effect.',
}

export const updatePoolPersistenceTypes: readonly Entry[] = [
  check(
    {
      id: 'elb/update-pool/source-ip-on-tcp',
      level: 'must',
      text: 'A TCP pool accepts the type SOURCE_IP.',
      source: `${page} › Request › Table 4 › type`,
    },
    async (elb) => {
      const pool = await elb.pool({ protocol: 'TCP' })
      assertAccepted(await elb.updatePool(pool, { session_persistence: sourceIp }))
      const { type } = await elb.sessionPersistence(pool)
      assertSame(type, 'SOURCE_IP', 'type')
    },
  ),

  check(
    {
      id: 'elb/update-pool/http-cookie-on-http',
      level: 'must',
      text: 'An HTTP pool accepts the type HTTP_COOKIE.',
      source: `${page} › Request › Table 4 › type`,
    },
    async (elb) => {
      const pool = await elb.pool()
      assertAccepted(await elb.updatePool(pool, { session_persistence: httpCookie }))
      const { type } = await elb.sessionPersistence(pool)
      assertSame(type, 'HTTP_COOKIE', 'type')
    },
  ),

  check(
    {
      id: 'elb/update-pool/app-cookie-on-http',
      level: 'must',
      text: 'An HTTP pool accepts the type APP_COOKIE.',
      source: `${page} › Request › Table 4 › type`,
    },
    async (elb) => {
      const pool = await elb.pool()
      assertAccepted(await elb.updatePool(pool, { session_persistence: appCookie }))
      const { type } = await elb.sessionPersistence(pool)
      assertSame(type, 'APP_COOKIE', 'type')
    },
  ),

  check(
    {
      id: 'elb/update-pool/unknown-session-persistence-type',
      level: 'must',
      text: 'A type that is not exactly one of the three is refused.',
      source: `${page} › Request › Table 4 › type`,
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: httpCookie })
      const before = await elb.survey()
      assertRefused(await elb.updatePool(pool, { session_persistence: { type: 'COOKIE' } }))
      assertRefused(await elb.updatePool(pool, { session_persistence: { type: 'http_cookie' } }))
      assertRefused(await elb.updatePool(pool, { session_persistence: { type: '' } }))
      assertUnchanged(before, await elb.survey())
      const answered = await elb.updatePool(pool, { session_persistence: httpCookie })
      assertControl(answered, allowed.httpCookie)
    },
  ),

  check(
    {
      id: 'elb/update-pool/session-persistence-type-omitted',
      level: 'reading',
      text: 'The type may be left out here, while creation requires it: the stored type may stay.',
      source: `${page} › Request › Table 4 › type › Mandatory`,
      readings: open({
        kept: 'The type stays, and the rest takes effect.',
        refused: 'The update is refused.',
        ignored: 'The update is accepted, and session persistence stays as it was.',
      }),
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: appCookie })
      const sent = { cookie_name: 'poolproof_2' }
      const chosen = await elb.tryToUpdate(pool, { session_persistence: sent })
      const { accepted, refused, answered, before, after } = chosen
      const shown = after['session_persistence'] ?? null
      const { type, cookie_name } = fieldsOf(shown)
      assertOffOrTyped(shown)
      return openReadingOf(
        {
          kept: accepted && type === appCookie.type && cookie_name === sent.cookie_name,
          refused,
          ignored: accepted && isDeepStrictEqual(shown, before['session_persistence']),
        },
        `Without a type the update answered ${answered.status}, and session persistence became ${JSON.stringify(shown)}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/null-session-persistence-type',
      level: 'reading',
      text: 'The page gives the type of session persistence the type string and does not mention null.',
      source: `${page} › Request › Table 4 › type`,
      readings: open({
        refused: 'null is refused.',
        kept: 'null means left out: the stored type stays.',
        cleared: 'null switches session persistence off.',
      }),
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: httpCookie })
      const chosen = await elb.tryToUpdate(pool, { session_persistence: { type: null } })
      const { accepted, refused, answered, after } = chosen
      const shown = after['session_persistence'] ?? null
      const { type } = fieldsOf(shown)
      assertOffOrTyped(shown)
      return openReadingOf(
        {
          refused,
          kept: accepted && type === httpCookie.type,
          cleared: accepted && shown === null,
        },
        `A null type answered ${answered.status}, and session persistence became ${JSON.stringify(shown)}.`,
      )
    },
  ),

  ...[
    {
      id: 'elb/update-pool/source-ip-on-http',
      text: 'The page lets only the cookie types take effect on HTTP pools; SOURCE_IP may be refused.',
      protocol: 'HTTP',
      needs: [],
    },
    {
      id: 'elb/update-pool/source-ip-on-udp',
      text: 'The page gives UDP pools a timeout, but does not say which types take effect on them.',
      protocol: 'UDP',
      needs: ['udp'] as const,
    },
  ].map(({ id, text, protocol, needs }) =>
    check(
      {
        id,
        level: 'reading',
        text,
        source: `${page} › Request › Table 4 › type`,
        needs,
        readings: readingsOfType,
      },
      async (elb) => {
        const pool = await elb.pool({ protocol })
        return readingOfType(elb, pool, sourceIp)
      },
    ),
  ),

  ...[
    {
      id: 'elb/update-pool/cookie-types-on-tcp',
      text: 'The page lets only SOURCE_IP take effect on TCP pools; HTTP_COOKIE may be refused.',
      protocol: 'TCP',
      sent: httpCookie,
      needs: [],
    },
    {
      id: 'elb/update-pool/cookie-types-on-tcp.app-cookie',
      text: 'The page lets only SOURCE_IP take effect on TCP pools; APP_COOKIE may be refused.',
      protocol: 'TCP',
      sent: appCookie,
      needs: [],
    },
    {
      id: 'elb/update-pool/cookie-types-on-udp',
      text: 'The page does not say what happens to HTTP_COOKIE on a UDP pool.',
      protocol: 'UDP',
      sent: httpCookie,
      needs: ['udp'] as const,
    },
    {
      id: 'elb/update-pool/cookie-types-on-udp.app-cookie',
      text: 'The page does not say what happens to APP_COOKIE on a UDP pool.',
      protocol: 'UDP',
      sent: appCookie,
      needs: ['udp'] as const,
    },
  ].map(({ id, text, protocol, sent, needs }) =>
    check(
      {
        id,
        level: 'reading',
        text,
        source: `${page} › Request › Table 4 › type`,
        needs,
        readings: readingsOfType,
      },
      async (elb) => readingOfType(elb, await elb.pool({ protocol }), sent),
    ),
  ),
]

/** Sends a type that may not suit the protocol, and names the reading that the target follows. */
async function readingOfType(
  elb: ElbGround,
  pool: { id: string },
  sent: { readonly type: string },
): Promise<string> {
  const chosen = await elb.tryToUpdate(pool, { session_persistence: sent })
  const { accepted, refused, answered, before, after } = chosen
  const shown = after['session_persistence']
  return readingOf(
    {
      refused,
      accepted: accepted && fieldsOf(shown)['type'] === sent.type,
      ignored: accepted && isDeepStrictEqual(after, before),
      replaced: accepted && isType(fieldsOf(shown)['type']),
    },
    `${sent.type} answered ${answered.status}; session persistence is shown as ${JSON.stringify(shown)}.`,
  )
}
