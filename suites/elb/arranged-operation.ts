/** The operations under test, each arranged so that its request is accepted as it is. */

import type { ElbGround } from '../../fixtures/elb/ground.ts'
import { deletePool, removeMember, updatePool } from '../../src/dialects/elb.ts'
import type { HttpRequest } from '../../src/model.ts'

/** An operation on objects that exist. */
export interface ArrangedOperation {
  /** The ids in the path of the request, in order. */
  readonly ids: readonly string[]
  /** The request of the operation with these ids in its path. */
  request(ids: readonly string[]): HttpRequest
  /** Where the object can be shown, below `/v2.0/lbaas`. */
  readonly path: string
}

export type Arrange = (elb: ElbGround) => Promise<ArrangedOperation>

export const poolUpdate: Arrange = async (elb) => {
  const { id } = await elb.pool()
  const body = { pool: { description: 'updated' } }
  return { ids: [id], request: ([poolId = '']) => updatePool(poolId, body), path: `/pools/${id}` }
}

export const poolDeletion: Arrange = async (elb) => {
  const { id } = await elb.pool()
  return { ids: [id], request: ([poolId = '']) => deletePool(poolId), path: `/pools/${id}` }
}

export const memberRemoval: Arrange = async (elb) => {
  const pool = await elb.pool()
  const member = await elb.member(pool)
  return {
    ids: [pool.id, member.id],
    request: ([poolId = '', memberId = '']) => removeMember(poolId, memberId),
    path: `/pools/${pool.id}/members/${member.id}`,
  }
}
