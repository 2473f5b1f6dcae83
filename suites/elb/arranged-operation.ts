/** The operations under test, each arranged so that its request is accepted as it is. */

import type { ElbGround } from '../../fixtures/elb/ground.ts'
import type { Fields } from '../../fixtures/elb/wire-shapes.ts'
import { deletePool, removeMember, updatePool } from '../../src/dialects/elb.ts'
import type { HttpRequest } from '../../src/model.ts'
import { allowed } from './allowed.ts'

/** An operation on objects that exist. */
export interface ArrangedOperation {
  /** The ids in the path of the request, in order. */
  readonly ids: readonly string[]
  /** The request of the operation with these ids in its path. */
  request(ids: readonly string[]): HttpRequest
  /** What it is about, as it was created, and where it can be shown below `/v2.0/lbaas`. */
  readonly object: Fields
  readonly path: string
  /** What the page allows that the request asks for as it is, for a control. */
  readonly allowed: string
}

export type Arrange = (elb: ElbGround) => Promise<ArrangedOperation>

export const poolUpdate: Arrange = async (elb) => {
  const object = await elb.pool()
  const body = { pool: { description: 'updated' } }
  return {
    ids: [object.id],
    request: ([poolId = '']) => updatePool(poolId, body),
    object,
    path: `/pools/${object.id}`,
    allowed: allowed.update,
  }
}

export const poolDeletion: Arrange = async (elb) => {
  const object = await elb.pool()
  return {
    ids: [object.id],
    request: ([poolId = '']) => deletePool(poolId),
    object,
    path: `/pools/${object.id}`,
    allowed: allowed.deletion,
  }
}

export const memberRemoval: Arrange = async (elb) => {
  const pool = await elb.pool()
  const member = await elb.member(pool)
  return {
    ids: [pool.id, member.id],
    request: ([poolId = '', memberId = '']) => removeMember(poolId, memberId),
    object: member,
    path: `/pools/${pool.id}/members/${member.id}`,
    allowed: allowed.removal,
  }
}
