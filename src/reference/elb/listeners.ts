/** Listeners: set-up operations. @see Adding a Listener */

import type { Call, Effect, Rule } from '../rule.ts'
import { collectionEffects } from './collection-effects.ts'
import { exists } from './existence.ts'
import { booleanOr, given, numberOr, picked, textOr, wrapped } from './body.ts'
import { bodyRule, descriptionField, nameField, tenantField, type Field } from './fields.ts'
import { queryRule } from './list.ts'
import { timestamp } from './load-balancers.ts'
import { presentListener } from './present.ts'
import { protocolConflict, sharedPool } from './relations.ts'
import { badRequest, inUse, notFound } from './refusals.ts'
import { own, matching, type ElbStore, type Listener, type NewId } from './store.ts'

const all = '/v2.0/lbaas/listeners'
const one = `${all}/:listener_id`

const changeable: readonly Field[] = [
  nameField,
  descriptionField,
  { name: 'connection_limit', kind: 'integer', range: [-1, 2_147_483_647] },
  { name: 'admin_state_up', kind: 'boolean', values: [true] },
  { name: 'http2_enable', kind: 'boolean' },
  { name: 'default_pool_id', kind: 'string', nullable: true },
  { name: 'default_tls_container_ref', kind: 'string', maximumLength: 128, nullable: true },
  { name: 'client_ca_tls_container_ref', kind: 'string', maximumLength: 128, nullable: true },
  { name: 'sni_container_refs', kind: 'array' },
  {
    name: 'tls_ciphers_policy',
    kind: 'string',
    values: ['tls-1-0', 'tls-1-1', 'tls-1-2', 'tls-1-2-strict'],
  },
]

const creatable: readonly Field[] = [
  ...changeable,
  tenantField,
  {
    name: 'protocol',
    kind: 'string',
    mandatory: true,
    values: ['TCP', 'HTTP', 'UDP', 'TERMINATED_HTTPS'],
  },
  { name: 'protocol_port', kind: 'integer', mandatory: true, range: [1, 65_535] },
  { name: 'loadbalancer_id', kind: 'string', mandatory: true },
]

const filters = [
  'id tenant_id name description loadbalancer_id connection_limit admin_state_up',
  'default_pool_id http2_enable default_tls_container_ref client_ca_tls_container_ref',
  'protocol protocol_port tls_ciphers_policy',
].flatMap((names) => names.split(' '))

export const listenerRules: readonly Rule<ElbStore>[] = [
  exists('elb/set-up/listener-exists', [`GET ${one}`, `PUT ${one}`, `DELETE ${one}`], 'listener'),
  bodyRule(`POST ${all}`, 'listener', creatable),
  bodyRule(`PUT ${one}`, 'listener', changeable),
  queryRule(`GET ${all}`, filters),
  {
    keeps: 'elb/set-up/listener-load-balancer-exists',
    on: `POST ${all}`,
    refuse(call, { loadBalancers }) {
      const id = textOr(wrapped(call, 'listener')?.['loadbalancer_id'], '')
      return own(loadBalancers, id, call.project) ? undefined : notFound('load balancer', id)
    },
  },
  {
    keeps: 'elb/set-up/listener-certificate',
    on: `POST ${all}`,
    refuse(call) {
      const { protocol, default_tls_container_ref } = given(call, 'listener')
      const secure = protocol === 'TERMINATED_HTTPS'
      if (secure === (typeof default_tls_container_ref === 'string')) return undefined
      return badRequest('default_tls_container_ref goes with TERMINATED_HTTPS, and only with it.')
    },
  },
  {
    keeps: 'elb/set-up/listener-port-free',
    on: `POST ${all}`,
    refuse(call, { listeners }) {
      const { loadbalancer_id, protocol, protocol_port } = given(call, 'listener')
      if (protocol === 'UDP' && protocol_port === 4789) return badRequest('UDP 4789 is taken.')
      const [rival] = matching(
        listeners,
        (other) =>
          other.loadbalancer_id === loadbalancer_id &&
          other.protocol_port === protocol_port &&
          (other.protocol === 'UDP') === (protocol === 'UDP'),
      )
      return rival && inUse(`Listener ${rival.id} already has port ${rival.protocol_port}.`)
    },
  },
  {
    keeps: 'elb/set-up/listener-default-pool',
    on: [`POST ${all}`, `PUT ${one}`],
    refuse(call, store) {
      const { default_pool_id, loadbalancer_id, protocol } = given(call, 'listener')
      if (typeof default_pool_id !== 'string') return undefined
      const pool = own(store.pools, default_pool_id, call.project)
      const current = store.listeners.get(call.parameters['listener_id'] ?? '')
      const home = current?.loadbalancer_id ?? loadbalancer_id
      if (!pool || pool.loadbalancer_id !== home) return notFound('pool', default_pool_id)
      return (
        protocolConflict(current?.protocol ?? textOr(protocol, ''), pool.protocol) ??
        sharedPool(store, pool.id, current?.id)
      )
    },
  },
  {
    keeps: 'elb/set-up/listener-pools-first',
    on: `DELETE ${one}`,
    refuse({ parameters: { listener_id } }, { listeners, policies }) {
      const pool = listeners.get(listener_id ?? '')?.default_pool_id
      if (pool) return inUse(`Pool ${pool} is using this listener.`)
      const [policy] = matching(policies, (candidate) => candidate.listener_id === listener_id)
      return policy && inUse(`Policy ${policy.id} is using this listener.`)
    },
  },
]

export function listenerEffects(newId: NewId): readonly Effect<ElbStore>[] {
  return collectionEffects({
    all,
    one,
    parameter: 'listener_id',
    wrappers: ['listener', 'listeners'],
    objects: ({ listeners }) => listeners,
    create: (call, store) => create(call, store, newId),
    update,
    present: presentListener,
    alsoBy: ({ loadbalancer_id }) => ({ loadbalancer_id: [loadbalancer_id] }),
  })
}

function create(call: Call, store: ElbStore, newId: NewId): Listener {
  const sent = given(call, 'listener')
  const moment = timestamp(call.now)
  const created: Listener = {
    id: newId(),
    tenant_id: call.project ?? '',
    name: textOr(sent['name'], ''),
    description: textOr(sent['description'], ''),
    loadbalancer_id: textOr(sent['loadbalancer_id'], ''),
    protocol: textOr(sent['protocol'], ''),
    protocol_port: numberOr(sent['protocol_port'], 0),
    connection_limit: numberOr(sent['connection_limit'], -1),
    admin_state_up: booleanOr(sent['admin_state_up'], true),
    http2_enable: booleanOr(sent['http2_enable'], false),
    default_pool_id: textOr(sent['default_pool_id'], null),
    ...certificates(sent),
    created_at: moment,
    updated_at: moment,
  }
  store.listeners.set(created.id, created)
  return created
}

function certificates(sent: Readonly<Record<string, unknown>>) {
  const secure = sent['protocol'] === 'TERMINATED_HTTPS'
  return {
    default_tls_container_ref: textOr(sent['default_tls_container_ref'], null),
    client_ca_tls_container_ref: textOr(sent['client_ca_tls_container_ref'], null),
    sni_container_refs: (sent['sni_container_refs'] ?? []) as readonly string[],
    tls_ciphers_policy: textOr(sent['tls_ciphers_policy'], secure ? 'tls-1-0' : null),
  }
}

function update(listener: Listener, call: Call): void {
  const names = changeable.map(({ name }) => name)
  const moment = { updated_at: timestamp(call.now) }
  Object.assign(listener, picked(given(call, 'listener'), names), moment)
}
