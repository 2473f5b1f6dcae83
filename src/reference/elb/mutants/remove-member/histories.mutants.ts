/** Faults of removing a backend server that depend on earlier calls, or on the port of the health monitor. */

import { performing, together, type Mutant } from '../../../mutant.ts'
import type { Given } from '../../body.ts'
import { alsoBefore, listMembers, listPools, showPool, showing, withState } from '../../changes.ts'
import { removeMember } from '../../remove-member.ts'
import { healthMonitorOf, type ElbStore, type Member } from '../../store.ts'
import { memberOf } from './views.mutants.ts'

/** Shorter than the while after which is looked again. */
const aWhileMilliseconds = 15

export const removalHistoryMutants: readonly Mutant<ElbStore>[] = [
  {
    id: 'names-ten-of-those-that-are-left',
    breaks: 'elb/remove-member/only-that-member',
    story: 'After a removal the list of the pool is filled from the first page of the others.',
    mutate: withState(() => {
      const touched = new Set<unknown>()
      const edit = (pool: Given): Given => {
        const members = pool['members'] as readonly unknown[]
        return touched.has(pool['id']) ? { ...pool, members: members.slice(0, 10) } : pool
      }
      return together(
        alsoBefore(removeMember, ({ parameters }) => void touched.add(parameters['pool_id'])),
        showing([showPool], 'pool', edit),
        showing([listPools], 'pools', edit),
      )
    }),
  },
  {
    id: 'clears-the-same-port-everywhere',
    breaks: 'elb/remove-member/other-load-balancer-untouched',
    story: 'The listener of the pool is looked for by its port, on any load balancer.',
    mutate: alsoBefore(removeMember, (call, store) => {
      const poolId = memberOf(call, store)?.pool_id
      const own = [...store.listeners.values()].filter((one) => one.default_pool_id === poolId)
      for (const other of store.listeners.values()) {
        const isAlike = own.some(
          (one) =>
            one.protocol_port === other.protocol_port &&
            one.loadbalancer_id !== other.loadbalancer_id,
        )
        if (isAlike) other.default_pool_id = null
      }
    }),
  },
  {
    id: 'keeps-what-came-back',
    breaks: 'elb/remove-member/after-adding-again',
    story: 'Removed addresses are kept in a list, and one that is in it counts as removed.',
    mutate: withState(() => {
      const removed = new Set<string>()
      return performing(removeMember, (call, store, original) => {
        const { pool_id = '', address = '', protocol_port = 0 } = memberOf(call, store) ?? {}
        const place = `${pool_id} ${address} ${protocol_port}`
        if (removed.has(place)) return { status: 204 }
        removed.add(place)
        return original(call)
      })
    }),
  },
  {
    id: 'watched-members-come-back',
    breaks: 'elb/remove-member/durable',
    story:
      'The health checks report a backend server that they still ask, and a job adds it again.',
    mutate: withState(() => {
      const due = new Map<Member, number>()
      return together(
        alsoBefore(removeMember, (call, store) => {
          const member = memberOf(call, store)
          const isWatched = member && healthMonitorOf(store, member.pool_id)
          if (isWatched) due.set(member, call.now + aWhileMilliseconds)
        }),
        performing(listMembers, (call, store, original) => {
          for (const [member, at] of due) if (call.now >= at) store.members.set(member.id, member)
          return original(call)
        }),
      )
    }),
  },
  {
    id: 'waits-after-a-refusal',
    breaks: 'elb/remove-member/after-a-refusal',
    story: 'A refused removal leaves a lock of its pool, and the next job finds it and gives up.',
    mutate: withState(() => {
      const locked = new Set<string>()
      return (behaviour) => ({
        rules: behaviour.rules.map((rule) =>
          rule.keeps === 'elb/remove-member/unknown-member'
            ? {
                ...rule,
                refuse(call, store) {
                  const refusal = rule.refuse(call, store)
                  if (refusal) locked.add(call.parameters['pool_id'] ?? '')
                  return refusal
                },
              }
            : rule,
        ),
        effects: performing<ElbStore>(removeMember, (call, _store, original) =>
          locked.delete(call.parameters['pool_id'] ?? '') ? { status: 204 } : original(call),
        )(behaviour).effects,
      })
    }),
  },
  {
    id: 'closes-the-monitored-port',
    breaks: 'elb/remove-member/not-blocked-by-health-monitor',
    story:
      'What is on the port of the removed backend server goes with it, also the health monitor.',
    mutate: alsoBefore(removeMember, (call, store) => {
      const member = memberOf(call, store)
      const monitor = member && healthMonitorOf(store, member.pool_id)
      if (monitor && monitor.monitor_port === member.protocol_port) {
        store.healthMonitors.delete(monitor.id)
      }
    }),
  },
  {
    id: 'compares-the-beginnings-of-ports',
    breaks: 'elb/remove-member/only-that-member',
    story: 'A backend server is looked for by its address and port, as text and with LIKE.',
    mutate: alsoBefore(removeMember, (call, store) => {
      const gone = memberOf(call, store)
      if (!gone) return
      for (const { id, pool_id, address, protocol_port } of store.members.values()) {
        const isLike = String(protocol_port).startsWith(String(gone.protocol_port))
        const isOther = id !== gone.id && pool_id === gone.pool_id && address === gone.address
        if (isOther && isLike) store.members.delete(id)
      }
    }),
  },
  {
    id: 'ports-are-signed',
    breaks: 'elb/remove-member/no-request-body',
    story: 'Ports are kept in 16 bits with a sign, and no backend server is found by a high one.',
    foundElsewhere: 'Whether a check of this operation removes one with a high port is drawn.',
    mutate: performing(removeMember, (call, store, original) =>
      (memberOf(call, store)?.protocol_port ?? 0) > 32_767 ? { status: 204 } : original(call),
    ),
  },
]
