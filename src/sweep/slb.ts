/** What an `slb` target holds: servers of default groups, listeners, VServer groups, load balancers. */

import { isAccepted } from '../check/assert.ts'
import {
  groupList,
  loadBalancerList,
  partLists,
  totalIn,
  whyNoList,
  whyNotWhole,
  type ListPlace,
} from '../dialects/slb-lists.ts'
import { listIn, slbObjects } from '../dialects/slb-objects.ts'
import type { Sighting } from '../dialects/objects.ts'
import { slbCall } from '../dialects/slb.ts'
import { exchange } from '../exchange/exchange.ts'
import { NoAnswer, type Exchange, type HttpRequest } from '../model.ts'
import type { Session } from '../session/session.ts'
import type { SlbTarget } from '../target.ts'
import type { Inventory } from './inventory.ts'
import { isServerOfRuns } from '../session/servers-of-runs.ts'
import type { TargetObject, Unread } from './target-object.ts'

/** What one call has shown. */
interface Read {
  readonly shown: readonly Sighting[]
  readonly answer: Exchange
}

/** An answer that could not be read. */
interface NotRead {
  /** A sentence. */
  readonly why: string
  /** Does it say that there is no such load balancer? */
  readonly saysGone: boolean
}

/** @param known - Keys of which journals speak: their load balancers are looked at as well. */
export function slbInventory(session: Session<SlbTarget>, known: readonly string[]): Inventory {
  const lent = session.target.given.loadBalancerId
  const send = (request: HttpRequest) => exchange(session.connection, 'clean-up', request)
  return {
    list: async (isOurs) => {
      const lists = new Lists(session)
      const balancers = await lists.loadBalancers()
      const ours = balancers.filter((one) => isOurs(one)).map(({ id }) => id)
      const homes = new Set([...ours, ...(lent === undefined ? [] : [lent]), ...homesIn(known)])
      const on: TargetObject[] = []
      for (const id of homes) {
        // What a journal speaks of may be gone, with all that was on it.
        on.push(...(await lists.heldBy(id)))
      }
      for (const group of on.filter((one) => one.kind === 'VServerGroup' && isOurs(one))) {
        on.push(...(await lists.strangersIn(group)))
      }
      const sorted = [...on.filter(isServer), ...on.filter((one) => !isServer(one))]
      return { objects: [...sorted, ...balancers], unread: lists.unread }
    },
    requests: () => ({ look: send, write: send }),
    unlisted: (key) => objectOf({ key }),
  }
}

/** The load balancers that a target lists. @throws {NoAnswer} When it does not list them. */
export async function slbLoadBalancers(session: Session<SlbTarget>): Promise<TargetObject[]> {
  const lists = new Lists(session)
  const found = await lists.loadBalancers()
  const [first] = lists.unread
  if (first) throw new NoAnswer(first.sentence)
  return found
}

const pageSize = 100
const mostPages = 1_000

/** Lists of one target; what cannot be read is kept. */
class Lists {
  readonly unread: Unread[] = []
  readonly #session: Session<SlbTarget>

  constructor(session: Session<SlbTarget>) {
    this.#session = session
  }

  /** Page by page until a page shows nothing new: a page can be shorter than was asked for. */
  async loadBalancers(): Promise<TargetObject[]> {
    const all = new Map<string, TargetObject>()
    const failed = (why: string) => this.#failed([...all.values()], 'LoadBalancer', why)
    let total: number | undefined
    for (let page = 1; page <= mostPages; page += 1) {
      const own = { PageNumber: String(page), PageSize: String(pageSize) }
      const read = await this.#read('DescribeLoadBalancers', own, [loadBalancerList])
      if ('why' in read) return failed(read.why)
      const before = all.size
      for (const one of read.shown) all.set(one.key, objectOf(one))
      const said = totalIn(read.answer)
      if (said !== undefined) total = Math.max(total ?? 0, said)
      const isWhole = all.size === total && read.shown.length < pageSize
      if (!isWhole && all.size > before) continue
      const why = whyNotWhole(total, all.size)
      return why === undefined ? [...all.values()] : failed(unread('DescribeLoadBalancers', why))
    }
    return failed(`DescribeLoadBalancers has no end after ${mostPages} pages.`)
  }

