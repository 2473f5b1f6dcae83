/** How `add-backend-servers` is asked: each request to be accepted meets an empty default group. @see AddBackendServers */

import { emptyDefaultGroup } from '../../../fixtures/slb/clean-up.ts'
import type { SlbGround } from '../../../fixtures/slb/ground.ts'
import type { Recipe } from '../../../src/check/rows/recipe.ts'
import { Unarranged } from '../../../src/model.ts'
import { asRequest, call, interfaceFor, isLent, typed } from './sent.ts'

const Action = 'AddBackendServers'

export const addBackendServers: Recipe<SlbGround, SlbGround> = {
  arrange: async (slb) => {
    await emptyDefaultGroup(slb.context)
    if ((await slb.defaultServers()).length > 0) {
      throw new Unarranged('The default group holds servers that this run did not add.')
    }
    slb.context.onCleanUp(() => emptyDefaultGroup(slb.context))
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
  beside: (path, value, _when, slb) => interfaceFor(slb, path, value),
  takes: isLent,
  situations: [typed],
}
