/** How `add-member` is asked. @see Adding a Backend Server */

import { aMember } from '../../../fixtures/elb/bodies.ts'
import type { Pool } from '../../../fixtures/elb/created.ts'
import type { ElbGround } from '../../../fixtures/elb/ground.ts'
import type { Fields, Recipe } from '../../../src/check/rows/recipe.ts'
import { create, shown, survey } from './made.ts'

export const addMember: Recipe<ElbGround, Pool> = {
  arrange: (elb) => elb.pool(),
  valid: ({ context: { session, loadBalancer, once } }) => {
    const { addresses, subnetId: subnet_id } = session.target.given
    const protocol_port = once('port', () => loadBalancer.nextPort())
    const own = { name: session.name('member'), address: addresses[0], protocol_port, subnet_id }
    return aMember(own) as Fields
  },
  send: (elb, pool, request) => create(`/pools/${pool.id}/members`, 'member')(elb, pool, request),
  shown: (elb, pool, answered) => shown(elb, `/pools/${pool.id}/members`, 'member', answered),
  survey,
}
