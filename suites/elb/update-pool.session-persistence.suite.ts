/** What the page on updating a backend server group says about session persistence: on, off, and its form. */

import { isDeepStrictEqual } from 'node:util'
import {
  appCookie,
  httpCookie,
  sourceIp,
  withoutDefaults,
  type Overrides,
} from '../../fixtures/elb/bodies.ts'
import { check } from '../../fixtures/elb/ground.ts'
import type { Survey } from '../../fixtures/elb/survey.ts'
import { fieldsOf, wrapped } from '../../fixtures/elb/wire-shapes.ts'
import { assertOffOrTyped } from './session-types.ts'
import {
  assertAccepted,
  assertControl,
  assertRefused,
  assertSame,
  assertUnchanged,
  isAccepted,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { open, openReadingOf } from '../../src/check/open-reading.ts'
import { readJson } from '../../src/wire/parsed-body.ts'
import { allowed } from './allowed.ts'

const page = 'Updating a Backend Server Group'

export const updatePoolSessionPersistence: readonly Entry[] = [
  check(
    {
      id: 'elb/update-pool/session-persistence-enabled',
      level: 'must',
      text: 'An object switches session persistence on, and is shown afterwards.',
      source: `${page} › Request › Table 3 › session_persistence`,
    },
    async (elb) => {
      const pool = await elb.pool()
      assertAccepted(await elb.updatePool(pool, { session_persistence: httpCookie }))
      const { type } = await elb.sessionPersistence(pool)
      assertSame(type, 'HTTP_COOKIE', 'type')
    },
  ),

  ...[
    {
      id: 'elb/update-pool/session-persistence-null-disables',
      type: 'HTTP_COOKIE',
      on: httpCookie,
    },
    {
      id: 'elb/update-pool/session-persistence-null-disables.app-cookie',
      type: 'APP_COOKIE',
      on: appCookie,
    },
  ].map(({ id, type, on }) =>
    check(
      {
        id,
        level: 'must',
        text: `null switches session persistence of the type ${type} off; the answer shows null, and so does a GET.`,
        source: `${page} › Request › Table 3 › session_persistence; Example › Example 2`,
      },
      async (elb) => {
        const pool = await elb.poolWith({ session_persistence: on })
        const before = await elb.shownPool(pool)
        const answered = await elb.updatePool(pool, { session_persistence: null })
        assertAccepted(answered)
        elb.assertAnswerShows(answered, { session_persistence: null }, before)
        const { session_persistence } = await elb.shownPool(pool)
        assertSame(session_persistence, null, 'session_persistence')
      },
    ),
  ),

  ...(['TCP', 'UDP'] as const).map((protocol) =>
    check(
      {
        id: `elb/update-pool/session-persistence-null-disables.source-ip-${protocol.toLowerCase()}`,
        level: 'must',
        text: `null switches session persistence of the type SOURCE_IP off in a pool of the protocol ${protocol}.`,
        source: `${page} › Request › Table 3 › session_persistence; Example › Example 2`,
        ...(protocol === 'UDP' ? { needs: ['udp'] as const } : {}),
      },
      async (elb) => {
        const pool = await elb.pool({ ...withoutDefaults, protocol })
        const { session_persistence: _off, ...others } = await elb.shownPool(pool)
        // With minutes where they are taken: they may be kept where the type is not.
        const minutes = { ...sourceIp, persistence_timeout: 30 }
        if (!isAccepted(await elb.updatePool(pool, { session_persistence: minutes }))) {
          const answered = await elb.updatePool(pool, { session_persistence: sourceIp })
          assertControl(answered, allowed.sourceIp)
        }
        const answered = await elb.updatePool(pool, { session_persistence: null })
        assertAccepted(answered)
        const { session_persistence, ...after } = await elb.shownPool(pool)
        assertSame(session_persistence, null, 'session_persistence')
        assertSame(after, others, 'The other fields of the pool')
      },
    ),
  ),

  check(
    {
      id: 'elb/update-pool/session-persistence-null-when-off',
      level: 'implied',
      text: 'null is accepted when session persistence is already off, and changes nothing.',
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
      text: 'Session persistence that is switched off and on again has only the new values.',
      source: `${page} › Request › Table 3 › session_persistence`,
    },
    async (elb) => {
      const pool = await elb.pool()
      assertAccepted(await elb.updatePool(pool, { session_persistence: appCookie }))
      assertAccepted(await elb.updatePool(pool, { session_persistence: null }))
      assertAccepted(await elb.updatePool(pool, { session_persistence: httpCookie }))
      const { type, cookie_name } = await elb.sessionPersistence(pool)
      assertSame({ type, cookie_name }, { ...httpCookie, cookie_name: null }, 'session_persistence')
      const renamed = { ...appCookie, cookie_name: 'poolproof_2' }
      assertAccepted(await elb.updatePool(pool, { session_persistence: null }))
      assertAccepted(await elb.updatePool(pool, { session_persistence: renamed }))
      const again = await elb.sessionPersistence(pool)
      const shown = { type: again['type'], cookie_name: again['cookie_name'] }
      assertSame(shown, renamed, 'session_persistence')
    },
  ),

  check(
    {
      id: 'elb/update-pool/session-persistence-touches-nothing-else',
      level: 'implied',
      text: 'Switching session persistence on and off changes nothing else, also of the listener that uses the pool and its policies.',
      source: `${page} › Request › Table 3 › session_persistence; Example › Example 2`,
    },
    async (elb) => {
      const listener = await elb.listener()
      const values = { description: 'as arranged', lb_algorithm: 'LEAST_CONNECTIONS' }
      const pool = await elb.poolWith(values, { listener_id: listener.id })
      await elb.member(pool, { weight: 7 })
      await elb.forwardingPolicyIfOffered(await elb.pool(), { listener_id: listener.id })
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
      level: 'implied',
      text: 'Session persistence keeps its values when an update leaves it out.',
      source: `${page} › Request › Table 3 › session_persistence › Mandatory; Example › Example 1`,
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: appCookie })
      const before = await elb.sessionPersistence(pool)
      assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
      assertSame(await elb.sessionPersistence(pool), before, 'session_persistence')
    },
  ),

  check(
    {
      id: 'elb/update-pool/omitted-session-persistence.source-ip',
      level: 'implied',
      text: 'Session persistence of the type SOURCE_IP keeps its values when only the algorithm is updated.',
      source: `${page} › Request › Table 3 › session_persistence › Mandatory; Example › Example 1`,
    },
    async (elb) => {
      const pool = await elb.poolWith({ protocol: 'TCP', session_persistence: sourceIp })
      const before = await elb.sessionPersistence(pool)
      for (const lb_algorithm of ['LEAST_CONNECTIONS', 'ROUND_ROBIN']) {
        assertAccepted(await elb.updatePool(pool, { lb_algorithm }))
        assertSame(await elb.sessionPersistence(pool), before, 'session_persistence')
      }
    },
  ),

  check(
    {
      id: 'elb/update-pool/omitted-session-persistence.off',
      level: 'implied',
      text: 'Session persistence that is off stays off when an update leaves it out.',
      source: `${page} › Request › Table 3 › session_persistence › Mandatory`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const assertStaysOff = async (fields: Overrides) => {
        assertAccepted(await elb.updatePool(pool, fields))
        const { session_persistence, ...shown } = await elb.shownPool(pool)
        assertSame(session_persistence ?? null, null, 'session_persistence')
        const { session_persistence: _off, ...others } = fields
        const stored = Object.fromEntries(Object.keys(others).map((name) => [name, shown[name]]))
        assertSame(stored, others, 'What is stored beside session persistence')
      }
      await assertStaysOff({ description: 'updated' })
      const answered = await elb.updatePool(pool, { session_persistence: httpCookie })
      assertControl(answered, allowed.httpCookie)
      const name = elb.context.session.name('renamed')
      await assertStaysOff({ name, session_persistence: null })
      await assertStaysOff({ lb_algorithm: 'LEAST_CONNECTIONS' })
      await assertStaysOff({ description: 'updated again' })
    },
  ),

  check(
    {
      id: 'elb/update-pool/session-persistence-form',
      level: 'reading',
      text: 'Table 6 gives session persistence the type string; Table 3 and the examples show an object.',
      source: `${page} › Response › Table 6 › session_persistence`,
      readings: {
        object: 'It is shown as an object.',
        string: 'It is shown as a string that contains the object.',
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      const answered = await elb.updatePool(pool, { session_persistence: httpCookie })
      assertAccepted(answered)
      const { type } = await elb.sessionPersistence(pool)
      assertSame(type, 'HTTP_COOKIE', 'type')
      const { session_persistence: form } = wrapped(await elb.show(`/pools/${pool.id}`), 'pool')
      const { session_persistence: inAnswer } = wrapped(answered, 'pool')
      // Table 6 is about this answer; that a pool is shown otherwise than it is answered only follows from it.
      if (typeof inAnswer === 'object') assertSame(typeof form, 'object', 'The form that is shown')
      const within = typeof inAnswer === 'string' ? readJson(inAnswer) : undefined
      return readingOf(
        {
          object: typeof inAnswer === 'object',
          string: fieldsOf(within)['type'] === 'HTTP_COOKIE',
        },
        `The answer has it as a ${typeof inAnswer}: ${JSON.stringify(inAnswer)}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/session-persistence-empty-object',
      level: 'reading',
      text: 'The page does not say what an empty object means; each of its fields may be left out.',
      source: `${page} › Request › Table 4`,
      readings: open({
        cleared: 'It switches session persistence off.',
        kept: 'It leaves session persistence as it was.',
        refused: 'It is refused.',
      }),
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: httpCookie })
      const chosen = await elb.tryToUpdate(pool, { session_persistence: {} })
      const { accepted, refused, answered, before, after } = chosen
      assertOffOrTyped(after['session_persistence'] ?? null)
      return openReadingOf(
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
      text: 'An update with an invalid session persistence, or with an invalid algorithm beside it, is refused as a whole.',
      source: `${page} › Request › Table 3; Request › Table 4 › cookie_name`,
    },
    async (elb) => {
      const pool = await elb.pool()
      const name = elb.context.session.name('renamed')
      const bad = { type: 'APP_COOKIE' }
      const before = await elb.survey()
      assertRefused(await elb.updatePool(pool, { name, session_persistence: bad }))
      assertUnchanged(before, await elb.survey())
      const answered = await elb.updatePool(pool, { name, session_persistence: appCookie })
      assertControl(answered, allowed.appCookie)
      const on = await elb.survey()
      for (const session_persistence of [null, httpCookie]) {
        const mixed = { session_persistence, lb_algorithm: 'RANDOM' }
        assertRefused(await elb.updatePool(pool, mixed))
      }
      assertUnchanged(on, await elb.survey())
    },
  ),
]

/** A survey without the session persistence of one pool. */
function apartFromPersistence(survey: Survey, { id }: { id: string }): Survey {
  const pool = { ...survey.pools[id], session_persistence: 'any' }
  return { ...survey, pools: { ...survey.pools, [id]: pool } }
}
