/** How `set-backend-servers` is asked: of a default group with one server of this run. @see SetBackendServers */

import type { SlbGround } from '../../../fixtures/slb/ground.ts'
import type { Recipe } from '../../../src/check/rows/recipe.ts'
import { addBackendServers } from './add-backend-servers.recipe.ts'

const { send, shown, survey } = addBackendServers

export const setBackendServers: Recipe<SlbGround, SlbGround> = {
  arrange: async (slb, path) => {
    await addBackendServers.arrange(slb, path)
    await slb.defaultGroupOf(100)
    return slb
  },
  valid: (slb) => ({ ...addBackendServers.valid(slb, slb), Action: 'SetBackendServers' }),
  send,
  shown,
  survey,
}
