/** The set-up operations that change the members of a VServer group: add, set and modify. */

import type { Answer, Call, Effect } from '../rule.ts'
import { answered } from './answer.ts'
import { addTo, listed, namedBy, namesMember, memberFrom, type Entry } from './backend-servers.ts'
import * as list from './list-rules.ts'
import {
  groupNamed,
  idleGroup,
  knownGroup,
  matching,
  required,
  type SlbRule,
} from './preconditions.ts'
import * as refusals from './refusals.ts'
import type { BackendServer, SlbStore, VServerGroup } from './store.ts'
import { groupName } from './vserver-groups.ts'

const create = 'CreateVServerGroup'
const add = 'AddVServerGroupBackendServers'
const set = 'SetVServerGroupAttribute'
const modify = 'ModifyVServerGroupBackendServers'

/** The lists of these operations: servers that are added, and servers that are members already. */
const incoming = [{ on: [create, add] }, { on: modify, parameter: 'NewBackendServers' }]
const present = [{ on: set }, { on: modify, parameter: 'OldBackendServers' }]

export const vserverGroupMemberRules: readonly SlbRule[] = [
  required('slb/set-up/vserver-group-required', [add, set, modify], 'VServerGroupId'),
  required('slb/set-up/backend-servers-required', add, 'BackendServers'),
  knownGroup('slb/set-up/unknown-vserver-group', [add, set, modify]),
  matching('slb/set-up/vserver-group-name', set, 'VServerGroupName', groupName),
  {
    keeps: 'slb/set-up/name-or-servers',
    on: set,
    refuse({ parameters: { VServerGroupName, BackendServers } }) {
      if (VServerGroupName !== undefined || BackendServers !== undefined) return undefined
      return refusals.missing('VServerGroupName or BackendServers')
    },
  },
  ...[...incoming, ...present].flatMap((place) => [
    list.wellFormed('slb/set-up/malformed-list', place),
    list.notTooMany('slb/set-up/too-many-servers', place),
    list.everyServerId('slb/set-up/server-id', place),
    list.everyPort('slb/set-up/port', place),
    list.everyWeight('slb/set-up/weight', place),
    list.everyType('slb/set-up/type', place),
    list.everyDescription('slb/set-up/description', place),
  ]),
  list.everyWeightGiven('slb/set-up/weight-required', { on: create }),
  ...incoming.flatMap((place) => [
    list.everyTypeFits('slb/set-up/type-fits', place),
    list.everyServerRuns('slb/set-up/server-runs', place, refusals.serverUnknown),
  ]),
  idleGroup([add, set, modify]),
]

export const addVServerGroupBackendServers: Effect<SlbStore> = {
  on: add,
  perform: changing((group, call) => addTo(group, namedBy(call).map(memberFrom))),
}

/** Changes the name, and weights and descriptions of members; servers that are not members are ignored. */
export const setVServerGroupAttribute: Effect<SlbStore> = {
  on: set,
  perform(call, store) {
    const group = groupNamed(call, store)
    const answer = changing(setMembers)(call, store)
    if (group) group.name = call.parameters['VServerGroupName'] ?? group.name
    return { ...answer, body: { ...(answer.body as object), VServerGroupName: group?.name } }
  },
}

export const modifyVServerGroupBackendServers: Effect<SlbStore> = {
  on: modify,
  perform: changing((group, call) => {
    const old = namedBy(call, 'OldBackendServers')
    group.servers = group.servers.filter((server) => !entryFor(server, old))
    addTo(group, namedBy(call, 'NewBackendServers').map(memberFrom))
  }),
}

function setMembers(group: VServerGroup, call: Call): void {
  const named = namedBy(call)
  group.servers = group.servers.map((server) => changed(server, entryFor(server, named)))
}

/** Fields that the element does not have stay as they are. */
function changed(server: BackendServer, entry: Entry | undefined): BackendServer {
  if (!entry) return server
  const { weight, ...fields } = memberFrom(entry)
  return { ...server, ...fields, weight: entry.weight === undefined ? server.weight : weight }
}

function entryFor(server: BackendServer, named: readonly Entry[]): Entry | undefined {
  return named.find((entry) => namesMember(entry, server))
}

/** All three answer with the whole group after the change. */
function changing(change: (group: VServerGroup, call: Call) => void) {
  return (call: Call, store: SlbStore): Answer => {
    const group = groupNamed(call, store)
    if (!group) return answered(call)
    change(group, call)
    group.busyUntil = call.now + store.settleMilliseconds
    return answered(call, { VServerGroupId: group.id, BackendServers: listed(group.servers) })
  }
}
