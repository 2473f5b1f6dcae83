/** Faults in what an update has to leave as it was. */

import { performing, together, type Change, type Mutant } from '../../../mutant.ts'
import {
  withState,
  alsoAfter,
  listLoadBalancers,
  showLoadBalancer,
  showPool,
  showStatusTree,
  showing,
  storesOtherwise,
  updatesOtherwise,
} from '../../changes.ts'
import { healthMonitorOf, listenersOf, membersOf, policiesTo, type ElbStore } from '../../store.ts'
import { updatePool } from '../../update-pool.ts'

type ElbMutant = Mutant<ElbStore>

/** The tree, with other names for pools where a listener shows them. */
function withNamesBelowListeners(tree: unknown, names: ReadonlyMap<string, string>): unknown {
  const copy = structuredClone(tree) as StatusTree
  for (const { pools } of copy.statuses?.loadbalancer.listeners ?? []) {
    for (const pool of pools) pool.name = names.get(pool.id) ?? pool.name
  }
  return copy
}

interface StatusTree {
  readonly statuses?: {
    readonly loadbalancer: {
      readonly listeners: readonly { readonly pools: readonly { id: string; name: string }[] }[]
    }
  }
}

/** Fields that are left out are filled with a default. */
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
  {
    id: 'algorithm-alone-drops-source-ip',
    breaks: 'elb/update-pool/omitted-session-persistence.source-ip',
    story:
      'The proxy of TCP is given a new algorithm with an empty table of clients, and stores that.',
    mutate: storesOtherwise(({ pool, sent }) => {
      const isAlone = 'lb_algorithm' in sent && !('session_persistence' in sent)
      if (isAlone && pool.protocol === 'TCP') pool.session_persistence = null
    }),
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
    id: 'a-new-name-empties-those-of-members',
    breaks: 'elb/update-pool/members-kept',
    story: 'One statement sets the name of the pool, and of all rows that are joined to it.',
    mutate: updatesOtherwise(({ pool, was, store }) => {
      if (pool.name === was.name) return
      for (const member of membersOf(store, pool.id)) member.name = ''
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
    id: 'resets-the-retries-of-the-monitor',
    breaks: 'elb/update-pool/health-monitor-kept',
    story:
      'The check is written again from what the pool knows of it, which the retries are no part of.',
    mutate: updatesOtherwise(({ pool, store }) => {
      const monitor = healthMonitorOf(store, pool.id)
      if (monitor) monitor.max_retries = 3
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
    id: 'empties-the-description-of-the-listener',
    breaks: 'elb/update-pool/listeners-kept',
    story: 'The listener is written again with the fields that the pool knows.',
    mutate: updatesOtherwise(({ pool, store }) => {
      for (const listener of listenersOf(store, pool.id)) listener.description = ''
    }),
  },
  {
    id: 'turns-on-http2-of-secure-listeners',
    breaks: 'elb/update-pool/listeners-kept.terminated-https',
    story: 'The listener is rendered again from a template for TLS, in which HTTP/2 is on.',
    mutate: updatesOtherwise(({ pool, store }) => {
      for (const listener of listenersOf(store, pool.id)) {
        if (listener.protocol === 'TERMINATED_HTTPS') listener.http2_enable = true
      }
    }),
  },
  {
    id: 'empties-the-description-of-policies',
    breaks: 'elb/update-pool/forwarding-policies-kept',
    story: 'Policies are rebuilt from the rows that name the pool, and these have no description.',
    mutate: updatesOtherwise(({ pool, store }) => {
      for (const policy of policiesTo(store, pool.id)) policy.description = ''
    }),
  },
  {
    id: 'tree-keeps-the-first-name-below-listeners',
    breaks: 'elb/update-pool/persisted-in-status-tree',
    story: 'The branch of a listener is built when the pool is attached, and cached.',
    mutate: withState(() => {
      const first = new Map<string, string>()
      return together(
        storesOtherwise(({ pool, was }) => {
          if (!first.has(pool.id)) first.set(pool.id, was.name)
        }),
        performing([showStatusTree], (call, store, original) => {
          const { status, body } = original(call)
          return { status, body: withNamesBelowListeners(body, first) }
        }),
      )
    }),
  },
  {
    id: 'load-balancer-loses-updated-pools',
    breaks: 'elb/update-pool/load-balancer-kept',
    story: 'The load balancer lists pools by version, and follows the first one only.',
    mutate: withState(() => {
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
    id: 'updated-pools-forget-their-load-balancer',
    breaks: 'elb/update-pool/load-balancer-kept',
    story: 'The join that finds the load balancer is by version, and an update makes a new one.',
    mutate: withState(() => {
      const updated = new Set<unknown>()
      return together(
        alsoAfter(updatePool, ({ parameters }) => void updated.add(parameters['pool_id'])),
        showing([showPool], 'pool', (pool) =>
          updated.has(pool['id']) ? { ...pool, loadbalancers: [] } : pool,
        ),
      )
    }),
  },
  {
    id: 'source-ip-moves-members-to-port-80',
    breaks: 'elb/update-pool/member-weights-kept',
    story:
      'Under SOURCE_IP members are keyed by address, and their port is written back as the default.',
    mutate: storesOtherwise(({ pool, sent, store }) => {
      if (sent['lb_algorithm'] !== 'SOURCE_IP') return
      for (const member of membersOf(store, pool.id)) {
        store.members.set(member.id, { ...member, protocol_port: 80 })
      }
    }),
  },
  {
    id: 'evens-out-weights-after-source-ip',
    breaks: 'elb/update-pool/member-weights-kept',
    story:
      'Under SOURCE_IP all members count the same, and that is written when the algorithm changes back.',
    mutate: storesOtherwise(({ pool, sent, store }) => {
      const members = membersOf(store, pool.id)
      if (sent['lb_algorithm'] !== 'ROUND_ROBIN') return
      for (const member of members) member.weight = Math.floor(100 / members.length)
    }),
  },
  {
    id: 'weight-zero-is-none-after-source-ip',
    breaks: 'elb/update-pool/member-weights-kept',
    story: 'Weights are written again when they count again, and one of zero passes for none.',
    mutate: storesOtherwise(({ pool, was, store }) => {
      if (was.lb_algorithm !== 'SOURCE_IP' || pool.lb_algorithm === 'SOURCE_IP') return
      const members = membersOf(store, pool.id)
      if (members.every(({ weight }) => weight === 0)) return
      for (const member of members) member.weight ||= 1
    }),
  },
  {
    id: 'source-ip-lowers-the-full-weight',
    breaks: 'elb/update-pool/member-weights-kept',
    story: 'A weight of 100 is taken for a percentage that was never set.',
    mutate: storesOtherwise(({ pool, sent, store }) => {
      if (sent['lb_algorithm'] !== 'SOURCE_IP') return
      for (const member of membersOf(store, pool.id)) if (member.weight === 100) member.weight = 1
    }),
  },
  {
    id: 'source-ip-drains-members',
    breaks: 'elb/update-pool/member-weights-kept',
    story: 'Weights have no effect under SOURCE_IP, so nothing is kept: an absent integer is zero.',
    mutate: storesOtherwise(({ pool, sent, store }) => {
      if (sent['lb_algorithm'] !== 'SOURCE_IP') return
      for (const member of membersOf(store, pool.id)) member.weight = 0
    }),
  },
]

export const unchangedMutants: readonly ElbMutant[] = [...omitted, ...kept]
