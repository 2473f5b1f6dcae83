/** Lawful differences that both removals can have, since both pages leave them open. */

import { performing, type Change, type Variant } from '../../mutant.ts'
import type { Call } from '../../rule.ts'
import { namedBy, serverIdOf, typeOf, type Entry } from '../backend-servers.ts'
import { changingAnswer, changingList, notRefusing, removing, serversIn } from '../changes.ts'
import type { Removal } from '../removal.ts'
import { wantsXml } from '../request.ts'
import type { BackendServer, SlbStore } from '../store.ts'

/** How long another write is refused. */
const busyMilliseconds = 10

/** Changes to the form of the list come last. */
export function eitherRemovalVariants(of: Removal): readonly Variant<SlbStore>[] {
  const variants: readonly Variant<SlbStore>[] = [
    {
      id: 'region-ignored',
      allowedBy: 'unknown-region: an endpoint of one region may not look at the parameter.',
      change: notRefusing(of, 'unknown-region'),
    },
    {
      id: 'server-id-not-text-ignored',
      allowedBy: 'An id that is not a text names no server, and absent servers are ignored.',
      change: notRefusing(of, 'missing-server-id', hasOtherServerId),
    },
    {
      id: 'busy-after-removals',
      allowedBy: 'No page says that the next write is accepted as soon as a removal is answered.',
      change: performing(of.action, (call, store, original) => {
        const answer = original(call)
        const holder = of.holder(call, store)
        if (holder) holder.busyUntil = call.now + busyMilliseconds
        return answer
      }),
    },
    {
      id: 'more-fields-in-answer',
      allowedBy:
        'A response table does not exclude fields that were added later, such as ServerIp.',
      change: changingList(of, (servers) =>
        servers.map((server) => ({ ...server, ServerIp: '192.0.2.2', VpcId: 'vpc-reference' })),
      ),
    },
    {
      id: 'description-always',
      allowedBy: 'No page says whether an empty Description is shown.',
      change: changingList(of, (servers) =>
        servers.map((server) => ({ Description: '', ...server })),
      ),
    },
    {
      id: 'answer-reversed',
      allowedBy: 'No page gives an order of servers.',
      change: changingList(of, (servers) => servers.toReversed()),
    },
    {
      id: 'empty-list-is-null',
      allowedBy: 'No page says how a list without servers is written in an answer.',
      // In XML it would be an element, and so a server without an id.
      change: changingList(of, (servers, call) =>
        servers.length === 0 && !wantsXml(call) ? null : servers,
      ),
    },
    {
      id: 'flat-list',
      allowedBy: 'response.BackendServers.type: the table has the list where the example nests it.',
      change: changingAnswer(of, (body, call) =>
        wantsXml(call) ? body : { ...body, BackendServers: serversIn(body) },
      ),
    },
    {
      id: 'empty-list-is-an-empty-object',
      allowedBy: 'No page says how a list without servers is written in an answer.',
      change: changingAnswer(of, (body) =>
        isEmpty(body['BackendServers']) ? { ...body, BackendServers: {} } : body,
      ),
    },
  ]
  return variants.map((variant) => ({ ...variant, id: `${of.short}-${variant.id}` }))
}

/** An element with another type than the server has names no server. */
export function otherTypeIsStranger(of: Removal): Change<SlbStore> {
  return removing(of, (named, servers) =>
    servers.filter(
      (server) => !named.some((entry) => of.names(entry, server) && hasType(entry, server)),
    ),
  )
}

/** Is the server of the type that it is named with? Without a type, it is. */
export function hasType(entry: Entry, { type }: BackendServer): boolean {
  return entry.type === undefined || typeOf(entry) === type
}

/** Every id is present, and one of them is not a text, or an empty one. */
function hasOtherServerId(call: Call): boolean {
  const named = namedBy(call)
  const isPresent = named.every(({ serverId }) => serverId !== undefined)
  return isPresent && named.some((entry) => serverIdOf(entry) === undefined)
}

function isEmpty(list: unknown): boolean {
  if (Array.isArray(list)) return list.length === 0
  const inner = (list as { BackendServer?: unknown } | undefined)?.BackendServer
  return inner === undefined || inner === null || (Array.isArray(inner) && inner.length === 0)
}
