/** Lawful differences in RemoveVServerGroupBackendServers: the other readings of its page. */

import { deciding, refusing, together, type Variant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { mostServers, namedBy, portOf, serverIdOf, type Entry } from '../../backend-servers.ts'
import {
  changingAnswer,
  isMember,
  changingList,
  refusingIf,
  notRefusing,
  removing,
  ignoringEntries,
  remaining,
  someEntry,
  type SlbChange,
} from '../../changes.ts'
import { groupNamed } from '../../preconditions.ts'
import { invalid, listMalformed, methodUnsupported, tooManyServers } from '../../refusals.ts'
import { vserverRemoval as of } from '../../removal.ts'
import { wantsXml } from '../../request.ts'
import type { SlbStore } from '../../store.ts'
import { eitherRemovalVariants, otherTypeIsStranger } from '../either-removal.variants.ts'

const numbersAsText: SlbChange = changingList(of, (servers) =>
  servers.map((server) => ({
    ...server,
    Port: `${Number(server['Port'])}`,
    Weight: `${Number(server['Weight'])}`,
  })),
)

const oneServerIsNoList: SlbChange = changingList(of, (servers) =>
  servers.length === 1 ? servers[0] : servers,
)

const wrapped: SlbChange = changingAnswer(of, (body, call) =>
  wantsXml(call) ? body : { [`${of.action}Response`]: body },
)

export default [
  {
    id: 'vserver-numbers-as-texts',
    allowedBy: 'number-form: the type column says Integer, the JSON example quotes both numbers.',
    change: numbersAsText,
  },
  {
    id: 'vserver-one-server-is-no-list',
    allowedBy: 'array-form: the JSON example has an object where one server is left.',
    change: oneServerIsNoList,
  },
  {
    id: 'vserver-wrapped',
    allowedBy: 'wrapper: the JSON example has an object named after the response around the body.',
    change: wrapped,
  },
  ...eitherRemovalVariants(of),
  {
    id: 'vserver-as-printed',
    allowedBy: 'wrapper, number-form and array-form: exactly the JSON example.',
    change: together(numbersAsText, oneServerIsNoList, wrapped),
  },
  {
    id: 'vserver-single-quotes-refused',
    allowedBy: 'single-quoted-list: the type of the list is String; its example is not JSON.',
    change: refusingIf(of, isSingleQuoted, listMalformed),
  },
  {
    id: 'vserver-post-refused',
    allowedBy: 'post: the page shows only a URL with a query.',
    change: refusingIf(of, ({ method }) => method === 'POST', methodUnsupported),
  },
  {
    id: 'vserver-missing-port-ignored',
    allowedBy:
      'missing-port: an element without a port names no member, and absent servers are ignored.',
    change: notRefusing(of, 'missing-port', lacksPort),
  },
  {
    id: 'vserver-missing-port-is-every-port',
    allowedBy: 'missing-port: the page does not say that an element needs a port.',
    change: together(
      notRefusing(of, 'missing-port', lacksPort),
      removing(of, (named, servers) =>
        remaining(of, named, servers).filter(
          ({ serverId }) =>
            !named.some((entry) => entry.serverId === serverId && entry.port === undefined),
        ),
      ),
    ),
  },
  {
    id: 'vserver-port-out-of-range-ignored',
    allowedBy: 'port-out-of-range: such a port names no member, and absent servers are ignored.',
    change: notRefusing(of, 'missing-port', (call) =>
      namedBy(call).every((entry) => entry.port !== undefined),
    ),
  },
  {
    id: 'vserver-number-port-refused',
    allowedBy: 'number-port: the example of a list has ports as text.',
    change: refusingIf(of, someEntry(hasNumberPort), invalid('A Port is not a string.')),
  },
  {
    id: 'vserver-number-port-is-a-stranger',
    allowedBy: 'number-port: an element that is not understood names no member.',
    change: ignoringEntries(of, (entry) => !hasNumberPort(entry)),
  },
  {
    id: 'vserver-missing-server-id-ignored',
    allowedBy: 'missing-server-id: an element without a server names no member.',
    change: notRefusing(of, 'missing-server-id', lacksServerId),
  },
  {
    id: 'vserver-missing-server-id-is-every-server',
    allowedBy: 'missing-server-id: the page does not say that an element needs a server.',
    change: together(
      notRefusing(of, 'missing-server-id', lacksServerId),
      removing(of, (named, servers) =>
        remaining(of, named, servers).filter(
          ({ port }) =>
            !named.some((entry) => entry.serverId === undefined && portOf(entry) === port),
        ),
      ),
    ),
  },
  {
    id: 'vserver-region-optional',
    allowedBy:
      'region-required: clients always send the region, so it is not known whether it is enforced.',
    change: notRefusing(of, 'region-required'),
  },
  {
    id: 'vserver-empty-list-ignored',
    allowedBy: 'empty-list: no server is named, so nothing has to be done.',
    change: notRefusing(of, 'empty-list'),
  },
  {
    id: 'vserver-empty-value-ignored',
    allowedBy: 'empty-value: the parameter is present, and names no server.',
    change: together(
      notRefusing(of, 'empty-value'),
      notRefusing(of, 'malformed-list', ({ parameters }) => parameters['BackendServers'] === ''),
    ),
  },
  {
    id: 'vserver-duplicates-refused',
    allowedBy: 'duplicates-in-list: the page does not mention a member that is named twice.',
    change: refusingIf(of, hasDuplicates, invalid('A server is specified twice.')),
  },
  {
    id: 'vserver-strangers-do-not-count',
    allowedBy: 'twenty-one-with-strangers: the limit may apply only to members.',
    change: notRefusing(of, 'twenty-one-refused', (call, store) => {
      const servers = groupNamed(call, store)?.servers ?? []
      return namedBy(call).filter((entry) => isMember(of, entry, servers)).length <= mostServers
    }),
  },
  {
    id: 'vserver-twenty-in-a-group',
    allowedBy: 'group-larger-than-twenty: the sentence about the limit can be about the group.',
    change: refusing('AddVServerGroupBackendServers', (call, store) => {
      const servers = groupNamed(call, store)?.servers ?? []
      const added = namedBy(call).filter((entry) => !isMember(of, entry, servers))
      return servers.length + added.length > mostServers ? tooManyServers : undefined
    }),
  },
  {
    id: 'vserver-extra-fields-refused',
    allowedBy: 'extra-fields-tolerated: the example of the page has no fields but server and port.',
    change: refusingIf(
      of,
      someEntry(({ weight, description }) => weight !== undefined || description !== undefined),
      invalid('BackendServers has an unknown field.'),
    ),
  },
  {
    id: 'vserver-other-weight-is-a-stranger',
    allowedBy: 'extra-fields-tolerated: an element that does not fit names no member.',
    change: removing(of, (named, servers) =>
      servers.filter(
        (server) =>
          !named.some(
            (entry) =>
              of.names(entry, server) && Number(entry.weight ?? server.weight) === server.weight,
          ),
      ),
    ),
  },
  {
    id: 'vserver-other-type-is-a-stranger',
    allowedBy: 'The page does not say whether the type of an element has to be that of the server.',
    change: otherTypeIsStranger(of),
  },
  {
    id: 'vserver-malformed-as-other-code',
    allowedBy: 'The page gives no codes; a list that cannot be read is refused in some way.',
    change: deciding(
      `${of.operation}/malformed-list`,
      (_, __, original) => original && invalid('The specified BackendServers is invalid.'),
    ),
  },
] satisfies readonly Variant<SlbStore>[]

function isSingleQuoted({ parameters }: Call): boolean {
  return parameters['BackendServers']?.includes("'") ?? false
}

/** There is no port. A port that is out of range is still refused. */
function lacksPort(call: Call): boolean {
  return namedBy(call).every((entry) => entry.port === undefined || portOf(entry) !== undefined)
}

function hasDuplicates(call: Call): boolean {
  const named = namedBy(call).map((entry) => JSON.stringify([entry.serverId, portOf(entry)]))
  return new Set(named).size < named.length
}

function hasNumberPort({ port }: Entry): boolean {
  return typeof port === 'number'
}

/** There is no server id. One that is not a text is still refused. */
function lacksServerId(call: Call): boolean {
  return namedBy(call).every(
    (entry) => entry.serverId === undefined || serverIdOf(entry) !== undefined,
  )
}
