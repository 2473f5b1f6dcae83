/** Asks one check of the evidence of its last asking: nothing is sent, and nothing is removed. */

import type { Circumstances, Draws } from '../model.ts'
import type { Session } from '../session/session.ts'
import { contextOn } from './check-context.ts'
import type { Check, Fixtures, Outcome } from './check.ts'
import { assertOffered, endOf, said } from './ending.ts'
import { Tape } from './tape.ts'

/** What is asked again, and what was drawn when it was asked. */
export interface AskedBefore {
  readonly check: Check
  readonly fixtures: Fixtures
  /** Its connection answers from the evidence. */
  readonly session: Session
  readonly draws: Draws
  readonly circumstances: Circumstances
}

/** How a check ends that is asked of its evidence. */
export async function askAgain({
  check,
  fixtures,
  session,
  draws,
  circumstances,
}: AskedBefore): Promise<Pick<Outcome, 'thrown' | 'reading' | 'seen'>> {
  const [loadBalancerId = ''] = draws.loadBalancers
  const tape = new Tape(loadBalancerId, draws.values)
  // Every dialect's load balancer has these; ports come from what was drawn.
  const loadBalancer = { loadBalancerId, nextPort: () => 0 }
  const asked = { session, loadBalancer }
  try {
    assertOffered(check.requirement, session)
    const ground = fixtures.ground(contextOn(asked, tape, [], circumstances))
    return said(await endOf(check, ground, tape), session)
  } catch (error) {
    return said({ error }, session)
  }
}
