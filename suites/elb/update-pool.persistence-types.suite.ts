/** What the page on updating a backend server group says about the types of session persistence. */

import { isDeepStrictEqual } from 'node:util'
import { appCookie, httpCookie, sourceIp } from '../../fixtures/elb/bodies.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { fieldsOf } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertRefused,
  assertSame,
  assertUnchanged,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'

const page = 'Updating a Backend Server Group'

const readingsOfType = {
  refused: 'It is refused.',
  accepted: 'It is accepted, and shown.',
  ignored: 'It is accepted, and nothing changes.',
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
      const pool = await elb.poolWith({ session_persistence: appCookie })
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
      const pool = await elb.poolWith({ session_persistence: httpCookie })
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
      const pool = await elb.poolWith({ session_persistence: appCookie })
      const before = await elb.survey()
      assertRefused(await elb.updatePool(pool, { session_persistence: { type: 'COOKIE' } }))
      assertRefused(await elb.updatePool(pool, { session_persistence: { type: 'http_cookie' } }))
      assertRefused(await elb.updatePool(pool, { session_persistence: { type: '' } }))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.updatePool(pool, { session_persistence: { type: 'HTTP_COOKIE' } }))
    },
  ),

  check(
    {
      id: 'elb/update-pool/session-persistence-type-omitted',
      level: 'reading',
      text: 'The type may be left out here, while creation requires it: the stored type may stay.',
      source: `${page} › Request › Table 4 › type › Mandatory`,
      readings: {
        kept: 'The type stays, and the rest takes effect.',
        refused: 'The update is refused.',
      },
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: httpCookie })
      const chosen = await elb.tryToUpdate(pool, {
        session_persistence: { persistence_timeout: 5 },
      })
      const { accepted, refused, answered, after } = chosen
      const expected = { ...httpCookie, cookie_name: null, persistence_timeout: 5 }
      return readingOf(
        { kept: accepted && isDeepStrictEqual(after['session_persistence'], expected), refused },
        `Without a type the update answered ${answered.status}, and session persistence became ${JSON.stringify(after['session_persistence'])}.`,
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
      text: 'The page lets only SOURCE_IP take effect on TCP pools; the cookie types may be refused.',
      protocol: 'TCP',
      needs: [],
    },
    {
      id: 'elb/update-pool/cookie-types-on-udp',
      text: 'The page does not say what happens to the cookie types on a UDP pool.',
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
        const first = await readingOfType(elb, pool, httpCookie)
        const second = await readingOfType(elb, pool, appCookie)
        assertSame(second, first, 'The reading for APP_COOKIE, compared with HTTP_COOKIE,')
        return first
      },
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
    },
    `${sent.type} answered ${answered.status}; session persistence is shown as ${JSON.stringify(shown)}.`,
  )
}
