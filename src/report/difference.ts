/** Expected against actual: what the reason of a failure says, taken apart so that a page can set it side by side. */

import type { RecordedExchange } from '../model.ts'
import type { Finding } from './report.ts'

/** One place where the target did something else. */
export interface Difference {
  /** `PUT /v2.0/lbaas/pools/5a9a`, or a place in what was looked at: `pools.5a9a.name`. */
  readonly place: string
  readonly expected: string
  readonly actual: string
  /** In an answer that shows it: the status, or the line of a body that begins so: `"name": "b"`. */
  readonly shownAs: { readonly status: number } | { readonly line: string } | undefined
}

/** Longer reasons are not taken apart: no sentence of ours is. */
const longest = 20_000

/** The differences that a reason names; none where it is worded in another way. */
export function differencesIn(reason: string): readonly Difference[] {
  if (reason.length > longest) return []
  const answer = answerIn(reason)
  return answer ? [answer] : valuesIn(reason)
}

/** `… answered 204 without a body, expected a refusal (4xx).` */
function answerIn(reason: string): Difference | undefined {
  const from = reason.indexOf(answered)
  const to = reason.indexOf(expected, from)
  if (from < 0 || to < 0) return undefined
  const actual = reason.slice(from + answered.length, to)
  const [status = ''] = /^\d{3}/.exec(actual) ?? []
  const rest = reason.slice(to + expected.length)
  const end = rest.search(/\.(?:\s|$)/)
  if (status === '') return undefined
  return {
    place: reason.slice(0, from),
    expected: end < 0 ? rest : rest.slice(0, end),
    actual,
    shownAs: { status: Number(status) },
  }
}

const answered = ' answered '
const expected = ', expected '

/**
 * `…: a.b was 1, is 2; a.c is gone (it was 3); a.d is new (4).`
 *
 * `…: a.b: expected 1, got 2; a.c is missing (expected 3); a.d is unexpected (4).`
 */
function valuesIn(reason: string): readonly Difference[] {
  const from = reason.search(/(?:is not as expected|should not have): /)
  if (from < 0) return []
  const [list = ''] = reason.slice(reason.indexOf(': ', from) + 2).split(circumstances, 1)
  return (
    wholeIn(list, reason.slice(0, from).trim()) ?? list.split('; ').flatMap((one) => valueIn(one))
  )
}

/** As `derivations.ts` begins what it adds to a reason. */
const circumstances = ' It failed '

/** `The name is not as expected: expected "a", got "b".`: no place in the value, but all of it. */
function wholeIn(text: string, what: string): readonly Difference[] | undefined {
  const [, expected, actual = ''] = /^expected (.*?), got (.*?)\.?$/s.exec(text) ?? []
  return expected === undefined
    ? undefined
    : [{ place: what, expected, actual, shownAs: undefined }]
}

function valueIn(text: string): readonly Difference[] {
  const [, place = '', was, is = ''] =
    /^(\S+) was (.*?), is (.*?)\.?$/s.exec(text) ??
    /^(\S+): expected (.*?), got (.*?)\.?$/s.exec(text) ??
    []
  if (was !== undefined) {
    return [{ place, expected: was, actual: is, shownAs: { line: `"${last(place)}": ${is}` } }]
  }
  const [, gone = '', before] =
    /^(\S+) is gone \(it was (.*)\)/s.exec(text) ??
    /^(\S+) is missing \(expected (.*)\)/s.exec(text) ??
    []
  if (before !== undefined) {
    return [{ place: gone, expected: before, actual: '(absent)', shownAs: undefined }]
  }
  const [, added = '', now] = /^(\S+) is (?:new|unexpected) \((.*)\)/s.exec(text) ?? []
  if (now === undefined) return []
  return [
    {
      place: added,
      expected: '(absent)',
      actual: now,
      shownAs: { line: `"${last(added)}": ${now}` },
    },
  ]
}

function last(place: string): string {
  return place.split('.').at(-1) ?? place
}

/** Which exchange of a finding shows a difference: the last one that does. `undefined` where none does. */
export function shownIn(
  { evidence }: Pick<Finding, 'evidence'>,
  { shownAs }: Difference,
  readable: (body: string) => string,
): number | undefined {
  if (!shownAs) return undefined
  const index = evidence.findLastIndex((exchange) => shows(exchange, shownAs, readable))
  return index < 0 ? undefined : index
}

function shows(
  { purpose, response }: RecordedExchange,
  shownAs: NonNullable<Difference['shownAs']>,
  readable: (body: string) => string,
): boolean {
  if (!response || (purpose !== 'ask' && purpose !== 'look')) return false
  if ('status' in shownAs) return purpose === 'ask' && response.status === shownAs.status
  return readable(response.body).includes(shownAs.line)
}
