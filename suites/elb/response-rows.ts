/** The response table of an update, compared with answers in every situation that shows a row. */

import { isDeepStrictEqual } from 'node:util'
import { appCookie, httpCookie, sourceIp } from '../../fixtures/elb/bodies.ts'
import type { Pool } from '../../fixtures/elb/created.ts'
import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { isFields, jsonOrText } from '../../fixtures/elb/wire-shapes.ts'
import { assertControl, assertThat, isRefused, readingOf } from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { misfits, shownAt } from '../../src/generate/fit.ts'
import { rowsOf, type Row } from '../../src/generate/row.ts'
import { Unarranged, type Exchange } from '../../src/model.ts'
import { allowed } from './allowed.ts'
import { timedPool } from './timed-pools.ts'

/** An answer, and the situation it belongs to. */
interface Seen {
  readonly when: string
  readonly answered: Exchange
  /** What was sent is still settling, and the answer shows the pool as it was before. */
  readonly isOld?: boolean
}

type Situation = (elb: ElbGround) => Promise<readonly Seen[]>

async function updated(
  elb: ElbGround,
  pool: { readonly id: string },
  when: string,
  fields: Readonly<Record<string, unknown>>,
  what: string = allowed.severalFields,
): Promise<Seen> {
  const answered = await elb.updatePool(pool, fields)
  assertControl(answered, what)
  return { when, answered, isOld: elb.wasSettling(answered) && !shows(answered, fields) }
}

/** Texts and numbers are shown as sent; of an object it is enough that there is one. */
function shows({ body }: Exchange, sent: Readonly<Record<string, unknown>>): boolean {
  const pool = isFields(body) && isFields(body['pool']) ? body['pool'] : {}
  return Object.entries(sent).every(([name, value]) =>
    isFields(value) ? Boolean(pool[name]) : isDeepStrictEqual(pool[name], value),
  )
}

/** A TCP pool to which nothing belongs. */
const bare: Situation = async (elb) => {
  const pool = await elb.pool({ protocol: 'TCP' })
  return [await updated(elb, pool, 'of a TCP pool with nothing in it', { description: 'bare' })]
}

/** A pool with everything that can belong to it: listener, members, health monitor, the longest texts. */
const full: Situation = async (elb) => {
  const listener = await elb.listener()
  const pool = await elb.pool({ listener_id: listener.id })
  await elb.member(pool)
  const one = await updated(elb, pool, 'of a pool with one member', { lb_algorithm: 'SOURCE_IP' })
  await elb.member(pool)
  await elb.healthMonitorIfOffered(pool)
  const longest = { name: 'n'.repeat(255), description: 'd'.repeat(255) }
  return [one, await updated(elb, pool, 'of a pool with all that can belong to it', longest)]
}

/** Session persistence of each type, and off again. */
const sticky: Situation = async (elb) => {
  const pool = await elb.pool()
  const put = (when: string, session_persistence: unknown, what: string) =>
    updated(elb, pool, when, { session_persistence }, what)
  return [
    await put('with HTTP_COOKIE', httpCookie, allowed.httpCookie),
    await put('with APP_COOKIE', appCookie, allowed.appCookie),
    await put('with session persistence off', null, allowed.persistenceOff),
  ]
}

const stickyOnTcp: Situation = async (elb) => {
  const pool = await elb.pool({ protocol: 'TCP' })
  const fields = { session_persistence: sourceIp }
  return [await updated(elb, pool, 'with SOURCE_IP', fields, allowed.sourceIp)]
}

/** With a timeout: asked separately, so that a target that accepts none breaks only what is about timeouts. */
const timed: Situation = async (elb) => {
  const put = (pool: Pool, when: string, session_persistence: unknown) =>
    updated(elb, pool, when, { session_persistence }, allowed.timeout)
  if (!elb.context.session.offers('persistenceTimeout')) {
    const { pool } = await timedPool(elb)
    const sent = { ...sourceIp, persistence_timeout: 30 }
    return [await put(pool, 'of a UDP pool with SOURCE_IP for 30 min', sent)]
  }
  const [http, tcp] = [await elb.pool(), await elb.pool({ protocol: 'TCP' })]
  return [
    await put(http, 'with HTTP_COOKIE for 30 min', { ...httpCookie, persistence_timeout: 30 }),
    await put(tcp, 'with SOURCE_IP for 60 min', { ...sourceIp, persistence_timeout: 60 }),
  ]
}

/** UDP pools, and session persistence on them, may be refused: then there is no answer to compare. */
const udp: Situation = async (elb) => {
  if (!elb.context.session.offers('udp')) return []
  const pool = await elb.pool({ protocol: 'UDP' }).catch((error: unknown) => {
    if (error instanceof Unarranged) return undefined
    throw error
  })
  if (!pool) return []
  const plain = await updated(elb, pool, 'of a UDP pool', { description: 'udp' })
  const answered = await elb.updatePool(pool, { session_persistence: sourceIp })
  if (isRefused(answered)) return [plain]
  assertControl(answered, allowed.sourceIp)
  return [plain, { when: 'of a UDP pool with SOURCE_IP', answered }]
}

