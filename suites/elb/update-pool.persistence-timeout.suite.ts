/** What the page on updating a backend server group says about how long session persistence lasts. */

import type { Pool } from '../../fixtures/elb/created.ts'
import type { Protocol } from '../../fixtures/elb/bodies.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { isFields, type Fields } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertControl,
  assertRefused,
  assertSame,
  assertThat,
  assertUnchanged,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { updatePool } from '../../src/dialects/elb.ts'
import type { Feature } from '../../src/model.ts'
import { allowed } from './allowed.ts'
import { persistentPool, timedPool, types } from './timed-pools.ts'

const page = 'Updating a Backend Server Group'
const source = `${page} › Request › Table 4 › persistence_timeout`

/** In minutes, both included. */
const longest = { HTTP: 1440, TCP: 60, UDP: 60 }
const needs = {
  HTTP: ['persistenceTimeout'],
  TCP: ['persistenceTimeout'],
  UDP: ['udp'],
} satisfies Record<Protocol, Feature[]>

/** A timeout for pools of a protocol. */
interface Timeout {
  readonly id: string
  readonly protocol: Protocol
  readonly minutes: number
}

const accepted: readonly Timeout[] = [
  { id: 'elb/update-pool/timeout-tcp-1', protocol: 'TCP', minutes: 1 },
  { id: 'elb/update-pool/timeout-tcp-60', protocol: 'TCP', minutes: 60 },
  { id: 'elb/update-pool/timeout-udp-1', protocol: 'UDP', minutes: 1 },
  { id: 'elb/update-pool/timeout-udp-60', protocol: 'UDP', minutes: 60 },
  { id: 'elb/update-pool/timeout-http-1', protocol: 'HTTP', minutes: 1 },
  { id: 'elb/update-pool/timeout-http-61', protocol: 'HTTP', minutes: 61 },
  { id: 'elb/update-pool/timeout-http-1440', protocol: 'HTTP', minutes: 1440 },
]

const refused: readonly Timeout[] = [
  { id: 'elb/update-pool/timeout-tcp-0', protocol: 'TCP', minutes: 0 },
  { id: 'elb/update-pool/timeout-tcp-minus-1', protocol: 'TCP', minutes: -1 },
  { id: 'elb/update-pool/timeout-tcp-61', protocol: 'TCP', minutes: 61 },
  { id: 'elb/update-pool/timeout-tcp-1440', protocol: 'TCP', minutes: 1440 },
  { id: 'elb/update-pool/timeout-tcp-2147483648', protocol: 'TCP', minutes: 2 ** 31 },
  { id: 'elb/update-pool/timeout-udp-0', protocol: 'UDP', minutes: 0 },
  { id: 'elb/update-pool/timeout-udp-minus-1', protocol: 'UDP', minutes: -1 },
  { id: 'elb/update-pool/timeout-udp-61', protocol: 'UDP', minutes: 61 },
  { id: 'elb/update-pool/timeout-udp-1440', protocol: 'UDP', minutes: 1440 },
  { id: 'elb/update-pool/timeout-http-0', protocol: 'HTTP', minutes: 0 },
  { id: 'elb/update-pool/timeout-http-minus-1', protocol: 'HTTP', minutes: -1 },
  { id: 'elb/update-pool/timeout-http-1441', protocol: 'HTTP', minutes: 1441 },
  { id: 'elb/update-pool/timeout-http-86400', protocol: 'HTTP', minutes: 86_400 },
]

const unstated: readonly { readonly id: string; readonly protocol: Protocol }[] = [
  { id: 'elb/update-pool/timeout-optional', protocol: 'HTTP' },
  { id: 'elb/update-pool/timeout-optional.tcp', protocol: 'TCP' },
  { id: 'elb/update-pool/timeout-optional.udp', protocol: 'UDP' },
]

