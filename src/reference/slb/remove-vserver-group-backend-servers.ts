/** RemoveVServerGroupBackendServers: removes members from one VServer group. */

import type { Effect, OperationBehaviour } from '../rule.ts'
import { answered } from './answer.ts'
import { listed, namedBy, namesMember } from './backend-servers.ts'
import * as list from './list-rules.ts'
import { idleGroup, knownGroup, knownRegion, required, type SlbRule } from './preconditions.ts'
import type { SlbStore } from './store.ts'

const on = 'RemoveVServerGroupBackendServers'

/**
 * In order: mandatory parameters, whether the group exists, whether the list is valid, and whether its elements
 * name members. A member is named by server and port, so an element without a port is refused.
 */
const rules: readonly SlbRule[] = [
  required('slb/remove-vserver-group-backend-servers/region-required', on, 'RegionId'),
  knownRegion('slb/remove-vserver-group-backend-servers/unknown-region', on),
  required('slb/remove-vserver-group-backend-servers/group-required', on, 'VServerGroupId'),
  required(
    'slb/remove-vserver-group-backend-servers/backend-servers-required',
    on,
    'BackendServers',
  ),
  knownGroup('slb/remove-vserver-group-backend-servers/unknown-group', on),
  list.someText('slb/remove-vserver-group-backend-servers/empty-value', { on }),
  list.wellFormed('slb/remove-vserver-group-backend-servers/malformed-list', { on }),
  list.someServers('slb/remove-vserver-group-backend-servers/empty-list', { on }),
  list.notTooMany('slb/remove-vserver-group-backend-servers/twenty-one-refused', { on }),
  list.everyServerId('slb/remove-vserver-group-backend-servers/missing-server-id', { on }),
  list.everyPort('slb/remove-vserver-group-backend-servers/missing-port', { on }),
  idleGroup(on),
]

/** Removes the members that are named and ignores absent ones; the answer lists those that are left. */
const effect: Effect<SlbStore> = {
  on,
  perform(call, store) {
    const { VServerGroupId = '' } = call.parameters
    const named = namedBy(call)
    const group = store.groups.get(VServerGroupId)
    if (group) {
      group.servers = group.servers.filter(
        (server) => !named.some((entry) => namesMember(entry, server)),
      )
      group.busyUntil = call.now + store.settleMilliseconds
    }
    return answered(call, { VServerGroupId, BackendServers: listed(group?.servers ?? []) })
  },
}

export default { rules, effect } satisfies OperationBehaviour<SlbStore>