  /**
   * Servers, listeners and groups; nothing when the load balancer is not there.
   *
   * Where its description shows it and the list of its groups says that there is none, one of the two answers is old,
   * and both are asked for again. That it is gone counts then only where its removal was accepted.
   */
  async heldBy(id: string): Promise<TargetObject[]> {
    const { found, limits, ownership } = this.#session
    const most = limits.settleSeconds * 1000
    let parts = await this.#partsOf(id)
    if (!parts) return []
    for (let attempt = 0; ; attempt += 1) {
      const read = await this.#read('DescribeVServerGroups', { LoadBalancerId: id }, [groupList])
      const mayBeOld = 'why' in read && read.saysGone
      if (!mayBeOld || !(await found.mayPass('an old view of a load balancer', attempt, most))) {
        return [...parts, ...this.#groupsIn(read, id)]
      }
      const now = await this.#partsOf(id)
      if (!now && ownership.claim(`LoadBalancer/${id}`)?.removalAccepted) return []
      parts = now ?? parts
    }
  }

  #groupsIn(read: Read | NotRead, on: string): TargetObject[] {
    if ('why' in read) return this.#failed([], 'VServerGroup', read.why, on)
    const groups = read.shown.map((one) => ({ ...objectOf(one), on, parent: `LoadBalancer/${on}` }))
    const why = whyNotWhole(totalIn(read.answer), groups.length)
    if (why === undefined) return groups
    return this.#failed(groups, 'VServerGroup', unread('DescribeVServerGroups', why), on)
  }

  /** Servers in a group of ours that no run puts there. They are looked at only so that the group stays with them. */
  async strangersIn({ key, id, on }: TargetObject): Promise<TargetObject[]> {
    const read = await this.#read('DescribeVServerGroupAttribute', { VServerGroupId: id }, [])
    // Nor is it removed then: that takes a look of its own.
    if ('why' in read) return []
    return listIn(read.answer, 'BackendServers', 'BackendServer')
      .map(({ ServerId }) => String(ServerId))
      .filter((server) => !isServerOfRuns(server, this.#session.target.given))
      .map((server) => ({
        kind: 'BackendServer',
        key: `${key}/${server}`,
        id: server,
        name: '',
        parent: key,
        ...(on === undefined ? {} : { on }),
      }))
  }

  /** Servers and listeners; nothing when the load balancer is not there. */
  async #partsOf(on: string): Promise<TargetObject[] | undefined> {
    const own = { LoadBalancerId: on }
    const read = await this.#read('DescribeLoadBalancerAttribute', own, partLists)
    if ('why' in read) return this.#failed([], 'BackendServer', read.why, on)
    if (read.shown.some(({ gone }) => gone)) return undefined
    return read.shown
      .filter(({ parent }) => parent !== undefined)
      .map((one) => this.#partOf(objectOf(one)))
  }

  #partOf(one: TargetObject): TargetObject {
    const isOfRuns = isServer(one) && isServerOfRuns(one.id, this.#session.target.given)
    return isOfRuns ? { ...one, isOfRuns } : one
  }

  /** What a call shows, or why it cannot be read. */
  async #read(
    action: string,
    own: Readonly<Record<string, string>>,
    lists: readonly ListPlace[],
  ): Promise<Read | NotRead> {
    const { connection, target } = this.#session
    const RegionId = target.given.region
    const request = slbCall(action, { RegionId, ...own })
    try {
      const answer = await exchange(connection, 'look', request)
      const shown = slbObjects(RegionId).shown(request, answer)
      if (shown.some(({ gone }) => gone)) return { shown, answer }
      const why = unreadable(answer, lists)
      if (why === undefined) return { shown, answer }
      return { why: unread(action, why), saysGone: saysGone(answer) }
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      return { why: unread(action, error.message.replace(/\.$/, '')), saysGone: false }
    }
  }

  #failed(found: TargetObject[], kind: string, why: string, of?: string): TargetObject[] {
    const sentence = `${why} Objects in this list may still exist.`
    this.unread.push({ kind, sentence, ...(of === undefined ? {} : { of: `LoadBalancer/${of}` }) })
    return found
  }
}

function unread(action: string, why: string): string {
  return `The answer to ${action} could not be read: ${why}.`
}

/** @returns why an answer is not one that shows these lists. */
function unreadable(answer: Exchange, lists: readonly ListPlace[]): string | undefined {
  if (!isAccepted(answer)) return `it answered ${answer.status}`
  return lists.map((list) => whyNoList(answer, list)).find((why) => why !== undefined)
}

/** A load balancer that does not exist, and not a call: that is answered 404 as well where there is none. */
function saysGone({ status, text }: Exchange): boolean {
  return (
    status >= 400 &&
    status < 500 &&
    /LoadBalancer(?:Id)?\.NotFound|LoadBalancer\w* does not exist/i.test(text)
  )
}

/** They are removed first. */
function isServer({ kind }: TargetObject): boolean {
  return kind === 'BackendServer'
}

function objectOf({ key, name = '', parent }: Sighting): TargetObject {
  const [kind = '', first = '', part] = key.split('/')
  const belongs = parent === undefined ? {} : { parent }
  if (part === undefined) return { kind, key, id: first, name, ...belongs }
  return { kind, key, id: part, name, on: first, ...belongs }
}

/** Load balancers that journals speak of: deleting one deletes what is on it, so that has to be seen. */
function homesIn(keys: readonly string[]): string[] {
  return keys.flatMap(
    (key) => /^(?:LoadBalancer|Listener|BackendServer)\/([^/]+)/.exec(key)?.[1] ?? [],
  )
}
