/** What the ground of a check is made from: requests over its tape, paced as the target needs it. */

import { exchange } from '../exchange/exchange.ts'
import { pauseUnless } from '../exchange/retry.ts'
import type { Circumstances } from '../model.ts'
import type { Session } from '../session/session.ts'
import type { Target } from '../target.ts'
import type { CheckContext } from './check.ts'
import type { Tape } from './tape.ts'

/** Where a check is asked, and how fast. */
export interface AskedOn<LoadBalancer> {
  readonly session: Session
  readonly loadBalancer: LoadBalancer
  /** Milliseconds that are left between one write and the next. */
  readonly betweenWrites?: number
  /** Milliseconds since the last write before anything is looked at, if the target's reads do not need more. */
  readonly beforeLooks?: number
}

/** The context of one asking: everything that is sent and drawn is on the tape, and clean-ups are collected. */
export function contextOn<LoadBalancer>(
  { loadBalancer, session, betweenWrites = 0, beforeLooks = 0 }: AskedOn<LoadBalancer>,
  tape: Tape,
  cleanUps: (() => Promise<void>)[],
  circumstances: Circumstances,
): CheckContext<Target, LoadBalancer> {
  const { connection, setProvisioningStatus: hook } = session
  const once: CheckContext<Target, LoadBalancer>['once'] = (kind, make) => tape.once(kind, make)
  return {
    session: {
      ...session,
      name: (what) => once(`name ${what}`, () => session.name(what)),
      ...(hook
        ? { setProvisioningStatus: (id, status) => once('hook', () => hook(id, status)) }
        : {}),
    },
    loadBalancer,
    circumstances,
    send: (purpose, request, when) => {
      const isRead = connection.spelling.repeatable(request)
      return tape.send(purpose, request, isRead, async (record) => {
        const mayWait = isRead && purpose !== 'clean-up' && when !== 'now'
        if (mayWait) await untilLateEnough(tape, session, beforeLooks)
        if (!isRead) await untilSince(tape, betweenWrites, connection.over)
        return exchange(connection, purpose, request, record)
      })
    },
    once,
    shared: (what, make) => tape.share(session.shared, what, make),
    onEnd: (close) => void once('end', () => tape.closings.push(close)),
    observe: (make) => tape.observe(make, connection.redact),
    recordTraffic: (record) => tape.keepTraffic(record),
    onCleanUp: (remove, key = '') => void once(`clean-up ${key}`, () => cleanUps.push(remove)),
  }
}

/** Where reads are known to be late, no look is made sooner after a write than they need. */
async function untilLateEnough(
  tape: Tape,
  { reads, connection }: Session,
  atLeast: number,
): Promise<void> {
  await untilSince(tape, Math.max(reads.lateEnough, atLeast), connection.over)
}

/** Waits until the last write is so many milliseconds ago. */
async function untilSince(
  tape: Tape,
  milliseconds: number,
  over: AbortSignal | undefined,
): Promise<void> {
  const wait = milliseconds - tape.sinceLastWrite
  if (wait > 0) await pauseUnless(over, wait)
}
