/**
 * Lists as Neutron returns them: exact filters, ascending by id, in pages when a limit is given.
 *
 * @see Querying Backend Server Groups, request parameters `limit`, `marker`, `page_reverse`
 */

import type { Answer, Call, Refusal, Rule } from '../rule.ts'
import { badRequest } from './refusals.ts'
import type { ElbStore } from './store.ts'

const paging = ['limit', 'marker', 'page_reverse']

/** An object as it is shown, and what else filters can find it by. */
export interface Listed {
  readonly shown: { readonly id: string }
  /** Values that filters see but the answer does not show. */
  readonly alsoBy?: Readonly<Record<string, readonly unknown[]>>
}

/** Refuses filters that the collection does not know, and limits that are not numbers. */
export function queryRule(on: string, filters: readonly string[]): Rule<ElbStore> {
  return {
    keeps: 'elb/set-up/query',
    on,
    refuse: ({ query }) => refuseQuery(query, [...paging, ...filters]),
  }
}

function refuseQuery(query: Call['query'], known: readonly string[]): Refusal | undefined {
  const stranger = query.find(([name]) => !known.includes(name))
  if (stranger) return badRequest(`${stranger[0]} cannot be filtered by.`)
  const limit = query.find(([name]) => name === 'limit')?.[1]
  if (limit !== undefined && !/^\d+$/.test(limit)) return badRequest('limit is not a number.')
  const stray = query.some(([name]) => name === 'marker' || name === 'page_reverse')
  return stray && limit === undefined ? badRequest('limit is required with a marker.') : undefined
}

/** The answer to a list request, with `<collection>_links` when it is a page. */
export function listed(collection: string, call: Call, everything: readonly Listed[]): Answer {
  const found = everything
    .filter((one) => isMeant(one, call.query))
    .map(({ shown }) => shown)
    .toSorted((left, right) => (left.id < right.id ? -1 : 1))
  const limit = Number(last(call.query, 'limit') ?? 0)
  if (limit === 0) return { status: 200, body: { [collection]: found } }
  const [start, end] = page(found, call.query, limit)
  const links = linksOf(call, found, start, end)
  return {
    status: 200,
    body: { [collection]: found.slice(start, end), [`${collection}_links`]: links },
  }
}

function last(query: Call['query'], wanted: string): string | undefined {
  return query.findLast(([name]) => name === wanted)?.[1]
}

/** Each filter must match; one that is given several times matches any of its values. */
function isMeant({ shown, alsoBy }: Listed, query: Call['query']): boolean {
  const filters = query.filter(([name]) => !paging.includes(name))
  return filters.every(([name]) => {
    const values: readonly unknown[] = alsoBy?.[name] ?? [Reflect.get(shown, name)]
    return filters.some(
      ([other, wanted]) => other === name && values.some((value) => isValue(value, wanted)),
    )
  })
}

function isValue(value: unknown, wanted: string): boolean {
  return typeof value === 'boolean'
    ? String(value) === wanted.toLowerCase()
    : String(value) === wanted
}

/** Where the page starts and ends, the end exclusive. */
function page(
  found: readonly Listed['shown'][],
  query: Call['query'],
  limit: number,
): readonly [number, number] {
  const marker = last(query, 'marker')
  if (last(query, 'page_reverse')?.toLowerCase() === 'true') {
    const end = found.filter(({ id }) => marker === undefined || id < marker).length
    return [Math.max(0, end - limit), end]
  }
  const start = found.filter(({ id }) => marker !== undefined && id <= marker).length
  return [start, Math.min(found.length, start + limit)]
}

function linksOf(
  call: Call,
  found: readonly Listed['shown'][],
  start: number,
  end: number,
): readonly { href: string; rel: string }[] {
  const [first, final] = [found[start], found[end - 1]]
  const next = final && end < found.length ? [link(call, 'next', final.id)] : []
  const previous = first && start > 0 ? [link(call, 'previous', first.id)] : []
  return [...next, ...previous]
}

function link(call: Call, rel: 'next' | 'previous', marker: string): { href: string; rel: string } {
  const kept = call.query.filter(([name]) => name !== 'marker' && name !== 'page_reverse')
  const query = new URLSearchParams()
  for (const [name, value] of kept) query.append(name, value)
  query.append('marker', marker)
  if (rel === 'previous') query.append('page_reverse', 'True')
  const { host = 'localhost', 'x-forwarded-prefix': prefix = '' } = call.headers
  return { href: `http://${host}${prefix}${call.path}?${query.toString()}`, rel }
}
