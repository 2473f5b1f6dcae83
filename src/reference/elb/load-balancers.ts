/** Load balancers: set-up operations. @see Creating a Load Balancer */

import type { Call, Effect, Rule } from '../rule.ts'
import { collectionEffects } from './collection-effects.ts'
import { exists } from './existence.ts'
import { booleanOr, given, picked, textOr } from './body.ts'
import { adminStateField, bodyRule, descriptionField, nameField, tenantField } from './fields.ts'
import { queryRule } from './list.ts'
import { presentLoadBalancer } from './present.ts'
import { inUse } from './refusals.ts'
import { statusTree } from './status-tree.ts'
import { begin, purge } from './status.ts'
import { existing, matching, type ElbStore, type LoadBalancer, type NewId } from './store.ts'

const all = '/v2.0/lbaas/loadbalancers'
const parameter = 'loadbalancer_id'
const one = `${all}/:${parameter}`

const changeable = [nameField, descriptionField, adminStateField]

const creatable = [
  ...changeable,
  tenantField,
  { name: 'vip_subnet_id', kind: 'string', mandatory: true },
  { name: 'vip_address', kind: 'string', maximumLength: 64 },
  { name: 'provider', kind: 'string', values: ['vlb'] },
] as const

const filters = [
  'id tenant_id name description operating_status provisioning_status vip_address',
  'vip_port_id vip_subnet_id member_address',
].flatMap((names) => names.split(' '))

export const loadBalancerRules: readonly Rule<ElbStore>[] = [
  exists(
    'elb/set-up/load-balancer-exists',
    [`GET ${one}`, `PUT ${one}`, `DELETE ${one}`, `GET ${one}/statuses`],
    'loadBalancer',
  ),
  bodyRule(`POST ${all}`, 'loadbalancer', creatable),
  bodyRule(`PUT ${one}`, 'loadbalancer', changeable),
  queryRule(`GET ${all}`, filters),
  {
    keeps: 'elb/set-up/load-balancer-children-first',
    on: `DELETE ${one}`,
    refuse({ parameters: { loadbalancer_id } }, { listeners, pools }) {
      const children = [...listeners.values(), ...pools.values()]
      const child = children.find((candidate) => candidate.loadbalancer_id === loadbalancer_id)
      return child && inUse(`${child.id} is using this load balancer.`)
    },
  },
]

export function loadBalancerEffects(newId: NewId): readonly Effect<ElbStore>[] {
  return [
    ...collectionEffects({
      all,
      one,
      parameter,
      wrappers: ['loadbalancer', 'loadbalancers'],
      objects: ({ loadBalancers }) => loadBalancers,
      create: (call, store) => create(call, store, newId),
      update,
      remove,
      present: presentLoadBalancer,
      alsoBy: ({ id }, store) => ({ member_address: memberAddresses(id, store) }),
    }),
    {
      on: `GET ${one}/statuses`,
      perform: ({ parameters, now }, store) => {
        const found = existing(store.loadBalancers, parameters[parameter])
        return {
          status: 200,
          body: { statuses: { loadbalancer: statusTree(found, store, now) } },
        }
      },
    },
  ]
}

function create(call: Call, store: ElbStore, newId: NewId): LoadBalancer {
  const sent = given(call, 'loadbalancer')
  const moment = timestamp(call.now)
  const created: LoadBalancer = {
    id: newId(),
    tenant_id: call.project ?? '',
    name: textOr(sent['name'], ''),
    description: textOr(sent['description'], ''),
    vip_subnet_id: textOr(sent['vip_subnet_id'], ''),
    vip_port_id: newId(),
    vip_address: textOr(sent['vip_address'], addressFor(store)),
    admin_state_up: booleanOr(sent['admin_state_up'], true),
    created_at: moment,
    updated_at: moment,
    pinned: null,
    pending: null,
  }
  store.loadBalancers.set(created.id, created)
  begin(store, created, 'PENDING_CREATE', call.now)
  return created
}

function addressFor({ loadBalancers, newAddress }: ElbStore): string {
  return newAddress?.() ?? `198.51.100.${1 + (loadBalancers.size % 254)}`
}

/** `2018-07-25T01:54:13`, in UTC, without a time zone. */
export function timestamp(now: number): string {
  return new Date(now).toISOString().slice(0, 19)
}

function memberAddresses(loadBalancerId: string, { members, pools }: ElbStore): readonly string[] {
  return matching(
    members,
    ({ pool_id }) => pools.get(pool_id)?.loadbalancer_id === loadBalancerId,
  ).map(({ address }) => address)
}

function update(found: LoadBalancer, call: Call): void {
  const changed = picked(given(call, 'loadbalancer'), ['name', 'description', 'admin_state_up'])
  Object.assign(found, changed, { updated_at: timestamp(call.now) })
}

function remove(found: LoadBalancer, store: ElbStore, now: number): void {
  begin(store, found, 'PENDING_DELETE', now)
  purge(store, now)
}
