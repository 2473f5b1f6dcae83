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

/** @throws {NotOffered} When no other load balancer can be had. */
export async function alikeOnAnother(elb: ElbGround): Promise<Alike> {
  const name = elb.context.session.name('pool')
  const other = await elb.anotherLoadBalancer()
  const like = await other.pool({ name })
  const { name: memberName, address, port } = await other.member(like, { weight: 7 })
  const pool = await elb.pool({ name })
  const member = await elb.member(pool, { name: memberName, address, protocol_port: port })
  const before = await other.survey()
  return {
    pool,
    member,
    assertOtherUntouched: async () => assertUnchanged(before, await other.survey()),
  }
}
