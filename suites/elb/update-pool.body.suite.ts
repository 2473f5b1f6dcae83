/** The form of an update and the length of its texts, where the page on updating leaves them open. */

import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { isFields, wrapped } from '../../fixtures/elb/wire-shapes.ts'
import {
  isAccepted,
  assertAccepted,
  assertControl,
  assertRefused,
  assertSame,
  assertThat,
  assertUnchanged,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Answered, Entry } from '../../src/check/check.ts'
import { open, openReadingOf } from '../../src/check/open-reading.ts'
import { elbRequest } from '../../src/dialects/elb.ts'
import { allowed } from './allowed.ts'
import { assertNoNullWord } from './null-words.ts'

const page = 'Updating a Backend Server Group'
const statusPage = 'HTTP Status Codes for Enhanced Load Balancers'

type Text = 'name' | 'description'

/** No page says in which of its normal forms a text is stored (Unicode Standard Annex 15). */
function isSameText(shown: unknown, sent: string): boolean {
  return typeof shown === 'string' && shown.normalize() === sent.normalize()
}

/** Whether the text is accepted and stored whole; otherwise it has to be refused without effect. */
async function isTaken(elb: ElbGround, field: Text, text: string): Promise<boolean> {
  const pool = await elb.pool()
  const { accepted, refused, answered, after } = await elb.tryToUpdate(pool, { [field]: text })
  const shown = JSON.stringify(after[field])
  const reading = readingOf(
    { taken: accepted && isSameText(after[field], text), refused },
    `A ${field} of ${text.length} units answered ${answered.status}, and is shown as ${shown}.`,
  )
  return reading === 'taken'
}

const letters = { two: 'é', three: '中', four: '😀', combined: 'e\u0301' }

/** 255 letters each: of two bytes, of three, of four, and of two code points. */
async function takenOf(elb: ElbGround, field: Text) {
  return {
    two: await isTaken(elb, field, letters.two.repeat(255)),
    three: await isTaken(elb, field, letters.three.repeat(255)),
    four: await isTaken(elb, field, letters.four.repeat(255)),
    combined: await isTaken(elb, field, letters.combined.repeat(255)),
  }
}

/** 255 of them were refused, and 255 other letters accepted: the length is not the reason, unless not even one of them is accepted. */
async function assertNoLetterOf(elb: ElbGround, field: Text, letter: string): Promise<void> {
  const answered = await elb.updatePool(await elb.pool(), { [field]: letter })
  assertThat(
    isRefused(answered),
    `A ${field} of 255 letters is accepted in "${letters.two}", and refused in "${letter}", of which one is accepted.`,
  )
}

async function unitOf(elb: ElbGround, field: Text): Promise<Answered> {
  const pool = await elb.pool()
  const before = await elb.survey()
  assertRefused(await elb.updatePool(pool, { [field]: letters.four.repeat(256) }))
  assertUnchanged(before, await elb.survey())
  const taken = await takenOf(elb, field)
  const { two, three, four, combined } = taken
  if (two && !three) await assertNoLetterOf(elb, field, letters.three)
  const short = two && three
  return openReadingOf(
    {
      characters: short && four && !combined,
      graphemes: short && four && combined,
      'utf-16': short && !four && !combined,
      'three-bytes': short && !four,
      bytes: !two && !three && !four && !combined,
    },
    `Whether 255 letters are accepted, of two bytes, three, four and combined: ${JSON.stringify(taken)}.`,
  )
}

