/** Sweeping an `elb` target: members, health monitors, policies, pools, listeners, load balancers. */

import { elbRequest } from '../dialects/elb.ts'
import { exchange } from '../exchange/exchange.ts'
import type { Exchange, HttpRequest, Purpose } from '../model.ts'
import type { Session } from '../session/session.ts'
import { settled } from '../session/elb-settling.ts'
import type { ElbTarget } from '../target.ts'
import type { Holding } from './holdings.ts'
import type { Broom } from './rounds.ts'

type Fields = Readonly<Record<string, unknown>>
type Send = (purpose: Purpose, request: HttpRequest) => Promise<Exchange>

/** In this order each is free of what stands on it. Enhanced load balancer › reclaiming resources. */
const collections = ['healthmonitors', 'l7policies', 'pools', 'listeners', 'loadbalancers']

export function elbBroom(session: Session<ElbTarget>): Broom {
  const send: Send = (purpose, request) => exchange(session.connection, purpose, request)
  return {
    holdings: async (isOurs) => {
      const found = new Map<string, readonly Fields[]>()
      for (const kind of collections) found.set(kind, await everything(send, `/${kind}`, kind))
      const homes = homesOf(found)
      const all = collections.flatMap((kind) =>
        (found.get(kind) ?? []).map((fields) => holding(kind, `/${kind}`, fields, homes)),
      )
      const pools = all.filter((one) => one.kind === 'pools' && isOurs(one))
      const members = await Promise.all(pools.map((pool) => membersOf(send, pool)))
      return [...members.flat(), ...all]
    },
    blocked: (one, all) => {
      if (one.kind !== 'pools') return undefined
      const stranger = all.find((member) => member.key.startsWith(`${one.key}/members/`))
      return stranger && `it holds the member ${stranger.id}, which no run made`
    },
    remove: async ({ key, on }) => {
      if (on !== undefined) await atRest(session, send, on)
      const gone = await send('clean-up', elbRequest('DELETE', key))
      if (gone.status >= 300 && gone.status !== 404) return `its deletion answered ${gone.status}`
      if (on !== undefined) await atRest(session, send, on)
      return undefined
    },
    // Every `elb` object is deleted at the path that the journal calls it by.
    known: (key) =>
      key.startsWith('/') ? { kind: kindOf(key), key, id: idOf(key), name: '' } : undefined,
  }
}

/** The load balancers there are, to see whose endpoint this is. */
export async function elbLoadBalancers(session: Session<ElbTarget>): Promise<Holding[]> {
  const send: Send = (purpose, request) => exchange(session.connection, purpose, request)
  const found = await everything(send, '/loadbalancers', 'loadbalancers')
  return found.map((fields) => holding('loadbalancers', '/loadbalancers', fields, new Map()))
}

/** One that never settles can often be cleared all the same: the deletions will tell. */
async function atRest(session: Session<ElbTarget>, send: Send, id: string): Promise<void> {
  await settled(session, send, id, 'clean-up').catch(() => false)
}

const mostPages = 1_000

/** A whole list, page by page where it comes in pages; empty where the target has none. */
async function everything(send: Send, path: string, key: string): Promise<readonly Fields[]> {
  const all: Fields[] = []
  let query: readonly (readonly [string, string])[] = []
  for (let page = 0; page < mostPages; page += 1) {
    const { body } = await send('look', elbRequest('GET', path, undefined, query))
    const { [key]: items, [`${key}_links`]: links } = (body ?? {}) as Fields
    if (!Array.isArray(items)) return all
    all.push(...(items as Fields[]))
    const marker = all.at(-1)?.['id']
    if (!hasNext(links) || items.length === 0 || typeof marker !== 'string') return all
    query = [
      ['limit', String(items.length)],
      ['marker', marker],
    ]
  }
  return all
}

function hasNext(links: unknown): boolean {
  return Array.isArray(links) && links.some((link: { rel?: unknown }) => link.rel === 'next')
}

async function membersOf(send: Send, pool: Holding): Promise<Holding[]> {
  const path = `${pool.key}/members`
  const on = pool.on === undefined ? {} : { on: pool.on }
  const members = await everything(send, path, 'members')
  return members.map((fields) => ({ ...holding('members', path, fields, new Map()), ...on }))
}

function holding(
  kind: string,
  path: string,
  fields: Fields,
  homes: ReadonlyMap<string, string>,
): Holding {
  const id = text(fields['id'])
  const on = kind === 'loadbalancers' ? id : homeOf(fields, homes)
  const named = { kind, key: `${path}/${id}`, id, name: text(fields['name']) }
  return on === undefined ? named : { ...named, on }
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
  const [first] = Array.isArray(list) ? (list as readonly unknown[]) : []
  const id = typeof first === 'object' && first !== null ? (first as Fields)['id'] : first
  return typeof id === 'string' ? id : undefined
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function idOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1)
}

function kindOf(key: string): string {
  return key.split('/').at(-2) ?? ''
}
