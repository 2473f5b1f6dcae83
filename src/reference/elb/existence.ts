/** Objects that a path names and that have to exist in the project of the call. */

import type { Rule } from '../rule.ts'
import { notFound } from './refusals.ts'
import { own, type ElbStore } from './store.ts'

/** A kind of object, as paths and refusals name it. */
interface Kind {
  readonly name: string
  /** The parameter of the path that holds its id. */
  readonly parameter: string
  objects(store: ElbStore): ReadonlyMap<string, { readonly tenant_id: string }>
}

const kinds = {
  loadBalancer: {
    name: 'load balancer',
    parameter: 'loadbalancer_id',
    objects: ({ loadBalancers }) => loadBalancers,
  },
  listener: {
    name: 'listener',
    parameter: 'listener_id',
    objects: ({ listeners }) => listeners,
  },
  pool: { name: 'pool', parameter: 'pool_id', objects: ({ pools }) => pools },
  member: { name: 'member', parameter: 'member_id', objects: ({ members }) => members },
  healthMonitor: {
    name: 'health monitor',
    parameter: 'healthmonitor_id',
    objects: ({ healthMonitors }) => healthMonitors,
  },
  policy: { name: 'policy', parameter: 'l7policy_id', objects: ({ policies }) => policies },
} as const satisfies Readonly<Record<string, Kind>>

/** Refuses a path whose object does not exist, or belongs to another project. */
export function exists(
  keeps: string,
  on: string | readonly string[],
  kind: keyof typeof kinds,
): Rule<ElbStore> {
  const { name, parameter, objects }: Kind = kinds[kind]
  return {
    keeps,
    on,
    refuse({ parameters, project }, store) {
      const id = parameters[parameter]
      return own(objects(store), id, project) ? undefined : notFound(name, id)
    },
  }
}
