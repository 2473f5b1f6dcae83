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
 * @param attached - Are both pools default pools of listeners?
 * @throws {NotOffered} When no other load balancer can be had.
 */
export async function alikeOnAnother(elb: ElbGround, attached = false): Promise<Alike> {
  const name = elb.context.session.name('pool')
  const other = await elb.anotherLoadBalancer()
  const poolOn = async (own: Pick<ElbGround, 'listener' | 'pool'>) =>
    own.pool({ name, ...(attached ? { listener_id: (await own.listener()).id } : {}) })
  const like = await poolOn(other)
  const { name: memberName, address, port } = await other.member(like, { weight: 7 })
  const pool = await poolOn(elb)
  const member = await elb.member(pool, { name: memberName, address, protocol_port: port })
  const before = await other.survey()
  return {
    pool,
    member,
    assertOtherUntouched: async () => assertUnchanged(before, await other.survey()),
  }
}
