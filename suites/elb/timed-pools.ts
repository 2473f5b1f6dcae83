/** Pools whose session persistence can have a timeout. */

import type { Protocol } from '../../fixtures/elb/bodies.ts'
import type { Pool } from '../../fixtures/elb/created.ts'
import type { ElbGround } from '../../fixtures/elb/ground.ts'
import { isFields } from '../../fixtures/elb/wire-shapes.ts'
import { isAccepted, isRefused } from '../../src/check/assert.ts'
import { updatePool } from '../../src/dialects/elb.ts'
import { NotOffered, Unarranged } from '../../src/model.ts'

/** A type that takes effect for pools of the protocol. */
export const types = { HTTP: 'HTTP_COOKIE', TCP: 'SOURCE_IP', UDP: 'SOURCE_IP' }

/** A pool that can have a timeout, session persistence off. */
export interface TimedPool {
  readonly pool: Pool
  readonly protocol: Protocol
  /** With which a timeout takes effect on it. */
  readonly type: string
  /** More and fewer minutes than 30, both within its range. */
  readonly high: number
  readonly low: number
}

/**
 * A pool for what does not depend on the protocol: for HTTP, or for UDP where only such pools have timeouts.
 *
 * @throws {NotOffered} When no pool of the target has one.
 */
export async function timedPool(elb: ElbGround): Promise<TimedPool> {
  const { session } = elb.context
  if (session.offers('persistenceTimeout')) {
    return { pool: await elb.pool(), protocol: 'HTTP', type: types.HTTP, high: 1000, low: 300 }
  }
  if (!session.offers('udp')) {
    throw new NotOffered(
      `According to the profile of ${session.target.name}, pools of TCP and HTTP have no persistence_timeout, ` +
        'and there are no UDP pools.',
    )
  }
  const pool = await persistentPool(elb, 'UDP')
  return { pool, protocol: 'UDP', type: types.UDP, high: 50, low: 10 }
}

/**
 * A pool of a protocol, session persistence off.
 *
 * @throws {NotOffered} When it is a UDP pool and does not accept SOURCE_IP, which the page leaves open. Asked
 *   without a timeout: one that is refused is the question of these checks.
 */
export async function persistentPool(elb: ElbGround, protocol: Protocol): Promise<Pool> {
  const pool = await elb.pool({ protocol })
  if (protocol !== 'UDP') return pool
  const arrange = (session_persistence: unknown) =>
    elb.write('arrange', updatePool(pool.id, { pool: { session_persistence } }))
  const plain = await arrange({ type: 'SOURCE_IP' })
  // One that wants a timeout has session persistence all the same.
  const on = isRefused(plain)
    ? await arrange({ type: 'SOURCE_IP', persistence_timeout: 30 })
    : plain
  const { session_persistence: shown } = await elb.shownPool(pool)
  if (!isAccepted(on) && !isRefused(on)) {
    throw new Unarranged(`SOURCE_IP on the UDP pool ${pool.id} was answered ${on.status}.`)
  }
  if (isRefused(on) || !isFields(shown)) {
    throw new NotOffered(
      `UDP pools of this target accept no session persistence: SOURCE_IP was answered ${on.status}.`,
    )
  }
  await arrange(null)
  return pool
}
