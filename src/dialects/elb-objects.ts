/** Objects of LBaaS v2: each has a path, and a collection in which its siblings are listed. */

import type { HttpRequest, HttpResponse } from '../model.ts'
import { readJson } from '../wire/parsed-body.ts'
import { below, elbRequest, isMissing } from './elb.ts'
import {
  isPlausibleId,
  isSegment,
  segment,
  type Changes,
  type Objects,
  type Sighting,
} from './objects.ts'

type Fields = Readonly<Record<string, unknown>>

/** Each collection, and the key under which an answer wraps one object of it. */
const collections: Readonly<Record<string, string>> = {
  loadbalancers: 'loadbalancer',
  listeners: 'listener',
  pools: 'pool',
  members: 'member',
  healthmonitors: 'healthmonitor',
  l7policies: 'l7policy',
}

/** Fields of a body that name another object, and the collection in which that is. */
const references: Readonly<Record<string, string>> = {
  loadbalancer_id: 'loadbalancers',
  listener_id: 'listeners',
  pool_id: 'pools',
  default_pool_id: 'pools',
  redirect_pool_id: 'pools',
  healthmonitor_id: 'healthmonitors',
}

export const elbObjects: Objects = {
  look: (key) => elbRequest('GET', key),
  nameLooks: () => [],
  hanging: (key) => {
    const kind = elbObjects.kind(key)
    const [id = ''] = elbObjects.ids(key)
    const all = elbRequest('GET', '/l7policies')
    if (kind === 'pools') {
      return { request: all, keys: (answer) => policiesWith('redirect_pool_id', id, answer) }
    }
    if (kind !== 'listeners') return undefined
    const request = { ...all, query: [['listener_id', id]] as const }
    return { request, keys: (answer) => policiesWith('listener_id', id, answer) }
  },
  removals: (keys) => keys.map((key) => ({ request: elbRequest('DELETE', key), keys: [key] })),
  isGone: (answer) => (answer.status >= 200 && answer.status < 300) || isMissing(answer),
  shown,
  changes,
  everything,
  parent: (key) => /^(\/pools\/[^/]+)\/members\//.exec(key)?.[1],
  ids: (key) =>
    key.split('/').flatMap((part, index) => (index > 0 && index % 2 === 0 ? decoded(part) : [])),
  kind: (key) => key.split('/').at(-2) ?? '',
  isKey,
  mayBeNameless: (key) => ['members', 'healthmonitors'].includes(key.split('/').at(-2) ?? ''),
}

/** Members are in pools, and everything else stands alone. */
function isKey(key: string): boolean {
  const [first, ...parts] = key.split('/')
  const [kind = '', id, within, ...more] = parts
  const isPlace = parts.length === 4 ? kind === 'pools' && within === 'members' : more.length === 0
  if (first !== '' || ![2, 4].includes(parts.length) || !isPlace) return false
  if (kind === 'members' || !Object.hasOwn(collections, kind)) return false
  return [id, more[0] ?? id].every((one) => isWritten(one ?? ''))
}

/** Is it an id in the one way in which we encode it? */
function isWritten(part: string): boolean {
  const id = decoded(part)
  return isPlausibleId(id) && segment(id) === part
}

/** The key of an object of one of the collections that have no parent. */
export function elbKey(collection: string, id: string): string {
  return `/${collection}/${segment(id)}`
}

function shown({ method, path }: HttpRequest, response: HttpResponse): Sighting[] {
  // An update answers with the object as it is afterwards.
  if (method !== 'GET' && method !== 'PUT') return []
  const place = below(path)
  const { objects, collection } = placesIn(place)
  const key = objects.at(-1)
  if (collection !== undefined) return method !== 'GET' ? [] : listed(place, collection, response)
  if (key === undefined || key !== place) return []
  const isRead = method === 'GET'
  if (isRead && isMissing(response)) return [{ key, gone: true }]
  const inner = fieldsOf(response)[collections[elbObjects.kind(key)] ?? '']
  if (response.status >= 300 || !isFields(inner)) return []
  const { id = elbObjects.ids(key).at(-1) } = inner
  const own = `${key.slice(0, key.lastIndexOf('/'))}/${isSegment(id) ? segment(id) : ''}`
  return own === key
    ? [{ ...sighting(key, inner), ...heldBy(key, inner) }]
    : [{ key, isAnother: true }, sighting(own, inner)]
}

/** What loses something with a pool: members and health monitor go with it, listeners lose their default pool. */
function heldBy(
  key: string,
  { members, listeners, healthmonitor_id: monitor }: Fields,
): Pick<Sighting, 'holds'> {
  if (elbObjects.kind(key) !== 'pools') return {}
  const holds = [
    ...idsIn(members).map((id) => `${key}/members/${segment(id)}`),
    ...idsIn(listeners).map((id) => elbKey('listeners', id)),
    ...idsIn([monitor]).map((id) => elbKey('healthmonitors', id)),
  ]
  return { holds }
}

