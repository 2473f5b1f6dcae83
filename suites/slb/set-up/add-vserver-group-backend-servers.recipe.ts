/** How `add-vserver-group-backend-servers` is asked. @see AddVServerGroupBackendServers */

import type { Group } from '../../../fixtures/slb/arrange.ts'
import type { SlbGround } from '../../../fixtures/slb/ground.ts'
import type { Recipe } from '../../../src/check/rows/recipe.ts'
import { asRequest, call, interfaceFor, isLent, onPorts, typed } from './sent.ts'

const Action = 'AddVServerGroupBackendServers'
const firstPort = 8000

interface Arranged {
  readonly group: Group
  readonly slb: SlbGround
}

export const addVServerGroupBackendServers: Recipe<SlbGround, Arranged> = {
  arrange: async (slb) => ({ slb, group: await slb.group([]) }),
  valid: (slb, { group }) => ({
    Action,
    RegionId: slb.context.session.target.given.region,
    VServerGroupId: group.id,
    BackendServers: onPorts(slb, firstPort, 1),
  }),
  send: (slb, _arranged, request) => call(slb, request),
  shown: async (slb, { group }) => asRequest(await slb.members(group)),
  survey: (slb) => slb.survey(),
  beside: (path, value, _when, { slb }) => interfaceFor(slb, path, value),
  takes: isLent,
  elements: (slb, _arranged, many) => onPorts(slb, firstPort, many),
  situations: [typed],
}
