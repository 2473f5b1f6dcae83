/** What an `slb` target holds: servers of default groups, listeners, VServer groups, load balancers. */

import { isAccepted } from '../check/assert.ts'
import { fieldsIn } from '../dialects/slb-creations.ts'
import { slbObjects } from '../dialects/slb-objects.ts'
import type { Sighting } from '../dialects/objects.ts'
import { slbCall } from '../dialects/slb.ts'
import { exchange } from '../exchange/exchange.ts'
import { NoAnswer, type Exchange, type HttpRequest } from '../model.ts'
import type { Session } from '../session/session.ts'
import type { SlbTarget } from '../target.ts'
import type { Inventory } from './inventory.ts'
import type { TargetObject, Unread } from './target-object.ts'

type Fields = Readonly<Record<string, unknown>>

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
        const parts = await lists.partsOf(id)
        if (parts) on.push(...parts, ...(await lists.groupsOn(id)))
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

  async loadBalancers(): Promise<TargetObject[]> {
    const all: TargetObject[] = []
    for (let page = 1; page <= mostPages; page += 1) {
      const own = { PageNumber: String(page), PageSize: String(pageSize) }
      const shown = await this.#read('DescribeLoadBalancers', own, 'LoadBalancers')
      if (typeof shown === 'string') return this.#failed(all, 'LoadBalancer', shown)
      all.push(...shown.map((one) => objectOf(one)))
      if (shown.length < pageSize) return all
    }
    const endless = `DescribeLoadBalancers has no end after ${mostPages} pages.`
    return this.#failed(all, 'LoadBalancer', endless)
  }

  async groupsOn(on: string): Promise<TargetObject[]> {
    const shown = await this.#read('DescribeVServerGroups', { LoadBalancerId: on }, 'VServerGroups')
    if (typeof shown === 'string') return this.#failed([], 'VServerGroup', shown, on)
    return shown.map((one) => ({ ...objectOf(one), on }))
  }

  /** Servers and listeners; nothing when the load balancer is not there. */
  async partsOf(on: string): Promise<TargetObject[] | undefined> {
    const own = { LoadBalancerId: on }
    const shown = await this.#read('DescribeLoadBalancerAttribute', own, 'BackendServers')
    if (typeof shown === 'string') return this.#failed([], 'BackendServer', shown, on)
    if (shown.some(({ gone }) => gone)) return undefined
    return shown.filter(({ parent }) => parent !== undefined).map((one) => objectOf(one))
  }

  /** What a call shows; a sentence when it cannot be read. */
  async #read(
    action: string,
    own: Readonly<Record<string, string>>,
    list: string,
  ): Promise<readonly Sighting[] | string> {
    const { connection, target } = this.#session
    const RegionId = target.given.region
    const request = slbCall(action, { RegionId, ...own })
    const failed = (why: string) => `The answer to ${action} could not be read: ${why}.`
    try {
      const answer = await exchange(connection, 'look', request)
      const shown = slbObjects(RegionId).shown(request, answer)
      if (shown.some(({ gone }) => gone)) return shown
      const why = unreadable(answer, list)
      return why === undefined ? shown : failed(why)
    } catch (error) {
      if (error instanceof NoAnswer) return failed(error.message.replace(/\.$/, ''))
      throw error
    }
  }

  #failed(found: TargetObject[], kind: string, why: string, of?: string): TargetObject[] {
    const sentence = `${why} What it would show may be left.`
    this.unread.push({ kind, sentence, ...(of === undefined ? {} : { of: `LoadBalancer/${of}` }) })
    return found
  }
}

/** @returns why an answer is not one that shows a list. */
function unreadable(answer: Exchange, list: string): string | undefined {
  if (!isAccepted(answer)) return `it answered ${answer.status}`
  const fields = fieldsIn(answer.body)
  if (!(list in fields)) return `it has no list "${list}"`
  const outer = fields[list]
  const within = typeof outer === 'object' && outer !== null && !Array.isArray(outer)
  const inner = within ? Object.values(outer)[0] : outer
  const items = [undefined, null, ''].includes(inner as null) ? [] : [inner].flat()
  const id = `${list.slice(0, -1)}Id`.replace('BackendServerId', 'ServerId')
  const fits = items.every((item) => typeof (item as Fields | null)?.[id] === 'string')
  return fits ? undefined : `its list "${list}" holds something without ${id}`
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

/** The load balancers of what has no id of its own. */
function homesIn(keys: readonly string[]): string[] {
  return keys.flatMap((key) => /^(?:Listener|BackendServer)\/([^/]+)\//.exec(key)?.[1] ?? [])
}
