/** Sweeping an `slb` target: servers of default groups, listeners, VServer groups, load balancers. */

import { isAccepted } from '../check/assert.ts'
import { slbCall } from '../dialects/slb.ts'
import { exchange } from '../exchange/exchange.ts'
import type { Exchange } from '../model.ts'
import type { Session } from '../session/session.ts'
import type { SlbTarget } from '../target.ts'
import { runIn, type Holding } from './holdings.ts'
import type { Broom } from './rounds.ts'

type Fields = Readonly<Record<string, unknown>>
type Call = (action: string, own: Readonly<Record<string, string>>) => Promise<Exchange>

export function slbBroom(session: Session<SlbTarget>, noted: readonly string[]): Broom {
  const call = calling(session)
  const lent = session.target.given.loadBalancerId
  return {
    holdings: async (isOurs) => {
      const balancers = await loadBalancers(call)
      const ours = balancers.filter((one) => isOurs(one)).map(({ id }) => id)
      const homes = new Set([...ours, ...(lent === undefined ? [] : [lent]), ...homesIn(noted)])
      const groups = await Promise.all([...homes].map((id) => groupsOn(call, id)))
      const parts = await Promise.all([...homes].map((id) => partsOf(call, id)))
      // What has no name is ours only if a journal says so, and goes with a load balancer of ours.
      return [...parts.flat(), ...groups.flat(), ...balancers]
    },
    blocked: (one, all) => {
      if (one.kind !== 'LoadBalancer') return undefined
      const stranger = all.find(({ kind, on }) => kind === 'VServerGroup' && on === one.id)
      return stranger && `it holds the VServer group ${stranger.id}, which no run made`
    },
    remove: async (one) => {
      const answer = await call(...removalOf(one))
      const gone = isAccepted(answer) || answer.status === 404
      const unknown = /NotFound|does not exist/.test(answer.text)
      return gone || unknown ? undefined : `its removal answered ${answer.status}`
    },
    known: (key) => {
      const [kind = '', id = '', part = ''] = key.split('/')
      return kind === 'LoadBalancer' || kind === 'VServerGroup'
        ? { kind, key, id, name: '' }
        : { kind, key, id: part, name: '', on: id }
    },
  }
}

/** The load balancers there are, to see whose endpoint this is. */
export function slbLoadBalancers(session: Session<SlbTarget>): Promise<Holding[]> {
  return loadBalancers(calling(session))
}

function calling(session: Session<SlbTarget>): Call {
  const RegionId = session.target.given.region
  return (action, own) => {
    const purpose = action.startsWith('Describe') ? 'look' : 'clean-up'
    return exchange(session.connection, purpose, slbCall(action, { RegionId, ...own }))
  }
}

function removalOf({ kind, id, on = '' }: Holding): Parameters<Call> {
  if (kind === 'LoadBalancer') return ['DeleteLoadBalancer', { LoadBalancerId: id }]
  if (kind === 'VServerGroup') return ['DeleteVServerGroup', { VServerGroupId: id }]
  if (kind === 'Listener') {
    return ['DeleteLoadBalancerListener', { LoadBalancerId: on, ListenerPort: id }]
  }
  const BackendServers = JSON.stringify([{ ServerId: id }])
  return ['RemoveBackendServers', { LoadBalancerId: on, BackendServers }]
}

const pageSize = 100
const mostPages = 100

async function loadBalancers(call: Call): Promise<Holding[]> {
  const all: Fields[] = []
  for (let page = 1; page <= mostPages; page += 1) {
    const own = { PageNumber: String(page), PageSize: String(pageSize) }
    const items = list(await call('DescribeLoadBalancers', own), 'LoadBalancers', 'LoadBalancer')
    all.push(...items)
    if (items.length < pageSize) break
  }
  return all.map((fields) => {
    const id = text(fields['LoadBalancerId'])
    const name = text(fields['LoadBalancerName'])
    return { kind: 'LoadBalancer', key: `LoadBalancer/${id}`, id, name }
  })
}

async function groupsOn(call: Call, on: string): Promise<Holding[]> {
  const answer = await call('DescribeVServerGroups', { LoadBalancerId: on })
  return list(answer, 'VServerGroups', 'VServerGroup').map((fields) => {
    const id = text(fields['VServerGroupId'])
    const name = text(fields['VServerGroupName'])
    return { kind: 'VServerGroup', key: `VServerGroup/${id}`, id, name, on }
  })
}

/** Servers of the default group, which have no name, and listeners, whose description is one. */
async function partsOf(call: Call, on: string): Promise<Holding[]> {
  const shown = await call('DescribeLoadBalancerAttribute', { LoadBalancerId: on })
  const part = (kind: string, id: string, name = ''): Holding => {
    return { kind, key: `${kind}/${on}/${id}`, id, name, on }
  }
  const servers = list(shown, 'BackendServers', 'BackendServer').map(({ ServerId }) =>
    part('BackendServer', text(ServerId)),
  )
  const described = new Map(
    list(shown, 'ListenerPortsAndProtocol', 'ListenerPortAndProtocol').map(
      ({ ListenerPort, Description }) => [String(ListenerPort), text(Description)],
    ),
  )
  const ports = values(shown, 'ListenerPorts', 'ListenerPort').map(String)
  const listeners = ports.map((port) => {
    const listener = part('Listener', port, described.get(port))
    // A journal knows a listener by its port, which somebody else may have had.
    return { ...listener, foreign: listener.name !== '' && runIn(listener.name) === undefined }
  })
  return [...servers, ...listeners]
}

/** The load balancers that journals speak of, for what has no name of its own. */
function homesIn(keys: readonly string[]): string[] {
  return keys.flatMap((key) => /^(?:Listener|BackendServer)\/([^/]+)\//.exec(key)?.[1] ?? [])
}

function list(answer: Exchange, plural: string, singular: string): Fields[] {
  return values(answer, plural, singular).filter(
    (item): item is Fields => typeof item === 'object' && item !== null,
  )
}

/** `{"Groups": {"Group": […]}}`, with or without a wrapper around it all, or the inner layer. */
function values({ body }: Exchange, plural: string, singular: string): unknown[] {
  if (typeof body !== 'object' || body === null) return []
  const outer = (body as Fields)[plural] ?? (Object.values(body)[0] as Fields | undefined)?.[plural]
  const inner = (outer as Fields | undefined)?.[singular] ?? outer
  return Array.isArray(inner) ? (inner as unknown[]) : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
