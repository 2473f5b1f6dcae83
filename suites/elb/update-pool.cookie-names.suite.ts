/** What the page on updating a backend server group says about the cookie name of session persistence. */

import { appCookie, httpCookie, sourceIp } from '../../fixtures/elb/bodies.ts'
import { check } from '../../fixtures/elb/ground.ts'
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
import { allowed } from './allowed.ts'

const page = 'Updating a Backend Server Group'

export const updatePoolCookieNames: readonly Entry[] = [
  ...[
    {
      id: 'elb/update-pool/cookie-name-required',
      level: 'must' as const,
      text: 'The type APP_COOKIE is refused without a cookie name.',
      without: { type: 'APP_COOKIE' },
    },
    {
      id: 'elb/update-pool/cookie-name-required.empty',
      level: 'implied' as const,
      text: 'The type APP_COOKIE is refused with an empty cookie name.',
      without: { type: 'APP_COOKIE', cookie_name: '' },
    },
    {
      id: 'elb/update-pool/cookie-name-required.null',
      level: 'implied' as const,
      text: 'The type APP_COOKIE is refused with null as cookie name.',
      without: { type: 'APP_COOKIE', cookie_name: null },
    },
  ].map(({ id, level, text, without }) =>
    check({ id, level, text, source: `${page} › Request › Table 4 › cookie_name` }, async (elb) => {
      const pool = await elb.poolWith({ session_persistence: httpCookie })
      const before = await elb.survey()
      assertRefused(await elb.updatePool(pool, { session_persistence: without }))
      assertUnchanged(before, await elb.survey())
      const answered = await elb.updatePool(pool, { session_persistence: appCookie })
      assertControl(answered, allowed.appCookie)
    }),
  ),

  ...[
    { after: 'off', between: null, what: 'session persistence was switched off' },
    { after: 'http-cookie', between: httpCookie, what: 'the type was changed to HTTP_COOKIE' },
  ].map(({ after, between, what }) =>
    check(
      {
        id: `elb/update-pool/cookie-name-required.after-${after}`,
        level: 'implied',
        text: `The type APP_COOKIE is refused without a cookie name, although the pool had one before ${what}.`,
        source: `${page} › Request › Table 4 › cookie_name`,
      },
      async (elb) => {
        const pool = await elb.poolWith({ session_persistence: appCookie })
        const changed = await elb.updatePool(pool, { session_persistence: between })
        assertControl(changed, allowed.update)
        const before = await elb.survey()
        const without = { session_persistence: { type: 'APP_COOKIE' } }
        assertRefused(await elb.updatePool(pool, without))
        assertUnchanged(before, await elb.survey())
        const answered = await elb.updatePool(pool, { session_persistence: appCookie })
        assertControl(answered, allowed.appCookie)
      },
    ),
  ),

  check(
    {
      id: 'elb/update-pool/cookie-name-stored',
      level: 'must',
      text: 'The cookie name is stored with the type APP_COOKIE, and shown.',
      source: `${page} › Request › Table 4 › cookie_name; Response › Table 7 › cookie_name`,
    },
    async (elb) => {
      const pool = await elb.pool()
      assertAccepted(await elb.updatePool(pool, { session_persistence: appCookie }))
      const renamed = { ...appCookie, cookie_name: 'poolproof_2' }
      assertAccepted(await elb.updatePool(pool, { session_persistence: renamed }))
      const { type, cookie_name } = await elb.sessionPersistence(pool)
      assertSame({ type, cookie_name }, renamed, 'session_persistence')
    },
  ),

  check(
    {
      id: 'elb/update-pool/cookie-name-stored.after-http-cookie',
      level: 'must',
      text: 'The cookie name is stored as sent when the type changes from HTTP_COOKIE to APP_COOKIE.',
      source: `${page} › Request › Table 4 › cookie_name; Response › Table 7 › cookie_name`,
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: httpCookie })
      const sent = { ...appCookie, cookie_name: 'PoolProof_ID' }
      assertAccepted(await elb.updatePool(pool, { session_persistence: sent }))
      const { type, cookie_name } = await elb.sessionPersistence(pool)
      assertSame({ type, cookie_name }, sent, 'session_persistence')
    },
  ),

  check(
    {
      id: 'elb/update-pool/cookie-name-not-needed',
      level: 'must',
      text: 'HTTP_COOKIE and SOURCE_IP are accepted without a cookie name.',
      source: `${page} › Request › Table 4 › cookie_name › Mandatory`,
    },
    async (elb) => {
      const [http, tcp] = [await elb.pool(), await elb.pool({ protocol: 'TCP' })]
      assertAccepted(await elb.updatePool(http, { session_persistence: httpCookie }))
      assertAccepted(await elb.updatePool(tcp, { session_persistence: sourceIp }))
      const ofHttp = await elb.sessionPersistence(http)
      const ofTcp = await elb.sessionPersistence(tcp)
      assertSame([ofHttp['type'], ofTcp['type']], ['HTTP_COOKIE', 'SOURCE_IP'], 'The types')
    },
  ),

  ...[
    {
      id: 'elb/update-pool/cookie-name-without-app-cookie',
      protocol: 'HTTP',
      other: httpCookie,
    },
    {
      id: 'elb/update-pool/cookie-name-without-app-cookie.source-ip',
      protocol: 'TCP',
      other: sourceIp,
    },
  ].map(({ id, protocol, other }) =>
    check(
      {
        id,
        level: 'reading',
        text: `The cookie name is for APP_COOKIE; the page does not say what becomes of one that is sent with ${other.type}.`,
        source: `${page} › Request › Table 4 › cookie_name; Example › Example response 1`,
        readings: {
          refused: 'The update is refused.',
          ignored: 'The name is ignored, and the type takes effect.',
          stored: 'The name is stored and shown, and the type takes effect.',
        },
      },
      async (elb) => {
        const pool = await elb.poolWith({ session_persistence: other }, { protocol })
        const session_persistence = { ...other, cookie_name: 'poolproof' }
        const chosen = await elb.tryToUpdate(pool, { session_persistence })
        const { accepted, refused, answered, after } = chosen
        const { type, cookie_name } = fieldsOf(after['session_persistence'])
        return readingOf(
          {
            refused,
            ignored: accepted && type === other.type && cookie_name === null,
            stored: accepted && type === other.type && cookie_name === 'poolproof',
          },
          `A cookie name with ${other.type} answered ${answered.status}; shown is ${JSON.stringify({ type, cookie_name })}.`,
        )
      },
    ),
  ),

  check(
    {
      id: 'elb/update-pool/cookie-name-cleared-on-switch',
      level: 'reading',
      text: 'The page does not say whether a cookie name stays with the pool when the type becomes HTTP_COOKIE.',
      source: `${page} › Request › Table 4 › cookie_name; Example › Example response 1`,
      readings: open({
        cleared: 'The name is no longer shown.',
        kept: 'The name is still shown.',
      }),
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: appCookie })
      const answered = await elb.updatePool(pool, { session_persistence: httpCookie })
      assertAccepted(answered)
      const shown = await elb.sessionPersistence(pool)
      assertSame(shown['type'], httpCookie.type, 'type')
      return openReadingOf(
        {
          cleared: (shown['cookie_name'] ?? null) === null,
          kept: shown['cookie_name'] === appCookie.cookie_name,
        },
        `After a switch to HTTP_COOKIE the cookie name is ${JSON.stringify(shown['cookie_name'])}.`,
      )
    },
  ),
]
