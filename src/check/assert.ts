/** Assertions about exchanges and values, with the sentences that a reader of a failure sees. */

import { AssertionError } from 'node:assert'
import { isDeepStrictEqual } from 'node:util'
import { errorCode } from '../dialects/slb.ts'
import { Unarranged, type Exchange } from '../model.ts'

/** @throws {AssertionError} The verdict is read from the class: the target broke a requirement. */
function assert(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new AssertionError({ message: otherwise })
}

/** The target accepted the request: 2xx, and no error code in the body. */
export function assertAccepted(exchange: Exchange, why = ''): void {
  const { status, body } = exchange
  const accepted = status >= 200 && status < 300 && errorCode(body) === ''
  assert(
    accepted,
    `${requestLine(exchange)} answered ${shown(exchange)}, expected it to be accepted (2xx).${because(why)}`,
  )
}

/** The target refused the request: any 4xx, since the pages name no status. Look afterwards: nothing may have changed. */
export function assertRefused(exchange: Exchange, why = ''): void {
  const { status } = exchange
  const refused = status >= 400 && status < 500
  assert(
    refused,
    `${requestLine(exchange)} answered ${shown(exchange)}, expected a refusal (4xx).${because(why)}`,
  )
}

/** A path that is not in the API: refused, not implemented (501), or redirected by a gateway. Look afterwards. */
export function assertNotServed(exchange: Exchange): void {
  const { status } = exchange
  assert(
    (status >= 300 && status < 500) || status === 501,
    `${requestLine(exchange)} answered ${shown(exchange)}, expected a refusal (4xx), 501 or a redirect (3xx).`,
  )
}

/**
 * The control of a refusal: the same request without what is wrong with it, sent afterwards. If it is not accepted
 * either, the refusal shows nothing.
 *
 * Ask it after the question: an answer that can only be a fault has to be seen, whatever becomes of the control.
 *
 * @param allowed - What it asks for, where that tells more than the request: `a persistence_timeout within its range`.
 * @throws {Unarranged} With a sentence that is the same wherever the same is refused.
 */
export function assertControl(exchange: Exchange, allowed?: string): void {
  if (isAccepted(exchange)) return
  throw new Unarranged(
    allowed === undefined
      ? `A correct request was not accepted, so that nothing follows from a refusal: ${causeIn(exchange)}.`
      : `The target does not accept ${allowed}, without which this cannot be tested.`,
  )
}

/** What was asked and what came back, without ids: the same for each request of a kind that ends in the same way. */
export function causeIn(exchange: Exchange): string {
  const { status, body } = exchange
  const code = errorCode(body)
  const line = requestLine(exchange).replaceAll(idSegments, '/{id}')
  return `${line} answered ${status}${code === '' ? '' : ` ${code}`}`
}

/** Path segments with a digit: names of the API have none but its version. */
const idSegments = /\/(?!v\d)[\w.-]*\d[\w.-]*/g

/** The object does not exist: 404 or 410; some services answer 403 or 400 instead. */
export function assertNotFound(exchange: Exchange, why = ''): void {
  const gone = [400, 403, 404, 410].includes(exchange.status)
  assert(
    gone,
    `${requestLine(exchange)} answered ${shown(exchange)}, expected not to find it (404).${because(why)}`,
  )
}

/** The answer has one of these statuses. */
export function assertStatus(exchange: Exchange, ...expected: readonly number[]): void {
  const fits = expected.includes(exchange.status)
  assert(
    fits,
    `${requestLine(exchange)} answered ${shown(exchange)}, expected status ${expected.join(' or ')}.`,
  )
}

/** Two values are deeply equal. `what` names the value: `The list of members`. `src/report/difference.ts` reads the sentence. */
export function assertSame(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(actual, expected)) return
  assert(false, `${what} is not as expected: ${misfits(expected, actual).join('; ')}.`)
}

/** Nothing changed between two looks. */
export function assertUnchanged(before: unknown, after: unknown, why = ''): void {
  if (isDeepStrictEqual(before, after)) return
  assert(
    false,
    `Something changed that should not have: ${differences(before, after).join('; ')}.${because(why)}`,
  )
}

/** For a request that a target may accept or refuse: after a refusal nothing may have changed. */
export function assertUnchangedIf(refused: boolean, before: unknown, after: unknown): void {
  if (refused) assertUnchanged(before, after, 'The request had been refused.')
}

/** For a request that a target may accept or refuse: it did one of the two, and did not fail. */
export function assertRefusedOrAccepted(exchange: Exchange): void {
  assert(
    isAccepted(exchange) || isRefused(exchange),
    `${requestLine(exchange)} answered ${shown(exchange)}, expected a success (2xx without a Code) or a refusal (4xx).`,
  )
}

/** Was the request accepted (2xx, no error code in the body)? For readings, where both answers are lawful. */
export function isAccepted({ status, body }: Exchange): boolean {
  return status >= 200 && status < 300 && errorCode(body) === ''
}