export const updatePoolPersistenceTimeout: readonly Entry[] = [
  ...accepted.map(({ id, protocol, minutes }) =>
    check(
      {
        id,
        level: 'must',
        text: `${protocol} pools accept a timeout of ${minutes} min, within 1 to ${longest[protocol]}.`,
        source,
        needs: needs[protocol],
      },
      async (elb) => {
        const pool = await persistentPool(elb, protocol)
        const sent = { type: types[protocol], persistence_timeout: minutes }
        assertAccepted(await elb.updatePool(pool, { session_persistence: sent }))
        const { type, persistence_timeout } = await elb.sessionPersistence(pool)
        assertSame({ type, persistence_timeout }, sent, 'session_persistence')
      },
    ),
  ),

  ...refused.map(({ id, protocol, minutes }) =>
    check(
      {
        id,
        level: 'must',
        text: `${protocol} pools refuse a timeout of ${minutes} min, outside 1 to ${longest[protocol]}.`,
        source,
        needs: needs[protocol],
      },
      async (elb) => {
        const pool = await persistentPool(elb, protocol)
        const bad = { type: types[protocol], persistence_timeout: minutes }
        const whileOff = await elb.updatePool(pool, { session_persistence: bad })
        assertRefused(whileOff, 'Session persistence was off.')
        await switchOn(elb, pool, types[protocol])
        const before = await elb.survey()
        const whileOn = await elb.updatePool(pool, { session_persistence: bad })
        assertRefused(whileOn, 'Session persistence was on.')
        assertUnchanged(before, await elb.survey())
        const good = { ...bad, persistence_timeout: 30 }
        assertControl(await elb.updatePool(pool, { session_persistence: good }), allowed.timeout)
      },
    ),
  ),

  ...unstated.map(({ id, protocol }) =>
    check(
      {
        id,
        level: 'must',
        text: `The timeout of ${protocol} pools may be left out; then it is shown as none, or as 1 to ${longest[protocol]}.`,
        source: `${source} › Mandatory; Response › Table 7 › persistence_timeout`,
        needs: protocol === 'UDP' ? ['udp'] : [],
      },
      async (elb) => {
        const pool = await persistentPool(elb, protocol)
        const sent = { type: types[protocol] }
        assertAccepted(await elb.updatePool(pool, { session_persistence: sent }))
        const { type, persistence_timeout } = await elb.sessionPersistence(pool)
        assertSame(type, sent.type, 'type')
        assertThat(
          isTimeout(persistence_timeout, protocol),
          `The timeout of the ${protocol} pool is shown as ${JSON.stringify(persistence_timeout)}.`,
        )
      },
    ),
  ),

  check(
    {
      id: 'elb/update-pool/timeout-changed',
      level: 'implied',
      text: 'The timeout of session persistence that is on can be raised and lowered.',
      source,
    },
    async (elb) => {
      const { pool, type, high, low } = await timedPool(elb)
      await setTimeoutOf(elb, pool, { type, persistence_timeout: 30 })
      for (const persistence_timeout of [high, low]) {
        const sent = { type, persistence_timeout }
        assertAccepted(await elb.updatePool(pool, { session_persistence: sent }))
        const shown = await elb.sessionPersistence(pool)
        assertSame(shown['persistence_timeout'], persistence_timeout, 'persistence_timeout')
      }
    },
  ),

  check(
    {
      id: 'elb/update-pool/omitted-timeout',
      level: 'implied',
      text: 'The timeout keeps its value when an update leaves session persistence out.',
      source: `${page} › Request › Table 3 › session_persistence › Mandatory; Example › Example 1`,
    },
    async (elb) => {
      const { pool, type } = await timedPool(elb)
      await setTimeoutOf(elb, pool, { type, persistence_timeout: 30 })
      for (const again of ['', ' It was sent a second time.']) {
        assertAccepted(await elb.updatePool(pool, { description: 'updated' }))
        const { persistence_timeout } = await elb.sessionPersistence(pool)
        assertSame(persistence_timeout, 30, `persistence_timeout${again}`)
      }
    },
  ),

  check(
    {
      id: 'elb/update-pool/timeout-not-restored',
      level: 'implied',
      text: 'A timeout does not come back when session persistence is switched off and on again without one.',
      source: `${page} › Request › Table 3 › session_persistence`,
    },
    async (elb) => {
      const { pool, type } = await timedPool(elb)
      await setTimeoutOf(elb, pool, { type, persistence_timeout: 7 })
      assertAccepted(await elb.updatePool(pool, { session_persistence: null }))
      const sent = { type }
      assertAccepted(await elb.updatePool(pool, { session_persistence: sent }))
      const { persistence_timeout } = await elb.sessionPersistence(pool)
      assertThat(persistence_timeout !== 7, 'The old timeout of 7 min came back.')
    },
  ),

  check(
    {
      id: 'elb/update-pool/timeout-default',
      level: 'reading',
      text: 'The page gives no default for the timeout; the page on adding a pool shows 1440.',
      source: `${source}; Adding a Backend Server Group › Example`,
      readings: {
        longest: 'Left out, it is shown as 1440.',
        none: 'Left out, it is shown as null or not at all.',
        other: 'Left out, it is shown as another number of minutes from 1 to 1440.',
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      const sent = { session_persistence: { type: 'HTTP_COOKIE' } }
      const answered = await elb.updatePool(pool, sent)
      assertAccepted(answered)
      const after = await elb.shownPool(pool)
      elb.assertAnswerHolds(answered, sent, after)
      const minutes = timeoutIn(after['session_persistence'])
      return readingOf(
        { longest: minutes === 1440, none: minutes === null, other: isTimeout(minutes, 'HTTP') },
        `A timeout that was left out is shown as ${JSON.stringify(minutes)}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/timeout-kept',
      level: 'reading',
      text: 'The page does not say whether an update with only the type keeps the timeout.',
      source,
      readings: {
        kept: 'It keeps its value.',
        default: 'It becomes a default in its range, or none.',
      },
    },
    async (elb) => {
      const { pool, protocol, type } = await timedPool(elb)
      await setTimeoutOf(elb, pool, { type, persistence_timeout: 30 })
      const sent = { session_persistence: { type } }
      const answered = await elb.updatePool(pool, sent)
      assertAccepted(answered)
      const after = await elb.shownPool(pool)
      elb.assertAnswerHolds(answered, sent, after)
      const minutes = timeoutIn(after['session_persistence'])
      return readingOf(
        { kept: minutes === 30, default: isTimeout(minutes, protocol) },
        `After an update with only the type the timeout is shown as ${JSON.stringify(minutes)}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/timeout-with-app-cookie',
      level: 'reading',
      text: 'The timeout has no meaning for APP_COOKIE, which leaves open whether it may be sent.',
      source,
      needs: ['persistenceTimeout'],
      readings: {
        accepted: 'It is accepted, and the cookie takes effect.',
        refused: 'It is refused.',
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      const cookie = { type: 'APP_COOKIE', cookie_name: 'poolproof' }
      const sent = { session_persistence: { ...cookie, persistence_timeout: 5 } }
      const { accepted: ok, refused: no, answered, after } = await elb.tryToUpdate(pool, sent)
      const shown = isFields(after['session_persistence']) ? after['session_persistence'] : {}
      const { type, cookie_name, persistence_timeout = null } = shown
      const stored = type === cookie.type && cookie_name === cookie.cookie_name
      const plain = persistence_timeout === null || Number.isInteger(persistence_timeout)
      return readingOf(
        { accepted: ok && stored && plain, refused: no },
        `A timeout with APP_COOKIE answered ${answered.status}; shown is ${JSON.stringify(shown)}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/timeout-null',
      level: 'reading',
      text: 'The page gives the timeout the type integer and does not mention null.',
      source,
      readings: {
        accepted: 'null is accepted, as if the timeout were left out.',
        refused: 'null is refused.',
      },
    },
    async (elb) => {
      const pool = await elb.poolWith({ session_persistence: { type: 'HTTP_COOKIE' } })
      const sent = { session_persistence: { type: 'HTTP_COOKIE', persistence_timeout: null } }
      const { accepted: ok, refused: no, answered, after } = await elb.tryToUpdate(pool, sent)
      const minutes = timeoutIn(after['session_persistence'])
      return readingOf(
        { accepted: ok && isTimeout(minutes, 'HTTP'), refused: no },
        `A null timeout answered ${answered.status}, and is shown as ${JSON.stringify(minutes)}.`,
      )
    },
  ),
]

/** @throws {Unarranged} When the type is refused, although no timeout is sent. */
async function switchOn(elb: ElbGround, pool: Pool, type: string): Promise<void> {
  const request = updatePool(pool.id, { pool: { session_persistence: { type } } })
  assertControl(
    await elb.write('arrange', request),
    type === 'HTTP_COOKIE' ? allowed.httpCookie : allowed.sourceIp,
  )
}

/** @throws {Unarranged} When a timeout within its range is refused. */
async function setTimeoutOf(
  elb: ElbGround,
  pool: Pool,
  session_persistence: Fields,
): Promise<void> {
  const request = updatePool(pool.id, { pool: { session_persistence } })
  assertControl(await elb.write('arrange', request), allowed.timeout)
}

/** Within the range of the protocol, or not shown, which is allowed if it was not set. */
function isTimeout(minutes: unknown, protocol: Protocol): boolean {
  if (minutes === null) return true
  return Number.isInteger(minutes) && Number(minutes) >= 1 && Number(minutes) <= longest[protocol]
}

/** `undefined` when session persistence is off. */
function timeoutIn(shown: unknown): unknown {
  return isFields(shown) ? shown['persistence_timeout'] : undefined
}
