/**
 * Faults where the page of RemoveBackendServers allows several readings: each of these does what none
 * of them allows, such as a crash, an effect after a refusal, or a removal of somebody else.
 */

import type { Mutant } from '../mutant.ts'
import { namedBy, typeOf, weightOf, type Entry } from './backend-servers.ts'
import {
  actingFirst,
  crashing,
  isMember,
  objecting,
  removing,
  rest,
  some,
  type When,
} from './faults.ts'
import { loadBalancerNamed } from './preconditions.ts'
import { serverUnknown } from './refusals.ts'
import { defaultRemoval as of } from './removal.ts'
import type { SlbStore } from './store.ts'

export const defaultReadingMutants: readonly Mutant<SlbStore>[] = [
  {
    id: 'default-member-and-stranger-crash',
    breaks: 'slb/remove-backend-servers/member-and-stranger',
    story: 'The count of rows is not the count of names, and an assertion fails.',
    mutate: crashing(
      of,
      isMixed((members) => members[0] === true),
    ),
  },
  {
    id: 'default-member-and-stranger-empty',
    breaks: 'slb/remove-backend-servers/member-and-stranger',
    story: 'The lookup of a stranger gives null, and null in the condition matches everybody.',
    mutate: removing(of, (named, servers) => {
      const strangers = named.filter((entry) => !isMember(of, entry, servers))
      return strangers.length > 0 && strangers.length < named.length ? [] : rest(of, named, servers)
    }),
  },
  {
    id: 'default-stranger-and-member-refused-too-late',
    breaks: 'slb/remove-backend-servers/stranger-and-member',
    story: 'Members go in a first pass; a second pass reports the strangers as errors.',
    mutate: objecting(
      of,
      (call, store) => {
        const isHit = isMixed((members) => members[0] === false)(call, store)
        const loadBalancer = loadBalancerNamed(call, store)
        if (isHit && loadBalancer) {
          loadBalancer.servers = rest(of, namedBy(call), loadBalancer.servers)
        }
        return isHit
      },
      serverUnknown,
    ),
  },
  {
    id: 'default-stranger-and-member-crash',
    breaks: 'slb/remove-backend-servers/stranger-and-member',
    story: 'The type of the first server found is read, and none was found.',
    mutate: crashing(
      of,
      isMixed((members) => members[0] === false),
    ),
  },
  {
    id: 'default-weight-out-of-range-crashes',
    breaks: 'slb/remove-backend-servers/weight-out-of-range',
    story: 'The column has a constraint, and its violation is not expected.',
    mutate: crashing(of, some(weighsBadly)),
  },
  {
    id: 'default-weight-out-of-range-refused-too-late',
    breaks: 'slb/remove-backend-servers/weight-out-of-range',
    story: 'The weight is validated by the model, which is made after the removal.',
    mutate: actingFirst(of, 'weight-out-of-range', (loadBalancer, call) => {
      loadBalancer.servers = rest(of, namedBy(call), loadBalancer.servers)
    }),
  },
  {
    id: 'default-other-weight-is-set',
    breaks: 'slb/remove-backend-servers/other-weight',
    story: 'A server whose weight differs is updated, as SetBackendServers would.',
    mutate: removing(of, (named, servers) =>
      servers.flatMap((server) => {
        const entry = named.find((each) => of.names(each, server))
        const weight = entry && weightOf(entry)
        if (weight !== undefined && weight !== server.weight) return [{ ...server, weight }]
        return entry ? [] : [server]
      }),
    ),
  },
  {
    id: 'default-other-weight-crashes',
    breaks: 'slb/remove-backend-servers/other-weight',
    story: 'An optimistic lock on the weight fails, and nobody catches.',
    mutate: crashing(of, (call, store) => {
      const servers = loadBalancerNamed(call, store)?.servers ?? []
      return namedBy(call).some((entry) => {
        const weight = weightOf(entry) ?? 100
        return servers.some((server) => of.names(entry, server) && weight !== server.weight)
      })
    }),
  },
  {
    id: 'default-unknown-type-crashes',
    breaks: 'slb/remove-backend-servers/unknown-type',
    story: 'An enumeration without that value throws.',
    mutate: crashing(
      of,
      some((entry) => typeOf(entry) === undefined),
    ),
  },
  {
    id: 'default-unknown-type-refused-too-late',
    breaks: 'slb/remove-backend-servers/unknown-type',
    story: 'The type is looked at when the answer is written, and the server is gone by then.',
    mutate: actingFirst(of, 'unknown-type', (loadBalancer, call) => {
      loadBalancer.servers = rest(of, namedBy(call), loadBalancer.servers)
    }),
  },
]

/** A list with members and strangers; `are` is told of each element whether it is a member. */
function isMixed(are: (members: readonly boolean[]) => boolean): When {
  return (call, store) => {
    const servers = loadBalancerNamed(call, store)?.servers ?? []
    const members = namedBy(call).map((entry) => isMember(of, entry, servers))
    const isBoth = members.includes(true) && members.includes(false)
    return isBoth && members.length <= 20 && are(members)
  }
}

function weighsBadly(entry: Entry): boolean {
  return entry.weight !== undefined && weightOf(entry) === undefined
}
