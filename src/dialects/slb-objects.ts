/** Objects of the RPC API: looked at by Describe calls, and removed by calls of their own. */

import type { HttpRequest, HttpResponse } from '../model.ts'
import { errorCode, slbCall } from './slb.ts'
import { fieldsIn, parametersOf, removedBy } from './slb-creations.ts'
import { loadBalancerList, totalIn, whyNoList } from './slb-lists.ts'
import {
  isPlausibleId,
  type Changes,
  type Objects,
  type Removal,
  type Sighting,
} from './objects.ts'

type Fields = Readonly<Record<string, unknown>>

/** One call takes at most twenty. */
const mostInOneCall = 20

/** @param RegionId - Every call names it. */
export function slbObjects(RegionId: string): Objects {
  const call = (action: string, own: Readonly<Record<string, string>>) =>
    slbCall(action, { RegionId, ...own })
  return {
    look: (key) => {
      const { kind, on, id } = partsOf(key)
      return kind === 'VServerGroup'
        ? call('DescribeVServerGroupAttribute', { VServerGroupId: id })
        : call('DescribeLoadBalancerAttribute', { LoadBalancerId: on ?? id })
    },
    nameLooks: (key) => {
      const { kind, on = '', id } = partsOf(key)
      const looks = kind === 'Listener' ? listenerLooks : []
      return looks.map((action) => call(action, { LoadBalancerId: on, ListenerPort: id }))
    },
    hanging: () => undefined,
    removals: (keys) => {
      const servers = keys.filter((key) => partsOf(key).kind === 'BackendServer')
      const others = keys.filter((key) => !servers.includes(key))
      const alone = others.map((key) => ({ keys: [key], request: call(...removalOf(key)) }))
      return [...alone, ...serverRemovals(servers, call)]
    },
    isGone: (response) => accepted(response) || response.status === 404 || saysNotFound(response),
    shown,
    changes,
    everything: (request) => {
      const { Action = '' } = parametersOf(request)
      const isMade = /^(?:Describe|List|Query|Create)/.test(Action)
      if (isMade || changes(request).changed.length > 0) return undefined
      const list = call('DescribeLoadBalancers', { PageSize: '100' })
      return {
        request: list,
        isWhole: (answer) =>
          accepted(answer) &&
          whyNoList({ ...answer, request: list }, loadBalancerList) === undefined &&
          (totalIn(answer) ?? 0) <= listIn(answer, 'LoadBalancers', 'LoadBalancer').length,
      }
    },
    parent: (key) => {
      const { on } = partsOf(key)
      return on === undefined ? undefined : `LoadBalancer/${on}`
    },
    ids: (key) => key.split('/').slice(1),
    kind: (key) => partsOf(key).kind,
    isKey,
    mayBeNameless: (key) => ['Listener', 'BackendServer'].includes(partsOf(key).kind),
  }
}

/** How many ids the key of each kind has. */
const idsOf: Readonly<Record<string, number>> = {
  LoadBalancer: 1,
  VServerGroup: 1,
  Listener: 2,
  BackendServer: 2,
}

function isKey(key: string): boolean {
  const [kind = '', ...ids] = key.split('/')
  if (!Object.hasOwn(idsOf, kind) || ids.length !== idsOf[kind]) return false
  return ids.every((id) => isPlausibleId(id)) && (kind !== 'Listener' || /^\d+$/.test(ids[1] ?? ''))
}

/** `VServerGroup/{id}`, or `Listener/{load balancer}/{port}` for what has no id of its own. */
function partsOf(key: string): { kind: string; on?: string; id: string } {
  const [kind = '', first = '', second] = key.split('/')
  return second === undefined ? { kind, id: first } : { kind, on: first, id: second }
}

function removalOf(key: string): [string, Readonly<Record<string, string>>] {
  const { kind, on = '', id } = partsOf(key)
  if (kind === 'LoadBalancer') return ['DeleteLoadBalancer', { LoadBalancerId: id }]
  if (kind === 'VServerGroup') return ['DeleteVServerGroup', { VServerGroupId: id }]
  return ['DeleteLoadBalancerListener', { LoadBalancerId: on, ListenerPort: id }]
}

/** Servers of one default group go together. */
function serverRemovals(
  keys: readonly string[],
  call: (action: string, own: Readonly<Record<string, string>>) => HttpRequest,
): Removal[] {
  const homes = new Set(keys.map((key) => partsOf(key).on ?? ''))
  return [...homes].flatMap((LoadBalancerId) => {
    const own = keys.filter((key) => partsOf(key).on === LoadBalancerId)
    const calls = Array.from({ length: Math.ceil(own.length / mostInOneCall) }, (_, index) =>
      own.slice(index * mostInOneCall, (index + 1) * mostInOneCall),
    )
    return calls.map((some) => {
      const named = some.map((key) => ({ ServerId: partsOf(key).id }))
      const BackendServers = JSON.stringify(named)
      return {
        keys: some,
        request: call('RemoveBackendServers', { LoadBalancerId, BackendServers }),
      }
    })
  })
}

