/** Faults that show only in company: beside servers of another type, near ids and ports, or with descriptions. */

import { performing, together, type Mutant } from '../../../mutant.ts'
import type { Answer } from '../../../rule.ts'
import type { Body } from '../../answer.ts'
import { listed, namedBy, portOf, type Entry } from '../../backend-servers.ts'
import {
  changingAnswer,
  changingList,
  isNamed,
  removing,
  remaining,
  serversIn,
  type Servers,
  type SlbChange,
} from '../../changes.ts'
import type { Removal } from '../../removal.ts'
import { wantsXml } from '../../request.ts'
import type { BackendServer, SlbStore } from '../../store.ts'

export function companyMutants(of: Removal): readonly Mutant<SlbStore>[] {
  const own = of.short === 'vserver' ? vserverMutants(of) : []
  return [...mutantsOfTypes(of), ...mutantsOfIds(of), ...mutantsOfDescriptions(of), ...own].map(
    (mutant) => ({
      ...mutant,
      id: `${of.short}-${mutant.id}`,
      breaks: `${of.operation}/${mutant.breaks}`,
    }),
  )
}

function mutantsOfTypes(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'type-of-the-first-for-all',
      breaks: of.short === 'vserver' ? 'eni' : 'type-eni',
      story: 'The kind of lookup is chosen once a call, by the server that the list names first.',
      mutate: removing(of, (named, servers) => {
        const type = servers.find((server) => named[0] && of.names(named[0], server))?.type
        const gone = servers.filter((one) => !remaining(of, named, servers).includes(one))
        return servers.filter((one) => !gone.includes(one) || (type && one.type !== type))
      }),
    },
    {
      id: 'type-of-the-rest-from-the-removed',
      breaks: of.short === 'vserver' ? 'eni' : 'answer-lists-the-rest',
      story: 'After interfaces were removed the cache of types is empty, and ecs is the default.',
      mutate: withBefore(of, (before, after) => {
        const gone = before.filter((one) => !after.some((other) => isSame(one, other)))
        const isAny = gone.some((one) => one['Type'] === 'eni')
        return after.map((one) => (isAny ? { ...one, Type: 'ecs' } : one))
      }),
    },
    {
      id: 'xml-empty-list-has-an-element',
      breaks: 'response.BackendServers.BackendServer.items.ServerId.type',
      story: 'The serializer writes the element once even where the list has none.',
      mutate: changingAnswer(of, (body, call) =>
        wantsXml(call) && serversIn(body).length === 0
          ? { ...body, BackendServers: { BackendServer: null } }
          : body,
      ),
    },
  ]
}

function mutantsOfIds(of: Removal): readonly Mutant<SlbStore>[] {
  const breaks = of.short === 'vserver' ? 'identity-server-id-and-port' : 'removes-named-server'
  const byId = (isMatch: (named: string, own: string) => boolean): SlbChange =>
    removing(of, (named, servers) =>
      servers.filter((server) => !named.some((entry) => isNear(of, isMatch, entry, server))),
    )
  return [
    {
      id: 'server-by-the-beginning-of-its-id',
      breaks,
      story: 'Servers are looked up with LIKE and a per cent sign behind the id.',
      mutate: byId((named, own) => own.startsWith(named)),
    },
  ]
}

function isNear(
  of: Removal,
  isMatch: (named: string, own: string) => boolean,
  entry: Entry,
  server: BackendServer,
): boolean {
  const { serverId } = entry
  if (of.names(entry, server)) return true
  const isId = typeof serverId === 'string' && serverId !== '' && isMatch(serverId, server.serverId)
  return isId && (of.short === 'default' || portOf(entry) === server.port)
}

function mutantsOfDescriptions(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'descriptions-slip',
      breaks: 'description',
      story: 'Descriptions are a list of their own, from before the removal, joined by position.',
      mutate: withBefore(of, (before, after) =>
        after.map((one, index) => ({ ...one, Description: before[index]?.['Description'] })),
      ),
    },
    {
      id: 'description-of-the-removed',
      breaks: 'description',
      story: 'The row that moves up keeps the description of the one whose place it takes.',
      mutate: withBefore(of, (before, after) => {
        const gone = before.find((one) => !after.some((other) => isSame(one, other)))
        return after.map((one, index) =>
          index === 0 && gone ? { ...one, Description: gone['Description'] } : one,
        )
      }),
    },
  ]
}

