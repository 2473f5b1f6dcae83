/** The set-up operations of `slb` as suites: asked only where `--only` names one. */

import { fixtures, type SlbGround } from '../../../fixtures/slb/ground.ts'
import type { Suite } from '../../../src/check/check.ts'
import type { Recipe } from '../../../src/check/rows/recipe.ts'
import { setUpSuite } from '../../../src/check/rows/set-up-suite.ts'
import { addBackendServers } from './add-backend-servers.recipe.ts'
import { addVServerGroupBackendServers } from './add-vserver-group-backend-servers.recipe.ts'
import { createVServerGroup } from './create-vserver-group.recipe.ts'
import { setBackendServers } from './set-backend-servers.recipe.ts'
import { asRequest, newGroup, call } from './sent.ts'

/** Only its answers are asked. */
const describeVServerGroupAttribute: Recipe<SlbGround, { readonly id: string }> = {
  arrange: newGroup,
  valid: (slb, { id }) => ({
    Action: 'DescribeVServerGroupAttribute',
    RegionId: slb.context.session.target.given.region,
    VServerGroupId: id,
  }),
  send: (slb, _group, request) => call(slb, request),
  shown: async (slb, group) => asRequest(await slb.members(group)),
  survey: (slb) => slb.survey(),
}

export const slbSetUpSuites: readonly Suite[] = [
  setUpSuite(fixtures, 'create-vserver-group', createVServerGroup),
  setUpSuite(fixtures, 'add-vserver-group-backend-servers', addVServerGroupBackendServers),
  setUpSuite(
    fixtures,
    'describe-vserver-group-attribute',
    describeVServerGroupAttribute,
    'response',
  ),
  setUpSuite(fixtures, 'add-backend-servers', addBackendServers),
  setUpSuite(fixtures, 'set-backend-servers', setBackendServers),
]
