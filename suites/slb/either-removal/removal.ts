/** The two operations under test, seen as one: each removes backend servers from a server group. */

import { isDeepStrictEqual } from 'node:util'
import type { Group } from '../../../fixtures/slb/arrange.ts'
import type { ChangedParameters } from '../../../fixtures/slb/ask.ts'
import type { SlbGround } from '../../../fixtures/slb/ground.ts'
import {
  aMember,
  aServer,
  namedMembers,
  namedServers,
  type List,
} from '../../../fixtures/slb/lists.ts'
import type { GroupLook } from '../../../fixtures/slb/group-look.ts'
import {
  defaultServersOf,
  identity,
  serversOf,
  type Fields,
  type Server,
} from '../../../fixtures/slb/wire-shapes.ts'
import { assertSame } from '../../../src/check/assert.ts'
import type { CallForm } from '../../../src/dialects/slb.ts'
import type { Exchange, HttpRequest, Operation } from '../../../src/model.ts'

/** A VServer group or the default group of a load balancer, with servers in it. */
export interface ServerGroup {
  /** As they were read back. */
  readonly servers: readonly Server[]
  /** Each of them as a removal names it, in the same order. */
  readonly named: readonly Fields[]
  /** The id that a call names it by: its own, or that of its load balancer. */
  readonly ownerId: string
  /** Sends the removal of these servers. */
  remove(list: List, changed?: ChangedParameters, form?: CallForm): Promise<Exchange>
  /** The same request, for a check that changes it before it is sent. */
  request(list: List): HttpRequest
  /** The servers that are in it now. */
  current(): Promise<readonly Server[]>
  watch(): Promise<GroupLook>
}

/** A value for each of the two operations. */
export interface Both<Value> {
  readonly vserverGroup: Value
  readonly defaultGroup: Value
}

/** One of the two operations: what a shared check has to know about it. */
export interface Removal {
  readonly operation: Operation & `remove-${string}`
  /** The action, which is also the title of the page. */
  readonly action: string
  /** What a server of the group is called in the texts. */
  readonly member: 'member' | 'server'
  readonly group: 'the group' | 'the default group'
  /** What the call names to say from which group servers are removed. */
  readonly owner: 'group' | 'load balancer'
  /** The same, as it is written in ids. */
  readonly ownerWord: 'group' | 'load-balancer'
  readonly ownerParameter: 'VServerGroupId' | 'LoadBalancerId'
  /** An id like a real one that names nothing. */
  readonly unknownOwner: string
  /** Where the page says what its name in this record says. */
  readonly places: Readonly<
    Record<'note' | 'commonParameters' | 'listExample' | 'limit' | 'action', string>
  >
  /** The id of a requirement. */
  id(name: string): string
  /** Places on the page, for the source of a requirement. */
  at(...places: readonly string[]): string
  /** The value that belongs to this operation, where the two differ. */
  pick<Value>(values: Both<Value>): Value
  /** A group with one server for each weight. */
  arrange(slb: SlbGround, ...weights: readonly number[]): Promise<ServerGroup>
  /** The same, where every server has a description that no other has. */
  arrangeDescribed(slb: SlbGround, ...weights: readonly number[]): Promise<ServerGroup>
  /** The same; beside it a second group with equal members, where the target can have several. */
  arrangeBesideAnother(slb: SlbGround, ...weights: readonly number[]): Promise<ServerGroup>
  /** A group with so many servers. @throws {NotOffered} When the target cannot have so many in one. */
  arrangeLarge(slb: SlbGround, count: number): Promise<ServerGroup>
  /** Sends a removal from whatever an id names, also from what does not exist, or without an id. */
  removeFrom(
    slb: Pick<SlbGround, 'removeFromGroup' | 'removeServers'>,
    ownerId: string | undefined,
    servers: readonly Server[],
  ): Promise<Exchange>
  /** What tells servers of the group apart. */
  identity(server: Server): string
  /** How a removal names these servers. */
  named(servers: readonly Server[]): readonly Fields[]
  /** The servers that an answer lists. */
  listed(answer: Exchange): readonly Server[]
  /** What its page lets an answer list after a removal. */
  readonly lists: readonly ListReading[]
}

/** The list in an answer holds the servers that are left, or those that were removed. */
export type ListReading = 'remaining' | 'removed'

type Words =
  | 'operation'
  | 'action'
  | 'member'
  | 'group'
  | 'owner'
  | 'ownerWord'
  | 'ownerParameter'
  | 'unknownOwner'

const words: Both<Pick<Removal, Words | 'places'>> = {
  vserverGroup: {
    operation: 'remove-vserver-group-backend-servers',
    action: 'RemoveVServerGroupBackendServers',
    member: 'member',
    group: 'the group',
    owner: 'group',
    ownerWord: 'group',
    ownerParameter: 'VServerGroupId',
    unknownOwner: 'rsp-poolproof0',
    places: {
      note: 'Note',
      commonParameters: 'Examples › Request example › CommonParameters',
      listExample: 'Request parameters › BackendServers › Example value',
      limit: 'Request parameters › BackendServers › second sentence',
      action: 'Request parameters › Action › Description',
    },
  },
  defaultGroup: {
    operation: 'remove-backend-servers',
    action: 'RemoveBackendServers',
    member: 'server',
    group: 'the default group',
    owner: 'load balancer',
    ownerWord: 'load-balancer',
    ownerParameter: 'LoadBalancerId',
    unknownOwner: 'lb-bp1poolproof000000000',
    places: {
      note: 'Operation description › Note',
      commonParameters: 'Debugging',
      listExample: 'Request parameters › BackendServers › Examples',
      limit: 'Request parameters › BackendServers › sentence after the list',
      action: 'title',
    },
  },
}

