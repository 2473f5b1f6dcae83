/** Lawful differences in RemoveBackendServers: the other readings of its page. */

import { together, type Variant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { namedBy, typeOf } from '../../backend-servers.ts'
import {
  changingAnswer,
  doingNothing,
  isMember,
  changingList,
  refusingIf,
  notRefusing,
  removing,
} from '../../changes.ts'
import { loadBalancerNamed } from '../../preconditions.ts'
import { invalid, listMalformed, methodUnsupported } from '../../refusals.ts'
import { defaultRemoval as of } from '../../removal.ts'
import { wantsXml } from '../../request.ts'
import type { SlbStore } from '../../store.ts'
import { xmlOf } from '../../xml.ts'

export default [
  {
    id: 'default-mixed-list-fails-silently',
    allowedBy: 'member-and-stranger, stranger-and-member: the note says that the request fails.',
    change: doingNothing(of, isMixed),
  },
  {
    id: 'default-weight-out-of-range-ignored',
    allowedBy: 'weight-out-of-range: the weight does not matter for a removal.',
    change: notRefusing(of, 'weight-out-of-range'),
  },
  {
    id: 'default-other-weight-is-a-stranger',
    allowedBy: 'other-weight: the page does not say what the weight is for.',
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
    id: 'default-unknown-type-is-a-stranger',
    allowedBy: 'unknown-type: no server has such a type, and absent servers cause no error.',
    change: together(
      notRefusing(of, 'unknown-type'),
      removing(of, (named, servers) =>
        servers.filter(
          (server) =>
            !named.some((entry) => of.names(entry, server) && typeOf(entry) !== undefined),
        ),
      ),
    ),
  },
  {
    id: 'default-post-refused',
    allowedBy: 'post: the page does not mention methods.',
    change: refusingIf(of, ({ method }) => method === 'POST', methodUnsupported),
  },
  {
    id: 'default-single-quotes-refused',
    allowedBy: 'The examples of the page are strict JSON.',
    change: refusingIf(
      of,
      ({ parameters }) => parameters['BackendServers']?.includes("'") ?? false,
      listMalformed,
    ),
  },
  {
    id: 'default-empty-list-ignored',
    allowedBy: 'No server is named, so nothing has to be done.',
    change: notRefusing(of, 'empty-list'),
  },
  {
    id: 'default-duplicates-refused',
    allowedBy: 'The page does not mention a server that is named twice.',
    change: refusingIf(of, hasDuplicates, invalid('A server is specified twice.')),
  },
  {
    id: 'default-more-fields-in-answer',
    allowedBy: 'A response table does not exclude fields that were added later, such as ServerIp.',
    change: changingList(of, (servers) =>
      servers.map((server) => ({ ...server, ServerIp: '192.0.2.2', VpcId: 'vpc-reference' })),
    ),
  },
  {
    id: 'default-port-in-answer',
    allowedBy: 'A response table does not exclude a field without a meaning here.',
    change: changingList(of, (servers) => servers.map((server) => ({ ...server, Port: 0 }))),
  },
  {
    id: 'default-description-always',
    allowedBy:
      'The example shows a Description; the page does not say whether an empty one is shown.',
    change: changingList(of, (servers) =>
      servers.map((server) => ({ Description: '', ...server })),
    ),
  },
  {
    id: 'default-answer-reversed',
    allowedBy: 'No page gives an order of servers.',
    change: changingList(of, (servers) => servers.toReversed()),
  },
  {
    id: 'default-xml-root-without-response',
    allowedBy: 'The page has no XML example; one edition of it named the root after the action.',
    change: changingAnswer(of, (body, call) => (wantsXml(call) ? xmlOf(of.action, body) : body)),
  },
] satisfies readonly Variant<SlbStore>[]

function hasDuplicates(call: Call): boolean {
  const named = namedBy(call).map(({ serverId }) => serverId)
  return new Set(named).size < named.length
}

/** The list names members and absent servers. A list of absent servers only is not mixed. */
function isMixed(call: Call, store: SlbStore): boolean {
  const servers = loadBalancerNamed(call, store)?.servers ?? []
  const members = namedBy(call).map((entry) => isMember(of, entry, servers))
  return members.includes(true) && members.includes(false)
}
