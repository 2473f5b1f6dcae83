/** What calls of the RPC API create and remove, for the journal. */

import type { HttpRequest, HttpResponse } from '../model.ts'
import type { Creation } from './spelling.ts'

/** The parameters of a call, wherever it carries them. */
export function parametersOf({
  query = [],
  body = '',
}: HttpRequest): Readonly<Record<string, string>> {
  return Object.fromEntries([...query, ...new URLSearchParams(body)])
}

/** What is created, and the parameter with its name. Servers in a VServer group are removed with the group. */
const kinds: Readonly<Record<string, { readonly kind: string; readonly name?: string }>> = {
  CreateLoadBalancer: { kind: 'LoadBalancer', name: 'LoadBalancerName' },
  CreateVServerGroup: { kind: 'VServerGroup', name: 'VServerGroupName' },
  CreateLoadBalancerTCPListener: { kind: 'Listener', name: 'Description' },
  CreateLoadBalancerUDPListener: { kind: 'Listener', name: 'Description' },
  CreateLoadBalancerHTTPListener: { kind: 'Listener', name: 'Description' },
  AddBackendServers: { kind: 'BackendServer' },
}

/** What a call would create, or `undefined` when it creates nothing. */
export function creationOf(request: HttpRequest): Creation | undefined {
  const parameters = parametersOf(request)
  const { kind, name = '' } = kinds[parameters['Action'] ?? ''] ?? {}
  if (kind === undefined) return undefined
  const keys = named(kind, parameters)
  const [given, on] = [parameters[name], parameters['LoadBalancerId']]
  return {
    kind,
    ...(given ? { name: given } : {}),
    ...(keys.length > 0 ? { keys } : {}),
    ...(on ? { parent: `LoadBalancer/${on}` } : {}),
  }
}

/** The keys of what an accepted call created: ids in the answer, or what the call itself names. */
export function madeBy(request: HttpRequest, { body }: HttpResponse): readonly string[] {
  const { kind = '', keys } = creationOf(request) ?? {}
  if (keys) return keys
  const id = fieldsIn(body)[`${kind}Id`]
  return typeof id === 'string' ? [`${kind}/${id}`] : []
}

/** The call that removes each kind. */
const removals: Readonly<Record<string, string>> = {
  DeleteLoadBalancer: 'LoadBalancer',
  DeleteVServerGroup: 'VServerGroup',
  DeleteLoadBalancerListener: 'Listener',
  RemoveBackendServers: 'BackendServer',
}

/** The keys of what a call removes. */
export function removedBy(request: HttpRequest): readonly string[] {
  const parameters = parametersOf(request)
  const kind = removals[parameters['Action'] ?? '']
  if (kind === undefined) return []
  const id = parameters[`${kind}Id`]
  return id === undefined ? named(kind, parameters) : [`${kind}/${id}`]
}

/** Objects without an id of their own have keys that begin with their load balancer. */
function named(kind: string, parameters: Readonly<Record<string, string>>): readonly string[] {
  const { LoadBalancerId = '', ListenerPort = '', BackendServers = '' } = parameters
  if (kind === 'Listener') return [`Listener/${LoadBalancerId}/${ListenerPort}`]
  if (kind !== 'BackendServer') return []
  const ids = [...BackendServers.matchAll(/"ServerId":"([^"]+)"/g)].map(([, id = '']) => id)
  return ids.map((id) => `BackendServer/${LoadBalancerId}/${id}`)
}

/** The answer's own fields, without the wrapper that some pages print around them. */
export function fieldsIn(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null) return {}
  const [only, ...more] = Object.values(body) as readonly unknown[]
  const wrapped = more.length === 0 && typeof only === 'object' && only !== null
  return (wrapped ? only : body) as Readonly<Record<string, unknown>>
}
