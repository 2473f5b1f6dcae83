/**
 * A target that calls other people's objects ours: it answers creations with their ids, in every spelling, and
 * does whatever such an id leads to. In this process, around a reference that knows nothing of it.
 */

import { rpcHmacSigner } from '../src/credentials/rpc-hmac.ts'
import { parametersOf } from '../src/dialects/slb-creations.ts'
import { slbCall } from '../src/dialects/slb.ts'
import type { Dialect } from '../src/model.ts'
import { percentEncodePairs } from '../src/wire/percent-encoding.ts'
import type { Wire, WireRequest, WireResponse } from '../src/wire/wire.ts'
import { referenceAccounts } from '../src/reference/slb/given.ts'
import type { ForeignInventory } from './foreign-inventory.ts'
import { Shown, type LyingLooks } from './lying-looks.ts'

/** How it lies. */
export interface Lie {
  /** Which creations it answers so, counted from the first; after the last it begins again. */
  readonly creations: readonly boolean[]
  /** Which of the foreign objects it names. */
  readonly which: number
  /** An index of `spellings`. */
  readonly spelling: number
  /** Does it make what was asked for all the same? */
  readonly alsoMakes: boolean
  /** Is the id of what was removed the id of a foreign object from then on? */
  readonly usesIdsAgain: boolean
  /** Is every id that it does not know the id of a foreign object? */
  readonly knowsEveryId: boolean
  readonly looks: LyingLooks
}

/** Each makes an id of a foreign object into what the target calls ours. */
export const spellings: readonly ((id: string, kind: string, number: number) => string)[] = [
  (id) => id,
  (id) => id.toUpperCase(),
  (_id, _kind, number) => `0ddba11-${number}`,
  (id, kind) => `../${kind}/${id}`,
  (id, kind) => `%2e%2e/${kind}/${id}`,
  (id, kind) => `%2E%2E%2F${kind}%2F${id}`,
  (id, kind) => `x/../../${kind}/${id}`,
  (id) => `${id}?x=`,
  (id) => `${id}#`,
  (id) => `${id}/`,
  (id) => ` ${id}`,
  (id) => `${id}\u0000`,
  () => '..',
  () => '',
  () => '../../../v3/users/victim',
]

export interface HostileTarget {
  readonly wire: Wire
  /** Every request that would do something to a foreign object. */
  readonly harmed: readonly string[]
  /** How many creations were answered with what is not ours. */
  lies(): number
}

