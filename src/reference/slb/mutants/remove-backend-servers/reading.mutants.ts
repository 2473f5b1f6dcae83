/**
 * Faults where the page of RemoveBackendServers allows several readings: each of these does what none
 * of them allows, such as a crash, an effect after a refusal, or the removal of another server.
 */

import { together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { mostServers, namedBy, typeOf, weightOf, type Entry } from '../../backend-servers.ts'
import {
  actingBeforeRefusal,
  crashing,
  emptying,
  isMember,
  refusingIf,
  notRefusing,
  refusingAfterRemoval,
  removing,
  remaining,
  someEntry,
  type Condition,
} from '../../changes.ts'
import { loadBalancerNamed } from '../../preconditions.ts'
import { invalid, listMalformed, serverUnknown } from '../../refusals.ts'
import { defaultRemoval as of } from '../../removal.ts'
import type { BackendServer, SlbStore } from '../../store.ts'

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
    story: 'The lookup of a stranger gives null, and null in the condition matches every server.',
    mutate: removing(of, (named, servers) => {
      const strangers = named.filter((entry) => !isMember(of, entry, servers))
      return strangers.length > 0 && strangers.length < named.length
        ? []
        : remaining(of, named, servers)
    }),
  },
  {
    id: 'default-stranger-and-member-refused-too-late',
    breaks: 'slb/remove-backend-servers/stranger-and-member',
    story: 'Members go in a first pass; a second pass reports the strangers as errors.',
    mutate: refusingIf(
      of,
      (call, store) => {
        const isHit = isMixed((members) => members[0] === false)(call, store)
        const loadBalancer = loadBalancerNamed(call, store)
        if (isHit && loadBalancer) {
          loadBalancer.servers = remaining(of, namedBy(call), loadBalancer.servers)
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
    id: 'default-strangers-over-the-limit-crash',
    breaks: 'slb/remove-backend-servers/twenty-one-with-strangers',
    story: 'A batch of twenty results is read with twenty-one names.',
    mutate: crashing(of, tooManyWithStrangers),
  },
  {
    id: 'default-strangers-over-the-limit-half-done',
    breaks: 'slb/remove-backend-servers/twenty-one-with-strangers',
    story: 'Servers are removed one by one; the limit is reached later.',
    mutate: actingBeforeRefusal(of, 'twenty-one-refused', (loadBalancer, call) => {
      loadBalancer.servers = remaining(
        of,
        namedBy(call).slice(0, mostServers),
        loadBalancer.servers,
      )
    }),
  },
  {
    id: 'default-weight-out-of-range-crashes',
    breaks: 'slb/remove-backend-servers/weight-out-of-range',
    story: 'The column has a constraint, and its violation is not expected.',
    mutate: crashing(of, someEntry(hasInvalidWeight)),
  },
  {
    id: 'default-weight-out-of-range-refused-too-late',
    breaks: 'slb/remove-backend-servers/weight-out-of-range',
    story: 'The weight is validated by the model, which is made after the removal.',
    mutate: actingBeforeRefusal(of, 'weight-out-of-range', (loadBalancer, call) => {
      loadBalancer.servers = remaining(of, namedBy(call), loadBalancer.servers)
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
    story: 'An optimistic lock on the weight fails, and the exception is not caught.',
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
      someEntry((entry) => typeOf(entry) === undefined),
    ),
  },
  {
    id: 'default-unknown-type-refused-too-late',
    breaks: 'slb/remove-backend-servers/unknown-type',
    story: 'The type is looked at when the answer is written, and the server is gone by then.',
    mutate: actingBeforeRefusal(of, 'unknown-type', (loadBalancer, call) => {
      loadBalancer.servers = remaining(of, namedBy(call), loadBalancer.servers)
    }),
  },
  {
    id: 'default-other-type-crashes',
    breaks: 'slb/remove-backend-servers/other-type',
    story: 'Interfaces have a table of their own; the row that is not there is read.',
    mutate: crashing(of, isOfAnotherType),
  },
  {
    id: 'default-other-type-refused-too-late',
    breaks: 'slb/remove-backend-servers/other-type',
    story: 'The row is deleted by id, and its type compared with the one that was sent.',
    mutate: refusingAfterRemoval(of, isOfAnotherType, invalid('The type is invalid.')),
  },
  {
    id: 'default-other-type-is-set',
    breaks: 'slb/remove-backend-servers/other-type',
    story: 'A server whose type differs is updated, as if it had been sent to be added.',
    mutate: removing(of, (named, servers) =>
      servers.flatMap((server) => {
        const entry = named.find((each) => of.names(each, server))
        const type = entry && typeOf(entry)
        if (type !== undefined && type !== server.type) return [{ ...server, type }]
        return entry ? [] : [server]
      }),
    ),
  },
  {
    id: 'default-unknown-key-crashes',
    breaks: 'slb/remove-backend-servers/unknown-key',
    story: 'The mapper is strict, and its exception is not caught.',
    mutate: crashing(of, hasUnknownKey),
  },
  {
    id: 'default-unknown-key-is-everybody',
    breaks: 'slb/remove-backend-servers/unknown-key',
    story: 'The condition is built from the known keys only, and an unknown key leaves it empty.',
    mutate: emptying(of, hasUnknownKey),
  },
  {
    id: 'default-unknown-key-refused-too-late',
    breaks: 'slb/remove-backend-servers/unknown-key',
    story: 'The strict mapper is that of the audit record, which is written after the change.',
    mutate: refusingAfterRemoval(of, hasUnknownKey, listMalformed),
  },
  {
    id: 'default-number-for-an-id-crashes',
    breaks: 'slb/remove-backend-servers/server-id-not-text',
    story: 'The code calls startsWith on the id to find `eni-`, and a number has no such method.',
    mutate: crashing(
      of,
      someEntry(({ serverId }) => typeof serverId === 'number'),
    ),
  },
  {
    id: 'default-null-for-an-id-is-everybody',
    breaks: 'slb/remove-backend-servers/server-id-not-text',
    story: 'The query reads null as no condition, for the sake of the search in the console.',
    mutate: together(notRefusing(of, 'missing-server-id', namesNull), emptying(of, namesNull)),
  },
  {
    id: 'default-empty-id-is-the-first',
    breaks: 'slb/remove-backend-servers/server-id-not-text',
    story: 'Ids may be abbreviated, and an empty text is the beginning of the first one.',
    mutate: together(
      notRefusing(of, 'missing-server-id', someEntry(hasEmptyId)),
      removing(of, (named, servers) =>
        remaining(of, named, named.some(hasEmptyId) ? servers.slice(1) : servers),
      ),
    ),
  },
]

function tooManyWithStrangers(call: Call, store: SlbStore): boolean {
  const servers = loadBalancerNamed(call, store)?.servers ?? []
  const named = namedBy(call)
  return named.length > mostServers && named.some((entry) => !isMember(of, entry, servers))
}

const knownKeys = ['ServerId', 'Port', 'Weight', 'Type', 'Description']

function hasUnknownKey({ parameters: { BackendServers = '' } }: Call): boolean {
  const keys = Array.from(BackendServers.matchAll(/"(\w+)"\s*:/g), ([, key = '']) => key)
  return keys.some((key) => !knownKeys.includes(key))
}

/** A server is named with a documented type that is not its own. */
function isOfAnotherType(call: Call, store: SlbStore): boolean {
  const servers = loadBalancerNamed(call, store)?.servers ?? []
  return namedBy(call).some((entry) =>
    servers.some((server) => of.names(entry, server) && hasOtherType(entry, server)),
  )
}

function hasOtherType(entry: Entry, server: BackendServer): boolean {
  const type = typeOf(entry)
  return type !== undefined && type !== server.type
}

/** The id is `null`, and not missing. */
function namesNull({ parameters: { BackendServers = '' } }: Call): boolean {
  return /"ServerId"\s*:\s*null/.test(BackendServers)
}

function hasEmptyId({ serverId }: Entry): boolean {
  return serverId === ''
}

/** The list names members and absent servers; `fits` gets, for each element, whether it is a member. */
function isMixed(fits: (members: readonly boolean[]) => boolean): Condition {
  return (call, store) => {
    const servers = loadBalancerNamed(call, store)?.servers ?? []
    const members = namedBy(call).map((entry) => isMember(of, entry, servers))
    const isBoth = members.includes(true) && members.includes(false)
    return isBoth && members.length <= 20 && fits(members)
  }
}

function hasInvalidWeight(entry: Entry): boolean {
  return entry.weight !== undefined && weightOf(entry) === undefined
}
