/** Faults in what an update leaves as it was, and in updates that are refused half-way. */

import { together, without, type Change, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { given, picked } from '../../body.ts'
import {
  afresh,
  alsoAfter,
  failsOn,
  listLoadBalancers,
  poolOf,
  refusesBut,
  refusesUpdate,
  showLoadBalancer,
  showing,
  storesOtherwise,
  updatesOtherwise,
} from '../../changes.ts'
import { demands } from '../../session-persistence.ts'
import { loadBalancersOf } from '../../status.ts'
import { healthMonitorOf, listenersOf, membersOf, type ElbStore } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'

type ElbMutant = Mutant<ElbStore>

/** What is left out is filled with a default. */
function defaulting(field: string, standard: unknown): Change<ElbStore> {
  return updatesOtherwise(({ pool, sent }) => {
    if (!(field in sent)) Object.assign(pool, { [field]: standard })
  })
}

const omitted: readonly ElbMutant[] = [
  {
    id: 'resets-omitted-name',
    breaks: 'elb/update-pool/omitted-name',
    story: 'PUT replaces, a purist said, and the name has a default.',
    mutate: defaulting('name', ''),
  },
  {
    id: 'resets-omitted-description',
    breaks: 'elb/update-pool/omitted-description',
    story: 'The deserialiser fills absent strings with empty ones.',
    mutate: defaulting('description', ''),
  },
  {
    id: 'resets-omitted-algorithm',
    breaks: 'elb/update-pool/omitted-lb-algorithm',
    story: 'The default of the create schema is applied to updates as well.',
    mutate: defaulting('lb_algorithm', 'ROUND_ROBIN'),
  },
  {
    id: 'turns-off-when-omitted',
    breaks: 'elb/update-pool/omitted-admin-state-up',
    story: 'An absent boolean is false.',
    mutate: defaulting('admin_state_up', false),
  },
  {
    id: 'disables-when-omitted',
    breaks: 'elb/update-pool/omitted-session-persistence',
    story: 'Absent and null are the same to the deserialiser, and null disables.',
    mutate: defaulting('session_persistence', null),
  },
]

const kept: readonly ElbMutant[] = [
  {
    id: 'changes-the-protocol',
    breaks: 'elb/update-pool/protocol-kept',
    story: 'The protocol is worked out anew from an algorithm table that has TCP first.',
    mutate: updatesOtherwise(({ pool, store }) => {
      const protocol = pool.protocol === 'TCP' ? 'HTTP' : 'TCP'
      store.pools.set(pool.id, { ...pool, protocol })
    }),
  },
  {
    id: 'loses-the-last-member',
    breaks: 'elb/update-pool/members-kept',
    story: 'Members are copied over to the new version, with an off-by-one.',
    mutate: updatesOtherwise(({ pool, store }) => {
      store.members.delete(membersOf(store, pool.id).at(-1)?.id ?? '')
    }),
  },
  {
    id: 'loses-the-health-monitor',
    breaks: 'elb/update-pool/health-monitor-kept',
    story: 'The check is torn down for the change and not set up again.',
    mutate: updatesOtherwise(({ pool, store }) => {
      store.healthMonitors.delete(healthMonitorOf(store, pool.id)?.id ?? '')
    }),
  },
  {
    id: 'loses-the-listeners',
    breaks: 'elb/update-pool/listeners-kept',
    story: 'The pool is replaced under a new row, which no listener names.',
    mutate: updatesOtherwise(({ pool, store }) => {
      for (const listener of listenersOf(store, pool.id)) listener.default_pool_id = null
    }),
  },
  {
    id: 'load-balancer-loses-updated-pools',
    breaks: 'elb/update-pool/load-balancer-kept',
    story: 'The load balancer lists pools by version, and follows the first one only.',
    mutate: afresh(() => {
      const updated = new Set<unknown>()
      const view = ({ pools, ...rest }: Readonly<Record<string, unknown>>): unknown => ({
        ...rest,
        pools: (pools as readonly { readonly id: string }[]).filter(({ id }) => !updated.has(id)),
      })
      return together(
        alsoAfter(updatePool, ({ parameters }) => void updated.add(parameters['pool_id'])),
        showing([showLoadBalancer], 'loadbalancer', view),
        showing([listLoadBalancers], 'loadbalancers', view),
      )
    }),
  },
  {
    id: 'source-ip-resets-weights',
    breaks: 'elb/update-pool/member-weights-kept',
    story: 'Weights mean nothing under SOURCE_IP, so why keep them?',
    mutate: storesOtherwise(({ pool, sent, store }) => {
      if (sent['lb_algorithm'] !== 'SOURCE_IP') return
      for (const member of membersOf(store, pool.id)) member.weight = 1
    }),
  },
]

/** Sets the plain fields that were sent, although the update is refused. */
function applyPlainFields(call: Call, store: ElbStore): void {
  const sent = given(call, 'pool')
  const plain = Object.entries(picked(sent, ['name', 'description']))
  const texts = plain.filter(([, value]) => typeof value === 'string')
  Object.assign(poolOf(call, store) ?? {}, Object.fromEntries(texts))
}

const partial: readonly ElbMutant[] = [
  {
    id: 'applies-the-name-before-the-algorithm',
    breaks: 'elb/update-pool/partial-application',
    story: 'Fields are checked and assigned one by one, in the order of the table.',
    mutate: refusesBut('elb/update-pool/unknown-algorithm', applyPlainFields),
  },
  {
    id: 'applies-the-name-before-the-sessions',
    breaks: 'elb/update-pool/partial-application-of-session-persistence',
    story: 'Sticky sessions are checked by another module, after the pool was saved.',
    mutate: together(
      ...demands
        .filter(({ keeps }) => keeps !== 'elb/update-pool/unknown-field')
        .map(({ keeps }) => refusesBut(keeps, applyPlainFields)),
    ),
  },
  {
    id: 'refuses-false-but-turns-off',
    breaks: 'elb/update-pool/admin-state-up-false',
    story: 'The reserved field is refused by a check that comes too late.',
    mutate: refusesBut('elb/update-pool/admin-state-up-false', (call, store) => {
      Object.assign(poolOf(call, store) ?? {}, { admin_state_up: false })
    }),
  },
  {
    id: 'fails-on-admin-state-up-false',
    breaks: 'elb/update-pool/admin-state-up-false',
    story: 'Nobody implemented what is reserved.',
    mutate: failsOn('elb/update-pool/admin-state-up-false'),
  },
]

/** Refuses an algorithm on the pools of one protocol. */
function choosy(protocol: string, algorithm: string): Change<ElbStore> {
  return refusesUpdate(
    (sent, pool) => pool.protocol === protocol && sent['lb_algorithm'] === algorithm,
  )
}

const values: readonly ElbMutant[] = [
  {
    id: 'no-source-ip-on-http',
    breaks: 'elb/update-pool/every-algorithm-on-http',
    story: 'The rule for sticky sessions was taken for one of algorithms.',
    mutate: choosy('HTTP', 'SOURCE_IP'),
  },
  {
    id: 'no-least-connections-on-tcp',
    breaks: 'elb/update-pool/every-algorithm-on-tcp',
    story: 'The layer-4 engine has another name for it.',
    mutate: choosy('TCP', 'LEAST_CONNECTIONS'),
  },
  {
    id: 'no-least-connections-on-udp',
    breaks: 'elb/update-pool/every-algorithm-on-udp',
    story: 'UDP has no connections to count, it was argued.',
    mutate: choosy('UDP', 'LEAST_CONNECTIONS'),
  },
  {
    id: 'takes-any-algorithm',
    breaks: 'elb/update-pool/unknown-algorithm',
    story: 'The column is a string, and the enum was in the documentation only.',
    mutate: without('elb/update-pool/unknown-algorithm'),
  },
  {
    id: 'refuses-unknown-algorithm-but-stores-it',
    breaks: 'elb/update-pool/unknown-algorithm',
    story: 'The engine refuses what the database already has.',
    mutate: refusesBut('elb/update-pool/unknown-algorithm', (call, store) => {
      const { lb_algorithm } = given(call, 'pool')
      Object.assign(poolOf(call, store) ?? {}, { lb_algorithm })
    }),
  },
  {
    id: 'refuses-empty-name',
    breaks: 'elb/update-pool/empty-name',
    story: 'An empty string is false, and false is missing.',
    mutate: refusesUpdate((sent) => sent['name'] === ''),
  },
  {
    id: 'ignores-empty-description',
    breaks: 'elb/update-pool/empty-description',
    story: '`description || previous`, where `??` was meant.',
    mutate: updatesOtherwise(({ pool, was, sent }) => {
      if (sent['description'] === '') pool.description = was.description
    }),
  },
  {
    id: 'blank-is-null',
    breaks: 'elb/update-pool/example-2',
    story: 'The database takes empty strings for NULL.',
    mutate: showing([updatePool], 'pool', (pool) => ({
      ...pool,
      name: pool['name'] || null,
      description: pool['description'] || null,
    })),
  },
]

/** A server with a window: an update that was accepted leaves the load balancer busy for a while. */
export const busyAfterUpdates: Change<ElbStore> = alsoAfter(updatePool, (call, store) => {
  const windowMilliseconds = store.settleMilliseconds || 200
  for (const loadBalancer of loadBalancersOf(call, store)) {
    loadBalancer.pending = { status: 'PENDING_UPDATE', until: call.now + windowMilliseconds }
  }
})

/** Another update is let through meanwhile. */
const openWindow: Change<ElbStore> = together(
  busyAfterUpdates,
  without('elb/update-pool/active-only.natural-window'),
)

function ignoring(status: string, story: string): ElbMutant {
  const breaks = `elb/update-pool/active-only.${status}`
  return { id: `updates-in-${status}`, breaks, story, mutate: without(breaks) }
}

const activeOnly: readonly ElbMutant[] = [
  ignoring('pending-update', 'Two updates in a row are thought harmless.'),
  ignoring('pending-create', 'Only PENDING_UPDATE is looked for.'),
  ignoring('pending-delete', 'What is about to go may change, for all we care.'),
  ignoring('error', 'As upstream: only what begins with PENDING is refused.'),
  {
    id: 'refuses-while-pending-but-updates',
    breaks: 'elb/update-pool/active-only.pending-update',
    story: 'The status is compared after the pool was written.',
    mutate: refusesBut('elb/update-pool/active-only.pending-update', applyPlainFields),
  },
  {
    id: 'updates-in-natural-window',
    breaks: 'elb/update-pool/active-only.natural-window',
    story: 'Looks at the stored status, not at the work that is under way.',
    mutate: openWindow,
    settles: true,
  },
  {
    id: 'refuses-while-active',
    breaks: 'elb/update-pool/active-accepted',
    story: 'Compares the status with `Active`.',
    mutate: refusesUpdate(() => true, 409),
  },
]

export const keptMutants: readonly ElbMutant[] = [
  ...omitted,
  ...kept,
  ...partial,
  ...values,
  ...activeOnly,
]