/** @param lent - The id of the one foreign load balancer on which things may be made. */
export function hostileTarget(
  dialect: Dialect,
  direct: Wire,
  { ids }: ForeignInventory,
  lie: Lie,
  lent?: string,
): HostileTarget {
  const foreign = Object.entries(ids).flatMap(([kind, some]) => some.map((id) => ({ kind, id })))
  const theirs = foreign.map(({ id }) => id)
  /** What it calls ours, and whose id that is. */
  const aliases = new Map<string, string>()
  /** Ids of what it has really made. */
  const made = new Set<string>()
  const harmed: string[] = []
  let [creations, lies] = [0, 0]
  const words = dialect === 'elb' ? elbWords : slbWords
  const view = new Shown(dialect, lie.looks, theirs)
  const looks = new Map<string, number>()

  const foreignLike = (kind: string) => {
    const sameKind = ids[kind] ?? []
    return sameKind[lie.which % Math.max(1, sameKind.length)]
  }
  const lying = (kind: string): WireResponse => {
    const one = foreign[lie.which % foreign.length] ?? { kind, id: '' }
    const id = lie.which % 2 === 0 ? (foreignLike(kind) ?? one.id) : one.id
    lies += 1
    const said = spellings[lie.spelling % spellings.length]?.(id, one.kind, lies) ?? id
    if (said.length > 2 && said !== id) aliases.set(said, id)
    return words.created(kind, said)
  }
  const harms = async (request: WireRequest, deadline: () => AbortSignal): Promise<boolean> => {
    const text = `${request.url} ${request.body ?? ''}`
    const named = theirs.filter((id) => text.includes(id))
    if (!named.some((id) => id !== lent || words.endangers(request, id))) return false
    // An id of theirs below a pool of ours is the id of nothing.
    return (
      dialect === 'slb' || (await direct({ ...request, method: 'GET' }, deadline)).status !== 404
    )
  }

  const wire: Wire = async (request, deadline) => {
    const meant = await words.meant(request, (text) => withTheirIds(text, aliases))
    if (words.isRead(meant)) {
      const shown = await look(meant, deadline)
      if (!lie.knowsEveryId || !isUnknownId(shown)) return shown
      const again = await asIfKnown(meant)
      return again ? look(again, deadline) : shown
    }
    if (await harms(meant, deadline))
      harmed.push(`${request.method} ${request.url} ${request.body ?? ''}`)
    const kind = words.creates(meant)
    if (kind !== undefined) {
      creations += 1
      view.creating(kind, meant)
      if (lie.creations[(creations - 1) % lie.creations.length] === true) {
        if (lie.alsoMakes) keep((await direct(meant, deadline)).text)
        return lying(kind)
      }
    }
    const answer = await direct(meant, deadline)
    if (kind !== undefined) keep(answer.text)
    const removed = answer.status < 300 ? words.removes(meant) : undefined
    if (removed) made.delete(removed.id)
    const successor = lie.usesIdsAgain && removed ? foreignLike(removed.kind) : undefined
    if (removed && successor !== undefined) aliases.set(removed.id, successor)
    const again = lie.knowsEveryId && isUnknownId(answer) ? await asIfKnown(meant) : undefined
    return again ? wire(again, deadline) : answer
  }
  const keep = (text: string) => {
    for (const [, id = ''] of text.matchAll(idsIn)) made.add(id)
  }
  /** What it shows of what is really there. */
  const look: Wire = async (request, deadline) => {
    const { kind = '', id = '' } = words.names(request) ?? {}
    const [last] = [...made].toReversed()
    if (lie.looks === 'another' && theirs.includes(id) && last !== undefined) {
      const named = (text: string) => text.replaceAll(id, last)
      const ours = await direct(await words.meant(request, named), deadline)
      // What is gone can be shown to nobody.
      if (!isUnknownId(ours)) return ours
    }
    if (lie.looks === 'turning' && made.has(id) && !aliases.has(id)) {
      looks.set(id, (looks.get(id) ?? 0) + 1)
      const successor = foreignLike(kind)
      if (successor !== undefined && looks.get(id) === 2) aliases.set(id, successor)
    }
    const swap = (text: string) => withTheirIds(text, aliases)
    const honest = await direct(await words.meant(request, swap), deadline)
    const theirId = lie.looks === 'turning' && lie.which % 2 === 0 ? aliases.get(id) : undefined
    const answer =
      theirId === undefined
        ? honest
        : { ...honest, text: honest.text.replaceAll(`"${theirId}"`, `"${id}"`) }
    const listed = words.lists(request)
    return view.answer(listed ?? kind, listed === undefined ? id : undefined, answer)
  }
  /** The request with its last id taken for that of a foreign object. */
  const asIfKnown = async (request: WireRequest): Promise<WireRequest | undefined> => {
    const named = words.names(request)
    const successor = named && foreignLike(named.kind)
    if (!named || successor === undefined || aliases.has(named.id)) return undefined
    if (theirs.includes(named.id) || made.has(named.id)) return undefined
    // An address is an id in this request only: in others it is where a backend server listens.
    if (/^[\d.]+$/.test(named.id)) {
      return words.meant(request, (text) => text.replaceAll(named.id, successor))
    }
    aliases.set(named.id, successor)
    return words.meant(request, (text) => withTheirIds(text, aliases))
  }
  return { wire, harmed, lies: () => lies }
}

/** In the answer to a creation. */
const idsIn = /"(?:id|LoadBalancerId|VServerGroupId)":"([^"]+)"/g

/** Unknown keys are answered 404 as well. */
function isUnknownId({ status, text }: WireResponse): boolean {
  return status === 404 && !text.includes('AccessKeyId')
}

function withTheirIds(text: string, aliases: ReadonlyMap<string, string>): string {
  const longestFirst = [...aliases].toSorted(([one], [other]) => other.length - one.length)
  const whole = aliases.get(text)
  if (whole !== undefined) return whole
  const within = longestFirst.filter(([said]) => said.length >= fewestWithin)
  return within.reduce((so, [said, id]) => so.replaceAll(said, id), text)
}

/** What is shorter may be a part of anything. */
const fewestWithin = 9

/** How the target reads and answers in one dialect. */
interface Words {
  /** What it makes of a request: as generous with paths and ids as a careless server is. */
  meant(request: WireRequest, withTheirIds: (text: string) => string): Promise<WireRequest>
  isRead(request: WireRequest): boolean
  creates(request: WireRequest): string | undefined
  created(kind: string, id: string): WireResponse
  removes(request: WireRequest): { kind: string; id: string } | undefined
  /** The kind of objects that a read lists. */
  lists(request: WireRequest): string | undefined
  /** The last object that a request names. */
  names(request: WireRequest): { kind: string; id: string } | undefined
  /** Does it more to a load balancer that is lent than put things on it, or take them off? */
  endangers(request: WireRequest, id: string): boolean
}

