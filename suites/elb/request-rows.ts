/** The request table of an update, keyword by keyword: values drawn from the schema, one check for each. */

import { check, type ElbGround } from '../../fixtures/elb/ground.ts'
import { isFields, type Fields } from '../../fixtures/elb/wire-shapes.ts'
import {
  assertAccepted,
  assertControl,
  assertRefused,
  assertSame,
  assertUnchanged,
  isAccepted,
  isRefused,
  readingOf,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { elbRequest } from '../../src/dialects/elb.ts'
import { casesOf, omitted, type Case } from '../../src/generate/cases.ts'
import { drawing } from '../../src/generate/draw.ts'
import { smallest } from '../../src/generate/reduce.ts'
import { rowsOf, type Row } from '../../src/generate/row.ts'
import type { Exchange } from '../../src/model.ts'
import { allowed, allowedValue } from './allowed.ts'
import { timedPool, types } from './timed-pools.ts'

/** A valid value for each field, for the accepted counterpart of each refusal. */
const samples: Readonly<Record<string, unknown>> = {
  pool: { description: 'twin' },
  name: 'poolproof-twin',
  description: 'twin',
  lb_algorithm: 'LEAST_CONNECTIONS',
  session_persistence: { type: 'HTTP_COOKIE' },
  type: 'HTTP_COOKIE',
  cookie_name: 'poolproof',
  persistence_timeout: 30,
}

/** What is sent with a field of session persistence, so that only that field can be refused. */
const beside: Readonly<Record<string, Fields>> = {
  cookie_name: { type: 'APP_COOKIE' },
}

/** What services of the same family offer besides the values of a row. */
const neighbours: Readonly<Record<string, readonly string[]>> = {
  lb_algorithm: ['SOURCE_IP_PORT', 'QUIC_CID'],
}

interface Attempt {
  readonly elb: ElbGround
  readonly pool: { readonly id: string }
  readonly row: Row
  /** Valid fields sent with the one in question; they must not take effect if it is refused. */
  readonly others: Fields
  /** Of session persistence that the pool can have for some minutes. */
  readonly type: string
}

/** `{"pool": {…}}` with a value in the place of the row. */
function bodyOf({ row, others, type }: Attempt, value: unknown): unknown {
  const [wrapper, field, inner] = row.path
  if (wrapper === undefined) return value
  if (field === undefined) return value === omitted ? others : { pool: value }
  if (inner === undefined) return { pool: { ...others, [field]: value } }
  return { pool: { ...others, [field]: { ...companions(inner, value, type), [inner]: value } } }
}

/** Where the type itself is left out, another field keeps session persistence from being empty. */
function companions(inner: string, value: unknown, type: string): Fields | undefined {
  if (value === 'APP_COOKIE') return { cookie_name: 'poolproof' }
  if (inner === 'persistence_timeout') return { type }
  return inner === 'type' && value === omitted ? { persistence_timeout: 30 } : beside[inner]
}

async function put({ elb, pool }: Attempt, body: unknown): Promise<Exchange> {
  return elb.write('ask', elbRequest('PUT', `/pools/${pool.id}`, body))
}

/** The case, the seed it was drawn by, and the smallest body that gets the same wrong answer. */
async function described(
  attempt: Attempt,
  { name, value }: Case,
  isRight: (answered: Exchange) => boolean,
): Promise<string> {
  const body = bodyOf(attempt, value)
  const inner = isFields(body) ? body['pool'] : undefined
  const field = attempt.row.path[1]
  const fails = async (pool: Fields) => !isRight(await put(attempt, { pool }))
  const least =
    isFields(inner) && field !== undefined ? { pool: await smallest(inner, [field], fails) } : body
  const { seed } = attempt.elb.context.session.run
  return `The case: ${name}. The smallest body with which it fails: ${JSON.stringify(least)}. Seed ${seed}.`
}

async function expectRefused(attempt: Attempt, one: Case): Promise<void> {
  const answered = await put(attempt, bodyOf(attempt, one.value))
  if (!isRefused(answered)) assertRefused(answered, await described(attempt, one, isRefused))
}

/** Accepted, and shown whole afterwards. */
async function expectStored(attempt: Attempt, one: Case): Promise<void> {
  const answered = await put(attempt, bodyOf(attempt, one.value))
  if (!isAccepted(answered)) assertAccepted(answered, await described(attempt, one, isAccepted))
  const [, field = '', inner] = attempt.row.path
  const shown = (await attempt.elb.shownPool(attempt.pool))[field]
  const found = inner === undefined || !isFields(shown) ? shown : shown[inner]
  if (isFields(one.value) || field === '') return
  assertSame(found, one.value, `${inner ?? field}, after ${one.name}`)
}

/** An HTTP pool; a TCP pool for what takes effect on TCP only. */
async function attemptOn(elb: ElbGround, row: Row, protocol = 'HTTP'): Promise<Attempt> {
  const others = { name: elb.context.session.name('renamed'), description: 'along' }
  const attempt = { elb, row, others }
  if (row.path.includes('persistence_timeout')) return { ...attempt, ...(await timedPool(elb)) }
  const pool = await elb.poolWith({ protocol, lb_algorithm: 'ROUND_ROBIN' })
  return { ...attempt, pool, type: types.HTTP }
}

async function casesFor(elb: ElbGround, row: Row): Promise<readonly Case[]> {
  const field = row.path.at(-1)
  const draw = await drawing(elb.context.session.run.seed, row.id)
  const sample = field === undefined ? { pool: samples['pool'] } : samples[field]
  const cases = casesOf(row, draw, sample)
  const twin: Case = { name: 'a valid value', value: sample, follows: 'accepted' }
  if (row.keyword === 'maxLength') return cases.map((one) => inPlainLetters(one))
  if (row.keyword === 'enum') return [...cases, ...neighboursOf(field ?? '')]
  return [...cases, twin]
}

/** Which characters a text may have is a reading of its own. */
function inPlainLetters(one: Case): Case {
  return { ...one, value: String(one.value).replaceAll(/[^A-Za-z\d]/g, 'x') }
}

function neighboursOf(field: string): readonly Case[] {
  return (neighbours[field] ?? []).map((value) => ({
    name: `${value}, which is not a value of the row`,
    value,
    follows: 'refused',
  }))
}

/**
 * Sends what must be refused, asserts that nothing changed, then sends what must be accepted: where the row is
 * about what is accepted, it is the question as well; otherwise it is only the control.
 */
async function askRow(elb: ElbGround, row: Row): Promise<void> {
  const cases = await casesFor(elb, row)
  const attempt = await attemptOn(elb, row)
  const wrong = cases.filter(({ follows }) => follows === 'refused')
  const before = await elb.survey()
  for (const one of wrong) await expectRefused(attempt, one)
  const names = wrong.map(({ name }) => name).join(', ')
  assertUnchanged(before, await elb.survey(), `These had been refused: ${names}.`)
  const isAsked = row.keyword === 'maxLength' || row.keyword === 'enum'
  for (const one of cases.filter(({ follows }) => follows === 'accepted')) {
    if (!isAsked) {
      const answered = await put(attempt, bodyOf(attempt, one.value))
      assertControl(answered, allowedValue(row.path.at(-1) ?? 'the body'))
      continue
    }
    const onTcp = one.value === 'SOURCE_IP' && row.path.includes('session_persistence')
    await expectStored(onTcp ? await attemptOn(elb, row, 'TCP') : attempt, one)
  }
}

/** A value that is not a boolean may be refused, or converted to one that is stored and shown. */
async function askCoercion(elb: ElbGround, row: Row): Promise<string> {
  const pool = await elb.poolWith({ admin_state_up: true })
  const draw = await drawing(elb.context.session.run.seed, row.id)
  const found: string[] = []
  for (const { name, value } of casesOf(row, draw, true)) {
    const chosen = await elb.tryToUpdate(pool, { admin_state_up: value })
    const { refused, accepted, after } = chosen
    const coerced = accepted && typeof after['admin_state_up'] === 'boolean'
    const otherwise = `admin_state_up, ${name}: ${JSON.stringify(value)}, answered ${chosen.answered.status} and is shown as ${JSON.stringify(after['admin_state_up'])}.`
    found.push(readingOf({ refused, coerced }, otherwise))
  }
  assertControl(await elb.updatePool(pool, { admin_state_up: true }), allowed.adminStateUp)
  return found.includes('coerced') ? 'coerced' : 'refused'
}

const texts: Readonly<Record<string, (what: string, value: string) => string>> = {
  type: (what, value) => `The type of ${what} is ${value}; a value of another type is refused.`,
  maxLength: (what, value) =>
    `${what} accepts ${value} characters, stores them all, and refuses more.`,
  enum: (what, value) => `${what} accepts exactly ${value}, and nothing else.`,
  mandatory: (what) => `${what} is mandatory: it may not be left out or null.`,
}

function textOf({ path, keyword, value }: Row): string {
  const what = path.at(-1) ?? 'The body'
  const spelled = [value].flat().join(keyword === 'enum' ? ', ' : ' or ')
  return texts[keyword]?.(what, spelled) ?? ''
}

/** The other keywords (defaults, conditions, reserved) are asked in the suites, as far as possible. */
function isGenerated({ keyword }: Row): boolean {
  return keyword in texts
}

export const updatePoolRequestRows: readonly Entry[] = rowsOf('update-pool', 'request')
  .filter((row) => isGenerated(row))
  .map((row) => {
    const { id, source } = row
    const text = textOf(row)
    if (row.path.at(-1) !== 'admin_state_up') {
      // The column says which type it has; that another is refused only follows from it.
      const level = row.keyword === 'type' ? 'implied' : 'must'
      return check({ id, level, text, source }, (elb) => askRow(elb, row))
    }
    return check(
      {
        id,
        level: 'reading',
        text: 'admin_state_up is a boolean; a similar value may be refused, or converted to one.',
        source,
        readings: {
          refused: 'Every value that is not a boolean is refused.',
          coerced: 'Some values are converted to a boolean, and shown as one.',
        },
      },
      (elb) => askCoercion(elb, row),
    )
  })
