/** A pool, and its like on another load balancer: what is done to the one must not reach the other. */

import type { Member, Pool } from '../../fixtures/elb/created.ts'
import type { ElbGround } from '../../fixtures/elb/ground.ts'
import { assertUnchanged } from '../../src/check/assert.ts'

/** What both have in common: the names, and the address and port of their backend server. */
export interface Alike {
  readonly pool: Pool
  readonly member: Member
  /** @throws {AssertionError} When anything of the other load balancer has changed. */
  assertOtherUntouched(): Promise<void>
}

/**
 * The other pool is the default pool of a listener.
 *
 * @param attached - Is this one, too? Then both listeners have the same port.
 * @throws {NotOffered} When no other load balancer can be had.
 */
export async function alikeOnAnother(
  elb: ElbGround,
  attached: 'both' | 'the other',
): Promise<Alike> {
  const { session, loadBalancer, once } = elb.context
  const name = session.name('pool')
  const protocol_port = once('port', () => loadBalancer.nextPort())
  const other = await elb.anotherLoadBalancer()
  const listened = async (own: Pick<ElbGround, 'listener'>) => ({
    listener_id: (await own.listener({ protocol_port })).id,
  })
  const like = await other.pool({ name, ...(await listened(other)) })
  const { name: memberName, address, port } = await other.member(like, { weight: 7 })
  const pool = await elb.pool({ name, ...(attached === 'both' ? await listened(elb) : {}) })
  const member = await elb.member(pool, { name: memberName, address, protocol_port: port })
  const before = await other.survey()
  return {
    pool,
    member,
    assertOtherUntouched: async () => assertUnchanged(before, await other.survey()),
  }
}
