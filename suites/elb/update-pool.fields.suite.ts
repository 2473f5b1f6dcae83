/** What the page on updating a backend server group says about each field. */

import { isDeepStrictEqual } from 'node:util'
import type { Overrides } from '../../fixtures/elb/bodies.ts'
import type { Pool } from '../../fixtures/elb/created.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { isFields } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertControl,
  assertRefused,
  assertSame,
  assertThat,
  assertUnchanged,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { open, openReadingOf } from '../../src/check/open-reading.ts'
import { elbRequest } from '../../src/dialects/elb.ts'
import type { Exchange } from '../../src/model.ts'
import { assertNoNullWord } from './null-words.ts'

const page = 'Updating a Backend Server Group'

/** The algorithm is accepted, and shown afterwards. */
async function assertTakes(elb: ElbGround, pool: Pool, lb_algorithm: string): Promise<void> {
  assertAccepted(await elb.updatePool(pool, { lb_algorithm }))
  const shown = await elb.shownPool(pool)
  assertSame(shown['lb_algorithm'], lb_algorithm, 'lb_algorithm')
}

export const updatePoolFields: readonly Entry[] = [
  ...(['name', 'description'] as const).map((field) =>
    check(
      {
        id: `elb/update-pool/blank-edges.${field}`,
        level: 'reading',
        text: `The page does not say what becomes of blanks at the ends of a ${field}; the rest of it is not altered.`,
        source: `${page} › Request › Table 3 › ${field}`,
        readings: {
          kept: 'They are stored as sent.',
          trimmed: 'They are taken off, at one end or at both.',
          refused: `Such a ${field} is refused.`,
        },
      },
      async (elb) => {
        const pool = await elb.pool()
        const text = elb.context.session.name(field)
        const sent = { [field]: ` ${text} ` }
        const { accepted, refused, answered, after } = await elb.tryToUpdate(pool, sent)
        const shown = after[field]
        return readingOf(
          {
            kept: accepted && shown === sent[field],
            trimmed: accepted && typeof shown === 'string' && shown.trim() === text,
            refused,
          },
          `A ${field} with blanks at its ends answered ${answered.status}, and is shown as ${JSON.stringify(shown)}.`,
        )
      },
    ),
  ),

  ...(
    [
      ['elb/update-pool/empty-name', 'name'],
      ['elb/update-pool/empty-description', 'description'],
    ] as const
  ).map(([id, field]) =>
    check(
      {
        id,
        level: 'reading',
        text: `The page gives the ${field} no least length, and an example shows an empty one; it does not say whether one may be sent.`,
        source: `${page} › Request › Table 3 › ${field}; Example › Example response 2`,
        readings: {
          accepted: 'The empty string is accepted, and shown as one.',
          refused: 'The empty string is refused.',
        },
      },
      async (elb) => {
        const pool = await elb.poolWith({ description: 'as arranged' })
        const { accepted, refused, answered, after } = await elb.tryToUpdate(pool, { [field]: '' })
        return readingOf(
          { accepted: accepted && after[field] === '', refused },
          `An empty ${field} answered ${answered.status}, and is shown as ${JSON.stringify(after[field])}.`,
        )
      },
    ),
  ),

  check(
    {
      id: 'elb/update-pool/null-name',
      level: 'reading',
      text: 'The page gives the name the type string and does not mention null; it is never stored as a word.',
      source: `${page} › Request › Table 3 › name`,
      readings: open({
        refused: 'null is refused.',
        emptied: 'null empties the name.',
        ignored: 'null leaves the name as it was.',
      }),
    },
    async (elb) => {
      const pool = await elb.pool()
      const chosen = await elb.tryToUpdate(pool, { name: null })
      const { accepted, refused, answered, before, after } = chosen
      assertNoNullWord('name', after['name'])
      return openReadingOf(
        {
          refused,
          emptied: accepted && !after['name'],
          ignored: accepted && after['name'] === before['name'],
        },
        `A null name answered ${answered.status}; the name is ${JSON.stringify(after['name'])}.`,
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
        bytes: 'It is refused: bytes are counted, or such letters are not accepted.',
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
    {
      id: 'elb/update-pool/text-stored-as-sent.numbers',
      what: 'Texts that look like numbers',
      name: '007',
      description: '007.50',
    },
    {
      id: 'elb/update-pool/text-stored-as-sent.words',
      what: 'The words null and NULL',
      name: 'null',
      description: 'null',
    },
  ].map(({ id, what, name, description }) =>
    check(
      {
        id,
        level: 'reading',
        text: 'The page does not say which characters a name or a description may have; what is accepted is not altered.',
        source: `${page} › Request › Table 3 › name, description`,
        readings: {
          accepted: `${what} are stored as sent.`,
          refused: `${what} are refused.`,
          'only-in-names': `${what} are stored in a name as sent, and refused in a description.`,
          'only-in-descriptions': `${what} are stored in a description as sent, and refused in a name.`,
        },
      },
      async (elb) => {
        const pool = await elb.pool()
        const own = elb.context.session.name('pool')
        const named = { name: `${own} ${name}` }
        if (name === 'null') {
          // In capitals it is another text.
          await isStored(elb, pool, { name: `${own} NULL`, description: 'NULL' })
        }
        if (await isStored(elb, pool, { ...named, description })) return 'accepted'
        if (await isStored(elb, pool, named)) return 'only-in-names'
        return (await isStored(elb, pool, { description })) ? 'only-in-descriptions' : 'refused'
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
        await elb.member(pool)
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
      for (const lb_algorithm of otherAlgorithms) {
        assertRefused(await elb.updatePool(pool, { lb_algorithm }))
      }
      assertUnchanged(before, await elb.survey())
      const answered = await elb.updatePool(pool, { lb_algorithm: 'ROUND_ROBIN' })
      assertControl(answered, 'the algorithm ROUND_ROBIN')
    },
  ),

  check(
    {
      id: 'elb/update-pool/null-lb-algorithm',
      level: 'reading',
      text: 'The page gives lb_algorithm the type string and does not mention null; the pool keeps one of the three.',
      source: `${page} › Request › Table 3 › lb_algorithm`,
      readings: open({
        refused: 'null is refused.',
        ignored: 'null means left out: the algorithm stays.',
      }),
    },
    async (elb) => {
      const pool = await elb.poolWith({ lb_algorithm: 'LEAST_CONNECTIONS' })
      const chosen = await elb.tryToUpdate(pool, { lb_algorithm: null })
      const { accepted, refused, answered, after } = chosen
      const shown = String(after['lb_algorithm'])
      assertThat(
        algorithms.includes(shown),
        `After a null lb_algorithm the pool is shown with ${shown}, which is none of the three.`,
      )
      return openReadingOf(
        { refused, ignored: accepted && shown === 'LEAST_CONNECTIONS' },
        `A null lb_algorithm answered ${answered.status}, and the algorithm is ${shown}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/weights-under-source-ip',
      level: 'reading',
      text: 'The page does not say whether weights may be set while they are ineffective.',
      source: `${page} › Request › Table 3 › lb_algorithm`,
      readings: {
        accepted: 'A weight is accepted, and shown.',
        unseen:
          'A weight is accepted, and another or none is shown as long as it does not count; then it is shown.',
        dropped: 'A weight is accepted without an effect, and the answer shows that.',
        refused: 'A weight is refused.',
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      const member = await elb.member(pool, { weight: 10 })
      const path = `/pools/${pool.id}/members/${member.id}`
      assertAccepted(await elb.updatePool(pool, { lb_algorithm: 'SOURCE_IP' }))
      const { weight: before } = await elb.shownMember(pool, member)
      const body = { member: { weight: 90 } }
      const answered = await elb.write('ask', elbRequest('PUT', path, body))
      const { weight } = await elb.shownMember(pool, member)
      const refused = isRefused(answered)
      if (refused) assertSame(weight, before, 'The weight after a refusal')
      const accepted = isAccepted(answered)
      if (accepted && weight === 90) return 'accepted'
      assertAccepted(await elb.updatePool(pool, { lb_algorithm: 'ROUND_ROBIN' }))
      const { weight: afterwards } = await elb.shownMember(pool, member)
      return readingOf(
        {
          unseen: accepted && afterwards === 90,
          dropped: accepted && answerShows(answered, weight),
          refused,
        },
        `Setting a weight under SOURCE_IP answered ${answered.status}: ${answered.text.slice(0, 120)}; then ${String(weight)} was shown, and ${String(afterwards)} under ROUND_ROBIN.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/admin-state-up-true',
      level: 'implied',
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
]

const algorithms = ['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP']

/** Near misses of the three, and what services of the same family offer besides. */
const otherAlgorithms = ['RANDOM', 'round_robin', ' ROUND_ROBIN', '', 'SOURCE_IP_PORT', 'QUIC_CID']

/**
 * Is it accepted, and stored as sent? Otherwise it has to be refused without effect.
 *
 * @throws {AssertionError} When it is accepted and altered.
 */
async function isStored(elb: ElbGround, pool: Pool, sent: Overrides): Promise<boolean> {
  const { accepted, refused, answered, after } = await elb.tryToUpdate(pool, sent)
  const shown = Object.fromEntries(Object.keys(sent).map((name) => [name, after[name]]))
  const reading = readingOf(
    { stored: accepted && isDeepStrictEqual(shown, sent), refused },
    `The update answered ${answered.status}; shown is ${JSON.stringify(shown)}.`,
  )
  return reading === 'stored'
}

/** Does the answer say of a backend server what was then shown? */
function answerShows({ body }: Exchange, weight: unknown): boolean {
  const member = isFields(body) ? body['member'] : undefined
  return isFields(member) && isDeepStrictEqual(member['weight'], weight)
}
