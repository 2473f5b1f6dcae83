/** What was drawn, as a report keeps it for a replay. */

import type { Draws } from '../model.ts'
import type { Session } from '../session/session.ts'

/** Ids come from the target, and may repeat a secret. @param exchanges - How many there are of this asking. */
export function drawnOn(
  { loadBalancers, values }: Pick<Draws, 'loadBalancers' | 'values'>,
  exchanges: number,
  { run, connection }: Session,
): Draws {
  const ids = loadBalancers.map((id) => connection.redact(id))
  return { run: run.id, exchanges, loadBalancers: ids, values }
}