export const updatePoolBody: readonly Entry[] = [
  ...(
    [
      ['elb/update-pool/unit-of-length', 'name'],
      ['elb/update-pool/unit-of-length.description', 'description'],
    ] as const
  ).map(([id, field]) =>
    check(
      {
        id,
        level: 'reading',
        text: `The page counts the ${field} in characters, without defining one; 256 letters are always too many.`,
        source: `${page} › Request › Table 3 › ${field}`,
        readings: open({
          characters:
            'A letter counts as one, whatever its bytes; a combining mark counts as another.',
          graphemes: 'A letter counts as one, together with its combining marks.',
          'utf-16': 'A letter outside the basic multilingual plane counts as two.',
          'three-bytes':
            'A letter counts as one; letters of four bytes, or with a mark, are not accepted.',
          bytes: 'Each byte counts as one, or letters beyond ASCII are not accepted.',
        }),
      },
      (elb) => unitOf(elb, field),
    ),
  ),

  check(
    {
      id: 'elb/update-pool/null-description',
      level: 'reading',
      text: 'The page gives the description the type string and does not mention null; it is never stored as a word.',
      source: `${page} › Request › Table 3 › description`,
      readings: open({
        refused: 'null is refused.',
        emptied: 'null empties the description.',
        ignored: 'null leaves the description as it was.',
      }),
    },
    async (elb) => {
      const pool = await elb.poolWith({ description: 'as arranged' })
      const chosen = await elb.tryToUpdate(pool, { description: null })
      const { accepted, refused, answered, after } = chosen
      const shown = after['description']
      assertNoNullWord('description', shown)
      return openReadingOf(
        {
          refused,
          emptied: accepted && !shown,
          ignored: accepted && shown === 'as arranged',
        },
        `A null description answered ${answered.status}; it is ${JSON.stringify(shown)}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/content-type',
      level: 'reading',
      text: 'No page says what happens to JSON with another content type; a form is never read as JSON.',
      source: `${page} › Status Code; ${statusPage} › Table 2 › 400`,
      readings: {
        refused: 'JSON with the content type text/plain is refused.',
        read: 'JSON is read, whatever its content type.',
      },
    },
    async (elb) => {
      const pool = await elb.pool()
      const whole = elbRequest('PUT', `/pools/${pool.id}`, { pool: { description: 'updated' } })
      const as = (type: string, body = whole.body ?? '') =>
        elb.write('ask', { ...whole, headers: { 'Content-Type': type }, body })
      const before = await elb.survey()
      assertRefused(await as('application/x-www-form-urlencoded', 'pool.description=updated'))
      assertUnchanged(before, await elb.survey())
      const answered = await as('text/plain')
      const after = await elb.survey()
      const { description } = await elb.shownPool(pool)
      const refused = answered.status >= 400 && answered.status < 500
      if (refused) assertUnchanged(before, after)
      const withCharset = await as(
        'application/json; charset=utf-8',
        JSON.stringify({ pool: { description: 'with a charset' } }),
      )
      const { description: now } = await elb.shownPool(pool)
      const expected = isAccepted(withCharset) ? 'with a charset' : description
      assertSame(now, expected, 'The description after JSON with a charset')
      assertControl(await elb.write('ask', whole), allowed.update)
      return readingOf(
        { refused, read: answered.status < 300 && description === 'updated' },
        `JSON as plain text answered ${answered.status}; the description is ${JSON.stringify(description)}.`,
      )
    },
  ),

  check(
    {
      id: 'elb/update-pool/answer-has-every-field',
      level: 'implied',
      text: 'The answer has every field of the table, whatever belongs to the pool.',
      source: `${page} › Response › Table 6; Example › Example response 2`,
    },
    async (elb) => {
      const free = await elb.updatePool(await elb.pool({ protocol: 'TCP' }), { description: '' })
      assertAccepted(free)
      const { id: listener_id } = await elb.listener()
      const pool = await elb.pool({ listener_id, protocol: 'HTTP' })
      await elb.member(pool)
      const used = await elb.updatePool(pool, { session_persistence: { type: 'HTTP_COOKIE' } })
      assertAccepted(used)
      assertSame(missingIn(free), [], 'What is missing in the answer for a free pool')
      assertSame(missingIn(used), [], 'What is missing in the answer for a pool in use')
    },
  ),

  check(
    {
      id: 'elb/update-pool/no-health-monitor-shown',
      level: 'reading',
      text: 'Table 6 gives healthmonitor_id the type string, and the examples show null where there is no health monitor.',
      source: `${page} › Response › Table 6 › healthmonitor_id; Example › Example response 1`,
      readings: {
        null: 'It is null.',
        'left-out': 'It is left out.',
        empty: 'It is an empty string.',
      },
    },
    async (elb) => {
      const answered = await elb.updatePool(await elb.pool(), { description: 'updated' })
      assertAccepted(answered)
      const { healthmonitor_id: shown } = wrapped(answered, 'pool')
      return readingOf(
        { null: shown === null, 'left-out': shown === undefined, empty: shown === '' },
        `A pool without a health monitor is shown with healthmonitor_id ${JSON.stringify(shown)}.`,
      )
    },
  ),
]

/** healthmonitor_id is a reading where there is none. */
const everyField =
  'id tenant_id name description protocol lb_algorithm members admin_state_up ' +
  'listeners loadbalancers session_persistence'

function missingIn({ body }: { readonly body: unknown }): readonly string[] {
  const pool = isFields(body) ? body['pool'] : undefined
  return everyField.split(' ').filter((name) => !(isFields(pool) && name in pool))
}
