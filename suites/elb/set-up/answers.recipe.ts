/** Set-up operations of which only the answers are asked. */

import { aPolicy } from '../../../fixtures/elb/bodies.ts'
import type { Pool } from '../../../fixtures/elb/created.ts'
import type { ElbGround } from '../../../fixtures/elb/ground.ts'
import type { Named } from '../../../fixtures/elb/wire-shapes.ts'
import type { Fields, Recipe } from '../../../src/check/rows/recipe.ts'
import { elbRequest } from '../../../src/dialects/elb.ts'
import { NotOffered } from '../../../src/model.ts'
import { create, shown, survey } from './made.ts'

const nothing = () => Promise.resolve(undefined)

export const createListener: Recipe<ElbGround, undefined> = {
  arrange: nothing,
  valid: ({ context: { session, loadBalancer, once }, loadBalancerId }) => ({
    listener: {
      name: session.name('listener'),
      protocol: 'HTTP',
      protocol_port: once('port', () => loadBalancer.nextPort()),
      loadbalancer_id: loadBalancerId,
    },
  }),
  send: create('/listeners', 'listener'),
  shown: (elb, _arranged, answered) => shown(elb, '/listeners', 'listener', answered),
  survey,
}

interface PolicyPlace {
  readonly pool: Pool
  readonly listener: Named
}

export const createForwardingPolicy: Recipe<ElbGround, PolicyPlace> = {
  arrange: async (elb) => ({ pool: await elb.pool(), listener: await elb.listener() }),
  valid: ({ context: { session } }, { pool, listener }) =>
    aPolicy({
      name: session.name('policy'),
      listener_id: listener.id,
      redirect_pool_id: pool.id,
    }) as Fields,
  send: create('/l7policies', 'l7policy'),
  shown: (elb, _arranged, answered) => shown(elb, '/l7policies', 'l7policy', answered),
  survey,
  needs: () => ['forwardingPolicies'],
}

export const updateForwardingPolicy: Recipe<ElbGround, Named> = {
  arrange: async (elb) => elb.forwardingPolicy(await elb.pool()),
  valid: () => ({ l7policy: { description: 'updated' } }),
  send: (elb, { id }, request) => elb.write('ask', elbRequest('PUT', `/l7policies/${id}`, request)),
  shown: async (elb, { id }) => (await elb.mustShow(`/l7policies/${id}`)).body,
  survey,
  needs: () => ['forwardingPolicies'],
}

export const createLoadBalancer: Recipe<ElbGround, undefined> = {
  arrange: (elb) => {
    if (elb.context.session.target.given.loadBalancerId === undefined) return nothing()
    throw new NotOffered('The operator lends a load balancer, so that none has to be created.')
  },
  valid: ({ context: { session } }) => ({
    loadbalancer: { name: session.name('lb'), vip_subnet_id: session.target.given.subnetId },
  }),
  send: create('/loadbalancers', 'loadbalancer'),
  shown: (elb, _arranged, answered) => shown(elb, '/loadbalancers', 'loadbalancer', answered),
  survey,
}

export const showStatusTree: Recipe<ElbGround, undefined> = {
  arrange: async (elb) => {
    const { id: listener_id } = await elb.listener()
    const pool = await elb.pool({ listener_id })
    await elb.member(pool)
    await elb.healthMonitorIfOffered(pool)
    const { session } = elb.context
    if (session.offers('forwardingPolicies') && (await elb.areOffered('l7policies'))) {
      await elb.forwardingPolicy(await elb.pool(), { listener_id })
    }
    return undefined
  },
  valid: () => ({}),
  send: (elb) =>
    elb.send('ask', elbRequest('GET', `/loadbalancers/${elb.loadBalancerId}/statuses`)),
  shown: (_elb, _arranged, { body }) => Promise.resolve(body),
  survey,
  needs: () => ['statusTree'],
}