function shown(request: HttpRequest, response: HttpResponse): Sighting[] {
  const { Action = '', LoadBalancerId = '', VServerGroupId = '' } = parametersOf(request)
  if (!Action.startsWith('Describe')) return []
  if (Action === 'DescribeVServerGroupAttribute') {
    return oneShown('VServerGroup', VServerGroupId, response)
  }
  if (Action === 'DescribeLoadBalancerAttribute') {
    const own = oneShown('LoadBalancer', LoadBalancerId, response)
    const [seen] = own
    const isIt = seen && !seen.gone && !seen.isAnother
    return isIt ? [...own, ...partsShown(LoadBalancerId, response)] : own
  }
  if (!accepted(response)) return []
  if (listenerLooks.includes(Action ?? '')) return listenerShown(request, response)
  if (Action === 'DescribeVServerGroups') return listed('VServerGroup', response)
  return Action === 'DescribeLoadBalancers' ? listed('LoadBalancer', response) : []
}

/** The one that was asked for; and what was shown in its place, if that says another id. */
function oneShown(kind: string, asked: string, response: HttpResponse): Sighting[] {
  if (response.status === 404 || saysNotFound(response)) {
    return [{ key: `${kind}/${asked}`, gone: true }]
  }
  if (!accepted(response)) return []
  const fields = fieldsIn(response.body)
  if (!('RequestId' in fields)) return []
  const { [`${kind}Id`]: id = asked } = fields
  const key = `${kind}/${String(id)}`
  const holds = serversIn(response).map((server) => `BackendServer/${String(id)}/${server}`)
  const own = { key, ...named(fields[`${kind}Name`]), holds }
  return id === asked ? [own] : [{ key: `${kind}/${asked}`, isAnother: true }, own]
}

/** Servers of the default group, which have no name, and listeners, whose description is one. */
function partsShown(on: string, response: HttpResponse): Sighting[] {
  const parent = `LoadBalancer/${on}`
  const servers = serversIn(response).map((id) => ({ key: `BackendServer/${on}/${id}`, parent }))
  const described = new Map(
    listIn(response, 'ListenerPortsAndProtocol', 'ListenerPortAndProtocol').map(
      ({ ListenerPort, Description }) => [String(ListenerPort), named(Description)],
    ),
  )
  const listeners = valuesIn(response, 'ListenerPorts', 'ListenerPort').map((port) => ({
    key: `Listener/${on}/${String(port)}`,
    parent,
    ...described.get(String(port)),
  }))
  return [...servers, ...listeners]
}

function serversIn(response: HttpResponse): string[] {
  return listIn(response, 'BackendServers', 'BackendServer').map(({ ServerId }) => String(ServerId))
}

/** Runs create listeners of these protocols only; the key of one does not say which. */
const listenerLooks = ['TCP', 'HTTP', 'UDP'].map(
  (protocol) => `DescribeLoadBalancer${protocol}ListenerAttribute`,
)

function listenerShown(request: HttpRequest, { body }: HttpResponse): Sighting[] {
  const { LoadBalancerId = '', ListenerPort = '' } = parametersOf(request)
  const { ListenerPort: shown, Description } = fieldsIn(body)
  const isAsked = [Number(ListenerPort), ListenerPort, undefined].some((port) => port === shown)
  if (!isAsked) return []
  const key = `Listener/${LoadBalancerId}/${ListenerPort}`
  return [{ key, parent: `LoadBalancer/${LoadBalancerId}`, ...named(Description) }]
}

function listed(kind: string, response: HttpResponse): Sighting[] {
  return listIn(response, `${kind}s`, kind).flatMap((fields) => {
    const id = fields[`${kind}Id`]
    if (typeof id !== 'string' || id === '') return []
    return [{ key: `${kind}/${id}`, ...named(fields[`${kind}Name`]), listed: true as const }]
  })
}

function changes(request: HttpRequest): Changes {
  const { Action = '' } = parametersOf(request)
  if (/^(?:Describe|List|Query)/.test(Action)) return { changed: [], removed: [] }
  // A parameter can be there twice.
  const given = [...(request.query ?? []), ...new URLSearchParams(request.body)]
  const changed = given.flatMap(([name, value]) => {
    const kind = { LoadBalancerId: 'LoadBalancer', VServerGroupId: 'VServerGroup' }[name]
    return kind !== undefined && value !== '' ? [`${kind}/${value}`] : []
  })
  return { changed, removed: removedBy(request) }
}

function named(name: unknown): { name?: string } {
  return typeof name === 'string' ? { name } : {}
}

function accepted({ status, body }: HttpResponse): boolean {
  return status >= 200 && status < 300 && errorCode(body) === ''
}

/** Unknown groups answer 404 with a code that says nothing of them; load balancers 400 or 404. */
function saysNotFound({ status, text }: HttpResponse): boolean {
  return status >= 400 && status < 500 && /NotFound|does not exist/.test(text)
}

/** The objects in a list of an answer. */
export function listIn(response: HttpResponse, plural: string, singular: string): Fields[] {
  return valuesIn(response, plural, singular).filter(
    (item): item is Fields => typeof item === 'object' && item !== null,
  )
}

/** `{"Groups": {"Group": […]}}`, also without the inner layer, and one element in place of an array. */
function valuesIn({ body }: HttpResponse, plural: string, singular: string): unknown[] {
  const outer = fieldsIn(body)[plural]
  const within = typeof outer === 'object' && outer !== null && !Array.isArray(outer)
  const inner = within ? (outer as Fields)[singular] : outer
  return inner === undefined || inner === null || inner === '' ? [] : [inner].flat()
}
