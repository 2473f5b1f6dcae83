/** Health monitors: set-up operations. @see Configuring a Health Check */

import type { Call, Effect, Rule } from '../rule.ts'
import { collectionEffects } from './collection-effects.ts'
import { exists } from './existence.ts'
import { booleanOr, given, numberOr, picked, textOr, type Given } from './body.ts'
import { adminStateField, bodyRule, nameField, tenantField, type Field } from './fields.ts'
import { queryRule } from './list.ts'
import { presentHealthMonitor } from './present.ts'
import { badRequest, inUse, notFound } from './refusals.ts'
import { healthMonitorOf, own, type ElbStore, type HealthMonitor, type NewId } from './store.ts'

const all = '/v2.0/lbaas/healthmonitors'
const one = `${all}/:healthmonitor_id`

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'OPTIONS', 'CONNECT', 'PATCH']
const types = ['TCP', 'UDP_CONNECT', 'HTTP']

const optional: readonly Field[] = [
  nameField,
  adminStateField,
  { name: 'monitor_port', kind: 'integer', nullable: true, range: [1, 65_535] },
  {
    name: 'domain_name',
    kind: 'string',
    nullable: true,
    maximumLength: 100,
    pattern: /^[A-Za-z0-9][A-Za-z0-9.-]*$/,
  },
  { name: 'url_path', kind: 'string', maximumLength: 255, pattern: /^\// },
  { name: 'expected_codes', kind: 'string', maximumLength: 64 },
  { name: 'http_method', kind: 'string', maximumLength: 16, values: methods },
]

const measures: readonly Field[] = [
  { name: 'delay', kind: 'integer', range: [1, 50] },
  { name: 'timeout', kind: 'integer', range: [1, 50] },
  { name: 'max_retries', kind: 'integer', range: [1, 10] },
  { name: 'type', kind: 'string', values: types },
]

const changeable = [...optional, ...measures]

const creatable: readonly Field[] = [
  ...optional,
  ...measures.map((field): Field => ({ ...field, mandatory: true })),
  tenantField,
  { name: 'pool_id', kind: 'string', mandatory: true },
]

const filters = [
  'id tenant_id name delay max_retries admin_state_up timeout type monitor_port',
  'expected_codes domain_name url_path http_method',
].flatMap((names) => names.split(' '))

export const healthMonitorRules: readonly Rule<ElbStore>[] = [
  exists(
    'elb/set-up/health-monitor-exists',
    [`GET ${one}`, `PUT ${one}`, `DELETE ${one}`],
    'healthMonitor',
  ),
  queryRule(`GET ${all}`, filters),
  bodyRule(`POST ${all}`, 'healthmonitor', creatable),
  bodyRule(`PUT ${one}`, 'healthmonitor', changeable),
  {
    keeps: 'elb/set-up/health-monitor-pool',
    on: `POST ${all}`,
    refuse(call, store) {
      const { pool_id, type } = given(call, 'healthmonitor')
      const pool = own(store.pools, textOr(pool_id, ''), call.project)
      if (!pool) return notFound('pool', textOr(pool_id, ''))
      if ((pool.protocol === 'UDP') !== (type === 'UDP_CONNECT')) {
        return badRequest(
          `A ${textOr(type, '')} health monitor does not suit a ${pool.protocol} pool.`,
        )
      }
      const rival = healthMonitorOf(store, pool.id)
      return rival && inUse(`Pool ${pool.id} already has health monitor ${rival.id}.`)
    },
  },
]

export function healthMonitorEffects(newId: NewId): readonly Effect<ElbStore>[] {
  return collectionEffects({
    all,
    one,
    parameter: 'healthmonitor_id',
    wrappers: ['healthmonitor', 'healthmonitors'],
    objects: ({ healthMonitors }) => healthMonitors,
    create: (call, store) => create(call, store, newId),
    update,
    present: presentHealthMonitor,
  })
}

function create(call: Call, { healthMonitors }: ElbStore, newId: NewId): HealthMonitor {
  const sent = given(call, 'healthmonitor')
  const created: HealthMonitor = {
    id: newId(),
    tenant_id: call.project ?? '',
    pool_id: textOr(sent['pool_id'], ''),
    name: textOr(sent['name'], ''),
    type: textOr(sent['type'], ''),
    delay: numberOr(sent['delay'], 0),
    timeout: numberOr(sent['timeout'], 0),
    max_retries: numberOr(sent['max_retries'], 0),
    admin_state_up: booleanOr(sent['admin_state_up'], true),
    monitor_port: numberOr(sent['monitor_port'], null),
    ...overHttp(sent),
  }
  healthMonitors.set(created.id, created)
  return created
}

/** Fields that apply to an HTTP check only, with the defaults of their rows. */
function overHttp(sent: Given) {
  const http = sent['type'] === 'HTTP'
  return {
    domain_name: textOr(sent['domain_name'], null),
    expected_codes: textOr(sent['expected_codes'], http ? '200' : null),
    url_path: textOr(sent['url_path'], http ? '/' : null),
    http_method: textOr(sent['http_method'], http ? 'GET' : null),
  }
}

function update(monitor: HealthMonitor, call: Call): void {
  const names = changeable.map(({ name }) => name)
  Object.assign(monitor, picked(given(call, 'healthmonitor'), names))
}
