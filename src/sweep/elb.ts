/** What an `elb` target holds: members, health monitors, policies, pools, listeners, load balancers. */

import { elbKey, elbObjects } from '../dialects/elb-objects.ts'
import { elbRequest, fieldsOf } from '../dialects/elb.ts'
import { isSegment, segment } from '../dialects/objects.ts'
import { exchange } from '../exchange/exchange.ts'
import { NoAnswer, type Exchange, type Feature, type HttpRequest, type Purpose } from '../model.ts'
import { settled } from '../session/elb-settling.ts'
import type { Session } from '../session/session.ts'
import type { ElbTarget } from '../target.ts'
import type { Inventory } from './inventory.ts'
import type { TargetObject, Unread } from './target-object.ts'

type Fields = Readonly<Record<string, unknown>>
type Send = (purpose: Purpose, request: HttpRequest) => Promise<Exchange>

/** In this order nothing that is removed is still in use. Some targets do not offer all of them. */
const collections: readonly { readonly kind: string; readonly needs?: Feature }[] = [
  { kind: 'healthmonitors', needs: 'healthMonitors' },
  { kind: 'l7policies', needs: 'forwardingPolicies' },
  { kind: 'pools' },
  { kind: 'listeners' },
  { kind: 'loadbalancers' },
]

export function elbInventory(session: Session<ElbTarget>): Inventory {
  const send: Send = (purpose, request) => exchange(session.connection, purpose, request)
  return {
    list: async (isOurs) => {
      const unread: Unread[] = []
      const found = new Map<string, readonly Fields[]>()
      for (const { kind, needs } of collections) {
        if (needs && !session.offers(needs)) continue
        found.set(kind, await listed(send, `/${kind}`, kind, unread))
      }
      const homes = homesOf(found)
      const all = collections.flatMap(({ kind }) =>
        (found.get(kind) ?? []).flatMap((fields) => objectOf(kind, `/${kind}`, fields, homes)),
      )
      const members: TargetObject[] = []
      for (const pool of all.filter((one) => one.kind === 'pools' && isOurs(one))) {
        members.push(...(await membersOf(send, pool, unread)))
      }
      return { objects: [...members, ...all], unread }
    },
    requests: ({ on }) => ({
      look: (request) => send('clean-up', request),
      write: async (request) => {
        if (on !== undefined) await untilSettled(session, send, on)
        const answer = await send('clean-up', request)
        if (on !== undefined && answer.status < 300) await untilSettled(session, send, on)
        return answer
      },
    }),
    unlisted: (key) => ({
      kind: elbObjects.kind(key),
      key,
      id: elbObjects.ids(key).at(-1) ?? '',
      name: '',
    }),
  }
}

/** The load balancers that a target lists. @throws {NoAnswer} When it does not list them. */
export async function elbLoadBalancers(session: Session<ElbTarget>): Promise<TargetObject[]> {
  const send: Send = (purpose, request) => exchange(session.connection, purpose, request)
  const unread: Unread[] = []
  const found = await listed(send, '/loadbalancers', 'loadbalancers', unread)
  const [first] = unread
  if (first) throw new NoAnswer(first.sentence)
  return found.flatMap((fields) => objectOf('loadbalancers', '/loadbalancers', fields, new Map()))
}

/** One that never settles can often be cleared all the same: the deletions show it. */
async function untilSettled(session: Session<ElbTarget>, send: Send, id: string): Promise<void> {
  await settled(session, send, id, 'clean-up').catch(() => false)
}

const mostPages = 1_000

/** A whole list, page by page where it comes in pages; what could not be read is added to `unread`. */
async function listed(
  send: Send,
  path: string,
  key: string,
  unread: Unread[],
  of?: string,
): Promise<readonly Fields[]> {
  const all = new Map<unknown, Fields>()
  let query: readonly (readonly [string, string])[] = []
  const failed = (why: string) => {
    const sentence = `The list ${path} could not be read: ${why}. Objects in this list may still exist.`
    unread.push({ kind: key, sentence, ...(of === undefined ? {} : { of }) })
    return [...all.values()]
  }
  for (let page = 0; page < mostPages; page += 1) {
    const request = elbRequest('GET', path, undefined, query)
    const answer = await send('look', request).catch((error: unknown) => {
      if (error instanceof NoAnswer) return error.message.replace(/\.$/, '')
      throw error
    })
    if (typeof answer === 'string') return failed(answer)
    const { [key]: items, [`${key}_links`]: links } = fieldsIn(answer.body)
    if (answer.status >= 300) return failed(`it answered ${answer.status}`)
    if (!isListOfFields(items))
      return failed(`it answered without an array "${key}" of objects with ids`)
    const before = all.size
    for (const item of items) all.set(item['id'], item)
    const marker = items.at(-1)?.['id']
    if (!isListOfLinks(links)) return failed(`its "${key}_links" are not a list of links`)
    if (!hasNext(links)) return [...all.values()]
    if (typeof marker !== 'string') return failed('a page that is not the last has no last id')
    if (all.size === before) return failed('a page that is not the last shows nothing new')
    query = [
      ['limit', String(items.length)],
      ['marker', marker],
    ]
  }
  return failed(`it has no end after ${mostPages} pages`)
}

