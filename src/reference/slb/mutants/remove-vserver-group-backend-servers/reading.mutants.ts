/**
 * Faults where the page of RemoveVServerGroupBackendServers allows several readings: each of these does
 * what none of them allows, such as a crash, an effect after a refusal, or two readings in one server.
 */

import { together, type Mutant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { mostServers, namedBy, portOf, type Entry } from '../../backend-servers.ts'
import {
  actingBeforeRefusal,
  changingAnswer,
  crashing,
  emptying,
  doingNothing,
  isMember,
  changingList,
  notRefusing,
  removing,
  remaining,
  someEntry,
  type Entries,
  type Servers,
} from '../../changes.ts'
import { groupNamed } from '../../preconditions.ts'
import { vserverRemoval as of } from '../../removal.ts'
import { wantsXml } from '../../request.ts'
import type { SlbStore } from '../../store.ts'

export const vserverReadingMutants: readonly Mutant<SlbStore>[] = [
  {
    id: 'vserver-strangers-over-the-limit-crash',
    breaks: 'slb/remove-vserver-group-backend-servers/twenty-one-with-strangers',
    story: 'A batch of twenty results is read with twenty-one names.',
    mutate: crashing(of, tooManyWithStrangers),
  },
  {
    id: 'vserver-strangers-over-the-limit-half-done',
    breaks: 'slb/remove-vserver-group-backend-servers/twenty-one-with-strangers',
    story: 'Members are removed one by one; the limit is reached later.',
    mutate: actingBeforeRefusal(of, 'twenty-one-refused', (group, call) => {
      group.servers = remaining(of, namedBy(call).slice(0, mostServers), group.servers)
    }),
  },
  {
    id: 'vserver-large-group-cut',
    breaks: 'slb/remove-vserver-group-backend-servers/group-larger-than-twenty',
    story: 'Loads one page of twenty members, and writes that page back as the group.',
    mutate: removing(of, (named, servers) => remaining(of, named, servers.slice(0, mostServers))),
  },
  {
    id: 'vserver-beyond-twenty-stays',
    breaks: 'slb/remove-vserver-group-backend-servers/group-larger-than-twenty',
    story: 'Searches the first page of twenty members, and writes the others back as they are.',
    mutate: removing(of, (named, servers) => [
      ...remaining(of, named, servers.slice(0, mostServers)),
      ...servers.slice(mostServers),
    ]),
  },
  {
    id: 'vserver-large-group-crashes',
    breaks: 'slb/remove-vserver-group-backend-servers/group-larger-than-twenty',
    story: 'The array has room for twenty members.',
    mutate: crashing(of, (call, store) => (groupNamed(call, store)?.servers.length ?? 0) > 20),
  },
  {
    id: 'vserver-weight-is-set-instead',
    breaks: 'slb/remove-vserver-group-backend-servers/extra-fields-tolerated',
    story: 'An element with a weight is taken for an update of the weight.',
    mutate: removing(of, (named, servers) => {
      const weighed = named.filter(({ weight }) => weight !== undefined)
      const plain = named.filter(({ weight }) => weight === undefined)
      return remaining(of, plain, servers).map((server) => {
        const entry = weighed.find((each) => of.names(each, server))
        return entry ? { ...server, weight: Number(entry.weight) } : server
      })
    }),
  },
  {
    id: 'vserver-extra-field-crashes',
    breaks: 'slb/remove-vserver-group-backend-servers/extra-fields-tolerated',
    story: 'The description is looked up in a table that this call never loads.',
    mutate: crashing(
      of,
      someEntry(({ weight, description }) => weight !== undefined || description !== undefined),
    ),
  },
  {
    id: 'vserver-single-quotes-crash',
    breaks: 'slb/remove-vserver-group-backend-servers/single-quoted-list',
    story: 'JSON.parse throws, and the exception is not caught.',
    mutate: crashing(of, isSingleQuoted),
  },
  {
    id: 'vserver-single-quotes-change-nothing',
    breaks: 'slb/remove-vserver-group-backend-servers/single-quoted-list',
    story:
      'The lenient parser keeps the quotes as part of the ids, so that no element names a member.',
    mutate: doingNothing(of, isSingleQuoted),
  },
  {
    id: 'vserver-single-quotes-name-the-first',
    breaks: 'slb/remove-vserver-group-backend-servers/single-quoted-list',
    story: 'An expression without the flag g takes the first element out of such a list.',
    mutate: removing(of, (named, servers, call) =>
      remaining(of, isSingleQuoted(call) ? named.slice(0, 1) : named, servers),
    ),
  },
  {
    id: 'vserver-missing-port-crashes',
    breaks: 'slb/remove-vserver-group-backend-servers/missing-port',
    story: 'The port of an element is converted without a check that there is one.',
    mutate: crashing(of, lacksPort),
  },
  {
    id: 'vserver-missing-port-refused-too-late',
    breaks: 'slb/remove-vserver-group-backend-servers/missing-port',
    story: 'Every port of the server is gone when the element is found to be incomplete.',
    mutate: actingBeforeRefusal(of, 'missing-port', (group, call) => {
      group.servers = restByServer(namedBy(call), group.servers)
    }),
  },
  {
    id: 'vserver-missing-port-takes-the-first',
    breaks: 'slb/remove-vserver-group-backend-servers/missing-port',
    story: 'Without a port the lookup gives the first member of that server.',
    mutate: together(
      notRefusing(of, 'missing-port'),
      removing(of, (named, servers) => {
        const first = named
          .filter((entry) => portOf(entry) === undefined)
          .map((entry) => servers.find(({ serverId }) => serverId === entry.serverId))
        return remaining(of, named, servers).filter((server) => !first.includes(server))
      }),
    ),
  },
  {
    id: 'vserver-bad-port-is-every-port',
    breaks: 'slb/remove-vserver-group-backend-servers/port-out-of-range',
    story: 'A port that cannot be read is no port, and without a port the server as a whole goes.',
    mutate: together(
      notRefusing(of, 'missing-port', hasBadPort),
      removing(of, (named, servers) =>
        restByServer(named.filter(isBadPort), remaining(of, named, servers)),
      ),
    ),
  },
  {
    id: 'vserver-port-nought-is-every-port',
    breaks: 'slb/remove-vserver-group-backend-servers/port-out-of-range',
    story: '0 is false, so the condition on the port is left out.',
    mutate: together(
      notRefusing(of, 'missing-port', someEntry(isPortNought)),
      removing(of, (named, servers) =>
        restByServer(named.filter(isPortNought), remaining(of, named, servers)),
      ),
    ),
  },
  {
    id: 'vserver-bad-port-crashes',
    breaks: 'slb/remove-vserver-group-backend-servers/port-out-of-range',
    story: 'The column has a constraint, and its violation is not expected.',
    mutate: crashing(of, hasBadPort),
  },
  {
    id: 'vserver-bad-port-refused-too-late',
    breaks: 'slb/remove-vserver-group-backend-servers/port-out-of-range',
    story: 'Servers are taken out first, their ports validated as they are put back.',
    mutate: actingBeforeRefusal(of, 'missing-port', (group, call) => {
      group.servers = restByServer(namedBy(call).filter(isBadPort), group.servers)
    }),
  },
  {
    id: 'vserver-bad-port-refused-after-the-others',
    breaks: 'slb/remove-vserver-group-backend-servers/port-out-of-range',
    story: 'Each element is checked in its turn, and those before the bad one are gone by then.',
    mutate: actingBeforeRefusal(of, 'missing-port', (group, call) => {
      const named = namedBy(call)
      const bad = named.findIndex(isBadPort)
      if (bad > 0) group.servers = remaining(of, named.slice(0, bad), group.servers)
    }),
  },
  {
    id: 'vserver-empty-value-is-everybody',
    breaks: 'slb/remove-vserver-group-backend-servers/empty-value',
    story: 'An empty text is no condition, and no condition matches every row.',
    mutate: together(
      notRefusing(of, 'empty-value'),
      notRefusing(of, 'malformed-list', isEmptyValue),
      emptying(of, isEmptyValue),
    ),
  },
  {
    id: 'vserver-empty-value-crashes',
    breaks: 'slb/remove-vserver-group-backend-servers/empty-value',
    story: 'JSON.parse of an empty text throws.',
    mutate: crashing(of, isEmptyValue),
  },
  {
    id: 'vserver-no-region-refused-too-late',
    breaks: 'slb/remove-vserver-group-backend-servers/region-required',
    story: 'The region is first read where the change is logged, after it was made.',
    mutate: actingBeforeRefusal(of, 'region-required', (group, call) => {
      group.servers = remaining(of, namedBy(call), group.servers)
    }),
  },
  {
    id: 'vserver-no-region-crashes',
    breaks: 'slb/remove-vserver-group-backend-servers/region-required',
    story: 'The shard is looked up by region, and there is none without a region.',
    mutate: crashing(of, ({ parameters }) => parameters['RegionId'] === undefined),
  },
  {
    id: 'vserver-wrapped-when-empty',
    breaks: 'slb/remove-vserver-group-backend-servers/wrapper',
    story: 'The path for an emptied group has a serializer of its own.',
    mutate: changingAnswer(of, (body, call, store) =>
      groupNamed(call, store)?.servers.length === 0 && !wantsXml(call)
        ? { [`${of.action}Response`]: body }
        : body,
    ),
  },
  {
    id: 'vserver-wrapped-in-a-list',
    breaks: 'slb/remove-vserver-group-backend-servers/wrapper',
    story: 'The new serializer always answers with a list of results.',
    mutate: changingAnswer(of, (body, call) => (wantsXml(call) ? body : [body])),
  },
  {
    id: 'vserver-weight-of-a-hundred-is-null',
    breaks: 'slb/remove-vserver-group-backend-servers/number-form',
    story: 'The default weight is stored as null, and so it is shown.',
    mutate: changingList(of, (servers) =>
      servers.map((server) => (server['Weight'] === 100 ? { ...server, Weight: null } : server)),
    ),
  },
  {
    id: 'vserver-port-with-protocol',
    breaks: 'slb/remove-vserver-group-backend-servers/number-form',
    story: 'The port is written as the console shows it.',
    mutate: changingList(of, (servers) =>
      servers.map((server) => ({ ...server, Port: `${Number(server['Port'])}/tcp` })),
    ),
  },
  {
    id: 'vserver-empty-list-has-a-blank',
    breaks: 'slb/remove-vserver-group-backend-servers/array-form',
    story: 'An outer join gives one row of nulls where there is no member.',
    mutate: changingList(of, (servers) => (servers.length === 0 ? [{}] : servers)),
  },
  {
    id: 'vserver-list-keyed-by-number',
    breaks: 'slb/remove-vserver-group-backend-servers/array-form',
    story: 'A table is serialized as an object whose keys are 0, 1, 2.',
    mutate: changingList(of, (servers, call) =>
      wantsXml(call) ? servers : Object.fromEntries(servers.entries()),
    ),
  },
]

function isSingleQuoted({ parameters }: Call): boolean {
  return parameters['BackendServers']?.includes("'") ?? false
}

function isEmptyValue({ parameters }: Call): boolean {
  return parameters['BackendServers'] === ''
}

function lacksPort(call: Call): boolean {
  return namedBy(call).some(({ serverId, port }) => serverId !== undefined && port === undefined)
}

/** There is a port, and it is not valid. */
function isBadPort(entry: Entry): boolean {
  return entry.port !== undefined && portOf(entry) === undefined
}

function hasBadPort(call: Call): boolean {
  return namedBy(call).some(isBadPort)
}

function isPortNought({ port }: Entry): boolean {
  return port === 0 || port === '0'
}

/** The members that stay when a named server is removed on every port. */
function restByServer(named: Entries, servers: Servers): Servers {
  return servers.filter(({ serverId }) => !named.some((entry) => entry.serverId === serverId))
}

function tooManyWithStrangers(call: Call, store: SlbStore): boolean {
  const servers = groupNamed(call, store)?.servers ?? []
  const named = namedBy(call)
  return named.length > mostServers && named.some((entry) => !isMember(of, entry, servers))
}
