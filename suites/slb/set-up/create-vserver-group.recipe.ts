/** How `create-vserver-group` is asked. @see CreateVServerGroup */

import type { SlbGround } from '../../../fixtures/slb/ground.ts'
import { textIn } from '../../../fixtures/slb/wire-shapes.ts'
import type { Recipe } from '../../../src/check/rows/recipe.ts'
import { asRequest, call, onPorts, removedLater, typed } from './sent.ts'

const Action = 'CreateVServerGroup'
const firstPort = 8000

export const createVServerGroup: Recipe<SlbGround, undefined> = {
  arrange: () => Promise.resolve(undefined),
  valid: (slb) => ({
    Action,
    RegionId: slb.context.session.target.given.region,
    LoadBalancerId: slb.loadBalancerId,
    VServerGroupName: slb.context.session.name('group'),
    BackendServers: onPorts(slb, firstPort, 1),
  }),
  send: async (slb, _arranged, request) => removedLater(slb, await call(slb, request)),
  shown: async (slb, _arranged, answered) =>
    asRequest(await slb.members({ id: textIn(answered, 'VServerGroupId') })),
  survey: (slb) => slb.survey(),
  elements: (slb, _arranged, many) => onPorts(slb, firstPort, many),
  situations: [typed],
}
