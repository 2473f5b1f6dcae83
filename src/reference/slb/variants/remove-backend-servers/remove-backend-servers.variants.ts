/** Lawful differences in RemoveBackendServers: the other readings of its page. */

import { deciding, performing, together, type Variant } from '../../../mutant.ts'
import type { Call, Refusal } from '../../../rule.ts'
import type { Body } from '../../answer.ts'
import { listed, mostServers, namedBy, typeOf } from '../../backend-servers.ts'
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
import { invalid, listMalformed, loadBalancerUnknown, methodUnsupported } from '../../refusals.ts'
import { defaultRemoval as of } from '../../removal.ts'
import { wantsXml } from '../../request.ts'
import type { SlbStore } from '../../store.ts'
import { xmlOf } from '../../xml.ts'
import { eitherRemovalVariants, hasType, otherTypeIsStranger } from '../either-removal.variants.ts'

const denials: readonly (readonly [id: string, refusal: Refusal])[] = [
  [
    'as-spelled-in-the-table',
    { status: 403, code: 'Forbbiden.SubUser', message: 'The sub user is not allowed to do this.' },
  ],
  [
    'of-the-policy',
    { status: 403, code: 'NoPermission', message: 'No policy of the user allows the action.' },
  ],
  ['as-if-absent', loadBalancerUnknown],
]

export default [
  ...denials.map(([id, refusal]) => ({
    id: `default-denial-${id}`,
    allowedBy: 'The page does not say how a user without the permission is refused.',
    change: deciding<SlbStore>(
      'slb/remove-backend-servers/authorization',
      (_call, _store, original) => original && refusal,
    ),
  })),
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
    id: 'default-other-type-is-a-stranger',
    allowedBy: 'other-type: an element that does not fit names no server of the group.',
    change: otherTypeIsStranger(of),
  },
  {
    id: 'default-other-type-refused',
    allowedBy: 'other-type: the page does not say what happens to it.',
    change: refusingIf(
      of,
      (call, store) => {
        const servers = loadBalancerNamed(call, store)?.servers ?? []
        return namedBy(call).some((entry) =>
          servers.some((server) => of.names(entry, server) && !hasType(entry, server)),
        )
      },
      invalid('The type is not that of the server.'),
    ),
  },
  {
    id: 'default-unknown-key-refused',
    allowedBy: 'unknown-key: the page lists three keys of an element.',
    change: refusingIf(of, hasUnknownKey, invalid('BackendServers has an unknown field.')),
  },
  {
    id: 'default-unknown-key-ignored',
    allowedBy: 'unknown-key: an element that is not understood names no server.',
    change: doingNothing(of, hasUnknownKey),
  },
  {
    id: 'default-strangers-do-not-count',
    allowedBy: 'twenty-one-with-strangers: the limit may apply only to servers of the group.',
    change: notRefusing(of, 'twenty-one-refused', hasFewMembers),
  },
  {
    id: 'default-too-many-strangers-fail-silently',
    allowedBy:
      'twenty-one-with-strangers: the note says that such a request fails without an error.',
    change: together(
      notRefusing(of, 'twenty-one-refused', hasFewMembers),
      doingNothing(of, (call) => namedBy(call).length > mostServers),
    ),
  },
  {
    id: 'default-answer-lists-the-removed',
    allowedBy:
      'answer-lists-the-rest: the example of an answer lists the server that the example of a list names.',
    change: performing(of.action, (call, store, original) => {
      const before = loadBalancerNamed(call, store)?.servers ?? []
      const answer = original(call)
      const after = loadBalancerNamed(call, store)?.servers ?? []
      const BackendServers = listed(before.filter((server) => !after.includes(server)))
      return { ...answer, body: { ...(answer.body as Body), BackendServers } }
    }),
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
    id: 'default-port-in-answer',
    allowedBy: 'A response table does not exclude a field without a meaning here.',
    change: changingList(of, (servers) => servers.map((server) => ({ ...server, Port: 0 }))),
  },
  ...eitherRemovalVariants(of),
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

/** At most as many servers of the group as one call may name. */
function hasFewMembers(call: Call, store: SlbStore): boolean {
  const servers = loadBalancerNamed(call, store)?.servers ?? []
  return namedBy(call).filter((entry) => isMember(of, entry, servers)).length <= mostServers
}

const knownKeys = ['ServerId', 'Port', 'Weight', 'Type', 'Description']

function hasUnknownKey({ parameters: { BackendServers = '' } }: Call): boolean {
  const keys = Array.from(BackendServers.matchAll(/"(\w+)"\s*:/g), ([, key = '']) => key)
  return keys.some((key) => !knownKeys.includes(key))
}
