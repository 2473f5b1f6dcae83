/** The other three ways to change who is in a VServer group: add, set, modify. */

import type { Answer, Call, Effect } from '../rule.ts'
import { answered } from './answer.ts'
import { join, listed, namedBy, namesMember, memberFrom, type Entry } from './backend-servers.ts'
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

/** Where these operations carry lists: what comes in, and what must be there already. */
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
  ...incoming.flatMap((place) => [
    list.everyTypeFits('slb/set-up/type-fits', place),
    list.everyServerRuns('slb/set-up/server-runs', place, refusals.serverUnknown),
  ]),
  idleGroup([add, set, modify]),
]

export const addVServerGroupBackendServers: Effect<SlbStore> = {
  on: add,
  perform: changing((group, call) => join(group, namedBy(call).map(memberFrom))),
}

/** A new name, and new weights and descriptions for members; strangers are passed over. */
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
    join(group, namedBy(call, 'NewBackendServers').map(memberFrom))
  }),
}

function setMembers(group: VServerGroup, call: Call): void {
  const named = namedBy(call)
  group.servers = group.servers.map((server) => changed(server, entryFor(server, named)))
}

/** What the element does not say stays as it is. */
function changed(server: BackendServer, entry: Entry | undefined): BackendServer {
  if (!entry) return server
  const { weight, ...said } = memberFrom(entry)
  return { ...server, ...said, weight: entry.weight === undefined ? server.weight : weight }
}

function entryFor(server: BackendServer, named: readonly Entry[]): Entry | undefined {
  return named.find((entry) => namesMember(entry, server))
}

/** Each of the three answers with the whole group as it is afterwards. */
function changing(change: (group: VServerGroup, call: Call) => void) {
  return (call: Call, store: SlbStore): Answer => {
    const group = groupNamed(call, store)
    if (!group) return answered(call)
    change(group, call)
    group.busyUntil = call.now + store.settleMilliseconds
    return answered(call, { VServerGroupId: group.id, BackendServers: listed(group.servers) })
  }
}
