/** Faults of RemoveVServerGroupBackendServers: those that it shares with the other removal, and its own. */

import { performing, together } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { namedBy, portOf, serverIdOf } from '../../backend-servers.ts'
import {
  isMember,
  isNamed,
  changingList,
  crashing,
  refusingIf,
  ignoringEntries,
  notRefusing,
  removing,
  remaining,
} from '../../changes.ts'
import { groupNamed } from '../../preconditions.ts'
import { invalid } from '../../refusals.ts'
import { vserverRemoval as of } from '../../removal.ts'
import { eitherRemovalMutants } from '../either-removal.mutants.ts'
import type { SlbStore, VServerGroup } from '../../store.ts'
import { vserverEnvelopeMutants } from './envelope.mutants.ts'
import { vserverReadingMutants } from './reading.mutants.ts'

export default eitherRemovalMutants(of, [
  ...vserverEnvelopeMutants,
  ...vserverReadingMutants,
  {
    id: 'vserver-server-is-enough',
    breaks: 'slb/remove-vserver-group-backend-servers/identity-server-id-and-port',
    story: 'The index is on ServerId, so every port of a server goes with the first.',
    mutate: removing(of, (named, servers) =>
      servers.filter(({ serverId }) => !named.some((entry) => entry.serverId === serverId)),
    ),
  },
  {
    id: 'vserver-highest-port-stays',
    breaks: 'slb/remove-vserver-group-backend-servers/twenty-accepted',
    story: 'The range of ports is half open, so the last one is in none.',
    mutate: removing(of, (named, servers) =>
      servers.filter((server) => server.port === 65_535 || !isNamed(of, server, named)),
    ),
  },
  {
    id: 'vserver-ports-in-16-bits-with-a-sign',
    breaks: 'slb/remove-vserver-group-backend-servers/answer-lists-the-rest',
    story: 'The answer is built by a library whose short integers have a sign.',
    mutate: changingList(of, (servers) =>
      servers.map((server) => {
        const port = Number(server['Port'])
        return port > 32_767 ? { ...server, Port: port - 65_536 } : server
      }),
    ),
  },
  {
    id: 'vserver-port-is-enough',
    breaks: 'slb/remove-vserver-group-backend-servers/identity-server-id-and-port',
    story: 'A map keyed by port keeps only the last server.',
    mutate: removing(of, (named, servers) =>
      servers.filter(({ port }) => !named.some((entry) => portOf(entry) === port)),
    ),
  },
  {
    id: 'vserver-servers-and-ports-crossed',
    breaks: 'slb/remove-vserver-group-backend-servers/identity-server-id-and-port',
    story: 'Two IN clauses, one for servers and one for ports, take every combination.',
    mutate: removing(of, (named, servers) =>
      servers.filter(
        ({ serverId, port }) =>
          !named.some((entry) => entry.serverId === serverId) ||
          !named.some((entry) => portOf(entry) === port),
      ),
    ),
  },
  {
    id: 'vserver-other-groups-too',
    breaks: 'slb/remove-vserver-group-backend-servers/only-that-group',
    story: 'The query joins members to the load balancer and forgets the group.',
    mutate: performing(of.action, (call, store, original) => {
      const { loadBalancerId } = groupNamed(call, store) ?? {}
      for (const group of store.groups.values()) {
        const isSister = group.loadBalancerId === loadBalancerId
        if (isSister) group.servers = remaining(of, namedBy(call), group.servers)
      }
      return original(call)
    }),
  },
  {
    id: 'vserver-namesakes-of-other-load-balancers-too',
    breaks: 'slb/remove-vserver-group-backend-servers/other-load-balancer-untouched',
    story: 'Members are kept by the name of their group, and a name is thought to be unique.',
    mutate: performing(of.action, (call, store, original) => {
      for (const group of namesakesElsewhere(call, store)) {
        group.servers = remaining(of, namedBy(call), group.servers)
      }
      return original(call)
    }),
  },
  {
    id: 'vserver-older-namesakes-of-other-load-balancers-too',
    breaks: 'slb/remove-vserver-group-backend-servers/other-load-balancer-untouched',
    story: 'A group that was copied from another load balancer shares its rows with the original.',
    mutate: performing(of.action, (call, store, original) => {
      const ids = [...store.groups.keys()]
      const place = ids.indexOf(call.parameters['VServerGroupId'] ?? '')
      for (const group of namesakesElsewhere(call, store)) {
        const isOlder = ids.indexOf(group.id) < place
        if (isOlder) group.servers = remaining(of, namedBy(call), group.servers)
      }
      return original(call)
    }),
  },
  {
    id: 'vserver-default-group-too',
    breaks: 'slb/remove-vserver-group-backend-servers/default-group-untouched',
    story: 'A server that leaves is detached from the load balancer as a whole.',
    mutate: performing(of.action, (call, store, original) => {
      const named = namedBy(call)
      const loadBalancer = store.loadBalancers.get(groupNamed(call, store)?.loadBalancerId ?? '')
      if (loadBalancer) {
        loadBalancer.servers = loadBalancer.servers.filter(
          ({ serverId }) => !named.some((entry) => entry.serverId === serverId),
        )
      }
      return original(call)
    }),
  },
  {
    id: 'vserver-other-port-will-do',
    breaks: 'slb/remove-vserver-group-backend-servers/absent-port-ignored',
    story: 'When no member has the port, the first one of that server is removed.',
    mutate: removing(of, (named, servers) => {
      const lost = named.filter((entry) => !isMember(of, entry, servers))
      const substitutes = lost.map(({ serverId }) =>
        servers.find((server) => server.serverId === serverId),
      )
      return remaining(of, named, servers).filter((server) => !substitutes.includes(server))
    }),
  },
  {
    id: 'vserver-other-port-refused',
    breaks: 'slb/remove-vserver-group-backend-servers/absent-port-ignored',
    story: 'Strangers are passed over by ServerId; a known server at another port is an error.',
    mutate: refusingIf(
      of,
      (call, store) => {
        const servers = of.holder(call, store)?.servers ?? []
        return namedBy(call).some(
          (entry) =>
            portOf(entry) !== undefined &&
            !isMember(of, entry, servers) &&
            servers.some(({ serverId }) => serverId === entry.serverId),
        )
      },
      invalid('The specified Port is not in use.'),
    ),
  },
  {
    id: 'vserver-stranger-last-rolls-back',
    breaks: 'slb/remove-vserver-group-backend-servers/member-and-stranger',
    story: 'Only the result of the last deletion decides whether the transaction is kept.',
    mutate: removing(of, (named, servers) => {
      const last = named.at(-1)
      return last && isMember(of, last, servers) ? remaining(of, named, servers) : servers
    }),
  },
  {
    id: 'vserver-stranger-behind-a-member-ends-the-loop',
    breaks: 'slb/remove-vserver-group-backend-servers/member-and-stranger',
    story: 'The first elements that are no members are skipped; any later one has a break.',
    mutate: removing(of, (named, servers) => {
      const first = named.findIndex((entry) => isMember(of, entry, servers))
      const stranger = named.findIndex(
        (entry, index) => index > first && !isMember(of, entry, servers),
      )
      return remaining(of, stranger < 0 ? named : named.slice(0, stranger), servers)
    }),
  },
  {
    id: 'vserver-stranger-ends-the-loop',
    breaks: 'slb/remove-vserver-group-backend-servers/stranger-and-member',
    story: 'The loop has a break instead of a continue.',
    mutate: removing(of, (named, servers) => {
      const stranger = named.findIndex((entry) => !isMember(of, entry, servers))
      return remaining(of, stranger < 0 ? named : named.slice(0, stranger), servers)
    }),
  },
  {
    id: 'vserver-merges-as-if-sorted',
    breaks: 'slb/remove-vserver-group-backend-servers/order-of-list',
    story: 'Walks through both lists at once, as if the request had the order of the group.',
    mutate: removing(of, (named, servers) => {
      const known = named.filter((entry) => isMember(of, entry, servers))
      return servers.filter((server) => {
        const [next] = known
        if (!next || !isNamed(of, server, [next])) return true
        known.shift()
        return false
      })
    }),
  },
  {
    id: 'vserver-counts-servers-not-members',
    breaks: 'slb/remove-vserver-group-backend-servers/twenty-one-refused',
    story: 'Counts the servers in the list; one server with twenty-one ports is one.',
    mutate: notRefusing(
      of,
      'twenty-one-refused',
      (call) => new Set(namedBy(call).map(serverIdOf)).size <= 20,
    ),
  },
  {
    id: 'vserver-group-goes-when-empty',
    breaks: 'slb/remove-vserver-group-backend-servers/group-stays-when-empty',
    story: 'A nightly clean-up of empty groups was moved into the call.',
    mutate: performing(of.action, (call, store, original) => {
      const answer = original(call)
      const group = groupNamed(call, store)
      if (group?.servers.length === 0) store.groups.delete(group.id)
      return answer
    }),
  },
  {
    id: 'vserver-deleted-group-remembered',
    breaks: 'slb/remove-vserver-group-backend-servers/deleted-group',
    story: 'Deleted groups stay in a cache that this call reads first.',
    mutate: together(
      performing('DeleteVServerGroup', (call, store, original) => {
        store.notes.set(`deleted ${call.parameters['VServerGroupId']}`, true)
        return original(call)
      }),
      notRefusing(of, 'unknown-group', (call, store) =>
        store.notes.has(`deleted ${call.parameters['VServerGroupId']}`),
      ),
    ),
  },
  {
    id: 'vserver-quoted-port-is-a-stranger',
    breaks: 'slb/remove-vserver-group-backend-servers/quoted-port',
    story: 'The text 8001 and the number 8001 are compared with ===.',
    mutate: ignoringEntries(of, ({ port }) => typeof port === 'number'),
  },
  {
    id: 'vserver-quoted-high-port-is-a-stranger',
    breaks: 'slb/remove-vserver-group-backend-servers/quoted-port',
    story: 'Text is parsed as a number of 16 bits with a sign.',
    mutate: ignoringEntries(of, ({ port }) => typeof port === 'number' || Number(port) <= 32_767),
  },
  {
    id: 'vserver-quoted-port-refused',
    breaks: 'slb/remove-vserver-group-backend-servers/quoted-port',
    story: 'The schema says integer, and the validator is strict.',
    mutate: refusingIf(
      of,
      (call) => namedBy(call).some(({ port }) => typeof port === 'string'),
      invalid('A Port is not an integer.'),
    ),
  },
  {
    id: 'vserver-bare-port-is-every-port',
    breaks: 'slb/remove-vserver-group-backend-servers/number-port',
    story: 'Only a text is taken for a port, and without a port the server as a whole goes.',
    mutate: removing(of, (named, servers) =>
      remaining(of, named, servers).filter(
        ({ serverId }) =>
          !named.some((entry) => entry.serverId === serverId && typeof entry.port === 'number'),
      ),
    ),
  },
  {
    id: 'vserver-bare-ports-lost-beside-quoted-ones',
    breaks: 'slb/remove-vserver-group-backend-servers/number-port',
    story: 'One text makes the column a text, and what is a number does not fit in it.',
    mutate: removing(of, (named, servers) => {
      const texts = named.filter(({ port }) => typeof port === 'string')
      return remaining(of, texts.length > 0 ? texts : named, servers)
    }),
  },
  {
    id: 'vserver-type-of-the-first-port-for-all',
    breaks: 'slb/remove-vserver-group-backend-servers/number-port',
    story: 'The parser decides by the first element whether ports are numbers.',
    mutate: removing(of, (named, servers) =>
      remaining(
        of,
        named.filter(({ port }) => typeof port === typeof named[0]?.port),
        servers,
      ),
    ),
  },
  {
    id: 'vserver-quoted-port-after-a-bare-one-refused',
    breaks: 'slb/remove-vserver-group-backend-servers/number-port',
    story: 'An array is thought to have elements of one type, that of the first.',
    mutate: refusingIf(
      of,
      (call) => {
        const [first, ...others] = namedBy(call).map(({ port }) => typeof port)
        return first === 'number' && others.includes('string')
      },
      invalid('The ports are not of one type.'),
    ),
  },
  {
    id: 'vserver-bare-port-crashes',
    breaks: 'slb/remove-vserver-group-backend-servers/number-port',
    story: 'The port is trimmed before it is read, and a number cannot be trimmed.',
    mutate: crashing(of, (call) => namedBy(call).some(({ port }) => typeof port === 'number')),
  },
  {
    id: 'vserver-weight-required',
    breaks: 'slb/remove-vserver-group-backend-servers/weight-and-type-optional',
    story:
      'The validator is shared with the call that adds, which requires a weight in later versions.',
    mutate: refusingIf(
      of,
      (call) => namedBy(call).some(({ weight }) => weight === undefined),
      invalid('A Weight is missing.'),
    ),
  },
  {
    id: 'vserver-type-compared-unset',
    breaks: 'slb/remove-vserver-group-backend-servers/weight-and-type-optional',
    story: 'The type is part of the key, and no type is not the default type.',
    mutate: ignoringEntries(of, ({ type }) => type !== undefined),
  },
  {
    id: 'vserver-type-left-out',
    breaks: 'slb/remove-vserver-group-backend-servers/type-default',
    story: 'The serializer leaves default values out.',
    mutate: changingList(of, (servers) =>
      servers.map((server) => (server['Type'] === 'ecs' ? { ...server, Type: undefined } : server)),
    ),
  },
  {
    id: 'vserver-type-empty',
    breaks: 'slb/remove-vserver-group-backend-servers/type-default',
    story: 'The default is in the documentation; the column holds an empty text.',
    mutate: changingList(of, (servers) => servers.map((server) => ({ ...server, Type: '' }))),
  },
])

/** Groups of other load balancers that have the name of the group of a call, oldest first. */
function namesakesElsewhere(call: Call, store: SlbStore): readonly VServerGroup[] {
  const own = groupNamed(call, store)
  return [...store.groups.values()].filter(
    ({ name, loadBalancerId }) => name === own?.name && loadBalancerId !== own.loadBalancerId,
  )
}