/** RemoveVServerGroupBackendServers. Its servers are one server on several ports. */
export const fromVServerGroup: Removal = {
  ...words.vserverGroup,
  ...naming('vserverGroup'),
  arrange: arrangeVServerGroup,
  arrangeLarge: async (slb, count) => asServerGroup(slb, await slb.groupOf(count)),
  arrangeDescribed: async (slb, ...weights) => {
    const [server] = slb.servers(1)
    return vserverGroupOf(slb, withDescriptions(numberedMembers(slb, server, weights)))
  },
  arrangeBesideAnother: async (slb, ...weights) => {
    const group = await arrangeVServerGroup(slb, ...weights)
    await slb.group(group.servers)
    return group
  },
  removeFrom: (slb, VServerGroupId, servers) =>
    slb.removeFromGroup({ id: '' }, namedMembers(servers), { VServerGroupId }),
  identity,
  named: namedMembers,
  listed: serversOf,
  // The example lists a member that its request does not name.
  lists: ['remaining'],
}

/** RemoveBackendServers. A load balancer has one default group, so there is never a second one. */
export const fromDefaultGroup: Removal = {
  ...words.defaultGroup,
  ...naming('defaultGroup'),
  arrange: arrangeDefaultGroup,
  arrangeLarge: async (slb, count) => defaultGroupOf(slb, await slb.largeDefaultGroup(count)),
  arrangeDescribed: async (slb, ...weights) => {
    const ids: readonly string[] = slb.servers(3)
    const servers = weights.map((weight, index) => aServer(ids[index % ids.length] ?? '', weight))
    return defaultGroupOf(slb, await slb.defaultGroup(withDescriptions(servers)))
  },
  arrangeBesideAnother: arrangeDefaultGroup,
  removeFrom: (slb, LoadBalancerId, servers) =>
    slb.removeServers(namedServers(servers), { LoadBalancerId }),
  identity: ({ ServerId }) => ServerId,
  named: namedServers,
  listed: defaultServersOf,
  // The example lists the server that the example of a request names.
  lists: ['remaining', 'removed'],
}

/**
 * Which of the two an answer lists.
 *
 * @param what - The servers that it would list in either case. They must not be the same.
 * @throws {AssertionError} When it lists neither, or what its page excludes.
 */
export function listIn(
  of: Removal,
  answer: Exchange,
  what: Readonly<Record<ListReading, readonly Server[]>>,
): ListReading {
  const listed = of.listed(answer)
  const found = of.lists.find((reading) => isDeepStrictEqual(listed, what[reading]))
  if (found === undefined) assertSame(listed, what.remaining, 'The list in the answer')
  return found ?? 'remaining'
}

function naming(which: keyof Both<unknown>): Pick<Removal, 'id' | 'at' | 'pick'> {
  const { operation, action } = words[which]
  return {
    id: (name) => `slb/${operation}/${name}`,
    at: (...places) => places.map((place) => `${action} › ${place}`).join('; '),
    pick: (values) => values[which],
  }
}

function withDescriptions(servers: readonly Server[]): readonly Server[] {
  return servers.map((one, index) => ({ ...one, Description: `poolproof-${index + 1}` }))
}

async function arrangeVServerGroup(
  slb: SlbGround,
  ...weights: readonly number[]
): Promise<ServerGroup> {
  const [server] = slb.servers(1)
  return vserverGroupOf(slb, numberedMembers(slb, server, weights))
}

function numberedMembers(
  slb: SlbGround,
  server: string,
  weights: readonly number[],
): readonly Server[] {
  const ports = slb.ports(weights.length)
  return weights.map((weight, index) => aMember(server, ports[index] ?? 0, weight))
}

async function vserverGroupOf(slb: SlbGround, members: readonly Server[]): Promise<ServerGroup> {
  return asServerGroup(slb, await slb.group(members))
}

function asServerGroup(slb: SlbGround, group: Group): ServerGroup {
  return {
    servers: group.members,
    named: namedMembers(group.members),
    ownerId: group.id,
    remove: (list, changed, form) => slb.removeFromGroup(group, list, changed, form),
    request: (list) => slb.removalFromGroup(group, list),
    current: () => slb.members(group),
    watch: () => slb.watch(group),
  }
}

async function arrangeDefaultGroup(
  slb: SlbGround,
  ...weights: readonly number[]
): Promise<ServerGroup> {
  return defaultGroupOf(slb, await slb.defaultGroupOf(...weights))
}

function defaultGroupOf(slb: SlbGround, servers: readonly Server[]): ServerGroup {
  return {
    servers,
    named: namedServers(servers),
    ownerId: slb.loadBalancerId,
    remove: (list, changed, form) => slb.removeServers(list, changed, form),
    request: (list) => slb.removalOfServers(list),
    current: () => slb.defaultServers(),
    watch: () => slb.watchDefaultGroup(),
  }
}