function vserverMutants(of: Removal): readonly Mutant<SlbStore>[] {
  return [
    {
      id: 'counts-what-calls-name',
      breaks: 'list-of-groups',
      story: 'The number of members is a counter, lowered by the length of the list.',
      mutate: together(
        performing<SlbStore>(of.action, (call, store, original) => {
          const lost = (store.notes.get('lost') as number | undefined) ?? 0
          const [before, named] = [
            of.holder(call, store)?.servers.length ?? 0,
            namedBy(call).length,
          ]
          const answer = original(call)
          const gone = before - (of.holder(call, store)?.servers.length ?? 0)
          store.notes.set('lost', lost + Math.max(0, named - gone))
          return answer
        }),
        performing<SlbStore>('DescribeVServerGroups', (call, store, original) => {
          const lost = (store.notes.get('lost') as number | undefined) ?? 0
          return withGroups(original(call), (group) => ({
            ...group,
            ServerCount: Number(group['ServerCount']) - lost,
          }))
        }),
      ),
    },
    {
      id: 'empty-groups-serve-no-listener',
      breaks: 'list-of-groups',
      story: 'Listeners are joined with groups by their members.',
      mutate: performing<SlbStore>('DescribeVServerGroups', (call, _store, original) =>
        withGroups(original(call), (group) =>
          group['ServerCount'] === 0 ? { ...group, AssociatedObjects: {} } : group,
        ),
      ),
    },
    {
      id: 'repeated-removal-follows-the-server',
      breaks: 'repeated',
      story: 'A member that is not in the group is looked for in the newest group that has it.',
      mutate: performing(of.action, (call, store, original) => {
        const own = of.holder(call, store)
        const isHere = own?.servers.some((one) => isNamed(of, one, namedBy(call)))
        const other = [...store.groups.values()].findLast(
          (group) => group !== own && group.servers.some((one) => isNamed(of, one, namedBy(call))),
        )
        if (own && !isHere && other) other.servers = remaining(of, namedBy(call), other.servers)
        return original(call)
      }),
    },
    {
      id: 'server-id-with-more-behind-it',
      breaks: 'identity-server-id-and-port',
      story: 'The id is cut to the width of the column, so a longer one names the same server.',
      mutate: removing(of, (named, servers) =>
        servers.filter(
          (server) =>
            !named.some((entry) =>
              isNear(of, (longer, own) => longer.startsWith(own), entry, server),
            ),
        ),
      ),
    },
    {
      id: 'port-by-its-beginning',
      breaks: 'identity-server-id-and-port',
      story: 'Server and port are one text, and texts that begin alike are taken as one.',
      mutate: removing(of, (named, servers) =>
        servers.filter(
          (server) =>
            !named.some(
              (entry) =>
                entry.serverId === server.serverId &&
                String(server.port).startsWith(String(portOf(entry))),
            ),
        ),
      ),
    },
    {
      id: 'number-port-in-a-form',
      breaks: 'number-port',
      story: 'Forms have their own parser, which keeps numbers, and ports are compared as text.',
      mutate: performing(of.action, (call, store, original) => {
        const holder = of.holder(call, store)
        const before: Servers = holder?.servers ?? []
        const named = namedBy(call).filter(({ port }) => typeof port === 'string')
        const answer = original(call)
        if (!holder || call.method !== 'POST' || call.text === '') return answer
        holder.servers = remaining(of, named, before)
        const body = answer.body as Body
        return { ...answer, body: { ...body, BackendServers: listed(holder.servers) } }
      }),
    },
    {
      id: 'interfaces-as-instances-in-xml',
      breaks: 'eni',
      story: 'The XML view has the default type, since it is older than interfaces.',
      mutate: changingList(of, (servers, call) =>
        wantsXml(call) ? servers.map((one) => ({ ...one, Type: 'ecs' })) : servers,
      ),
    },
  ]
}

/** An answer with the list of groups, each changed. */
function withGroups(answer: Answer, edit: (group: Body) => Body): Answer {
  const body = answer.body as Body
  const { VServerGroup: groups } = body['VServerGroups'] as {
    readonly VServerGroup: readonly Body[]
  }
  return { ...answer, body: { ...body, VServerGroups: { VServerGroup: groups.map(edit) } } }
}

/** The list of the answer, made from the servers before the removal and those after it. */
function withBefore(
  of: Removal,
  choose: (before: readonly Body[], after: readonly Body[]) => readonly Body[],
): SlbChange {
  return performing(of.action, (call, store, original) => {
    const before = serversIn({ BackendServers: listed(of.holder(call, store)?.servers ?? []) })
    const answer = original(call)
    const body = answer.body as Body
    const chosen = choose(before, serversIn(body))
    return { ...answer, body: { ...body, BackendServers: { BackendServer: chosen } } }
  })
}

function isSame(one: Body, other: Body): boolean {
  return one['ServerId'] === other['ServerId'] && one['Port'] === other['Port']
}
