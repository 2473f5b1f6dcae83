/** What the page on updating a backend server group says of session persistence. */

import { isDeepStrictEqual } from 'node:util'
import { check, suite, type ElbGround } from '../../fixtures/elb/ground.ts'
import type { Survey } from '../../fixtures/elb/look.ts'
import { isFields, wrapped, type Fields } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertRefused,
  assertSame,
  assertThat,
  assertUnchanged,
  readingOf,
} from '../../src/check/assert.ts'
import { unobservable } from '../../src/check/check.ts'

const page = 'Updating a Backend Server Group'

const httpCookie = { type: 'HTTP_COOKIE' }
const appCookie = { type: 'APP_COOKIE', cookie_name: 'poolproof' }
const sourceIp = { type: 'SOURCE_IP' }

const readingsOfType = {
  refused: 'It is refused.',
  accepted: 'It is accepted, and shown.',
  ignored: 'It is accepted, and nothing changes.',
}

export const updatePoolSessionPersistence = suite('update-pool', [
  // On and off.

  check(
    {
      id: 'elb/update-pool/session-persistence-enabled',
      level: 'must',
      text: 'An object switches session persistence on, and is shown as an object.',
      source: `${page} › Request › Table 3 › session_persistence`,
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
      id: 'elb/update-pool/session-persistence-null-disables',
      level: 'must',
      text: 'null switches session persistence off; the answer shows null, and so does a look.',
      source: `${page} › Request › Table 3 › session_persistence; Example › Example 2`,
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: httpCookie })
      const before = await elb.shownPool(pool)
      const answered = await elb.updatePool(pool, { session_persistence: null })
      assertAccepted(answered)
      elb.assertAnswerShows(answered, { session_persistence: null }, before)
      const { session_persistence } = await elb.shownPool(pool)
      assertSame(session_persistence, null, 'session_persistence')
    },
  ),

  check(
    {
      id: 'elb/update-pool/session-persistence-null-when-off',
      level: 'implied',
      text: 'null is accepted where session persistence is off already, and changes nothing.',
      source: `${page} › Request › Table 3 › session_persistence`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.survey()
      assertAccepted(await elb.updatePool(pool, { session_persistence: null }))
      assertUnchanged(before, await elb.survey())
      const { session_persistence } = await elb.shownPool(pool)
      assertSame(session_persistence ?? null, null, 'session_persistence')
    },
  ),

  check(
    {
      id: 'elb/update-pool/session-persistence-enabled-again',
      level: 'implied',
      text: 'Switched off and on again, session persistence has the new values and none of the old.',
      source: `${page} › Request › Table 3 › session_persistence`,
    },
    async (elb) => {
      const pool = await elb.pool()
      assertAccepted(await elb.updatePool(pool, { session_persistence: appCookie }))
      assertAccepted(await elb.updatePool(pool, { session_persistence: null }))
      const timed = { ...httpCookie, persistence_timeout: 7 }
      assertAccepted(await elb.updatePool(pool, { session_persistence: timed }))
      const again = await elb.sessionPersistence(pool)
      assertSame(again, { ...timed, cookie_name: null }, 'session_persistence')
      assertAccepted(await elb.updatePool(pool, { session_persistence: null }))
      assertAccepted(await elb.updatePool(pool, { session_persistence: httpCookie }))
      const { persistence_timeout } = await elb.sessionPersistence(pool)
      assertThat(persistence_timeout !== 7, 'The timeout of 7 min came back from before.')
    },
  ),

  check(
    {
      id: 'elb/update-pool/session-persistence-touches-nothing-else',
      level: 'implied',
      text: 'Switching session persistence on and off changes nothing else.',
      source: `${page} › Request › Table 3 › session_persistence; Example › Example 2`,
    },
    async (elb) => {
      const listener = await elb.listener()
      const values = { description: 'as arranged', lb_algorithm: 'LEAST_CONNECTIONS' }
      const pool = await elb.poolWith(values, { listener_id: listener.id })
      await elb.member(pool, { weight: 7 })
      const before = await elb.survey()
      assertAccepted(await elb.updatePool(pool, { session_persistence: httpCookie }))
      const on = await elb.survey()
      assertUnchanged(apartFromPersistence(before, pool), apartFromPersistence(on, pool))
      assertAccepted(await elb.updatePool(pool, { session_persistence: null }))
      const off = await elb.survey()
      assertUnchanged(apartFromPersistence(before, pool), apartFromPersistence(off, pool))
    },
  ),

  check(
    {
      id: 'elb/update-pool/omitted-session-persistence',
      level: 'must',
      text: 'Left out of an update, session persistence keeps its values.',
      source: `${page} › Request › Table 3 › session_persistence › Mandatory; Example › Example 1`,
    },
    async (elb) => {
      const persistence = { ...httpCookie, persistence_timeout: 30 }
      const pool = await elb.poolWith({ session_persistence: persistence })
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      const shown = await elb.sessionPersistence(pool)
      assertSame(shown, { ...persistence, cookie_name: null }, 'session_persistence')
    },
  ),

  check(
    {
      id: 'elb/update-pool/omitted-session-persistence.off',
      level: 'implied',
      text: 'Left out of an update, session persistence that is off stays off.',
      source: `${page} › Request › Table 3 › session_persistence › Mandatory`,
    },
    async (elb) => {
      const pool = await elb.pool()
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      const { session_persistence } = await elb.shownPool(pool)
      assertSame(session_persistence ?? null, null, 'session_persistence')
    },
  ),

  check(
    {
      id: 'elb/update-pool/session-persistence-form',
      level: 'reading',
      text: 'Table 6 types session persistence as a string; Table 3 and the examples show an object.',
      source: `${page} › Response › Table 6 › session_persistence`,
      readings: {
        object: 'It is shown as an object.',
        string: 'It is shown as a string which holds one.',
      },
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: appCookie })
      const answered = await elb.updatePool(pool, { session_persistence: httpCookie })
      assertAccepted(answered)
      const { type } = await elb.sessionPersistence(pool)
      assertSame(type, 'HTTP_COOKIE', 'type')
      const { session_persistence: form } = wrapped(await elb.show(`/pools/${pool.id}`), 'pool')
      const { session_persistence: inAnswer } = wrapped(answered, 'pool')
      assertSame(typeof inAnswer, typeof form, 'The form in the answer')
      return readingOf(
        { object: typeof form === 'object', string: typeof form === 'string' },
        `It is shown as a ${typeof form}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/session-persistence-empty-object',
      level: 'reading',
      text: 'The page does not say what an empty object means, as every field in it may be left out.',
      source: `${page} › Request › Table 4`,
      readings: {
        cleared: 'It switches session persistence off.',
        kept: 'It leaves session persistence as it was.',
        refused: 'It is refused.',
      },
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: httpCookie })
      const chosen = await elb.tryToUpdate(pool, { session_persistence: {} })
      const { accepted, refused, answered, before, after } = chosen
      return readingOf(
        {
          cleared: accepted && (after['session_persistence'] ?? null) === null,
          kept: accepted && isDeepStrictEqual(after, before),
          refused,
        },
        `An empty object answered ${answered.status}, and session persistence became ${JSON.stringify(after['session_persistence'])}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/partial-application-of-session-persistence',
      level: 'implied',
      text: 'An update with a bad session persistence is refused as a whole: a good name takes no effect.',
      source: `${page} › Request › Table 3; Request › Table 4 › persistence_timeout`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const name = elb.context.session.name('renamed')
      const bad = { ...httpCookie, persistence_timeout: 0 }
      const good = { ...httpCookie, persistence_timeout: 30 }
      const before = await elb.survey()
      assertRefused(await elb.updatePool(pool, { name, session_persistence: bad }))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.updatePool(pool, { name, session_persistence: good }))
    },
  ),

  // Types, and the protocols they are for.

  check(
    {
      id: 'elb/update-pool/source-ip-on-tcp',
      level: 'must',
      text: 'A TCP pool takes the type SOURCE_IP.',
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
      text: 'An HTTP pool takes the type HTTP_COOKIE.',
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
      text: 'An HTTP pool takes the type APP_COOKIE.',
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
      text: 'A type that is not one of the three, to the letter, is refused.',
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
      text: 'The type may be left out here, whereas creation demands it: what was set may stay.',
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
      text: 'For an HTTP pool only the cookie types are said to take effect; SOURCE_IP may be refused.',
      protocol: 'HTTP',
      needs: [],
    },
    {
      id: 'elb/update-pool/source-ip-on-udp',
      text: 'The page gives UDP pools a timeout, and does not say which types take effect for them.',
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
      text: 'For a TCP pool only SOURCE_IP is said to take effect; the cookie types may be refused.',
      protocol: 'TCP',
      needs: [],
    },
    {
      id: 'elb/update-pool/cookie-types-on-udp',
      text: 'The page does not say what becomes of the cookie types on a UDP pool.',
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
        assertSame(second, first, 'What becomes of one cookie type and of the other')
        return first
      },
    ),
  ),

  // The name of the cookie.

  ...[
    {
      id: 'elb/update-pool/cookie-name-required',
      level: 'must' as const,
      text: 'The type APP_COOKIE is refused without the name of a cookie.',
      without: { type: 'APP_COOKIE' },
    },
    {
      id: 'elb/update-pool/cookie-name-required.empty',
      level: 'implied' as const,
      text: 'The empty string is no name for the cookie of APP_COOKIE.',
      without: { type: 'APP_COOKIE', cookie_name: '' },
    },
    {
      id: 'elb/update-pool/cookie-name-required.null',
      level: 'implied' as const,
      text: 'null is no name for the cookie of APP_COOKIE.',
      without: { type: 'APP_COOKIE', cookie_name: null },
    },
  ].map(({ id, level, text, without }) =>
    check({ id, level, text, source: `${page} › Request › Table 4 › cookie_name` }, async (elb) => {
      const pool = await elb.poolWith({ session_persistence: httpCookie })
      const before = await elb.survey()
      assertRefused(await elb.updatePool(pool, { session_persistence: without }))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.updatePool(pool, { session_persistence: appCookie }))
    }),
  ),

  check(
    {
      id: 'elb/update-pool/cookie-name-stored',
      level: 'must',
      text: 'The name of the cookie is stored with the type APP_COOKIE, and shown.',
      source: `${page} › Request › Table 4 › cookie_name; Response › Table 7 › cookie_name`,
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: appCookie })
      const renamed = { ...appCookie, cookie_name: 'poolproof_2' }
      assertAccepted(await elb.updatePool(pool, { session_persistence: renamed }))
      const { type, cookie_name } = await elb.sessionPersistence(pool)
      assertSame({ type, cookie_name }, renamed, 'session_persistence')
    },
  ),

  check(
    {
      id: 'elb/update-pool/cookie-name-not-needed',
      level: 'must',
      text: 'HTTP_COOKIE and SOURCE_IP are accepted without the name of a cookie.',
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
        text: `The name of a cookie is for APP_COOKIE only; with ${other.type} it is not stored.`,
        source: `${page} › Request › Table 4 › cookie_name; Example › Example response 1`,
        readings: {
          refused: 'The update is refused.',
          ignored: 'The name is ignored, and the type takes effect.',
        },
      },
      async (elb) => {
        const before = { ...other, persistence_timeout: 30 }
        const pool = await elb.poolWith({ session_persistence: before }, { protocol })
        const session_persistence = { ...other, cookie_name: 'poolproof' }
        const chosen = await elb.tryToUpdate(pool, { session_persistence })
        const { accepted, refused, answered, after } = chosen
        const { type, cookie_name } = fieldsOf(after['session_persistence'])
        return readingOf(
          { refused, ignored: accepted && type === other.type && cookie_name === null },
          `The name of a cookie with ${other.type} answered ${answered.status}; shown is ${JSON.stringify({ type, cookie_name })}.`,
        )
      },
    ),
  ),

  check(
    {
      id: 'elb/update-pool/cookie-name-cleared-on-switch',
      level: 'implied',
      text: 'Switching from APP_COOKIE to HTTP_COOKIE takes the name of the cookie away.',
      source: `${page} › Request › Table 4 › cookie_name; Example › Example response 1`,
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: appCookie })
      assertAccepted(await elb.updatePool(pool, { session_persistence: httpCookie }))
      const { type, cookie_name } = await elb.sessionPersistence(pool)
      assertSame({ type, cookie_name }, { ...httpCookie, cookie_name: null }, 'session_persistence')
    },
  ),

  ...[
    {
      id: 'elb/update-pool/same-client',
      text: 'With session persistence, requests of one client go to one backend server.',
      source: `${page} › Request › Table 3 › session_persistence`,
    },
    {
      id: 'elb/update-pool/period',
      text: 'Session persistence lasts for the time set, and need not last longer.',
      source: `${page} › Request › Table 3 › session_persistence`,
    },
    {
      id: 'elb/update-pool/timeout-unit',
      text: 'The timeout counts minutes.',
      source: `${page} › Request › Table 4 › persistence_timeout`,
    },
    {
      id: 'elb/update-pool/source-ip-stickiness',
      text: 'With SOURCE_IP, requests from one address go to one backend server.',
      source: `${page} › Request › Table 4 › type`,
    },
    {
      id: 'elb/update-pool/http-cookie-stickiness',
      text: 'With HTTP_COOKIE the load balancer sets a cookie, and later requests follow it.',
      source: `${page} › Request › Table 4 › type`,
    },
    {
      id: 'elb/update-pool/app-cookie-stickiness',
      text: 'With APP_COOKIE the backend server sets a cookie, and later requests follow it.',
      source: `${page} › Request › Table 4 › type`,
    },
  ].map((requirement) =>
    unobservable(
      { ...requirement, level: 'must' },
      'Shows only in traffic through the load balancer, never in its API.',
    ),
  ),
])

/** A look at everything but the session persistence of one pool. */
function apartFromPersistence(survey: Survey, { id }: { id: string }): Survey {
  const pool = { ...survey.pools[id], session_persistence: 'any' }
  return { ...survey, pools: { ...survey.pools, [id]: pool } }
}

/** Sends a type that a protocol may not know, and says what became of it. */
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

function fieldsOf(shown: unknown): Fields {
  return isFields(shown) ? shown : {}
}