/** As few exchanges as possible: each row is looked at where it has a value, and where it is empty. */
function situationsOf({ path }: Row): readonly Situation[] {
  if (path.includes('persistence_timeout')) return [bare, sticky, timed]
  if (path.includes('session_persistence')) return [bare, sticky, stickyOnTcp, udp]
  if (path.includes('items')) return [full]
  return path.includes('protocol') ? [bare, full, udp] : [bare, full]
}

/** The rows of the table share the situations: each is arranged once a run. */
async function seenIn(elb: ElbGround, situations: readonly Situation[]): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  for (const situation of situations) {
    const what = `elb/update-pool/response ${situation.name}`
    seen.push(...(await elb.context.shared(what, () => situation(elb))))
  }
  return seen
}

/** Table 6 gives session persistence the type string, the examples show an object: a separate check. */
export function readable(body: unknown): unknown {
  const pool = isFields(body) ? body['pool'] : undefined
  if (!isFields(pool) || typeof pool['session_persistence'] !== 'string') return body
  return { pool: { ...pool, session_persistence: jsonOrText(pool['session_persistence']) } }
}

/** The tables describe ids and the examples show objects: each list has one form in every answer. */
async function askForm(elb: ElbGround, row: Row): Promise<string> {
  const seen = await seenIn(elb, situationsOf(row))
  const [, list = ''] = row.path
  const elements = seen.flatMap(({ answered }) => shownAt(answered.body, ['pool', list, 'items']))
  assertThat(elements.length > 0, `No answer to an update shows an element of ${list}.`)
  return readingOf(
    {
      objects: elements.every((element) => isFields(element)),
      ids: elements.every((element) => typeof element === 'string' && /^[\w-]+$/.test(element)),
    },
    `In the answers to updates, the elements of ${list} do not have one form: ${JSON.stringify(elements)}.`,
  )
}

async function askRow(elb: ElbGround, row: Row): Promise<void> {
  const seen = await seenIn(elb, situationsOf(row))
  const wrong = seen.flatMap(({ when, answered }) =>
    misfits(row, readable(answered.body)).map((value) => `${when}: ${value.slice(0, 80)}`),
  )
  assertThat(
    wrong.length === 0,
    `In the answer to an update, ${placeOf(row)} does not match its row: ${wrong.join('; ')}.`,
  )
  const shown = seen.flatMap(({ answered }) => shownAt(readable(answered.body), row.path))
  const bareIds = shown.length === 0 && row.path.includes('items')
  if (shown.length === 0 && !bareIds && seen.some(({ isOld }) => isOld === true)) {
    throw new Unarranged(
      `The answers to updates show pools as they were before, while the updates settle: none shows ${placeOf(row)}.`,
    )
  }
  assertThat(
    shown.length > 0 || bareIds,
    `No answer to an update shows ${placeOf(row)}, not even ${seen.at(-1)?.when}.`,
  )
}

function placeOf({ path }: Row): string {
  return path.join('.') || 'the body'
}

const texts: Readonly<Record<string, (what: string, value: string) => string>> = {
  type: (what, value) => `In every answer to an update ${what} has the type ${value}.`,
  maxLength: (what, value) =>
    `In every answer to an update ${what} has at most ${value} characters.`,
  enum: (what, value) => `In every answer to an update ${what} is one of ${value}.`,
  mandatory: (what) => `Every answer to an update that can show ${what} shows it.`,
  default: (what, value) => `A pool for which it was never set is shown with ${what} ${value}.`,
}

/** The form of session persistence is a reading, asked with the other readings. */
const elsewhere = ['elb/update-pool/response.pool.session_persistence.type']

export const updatePoolResponseRows: readonly Entry[] = rowsOf('update-pool', 'response')
  .filter(({ id, keyword }) => keyword in texts && !elsewhere.includes(id))
  .map((row) => {
    const { id, source, keyword, value } = row
    const spelled = [value].flat().join(keyword === 'enum' ? ', ' : ' or ')
    const text = texts[keyword]?.(placeOf(row), spelled) ?? ''
    if (row.path.at(-1) === 'items' && keyword === 'type') return formCheck(row)
    return check({ id, level: 'must', text, source }, (elb) => askRow(elb, row))
  })

function formCheck(row: Row): Entry {
  const [, list = ''] = row.path
  return check(
    {
      id: row.id,
      level: 'reading',
      text: `The table describes ${list} as an array of ids; the examples show objects.`,
      source: row.source,
      readings: {
        objects: 'Each element is an object with an id.',
        ids: 'Each element is an id.',
      },
    },
    (elb) => askForm(elb, row),
  )
}