function fieldsIn(body: unknown): Fields {
  return typeof body === 'object' && body !== null ? (body as Fields) : {}
}

function isListOfFields(items: unknown): items is Fields[] {
  return Array.isArray(items) && items.every((item) => typeof fieldsIn(item)['id'] === 'string')
}

/** Where there are none, the page is the only one. */
function isListOfLinks(links: unknown): links is readonly Fields[] | null | undefined {
  if (links === undefined || links === null) return true
  return Array.isArray(links) && links.every((link) => typeof fieldsIn(link)['rel'] === 'string')
}

function hasNext(links: readonly Fields[] | null | undefined): boolean {
  return links?.some(({ rel }) => rel === 'next') === true
}

async function membersOf(
  send: Send,
  pool: TargetObject,
  unread: Unread[],
): Promise<TargetObject[]> {
  const path = `${pool.key}/members`
  const on = pool.on === undefined ? {} : { on: pool.on }
  const members = await listed(send, path, 'members', unread, pool.key)
  return members.flatMap((fields) =>
    objectOf('members', path, fields, new Map()).map((one) => ({
      ...one,
      ...on,
      parent: pool.key,
    })),
  )
}

/** None for what has no id: nothing can be said or done about it. */
function objectOf(
  kind: string,
  path: string,
  fields: Fields,
  homes: ReadonlyMap<string, string>,
): TargetObject[] {
  const { id } = fields
  if (!isSegment(id)) return []
  const on = kind === 'loadbalancers' ? id : homeOf(fields, homes)
  const parent = parentOf(kind, fields, on)
  const others = othersOf(kind, fields)
  return [
    {
      kind,
      key: `${path}/${segment(id)}`,
      id,
      name: text(fields['name']),
      ...(on === undefined ? {} : { on }),
      ...(parent === undefined ? {} : { parent }),
      ...(others.length > 0 ? { others } : {}),
      fields: fieldsOf(kind, fields),
    },
  ]
}

/** The keys of what it is used by or uses: that cannot be deleted without a change to it. */
function othersOf(kind: string, fields: Fields): string[] {
  if (kind === 'pools') return idsIn(fields['listeners']).map((id) => elbKey('listeners', id))
  const pool = fields[kind === 'listeners' ? 'default_pool_id' : 'redirect_pool_id']
  return isSegment(pool) ? [elbKey('pools', pool)] : []
}

/** The key of what an object hangs on: what is deleted with that, or keeps it from being deleted. */
function parentOf(kind: string, fields: Fields, on: string | undefined): string | undefined {
  const [place, id] =
    kind === 'healthmonitors'
      ? ['pools', firstId(fields['pools'])]
      : kind === 'l7policies'
        ? ['listeners', fields['listener_id']]
        : ['loadbalancers', kind === 'loadbalancers' ? undefined : on]
  return isSegment(id) ? elbKey(place, id) : undefined
}

/** Which load balancer a pool or a listener is on, by its id. */
function homesOf(found: ReadonlyMap<string, readonly Fields[]>): Map<string, string> {
  const [pools = [], listeners = []] = [found.get('pools'), found.get('listeners')]
  return new Map(
    [...pools, ...listeners].flatMap((fields) => {
      const home = firstId(fields['loadbalancers'])
      return home === undefined ? [] : [[text(fields['id']), home] as const]
    }),
  )
}

function homeOf(fields: Fields, homes: ReadonlyMap<string, string>): string | undefined {
  const parent = firstId(fields['pools']) ?? text(fields['listener_id'])
  return homes.get(text(fields['id'])) ?? homes.get(parent)
}

function firstId(list: unknown): string | undefined {
  return idsIn(list)[0]
}

function idsIn(list: unknown): string[] {
  const items = Array.isArray(list) ? (list as readonly unknown[]) : []
  const ids = items.map((item) => (typeof item === 'object' ? fieldsIn(item)['id'] : item))
  return ids.filter((id) => isSegment(id))
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