/** Of objects, or of ids themselves. */
function idsIn(list: unknown): string[] {
  return (Array.isArray(list) ? (list as unknown[]) : [])
    .map((one) => (isFields(one) ? one['id'] : one))
    .filter((id) => isSegment(id))
}

function listed(place: string, collection: string, response: HttpResponse): Sighting[] {
  const items = fieldsOf(response)[collection]
  if (response.status >= 300 || !Array.isArray(items)) return []
  return (items as unknown[])
    .filter((item) => isFields(item))
    .flatMap((item) => {
      const { id } = item
      if (!isSegment(id)) return []
      return [{ ...sighting(`${place}/${segment(id)}`, item), listed: true as const }]
    })
}

/**
 * Policies that name this object; nothing where the answer says nothing of them.
 *
 * What refuses to list them, as one that does not have them, has none. An empty list may be left out, or null.
 */
function policiesWith(field: string, of: string, answer: HttpResponse): string[] | undefined {
  const { status, body } = answer
  if (status !== 408 && ((status >= 400 && status < 500) || status === 501)) return []
  if (status >= 300 || !isFields(body)) return undefined
  const list: unknown = body['l7policies'] ?? []
  if (!Array.isArray(list)) return undefined
  return (list as unknown[])
    .filter((item) => isFields(item))
    .flatMap(({ id, [field]: named }) =>
      isSegment(id) && named === of ? [elbKey('l7policies', id)] : [],
    )
}

function sighting(key: string, { name, pools }: Fields): Sighting {
  const [pool] = Array.isArray(pools) ? (pools as unknown[]) : []
  const id = isFields(pool) ? pool['id'] : undefined
  return {
    key,
    ...(typeof name === 'string' || name === null ? { name: name ?? '' } : {}),
    ...(isSegment(id) ? { parent: elbKey('pools', id) } : {}),
  }
}

function changes({ method, path, body = '' }: HttpRequest): Changes {
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return { changed: [], removed: [] }
  const place = below(path)
  const { objects, collection } = placesIn(place)
  const [inner = {}] = Object.values(fieldsIn(readJson(body, ''))).filter((one) => isFields(one))
  const siblings = collection === undefined ? place.slice(0, place.lastIndexOf('/')) : place
  const named = isSegment(inner['id']) ? [`${siblings}/${segment(inner['id'])}`] : []
  const changed = [...new Set([...objects, ...named, ...referencesIn(inner)])]
  const key = collection === undefined ? objects.at(-1) : undefined
  if (key === undefined) return { changed, removed: [] }
  if (method === 'DELETE') return { changed, removed: [key] }
  const names = 'name' in inner ? { renamed: { key, name: nameIn(inner) } } : {}
  return { changed, removed: [], ...names }
}

/** A whole collection, for a request on its path that creates nothing. */
function everything({ method, path }: HttpRequest): ReturnType<Objects['everything']> {
  if (['GET', 'HEAD', 'OPTIONS', 'POST'].includes(method)) return undefined
  const { objects, collection } = placesIn(below(path))
  if (objects.length > 0 || collection === undefined) return undefined
  return {
    request: elbRequest('GET', `/${collection}`),
    isWhole: (response) => {
      const { [collection]: items, [`${collection}_links`]: links } = fieldsOf(response)
      const pages = Array.isArray(links) ? (links as unknown[]) : []
      const isLast = !pages.some((link) => isFields(link) && link['rel'] === 'next')
      return response.status < 300 && Array.isArray(items) && isLast
    },
  }
}

function nameIn({ name }: Fields): string {
  return typeof name === 'string' || typeof name === 'number' ? String(name) : ''
}

function referencesIn(inner: Fields): string[] {
  return Object.entries(references).flatMap(([field, collection]) => {
    const id = inner[field]
    return isSegment(id) ? [elbKey(collection, id)] : []
  })
}

/** The objects that a path below the base leads through, and the collection that it ends in, if any. */
function placesIn(place: string): { objects: string[]; collection?: string } {
  const parts = place.split('/').filter((part) => part !== '')
  const objects: string[] = []
  let so = ''
  for (let index = 0; index < parts.length; index += 2) {
    const [collection = '', id] = parts.slice(index)
    if (!(collection in collections)) return { objects }
    if (id === undefined) return { objects, collection }
    so += `/${collection}/${id}`
    objects.push(so)
  }
  return { objects }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function fieldsOf({ body }: HttpResponse): Fields {
  return fieldsIn(body)
}

function fieldsIn(value: unknown): Fields {
  return isFields(value) ? value : {}
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