/** Was it refused (4xx)? */
export function isRefused({ status }: Exchange): boolean {
  return status >= 400 && status < 500
}

/** Any other condition, with the sentence for when it does not hold. */
export function assertThat(holds: boolean, otherwise: string): void {
  assert(holds, otherwise)
}

/**
 * The reading that the target follows, where several are lawful.
 *
 * @param lawful - Each reading, and whether the target follows it. The first that holds counts.
 * @throws {AssertionError} When the target follows none of them.
 */
export function readingOf<Name extends string>(
  lawful: Readonly<Record<Name, boolean>>,
  otherwise: string,
): Name {
  const found = (Object.keys(lawful) as Name[]).find((name) => lawful[name])
  assert(found !== undefined, otherwise)
  return found
}

/** `DELETE /v2.0/lbaas/pools/5a9a3e9e`, or `RemoveBackendServers` for a call by action. */
export function requestLine({ request }: Exchange): string {
  const { query = [], body = '' } = request
  const action =
    query.find(([name]) => name === 'Action')?.[1] ??
    (request.path === '/' ? new URLSearchParams(body).get('Action') : null)
  return action ? `${action} (${request.method})` : `${request.method} ${request.path}`
}

/** Status and the beginning of the body, on one line. */
function shown({ status, text }: Exchange): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  if (flat === '') return `${status} without a body`
  return `${status} with ${flat.length > 200 ? `${flat.slice(0, 200)}…` : flat}`
}

function because(why: string): string {
  return why === '' ? '' : ` ${why}`
}

const mostDifferences = 5

/** The places where two values differ: `pools.0.name was "a", is "b"`. Five at most, and how many more. */
export function differences(before: unknown, after: unknown): string[] {
  return atMost(allDifferences(before, after, became))
}

/** The same for an expected value and the actual one: `pools.0.name: expected "a", got "b"`. */
export function misfits(expected: unknown, actual: unknown): string[] {
  return atMost(allDifferences(expected, actual, isInstead))
}

function atMost(found: readonly string[]): string[] {
  return found.length > mostDifferences
    ? [...found.slice(0, mostDifferences), `and ${found.length - mostDifferences} more`]
    : [...found]
}

/** One difference in words. `place` is empty for the whole value. */
type InWords = (place: string, before: unknown, after: unknown) => string

function allDifferences(before: unknown, after: unknown, inWords: InWords): string[] {
  if (isDeepStrictEqual(before, after)) return []
  const found: string[] = []
  collectDifferences(before, after, '', (...difference) => found.push(inWords(...difference)))
  // Such as a field that is absent on one side, and undefined on the other.
  return found.length > 0 ? found : [inWords('', before, after)]
}

function collectDifferences(
  before: unknown,
  after: unknown,
  place: string,
  add: (...difference: Parameters<InWords>) => void,
): void {
  const areAlike = isContainer(before) && Array.isArray(before) === Array.isArray(after)
  if (!areAlike || !isContainer(after)) {
    if (!isDeepStrictEqual(before, after)) add(place, before, after)
    return
  }
  const [own, others] = [byName(before), byName(after)]
  const [was, is] = own && others ? [own, others] : [before, after]
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    collectDifferences(was[key], is[key], place === '' ? key : `${place}.${key}`, add)
  }
}

/**
 * The elements of a list by what tells them apart, their ids, or server id and port: places in a list say nothing to a
 * reader once an element is gone. Nothing where an element has none, or two have the same.
 */
function byName(list: Record<string, unknown>): Record<string, unknown> | undefined {
  if (!Array.isArray(list)) return undefined
  const named = (list as unknown[]).map((one) => [nameOf(one), one] as const)
  const names = new Set(named.map(([name]) => name))
  if (names.has(undefined) || names.size < named.length) return undefined
  return Object.fromEntries(named) as Record<string, unknown>
}

function nameOf(element: unknown): string | undefined {
  if (!isContainer(element)) return undefined
  const { id, ServerId, Port } = element
  if (typeof id === 'string') return id
  if (typeof ServerId !== 'string') return undefined
  return typeof Port === 'number' ? `${ServerId}:${Port}` : ServerId
}

function became(place: string, before: unknown, after: unknown): string {
  const name = place || 'the value'
  if (after === undefined) return `${name} is gone (it was ${brief(before)})`
  if (before === undefined) return `${name} is new (${brief(after)})`
  return `${name} was ${brief(before)}, is ${brief(after)}`
}

function isInstead(place: string, expected: unknown, actual: unknown): string {
  const name = place || 'it'
  if (actual === undefined) return `${name} is missing (expected ${brief(expected)})`
  if (expected === undefined) return `${name} is unexpected (${brief(actual)})`
  return `${place && `${place}: `}expected ${brief(expected)}, got ${brief(actual)}`
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function brief(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
