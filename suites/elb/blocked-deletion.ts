/** A deletion of a pool that what uses the pool must prevent. */

import type { Pool } from '../../fixtures/elb/created.ts'
import type { ElbGround } from '../../fixtures/elb/ground.ts'
import { assertControl, assertRefused, assertUnchanged } from '../../src/check/assert.ts'
import { allowed } from './allowed.ts'

/** A pool, and the paths of what uses it. */
export interface PoolInUse {
  readonly pool: Pool
  readonly paths: readonly string[]
}

/**
 * The pool is not deleted while any of these objects uses it; once all are removed, it is.
 *
 * @param paths - Of the objects, in the order in which they are removed.
 */
export async function assertEachBlocks(
  elb: ElbGround,
  pool: Pool,
  paths: readonly string[],
): Promise<void> {
  for (const path of paths) {
    await assertBlocked(elb, pool, path)
    await elb.remove(path)
  }
  assertControl(await elb.deletePool(pool), allowed.deletion)
}

/** Each of two objects blocks alone, whichever of them was removed first. */
export async function assertEitherBlocks(
  elb: ElbGround,
  arrange: () => Promise<PoolInUse>,
): Promise<void> {
  const second = await arrange()
  const [first = '', last = ''] = second.paths
  await elb.remove(last)
  await assertBlocked(elb, second.pool, first)
  const { pool, paths } = await arrange()
  await assertEachBlocks(elb, pool, paths)
}

export async function assertBlocked(elb: ElbGround, pool: Pool, by: string): Promise<void> {
  const before = await elb.survey()
  assertRefused(await elb.deletePool(pool), `${by} was still there.`)
  assertUnchanged(before, await elb.survey())
}

/** The path of a backend server below `/v2.0/lbaas`. */
export function memberPath(pool: Pool, { id }: { readonly id: string }): string {
  return `/pools/${pool.id}/members/${id}`
}
