/** Pools: creating and showing them. @see Adding a Backend Server Group */

import type { Call, Effect, Refusal, Rule } from '../rule.ts'
import { exists } from './existence.ts'
import { booleanOr, given, isObject, textOr } from './body.ts'
import {
  adminStateField,
  bodyRule,
  descriptionField,
  nameField,
  tenantField,
  type Field,
} from './fields.ts'
import { listed, queryRule } from './list.ts'
import { presentPool } from './present.ts'
import { protocolConflict } from './relations.ts'
import { badRequest, inUse, notFound } from './refusals.ts'
import { demands, merged } from './session-persistence.ts'
import {
  existing,
  membersOf,
  own,
  matching,
  type ElbStore,
  type NewId,
  type Pool,
} from './store.ts'

const all = '/v2.0/lbaas/pools'
const one = `${all}/:pool_id`

export const algorithms = ['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP'] as const

const creatable: readonly Field[] = [
  nameField,
  descriptionField,
  tenantField,
  { ...adminStateField, values: [true] },
  { name: 'protocol', kind: 'string', mandatory: true },
  { name: 'lb_algorithm', kind: 'string', mandatory: true, values: algorithms },
  { name: 'listener_id', kind: 'string' },
  { name: 'loadbalancer_id', kind: 'string' },
  { name: 'session_persistence', kind: 'object', nullable: true },
]

const filters = [
  'id tenant_id name description healthmonitor_id loadbalancer_id protocol lb_algorithm',
  'member_address',
].flatMap((names) => names.split(' '))

/** @see Updating a Backend Server Group, Table 6, row `protocol`: which listener takes which pool */
function listenerProtocol(keeps: string, protocol: string): Rule<ElbStore> {
  return {
    keeps,
    on: `POST ${all}`,
    refuse(call, { listeners }) {
      const sent = given(call, 'pool')
      const listener = listeners.get(textOr(sent['listener_id'], ''))
      if (listener?.protocol !== protocol) return undefined
      return protocolConflict(listener.protocol, textOr(sent['protocol'], ''))
    },
  }
}

export const poolRules: readonly Rule<ElbStore>[] = [
  exists('elb/set-up/pool-exists', `GET ${one}`, 'pool'),
  queryRule(`GET ${all}`, filters),
  bodyRule(`POST ${all}`, 'pool', creatable),
  {
    keeps: 'elb/update-pool/pool-protocols',
    on: `POST ${all}`,
    refuse(call) {
      const protocols = ['TCP', 'UDP', 'HTTP']
      if (protocols.includes(textOr(given(call, 'pool')['protocol'], ''))) return undefined
      return badRequest(`protocol is not one of ${protocols.join(', ')}.`)
    },
  },
  { keeps: 'elb/set-up/pool-home', on: `POST ${all}`, refuse: refuseHome },
  listenerProtocol('elb/update-pool/listener-protocol-udp', 'UDP'),
  listenerProtocol('elb/update-pool/listener-protocol-tcp', 'TCP'),
  listenerProtocol('elb/update-pool/listener-protocol-http', 'HTTP'),
  listenerProtocol('elb/update-pool/listener-protocol-terminated-https', 'TERMINATED_HTTPS'),
  {
    keeps: 'elb/set-up/pool-session-persistence',
    on: `POST ${all}`,
    refuse(call) {
      const { protocol, session_persistence: sent } = given(call, 'pool')
      if (!isObject(sent)) return undefined
      const asked = { sent, stored: null, protocol: textOr(protocol, '') }
      const complaints = demands.map((demand) => demand.complaint(asked))
      const complaint = complaints.find((found) => found !== undefined)
      return complaint === undefined ? undefined : badRequest(complaint)
    },
  },
]

/** A pool belongs to a load balancer, named by its id or by a listener that has no pool yet. */
function refuseHome(call: Call, { loadBalancers, listeners }: ElbStore): Refusal | undefined {
  const { listener_id, loadbalancer_id } = given(call, 'pool')
  if (listener_id === undefined && loadbalancer_id === undefined) {
    return badRequest('listener_id or loadbalancer_id is required.')
  }
  const listener = own(listeners, textOr(listener_id, ''), call.project)
  if (listener_id !== undefined && !listener) return notFound('listener', textOr(listener_id, ''))
  const home = textOr(loadbalancer_id, listener?.loadbalancer_id ?? '')
  if (!own(loadBalancers, home, call.project)) return notFound('load balancer', home)
  if (listener && listener.loadbalancer_id !== home) {
    return badRequest(`Listener ${listener.id} is not one of load balancer ${home}.`)
  }
  return listener?.default_pool_id
    ? inUse(`Listener ${listener.id} already has a default pool.`)
    : undefined
}

export function poolEffects(newId: NewId): readonly Effect<ElbStore>[] {
  return [
    { on: `POST ${all}`, perform: (call, store) => shown(201, create(call, store, newId), store) },
    { on: `GET ${all}`, perform: list },
    {
      on: `GET ${one}`,
      perform: (call, store) =>
        shown(200, existing(store.pools, call.parameters['pool_id']), store),
    },
  ]
}

function shown(status: number, pool: Pool, store: ElbStore) {
  return { status, body: { pool: presentPool(pool, store) } }
}

function create(call: Call, store: ElbStore, newId: NewId): Pool {
  const sent = given(call, 'pool')
  const listener = store.listeners.get(textOr(sent['listener_id'], ''))
  const protocol = textOr(sent['protocol'], '')
  const created: Pool = {
    id: newId(),
    tenant_id: call.project ?? '',
    name: textOr(sent['name'], ''),
    description: textOr(sent['description'], ''),
    protocol,
    lb_algorithm: textOr(sent['lb_algorithm'], ''),
    admin_state_up: booleanOr(sent['admin_state_up'], true),
    loadbalancer_id: textOr(sent['loadbalancer_id'], listener?.loadbalancer_id ?? ''),
    session_persistence: merged(sent['session_persistence'], null, protocol),
  }
  store.pools.set(created.id, created)
  if (listener) listener.default_pool_id = created.id
  return created
}

function list(call: Call, store: ElbStore) {
  const mine = matching(store.pools, ({ tenant_id }) => tenant_id === call.project)
  const items = mine.map((pool) => ({
    shown: presentPool(pool, store),
    alsoBy: {
      loadbalancer_id: [pool.loadbalancer_id],
      member_address: membersOf(store, pool.id).map(({ address }) => address),
    },
  }))
  return listed('pools', call, items)
}
