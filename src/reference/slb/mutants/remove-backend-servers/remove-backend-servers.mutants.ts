/** Faults of RemoveBackendServers: those that it shares with the other removal, and its own. */

import { deciding, performing, together, without } from '../../../mutant.ts'
import { namedBy, weightOf } from '../../backend-servers.ts'
import { defaultAnswerMutants } from './answer.mutants.ts'
import { defaultEntryMutants } from './entry.mutants.ts'
import { defaultReadingMutants } from './reading.mutants.ts'
import {
  actingBeforeRefusal,
  doingNothing,
  isNamed,
  refusingIf,
  notRefusing,
  removing,
  remaining,
} from '../../changes.ts'
import { inactiveWhenEmpty, recordingRemovals, removedFrom } from '../removed-servers.ts'
import { loadBalancerNamed } from '../../preconditions.ts'
import { invalid, missing } from '../../refusals.ts'
import { defaultRemoval as of } from '../../removal.ts'
import { eitherRemovalMutants } from '../either-removal.mutants.ts'
import type { SlbChange } from '../../changes.ts'
import type { BackendServer, LoadBalancer, SlbStore, VServerGroup } from '../../store.ts'

export default eitherRemovalMutants(of, [
  ...defaultAnswerMutants,
  ...defaultEntryMutants,
  ...defaultReadingMutants,
  {
    id: 'default-right-to-write-not-asked-for',
    breaks: 'slb/remove-backend-servers/authorization',
    story: 'The action is missing from the table of those that write.',
    mutate: without('slb/remove-backend-servers/authorization'),
  },
  {
    id: 'default-right-to-write-asked-of-gets',
    breaks: 'slb/remove-backend-servers/authorization',
    story: 'The policy is looked up by the query, in which a form has no action.',
    mutate: deciding('slb/remove-backend-servers/authorization', (call, _store, original) =>
      call.method === 'POST' ? undefined : original,
    ),
  },
  {
    id: 'default-denied-after-the-removal',
    breaks: 'slb/remove-backend-servers/authorization',
    story: 'The right is looked up beside the removal, and comes too late.',
    mutate: actingBeforeRefusal(of, 'authorization', (holder, call) => {
      holder.servers = remaining(of, namedBy(call), holder.servers)
    }),
  },
  {
    id: 'default-denial-looks-like-a-success',
    breaks: 'slb/remove-backend-servers/authorization',
    story: 'A layer of policies was put in front, and answers in its own way, with 200.',
    mutate: deciding(
      'slb/remove-backend-servers/authorization',
      (_call, _store, original) => original && { ...original, status: 200 },
    ),
  },
  {
    id: 'default-filter-knows-former-servers',
    breaks: 'slb/remove-backend-servers/gone-from-filter',
    story: 'The index by server is only ever added to.',
    mutate: together(
      performing<SlbStore>('DescribeLoadBalancers', (call, store, original) => {
        const { ServerId, ...parameters } = call.parameters
        const isFormer = removedFrom(of, call, store).some(({ serverId }) => serverId === ServerId)
        return original(isFormer ? { ...call, parameters } : call)
      }),
      recordingRemovals(of),
    ),
  },
  {
    id: 'default-vserver-groups-too',
    breaks: 'slb/remove-backend-servers/vserver-groups-untouched',
    story: 'A server that leaves is detached from the load balancer as a whole.',
    mutate: performing(of.action, (call, store, original) => {
      for (const group of store.groups.values()) {
        const isInside = group.loadBalancerId === loadBalancerNamed(call, store)?.id
        if (isInside) group.servers = remaining(of, namedBy(call), group.servers)
      }
      return original(call)
    }),
  },
  {
    id: 'default-members-on-several-ports-too',
    breaks: 'slb/remove-backend-servers/vserver-groups-untouched',
    story: 'A group is joined by its server; where this gives more than one row, all of them go.',
    mutate: fromGroupsToo((server, group) => {
      const { length } = group.servers.filter(({ serverId }) => serverId === server.serverId)
      return length > 1
    }),
  },
  {
    id: 'default-first-of-several-groups-too',
    breaks: 'slb/remove-backend-servers/vserver-groups-untouched',
    story: 'With more than one group, the first is taken for the default group.',
    mutate: fromGroupsToo((_, group, groups) => groups.length > 1 && group === groups[0]),
  },
  {
    id: 'default-idle-members-too',
    breaks: 'slb/remove-backend-servers/vserver-groups-untouched',
    story: 'Members of weight 0 take no connections, so they are thought to be left over.',
    mutate: fromGroupsToo(({ weight }) => weight === 0),
  },
  {
    id: 'default-other-load-balancers-too',
    breaks: 'slb/remove-backend-servers/other-load-balancer-untouched',
    story: 'Removes by server and account; the load balancer is not in the condition.',
    mutate: performing(of.action, (call, store, original) => {
      for (const loadBalancer of store.loadBalancers.values()) {
        const isOwn = loadBalancer.owner === call.project
        if (isOwn) loadBalancer.servers = remaining(of, namedBy(call), loadBalancer.servers)
      }
      return original(call)
    }),
  },
  {
    id: 'default-empty-load-balancer-refused',
    breaks: 'slb/remove-backend-servers/empty-load-balancer',
    story: 'A load balancer without servers has no row to update, and no row is an error.',
    mutate: refusingIf(
      of,
      (call, store) => loadBalancerNamed(call, store)?.servers.length === 0,
      invalid('The load balancer has no server.'),
    ),
  },
  {
    id: 'default-empty-load-balancer-adds',
    breaks: 'slb/remove-backend-servers/empty-load-balancer',
    story: 'An upsert: where there is nothing to update, the server named is written.',
    mutate: removing(of, (named, servers) =>
      servers.length > 0
        ? remaining(of, named, servers)
        : named.map(({ serverId }) => ({ serverId: String(serverId), type: 'ecs', weight: 0 })),
    ),
  },
  {
    id: 'default-region-required',
    breaks: 'slb/remove-backend-servers/region-optional',
    story: 'All other calls require the region, so this one got the same check.',
    mutate: refusingIf(
      of,
      ({ parameters }) => parameters['RegionId'] === undefined,
      missing('RegionId'),
    ),
  },
  {
    id: 'default-no-region-changes-nothing',
    breaks: 'slb/remove-backend-servers/region-optional',
    story: 'Without a region the change is sent to the default region, where no such server is.',
    mutate: doingNothing(of, ({ parameters }) => parameters['RegionId'] === undefined),
  },
  {
    id: 'default-id-prefix-suffices',
    breaks: 'slb/remove-backend-servers/malformed-load-balancer',
    story: 'Ids are looked up with LIKE; the code notices afterwards that the id was not valid.',
    mutate: deciding(
      'slb/remove-backend-servers/malformed-load-balancer',
      (call, store, original) => {
        const { LoadBalancerId = '' } = call.parameters
        for (const loadBalancer of original ? store.loadBalancers.values() : []) {
          const isMatch = loadBalancer.id.startsWith(LoadBalancerId)
          if (isMatch) loadBalancer.servers = remaining(of, namedBy(call), loadBalancer.servers)
        }
        return original
      },
    ),
  },
  {
    id: 'default-malformed-id-is-no-work',
    breaks: 'slb/remove-backend-servers/malformed-load-balancer',
    story: 'What cannot be an id is dropped by the sanitizer, and nothing is left to do.',
    mutate: together(
      notRefusing(of, 'malformed-load-balancer'),
      notRefusing(of, 'unknown-load-balancer', ({ parameters }) => {
        return !/^lb-[a-z0-9]+$/.test(parameters['LoadBalancerId'] ?? '')
      }),
    ),
  },
  {
    id: 'default-weight-of-who-goes',
    breaks: 'slb/remove-backend-servers/stored-weights-kept',
    story: 'The weight in the list is written before the removal, without a condition.',
    mutate: removing(of, (named, servers) => {
      const weight = named.map(weightOf).find((each) => each !== undefined)
      return remaining(of, named, servers).map((server) => ({
        ...server,
        weight: weight ?? server.weight,
      }))
    }),
  },
  {
    id: 'default-load-balancer-goes-when-empty',
    breaks: 'slb/remove-backend-servers/load-balancer-stays',
    story: 'A load balancer without servers costs money, so it is released.',
    mutate: whenEmptied(({ id }, store) => void store.loadBalancers.delete(id)),
  },
  {
    id: 'default-emptied-gets-another-address',
    breaks: 'slb/remove-backend-servers/load-balancer-stays',
    story:
      'The address of a load balancer without servers goes back to the pool, and another is drawn.',
    mutate: whenEmptied((one, store) => {
      store.loadBalancers.set(one.id, { ...one, address: `${one.address}9` })
    }),
  },
  {
    id: 'default-emptied-is-downgraded',
    breaks: 'slb/remove-backend-servers/emptied-for-the-first-time',
    story:
      'The first time that a load balancer has no servers it is moved to a smaller specification.',
    mutate: whenEmptied((one, store) => {
      store.loadBalancers.set(one.id, { ...one, spec: 'slb.s0.tiny' })
    }),
  },
  {
    id: 'default-emptied-goes-inactive',
    breaks: 'slb/remove-backend-servers/emptied-for-the-first-time',
    story: 'A load balancer without servers is stopped, and nothing starts it again.',
    mutate: inactiveWhenEmpty(of),
  },
  {
    id: 'default-listeners-go-when-empty',
    breaks: 'slb/remove-backend-servers/listeners-untouched',
    story: 'Listeners without servers are thought to be orphans.',
    mutate: whenEmptied((one) => void (one.listeners = [])),
  },
  {
    id: 'default-takes-servers-from-listening-groups',
    breaks: 'slb/remove-backend-servers/listeners-untouched',
    story: 'Whatever takes connections is drained of the server, also by way of a VServer group.',
    mutate: performing(of.action, (call, store, original) => {
      const gone = new Set(namedBy(call).map(({ serverId }) => serverId))
      for (const { vserverGroupId } of loadBalancerNamed(call, store)?.listeners ?? []) {
        const group = store.groups.get(vserverGroupId ?? '')
        if (group) group.servers = group.servers.filter(({ serverId }) => !gone.has(serverId))
      }
      return original(call)
    }),
  },
  {
    id: 'default-second-batch-is-lost-unless-full',
    breaks: 'slb/remove-backend-servers/twenty-accepted',
    story:
      'Lists are worked off in tens, and a second ten that is not full is left for a call that never comes.',
    mutate: removing(of, (named, servers) =>
      remaining(of, named.length > 10 && named.length < 20 ? named.slice(0, 10) : named, servers),
    ),
  },
  {
    id: 'default-a-listener-goes',
    breaks: 'slb/remove-backend-servers/listeners-untouched',
    story: 'The configuration is written anew, and the last listener is cut off.',
    mutate: performing(of.action, (call, store, original) => {
      const loadBalancer = loadBalancerNamed(call, store)
      if (loadBalancer) loadBalancer.listeners = loadBalancer.listeners.slice(0, -1)
      return original(call)
    }),
  },
])

/** Something happens to the load balancer whose last server a call has removed. */
function whenEmptied(happens: (emptied: LoadBalancer, store: SlbStore) => void): SlbChange {
  return performing(of.action, (call, store, original) => {
    const answer = original(call)
    const one = loadBalancerNamed(call, store)
    if (one?.servers.length === 0) happens(one, store)
    return answer
  })
}

/** A removed server also leaves VServer groups of the load balancer, where it is such a member. */
function fromGroupsToo(
  leaves: (member: BackendServer, group: VServerGroup, groups: readonly VServerGroup[]) => boolean,
): SlbChange {
  return performing(of.action, (call, store, original) => {
    const own = loadBalancerNamed(call, store)
    const groups = [...store.groups.values()].filter(
      ({ loadBalancerId }) => loadBalancerId === own?.id,
    )
    const kept = groups.map((group) =>
      group.servers.filter(
        (member) => !isNamed(of, member, namedBy(call)) || !leaves(member, group, groups),
      ),
    )
    for (const [index, group] of groups.entries()) group.servers = kept[index] ?? []
    return original(call)
  })
}
