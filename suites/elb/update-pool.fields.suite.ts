/** What the page on updating a backend server group says about each field. */

import { isDeepStrictEqual } from 'node:util'
import type { Pool } from '../../fixtures/elb/created.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import {
  assertAccepted,
  assertRefused,
  assertSame,
  assertUnchanged,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import { unobservable, type Entry } from '../../src/check/check.ts'
import { elbRequest } from '../../src/dialects/elb.ts'

const page = 'Updating a Backend Server Group'

/** The algorithm is accepted, and shown afterwards. */
async function assertTakes(elb: ElbGround, pool: Pool, lb_algorithm: string): Promise<void> {
  assertAccepted(await elb.updatePool(pool, { lb_algorithm }))
  const shown = await elb.shownPool(pool)
  assertSame(shown['lb_algorithm'], lb_algorithm, 'lb_algorithm')
}

export const updatePoolFields: readonly Entry[] = [
  check(
    {
      id: 'elb/update-pool/empty-name',
      level: 'implied',
      text: 'The empty string is accepted as a name.',
      source: `${page} › Example › Example response 2`,
    },
    async (elb) => {
      const pool = await elb.pool()
      assertAccepted(await elb.updatePool(pool, { name: '' }))
      assertSame((await elb.shownPool(pool))['name'], '', 'name')
    },
  ),

  check(
    {
      id: 'elb/update-pool/empty-description',
      level: 'implied',
      text: 'The empty string is accepted as a description, and so removes it.',
      source: `${page} › Example › Example response 2`,
    },
    async (elb) => {
      const pool = await elb.poolWith({ description: 'as arranged' })
      assertAccepted(await elb.updatePool(pool, { description: '' }))
      assertSame((await elb.shownPool(pool))['description'], '', 'description')
    },
  ),

  check(
    {
      id: 'elb/update-pool/null-name',
      level: 'reading',
      text: 'The page gives the name the type string and does not mention null; it is never stored as a word.',
      source: `${page} › Request › Table 3 › name`,
      readings: {
        refused: 'null is refused.',
        emptied: 'null empties the name.',
        ignored: 'null leaves the name as it was.',
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      const chosen = await elb.tryToUpdate(pool, { name: null })
      const { accepted, refused, answered, before, after } = chosen
      return readingOf(
        {
          refused,
          emptied: accepted && !after['name'],
          ignored: accepted && after['name'] === before['name'],
        },
        `A null name answered ${answered.status}; the name is ${String(after['name'])}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/name-length-in-characters',
      level: 'reading',
      text: 'The page limits the name to 255 characters, without defining a character; 256 are always too many.',
      source: `${page} › Request › Table 3 › name`,
      readings: {
        characters: 'A name of 255 letters of three bytes each is stored whole.',
        bytes: 'It is refused, as if bytes were counted.',
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      const before = await elb.survey()
      assertRefused(await elb.updatePool(pool, { name: '中'.repeat(256) }))
      assertUnchanged(before, await elb.survey())
      const longest = { name: '中'.repeat(255) }
      const { accepted, refused, answered, after } = await elb.tryToUpdate(pool, longest)
      return readingOf(
        { characters: accepted && after['name'] === longest.name, bytes: refused },
        `A name of 255 letters of three bytes answered ${answered.status}, and was not stored whole.`,
      )
    },
  ),

  ...[
    {
      id: 'elb/update-pool/text-stored-as-sent',
      what: 'Runs of spaces, line breaks and quotes',
      name: 'two  blanks, a "word" and a \'word\'',
      description: 'first  line\nsecond line, 100 % with a \\',
    },
    {
      id: 'elb/update-pool/text-stored-as-sent.scripts',
      what: 'Letters of other scripts',
      name: 'Größe 第二',
      description: 'Größe 第二 😀',
    },
    {
      id: 'elb/update-pool/text-stored-as-sent.markup',
      what: 'Angle brackets and ampersands',
      name: 'a < b > c & d',
      description: '<b>bold</b> & &amp;',
    },
  ].map(({ id, what, name, description }) =>
    check(
      {
        id,
        level: 'reading',
        text: 'The page does not say which characters a text may have; an accepted text is not altered.',
        source: `${page} › Request › Table 3`,
        readings: {
          accepted: `${what} are stored as sent.`,
          refused: `${what} are refused.`,
        },
      },
      async (elb) => {
        const pool = await elb.pool()
        const sent = { name: `${elb.context.session.name('pool')} ${name}`, description }
        const { accepted, refused, answered, after } = await elb.tryToUpdate(pool, sent)
        const shown = { name: after['name'], description: after['description'] }
        return readingOf(
          { accepted: accepted && isDeepStrictEqual(shown, sent), refused },
          `The update answered ${answered.status}; shown is ${JSON.stringify(shown)}.`,
        )
      },
    ),
  ),

  ...[
    { id: 'elb/update-pool/every-algorithm-on-http', protocol: 'HTTP', needs: [] },
    { id: 'elb/update-pool/every-algorithm-on-tcp', protocol: 'TCP', needs: [] },
    { id: 'elb/update-pool/every-algorithm-on-udp', protocol: 'UDP', needs: ['udp'] as const },
  ].map(({ id, protocol, needs }) =>
    check(
      {
        id,
        level: 'implied',
        text: `${protocol} pools accept each of the three algorithms: the page limits none of them to a protocol.`,
        source: `${page} › Request › Table 3 › lb_algorithm`,
        needs,
      },
      async (elb) => {
        const pool = await elb.poolWith({ protocol, lb_algorithm: 'ROUND_ROBIN' })
        await assertTakes(elb, pool, 'LEAST_CONNECTIONS')
        await assertTakes(elb, pool, 'SOURCE_IP')
        await assertTakes(elb, pool, 'ROUND_ROBIN')
      },
    ),
  ),

  check(
    {
      id: 'elb/update-pool/unknown-algorithm',
      level: 'must',
      text: 'An algorithm that is not exactly one of the three is refused.',
      source: `${page} › Request › Table 3 › lb_algorithm`,
    },
    async (elb) => {
      const pool = await elb.poolWith({ lb_algorithm: 'LEAST_CONNECTIONS' })
      const before = await elb.survey()
      assertRefused(await elb.updatePool(pool, { lb_algorithm: 'RANDOM' }))
      assertRefused(await elb.updatePool(pool, { lb_algorithm: 'round_robin' }))
      assertRefused(await elb.updatePool(pool, { lb_algorithm: ' ROUND_ROBIN' }))
      assertRefused(await elb.updatePool(pool, { lb_algorithm: '' }))
      assertUnchanged(before, await elb.survey())
      assertAccepted(await elb.updatePool(pool, { lb_algorithm: 'ROUND_ROBIN' }))
    },
  ),

  check(
    {
      id: 'elb/update-pool/weights-under-source-ip',
      level: 'reading',
      text: 'The page does not say whether weights may be set while they are ineffective.',
      source: `${page} › Request › Table 3 › lb_algorithm`,
      readings: {
        accepted: 'A weight is accepted, for a later change of the algorithm.',
        refused: 'A weight is refused.',
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      const member = await elb.member(pool, { weight: 10 })
      const path = `/pools/${pool.id}/members/${member.id}`
      assertAccepted(await elb.updatePool(pool, { lb_algorithm: 'SOURCE_IP' }))
      const body = { member: { weight: 90 } }
      const answered = await elb.write('ask', elbRequest('PUT', path, body))
      const reading = readingOf(
        { accepted: isAccepted(answered), refused: isRefused(answered) },
        `Setting a weight under SOURCE_IP answered ${answered.status}.`,
      )
      const { weight } = await elb.shownMember(pool, member)
      assertSame(weight, { accepted: 90, refused: 10 }[reading], 'The weight')
      return reading
    },
  ),

  check(
    {
      id: 'elb/update-pool/admin-state-up-true',
      level: 'must',
      text: 'admin_state_up accepts its default, true, and is shown as true.',
      source: `${page} › Request › Table 3 › admin_state_up; Response › Table 6 › admin_state_up`,
    },
    async (elb) => {
      const pool = await elb.pool()
      assertAccepted(await elb.updatePool(pool, { admin_state_up: true }))
      assertSame((await elb.shownPool(pool))['admin_state_up'], true, 'admin_state_up')
    },
  ),

  check(
    {
      id: 'elb/update-pool/admin-state-up-false',
      level: 'reading',
      text: 'The page calls admin_state_up reserved, which leaves open what happens to false.',
      source: `${page} › Request › Table 3 › admin_state_up`,
      readings: {
        refused: 'false is refused.',
        accepted: 'false is stored.',
        ignored: 'false is accepted, and true is shown.',
      },
    },
    async (elb) => {
      const pool = await elb.poolWith({ admin_state_up: true })
      const chosen = await elb.tryToUpdate(pool, { admin_state_up: false })
      const { accepted, refused, answered, after } = chosen
      return readingOf(
        {
          refused,
          accepted: accepted && after['admin_state_up'] === false,
          ignored: accepted && after['admin_state_up'] === true,
        },
        `admin_state_up false answered ${answered.status}, and is shown as ${String(after['admin_state_up'])}.`,
      )
    },
  ),

  unobservable(
    {
      id: 'elb/update-pool/source-ip-weights',
      level: 'must',
      text: 'Under the algorithm SOURCE_IP weights do not influence where requests go.',
      source: `${page} › Request › Table 3 › lb_algorithm; Response › Table 6 › lb_algorithm`,
    },
    'Visible only in traffic through the load balancer, not in its API.',
  ),
]