const elbKeys: Readonly<Record<string, string>> = { l7policies: 'l7policy' }

const elbWords: Words = {
  meant: (request, swap) => {
    const { url, body } = request
    const [address = '', query] = url.split('?')
    const { origin, pathname } = new URL(address)
    const path = swap(decoded(pathname)).split(/[?#\0]/)[0] ?? ''
    const parts = path.split('/').map((part) => swap(part.replaceAll(' ', '')))
    const straight = new URL(origin + parts.join('/')).pathname.replace(/\/$/, '')
    const meant = { ...request, url: origin + straight + (query ? `?${query}` : '') }
    return Promise.resolve(body === undefined ? meant : { ...meant, body: swap(body) })
  },
  isRead: ({ method }) => method === 'GET',
  creates: ({ method, url }) =>
    method === 'POST' ? new URL(url).pathname.split('/').at(-1) : undefined,
  created: (kind, id) => ({
    status: 201,
    headers: [['Content-Type', 'application/json']],
    text: JSON.stringify({ [elbKeys[kind] ?? kind.slice(0, -1)]: { id, name: 'yours' } }),
  }),
  removes: (request) => (request.method === 'DELETE' ? elbWords.names(request) : undefined),
  lists: ({ url }) =>
    /\/(loadbalancers|listeners|pools|members|healthmonitors|l7policies)$/.exec(
      new URL(url).pathname,
    )?.[1],
  names: ({ url }) => {
    const [kind = '', id] = new URL(url).pathname.split('/').slice(-2)
    return id === undefined || id in elbKeys ? undefined : { kind, id: decoded(id) }
  },
  endangers: ({ url }, id) => new URL(url).pathname.includes(id),
}

const [own] = referenceAccounts
const signedWith = /^(?:Signature.*|AccessKeyId|Timestamp|Format|Version|Action|SecurityToken)$/

const slbWords: Words = {
  // Whoever changes a parameter has to sign anew.
  meant: async (request, swap) => {
    const given = parametersOf(fromUrl(request))
    const changed = Object.entries(given).map(([name, value]) => [name, swap(value)] as const)
    if (changed.every(([name, value]) => given[name] === value)) return request
    const kept = changed.filter(([name]) => !signedWith.test(name))
    const call = slbCall(given['Action'] ?? '', Object.fromEntries(kept))
    const signer = rpcHmacSigner({ own })
    const { request: signed } = await signer.sign(call, () => AbortSignal.timeout(60_000))
    const query = percentEncodePairs(signed.query ?? [])
    return { ...signed, url: `${new URL(request.url).origin}/?${query}` }
  },
  isRead: (request) => (actionOf(request) ?? '').startsWith('Describe'),
  creates: (request) =>
    ({
      CreateLoadBalancer: 'LoadBalancer',
      CreateVServerGroup: 'VServerGroup',
    })[actionOf(request)],
  created: (kind, id) => ({
    status: 200,
    headers: [['Content-Type', 'application/json']],
    text: JSON.stringify({ RequestId: 'r', [`${kind}Id`]: id, [`${kind}Name`]: 'yours' }),
  }),
  removes: (request) => {
    const action = actionOf(request)
    // The listener of a load balancer has no id of its own.
    return /^Delete(?:LoadBalancer|VServerGroup)$/.test(action)
      ? slbWords.names(request)
      : undefined
  },
  lists: (request) => /^Describe(LoadBalancer|VServerGroup)s$/.exec(actionOf(request))?.[1],
  names: (request) => {
    const { VServerGroupId, LoadBalancerId } = parametersOf(fromUrl(request))
    if (VServerGroupId) return { kind: 'VServerGroup', id: VServerGroupId }
    return LoadBalancerId ? { kind: 'LoadBalancer', id: LoadBalancerId } : undefined
  },
  endangers: (request) => actionOf(request) === 'DeleteLoadBalancer',
}

/** A wire request has its query in the address. */
function fromUrl(request: WireRequest): WireRequest {
  return { ...request, query: [...new URL(request.url).searchParams] }
}

function actionOf(request: WireRequest): string {
  return parametersOf(fromUrl(request))['Action'] ?? ''
}

/** Decoded as often as it can be. */
function decoded(text: string): string {
  let so = text
  for (let round = 0; round < 3; round += 1) {
    try {
      so = decodeURIComponent(so)
    } catch {
      return so
    }
  }
  return so
}
