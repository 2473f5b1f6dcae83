/**
 * Updating a pool. Everything is checked before anything is changed, and fields that were left out keep their values.
 *
 * @see Updating a Backend Server Group
 */

import type { Call, Effect, OperationBehaviour, Rule } from '../rule.ts'
import { exists } from './existence.ts'
import { characters, given, isObject, picked, wrapped, type Given } from './body.ts'
import { isOfKind, type Field } from './fields.ts'
import { algorithms } from './pools.ts'
import { presentPool } from './present.ts'
import { badRequest, immutable } from './refusals.ts'
import { demands, merged, type Demand } from './session-persistence.ts'
import { inFlight, loadBalancersOf } from './status.ts'
import { existing, type ElbStore } from './store.ts'

export const updatePool = 'PUT /v2.0/lbaas/pools/:pool_id'

/** The rows of Table 3. */
const rows = ['name', 'description', 'lb_algorithm', 'admin_state_up', 'session_persistence']

/** Fields that a pool has and this operation cannot change. */
const createOnly = [
  'id tenant_id project_id protocol listener_id loadbalancer_id members listeners',
  'loadbalancers healthmonitor_id',
].flatMap((names) => names.split(' '))

/** A rule about the pool as it was sent; its complaint is a sentence. */
function bodyRule(
  keeps: string,
  complaint: (sent: Given, call: Call, store: ElbStore) => string | undefined,
): Rule<ElbStore> {
  return {
    keeps: `elb/update-pool/${keeps}`,
    on: updatePool,
    refuse(call, store) {
      const found = complaint(given(call, 'pool'), call, store)
      return found === undefined ? undefined : badRequest(found)
    },
  }
}

/** @see Table 3, column Type */
function typeRule(name: string, kind: Field['kind']): Rule<ElbStore> {
  return bodyRule(`request.pool.${name}.type`, ({ [name]: value }) =>
    value === undefined || isOfKind(kind, value) ? undefined : `${name} is not of type ${kind}.`,
  )
}

/** @see Table 3, rows `name` and `description` */
function lengthRule(name: string): Rule<ElbStore> {
  return bodyRule(`request.pool.${name}.max-length`, ({ [name]: value }) =>
    typeof value === 'string' && characters(value) > 255
      ? `${name} is longer than 255 characters.`
      : undefined,
  )
}

/** One demand on `session_persistence`, as a rule about the whole body. @see Table 4 */
function demandRule({ keeps, complaint }: Demand): Rule<ElbStore> {
  const name = keeps.replace('elb/update-pool/', '')
  return bodyRule(name, ({ session_persistence: sent }, { parameters }, { pools }) => {
    if (!isObject(sent)) return undefined
    const pool = pools.get(parameters['pool_id'] ?? '')
    return pool && complaint({ sent, stored: pool.session_persistence, protocol: pool.protocol })
  })
}

/** Refused while the hook holds a load balancer of the pool in that status. @see Constraints */
function pinnedRule(name: string, holds: (status: string) => boolean): Rule<ElbStore> {
  return {
    keeps: `elb/update-pool/active-only.${name}`,
    on: updatePool,
    refuse(call, store) {
      const held = loadBalancersOf(call, store).find(({ pinned }) => pinned && holds(pinned))
      return held && immutable(held.id, held.pinned ?? '')
    },
  }
}

const known = ['PENDING_UPDATE', 'PENDING_CREATE', 'PENDING_DELETE', 'ERROR']

const activeOnly: readonly Rule<ElbStore>[] = [
  ...known.map((status) =>
    pinnedRule(status.toLowerCase().replace('_', '-'), (held) => held === status),
  ),
  pinnedRule('any-other', (held) => !known.includes(held)),
  {
    keeps: 'elb/update-pool/active-only.natural-window',
    on: updatePool,
    refuse(call, store) {
      const [busy] = loadBalancersOf(call, store).filter((found) => inFlight(found, call.now))
      return busy && immutable(busy.id, inFlight(busy, call.now)?.status ?? '')
    },
  },
]

const rules: readonly Rule<ElbStore>[] = [
  exists('elb/update-pool/unknown-pool', updatePool, 'pool'),
  {
    keeps: 'elb/update-pool/wrapper-required',
    on: updatePool,
    refuse: (call) => (wrapped(call, 'pool') ? undefined : badRequest('Pool is null.')),
  },
  bodyRule('create-only-fields', (sent) => {
    const found = createOnly.find((name) => name in sent)
    return found && `${found} cannot be changed.`
  }),
  bodyRule('unknown-field', (sent) => {
    const stranger = Object.keys(sent).find((name) => ![...rows, ...createOnly].includes(name))
    return stranger && `${stranger} cannot be specified.`
  }),
  typeRule('name', 'string'),
  lengthRule('name'),
  typeRule('description', 'string'),
  lengthRule('description'),
  typeRule('lb_algorithm', 'string'),
  bodyRule('unknown-algorithm', ({ lb_algorithm: value }) =>
    typeof value !== 'string' || algorithms.some((algorithm) => algorithm === value)
      ? undefined
      : `lb_algorithm is not one of ${algorithms.join(', ')}.`,
  ),
  typeRule('admin_state_up', 'boolean'),
  bodyRule('admin-state-up-false', ({ admin_state_up: value }) =>
    value === false ? 'admin_state_up is reserved and can only be true.' : undefined,
  ),
  bodyRule('request.pool.session_persistence.type', ({ session_persistence: value }) =>
    value === undefined || value === null || isObject(value)
      ? undefined
      : 'session_persistence is not an object.',
  ),
  ...demands.map(demandRule),
  ...activeOnly,
]

const effect: Effect<ElbStore> = {
  on: updatePool,
  perform(call, store) {
    const pool = existing(store.pools, call.parameters['pool_id'])
    const sent = given(call, 'pool')
    const simple = rows.filter((name) => name !== 'session_persistence')
    Object.assign(pool, picked(sent, simple))
    if ('session_persistence' in sent) {
      const { protocol, session_persistence: stored } = pool
      pool.session_persistence = merged(sent['session_persistence'], stored, protocol)
    }
    return { status: 200, body: { pool: presentPool(pool, store) } }
  },
}

export default {
  rules,
  effect,
  decidesWhenBusy: true,
} satisfies OperationBehaviour<ElbStore>
