/** Waiting for a load balancer of the `elb` dialect to take writes again. */

import { now, pause } from '../exchange/clock.ts'
import { elbRequest } from '../dialects/elb.ts'
import { Unarranged, type Exchange, type HttpRequest, type Purpose } from '../model.ts'
import type { Session } from './session.ts'
import type { ElbTarget } from '../target.ts'

/** Sends a request. `now`: also where reads are known to lag behind writes; a lock is noticed by other means. */
type Send = (purpose: Purpose, request: HttpRequest, when?: 'now') => Promise<Exchange>

/** What a load balancer says its provisioning status is; `undefined` when it does not say. */
export async function provisioningStatus(
  send: Send,
  id: string,
  purpose: Purpose = 'look',
): Promise<string | undefined> {
  const shown = await send(purpose, elbRequest('GET', `/loadbalancers/${id}`), 'now')
  const { loadbalancer } = (shown.body ?? {}) as {
    loadbalancer?: { provisioning_status?: unknown }
  }
  const status = loadbalancer?.provisioning_status
  return typeof status === 'string' ? status : undefined
}

const firstPause = 10

/**
 * Waits until a load balancer takes writes again. At once for a target that says it is synchronous,
 * and for one whose load balancers have no status.
 *
 * Where a status was seen to follow a write late, only one that stays counts.
 *
 * One that was waited for in vain before is only looked at.
 *
 * @returns whether it was still settling at the first look.
 * @throws {Unarranged} When it ends in ERROR, or is still not ACTIVE at the target's deadline.
 */
export async function settled(
  session: Session<ElbTarget>,
  send: Send,
  id: string,
  purpose: Purpose = 'look',
): Promise<boolean> {
  if (session.target.profile?.asynchronous === false) return false
  const { found, limits } = session
  const patience = found.isStuck(id) ? 0 : limits.settleSeconds * 1000
  const deadline = now() + patience
  const waited = await active(session, send, id, purpose, deadline)
  if (found.statusLag === 0) return waited
  do await pause(found.statusLag)
  while (await active(session, send, id, purpose, deadline))
  return true
}

/**
 * Waits until the status is ACTIVE. What was waited for before says when it is worth to look again.
 *
 * @returns whether it was another at first.
 */
async function active(
  { limits, found, reads }: Session<ElbTarget>,
  send: Send,
  id: string,
  purpose: Purpose,
  deadline: number,
): Promise<boolean> {
  const longestPause = limits.pollSeconds * 1000
  const began = now()
  let lastUnsettled: number | undefined
  // A look may show an ERROR that has passed, for as long as looks were seen to be late.
  const believed = () => began + Math.max(found.statusLag, reads.lateEnough)
  for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
    const status = await provisioningStatus(send, id, purpose)
    const at = now()
    if (status === undefined || status === 'ACTIVE') {
      found.sawStuck(id, false)
      if (lastUnsettled !== undefined) found.sawSettling(at - began, lastUnsettled)
      return lastUnsettled !== undefined
    }
    if (status === 'ERROR' && at >= believed()) {
      found.sawStuck(id, false)
      throw new Unarranged(`The load balancer ${id} is in ERROR, so it takes no writes.`)
    }
    if (at + wait > deadline) {
      found.sawStuck(id, status !== 'ERROR')
      throw new Unarranged(
        `The load balancer ${id} did not become ACTIVE within ${limits.settleSeconds} s: it is ${status}.`,
      )
    }
    const isFirst = lastUnsettled === undefined
    lastUnsettled = isFirst ? 0 : at - began
    const expected = isFirst ? Math.min(0.9 * found.expectedSettling, deadline - at) : 0
    await pause(Math.max(wait, expected))
  }
}
