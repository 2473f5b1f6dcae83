/** How `set-backend-servers` is asked: of a default group with one server of this run. @see SetBackendServers */

import type { SlbGround } from '../../../fixtures/slb/ground.ts'
import type { Recipe } from '../../../src/check/rows/recipe.ts'
import { addBackendServers } from './add-backend-servers.recipe.ts'
import { asRequest, call } from './sent.ts'

const Action = 'SetBackendServers'

export const setBackendServers: Recipe<SlbGround, SlbGround> = {
  arrange: async (slb, path) => {
    await addBackendServers.arrange(slb, path)
    await slb.defaultGroupOf(100)
    return slb
  },
  valid: (slb) => ({
    Action,
    RegionId: slb.context.session.target.given.region,
    LoadBalancerId: slb.loadBalancerId,
    BackendServers: [{ ServerId: slb.servers(1)[0], Weight: 50 }],
  }),
  send: (slb, _arranged, request) => call(slb, request),
  shown: async (slb) => asRequest(await slb.defaultServers()),
  survey: (slb) => slb.survey(),
}
