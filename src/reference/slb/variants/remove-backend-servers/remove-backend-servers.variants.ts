/** Lawful differences in RemoveBackendServers: the other readings of its page. */

import { together, type Variant } from '../../../mutant.ts'
import type { Call } from '../../../rule.ts'
import { namedBy, typeOf } from '../../backend-servers.ts'
import {
  answering,
  ignoring,
  isMember,
  listing,
  objecting,
  passing,
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
    change: ignoring(of, isMixed),
  },
  {
    id: 'default-weight-out-of-range-ignored',
    allowedBy: 'weight-out-of-range: a weight has no part in a removal.',
    change: passing(of, 'weight-out-of-range'),
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
    allowedBy: 'unknown-type: no server has such a type, and strangers cause no error.',
    change: together(
      passing(of, 'unknown-type'),
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
    allowedBy: 'post: the page does not speak of methods.',
    change: objecting(of, ({ method }) => method === 'POST', methodUnsupported),
  },
  {
    id: 'default-single-quotes-refused',
    allowedBy: 'The examples of the page are strict JSON.',
    change: objecting(
      of,
      ({ parameters }) => parameters['BackendServers']?.includes("'") ?? false,
      listMalformed,
    ),
  },
  {
    id: 'default-empty-list-ignored',
    allowedBy: 'Nothing is named, so nothing has to be done.',
    change: passing(of, 'empty-list'),
  },
  {
    id: 'default-duplicates-refused',
    allowedBy: 'The page does not speak of a server named twice.',
    change: objecting(of, hasDuplicates, invalid('A server is specified twice.')),
  },
  {
    id: 'default-more-fields-in-answer',
    allowedBy: 'A response table does not exclude fields that came later, such as ServerIp.',
    change: listing(of, (servers) =>
      servers.map((server) => ({ ...server, ServerIp: '192.0.2.2', VpcId: 'vpc-reference' })),
    ),
  },
  {
    id: 'default-port-in-answer',
    allowedBy: 'A response table does not exclude a field that means nothing here.',
    change: listing(of, (servers) => servers.map((server) => ({ ...server, Port: 0 }))),
  },
  {
    id: 'default-description-always',
    allowedBy: 'The example shows a Description; whether it is there when empty is not said.',
    change: listing(of, (servers) => servers.map((server) => ({ Description: '', ...server }))),
  },
  {
    id: 'default-answer-reversed',
    allowedBy: 'No page gives an order of servers.',
    change: listing(of, (servers) => servers.toReversed()),
  },
  {
    id: 'default-xml-root-without-response',
    allowedBy: 'The page has no XML example; one edition of it named the root after the action.',
    change: answering(of, (body, call) => (wantsXml(call) ? xmlOf(of.action, body) : body)),
  },
] satisfies readonly Variant<SlbStore>[]

function hasDuplicates(call: Call): boolean {
  const named = namedBy(call).map(({ serverId }) => serverId)
  return new Set(named).size < named.length
}

/** Members and strangers in one list. A list of strangers only is not mixed. */
function isMixed(call: Call, store: SlbStore): boolean {
  const servers = loadBalancerNamed(call, store)?.servers ?? []
  const members = namedBy(call).map((entry) => isMember(of, entry, servers))
  return members.includes(true) && members.includes(false)
}
