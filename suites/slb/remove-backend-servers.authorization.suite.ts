/** RemoveBackendServers with a key that may read and may not write, which the operator lends. */

import { asPost, withParameter } from '../../fixtures/slb/ask.ts'
import { check, type SlbGround } from '../../fixtures/slb/ground.ts'
import { namedServers } from '../../fixtures/slb/lists.ts'
import {
  assertControl,
  assertRefused,
  assertUnchanged,
  causeIn,
  isAccepted,
} from '../../src/check/assert.ts'
import type { Entry } from '../../src/check/check.ts'
import { slbCall } from '../../src/dialects/slb.ts'
import { Unarranged, type HttpRequest } from '../../src/model.ts'

export const removeBackendServersAuthorization: Entry = check(
  {
    id: 'slb/remove-backend-servers/authorization',
    level: 'must',
    text: 'Only a user with write permission for the load balancer and the instance can remove servers.',
    source: 'RemoveBackendServers › Authorization information',
    needs: ['authentication'],
    lent: ['readOnlyCredentials'],
  },
  async (slb) => {
    const servers = await slb.defaultGroupOfSpare(100)
    const request = slb.removalOfServers(namedServers(servers))
    await arrangeReading(slb)
    const before = await slb.survey()
    const forms = slb.context.session.offers('post') ? [request, asPost(request)] : [request]
    for (const one of forms) {
      const asked = await slb.askAs('readOnly', one)
      if (isAccepted(asked)) await arrangeDenial(slb, request)
      assertRefused(asked)
    }
    assertUnchanged(before, await slb.survey())
    assertControl(await slb.ask(request))
  },
)

/** @throws {Unarranged} When the key cannot even read: then a refusal says nothing about the right to write. */
async function arrangeReading(slb: SlbGround): Promise<void> {
  const { session, loadBalancer } = slb.context
  const { region: RegionId } = session.target.given
  const { loadBalancerId: LoadBalancerId } = loadBalancer
  const look = slbCall('DescribeLoadBalancerAttribute', { RegionId, LoadBalancerId })
  const read = await slb.askAs('readOnly', look)
  if (isAccepted(read)) return
  throw new Unarranged(
    `The key of auth.readOnly… cannot read, so that nothing follows from a refusal: ${causeIn(read)}. ` +
      'Give its user the right to describe load balancers.',
  )
}

/**
 * A removal was accepted: is it the target that does not ask for the right, or has the key the right? It is tried
 * whether the key may add the servers that it has just removed.
 *
 * @throws {Unarranged} When it may: then it is not a key that may only read, as far as can be seen.
 */
async function arrangeDenial(slb: SlbGround, removal: HttpRequest): Promise<void> {
  const adding = withParameter(removal, 'Action', 'AddBackendServers')
  const added = await slb.askAs('readOnly', adding)
  if (!isAccepted(added)) return
  throw new Unarranged(
    'The key of auth.readOnly… may remove servers, and add them as well: either its user has these rights, or ' +
      'the target asks for none. Look at the policies of the user.',
  )
}
