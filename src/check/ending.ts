/** How one asking of a check begins and ends: whether it applies, what was thrown or returned, and in which words. */

import { NotOffered, type Feature, type RecordedExchange, type Requirement } from '../model.ts'
import type { Session } from '../session/session.ts'
import { familyOf, type Answered, type Check, type Outcome } from './check.ts'
import { messageOf } from './clean-up.ts'
import type { End } from './derivations.ts'
import type { Tape } from './tape.ts'

/** Every dialect's load balancer has its id under this name. */
export function laneIdOf(loadBalancer: unknown): string | undefined {
  return (loadBalancer as { readonly loadBalancerId?: string }).loadBalancerId
}

/** Runs the body of a check. */
export async function endOf(check: Check, ground: unknown, tape: Tape): Promise<End> {
  try {
    const reading = await (check.ask as (ground: unknown) => Promise<Answered>)(ground)
    assertAsked(check, reading, tape.exchanges)
    return { reading }
  } catch (error) {
    return { error }
  }
}

/** What an outcome says of the end of a check. */
export function said(end: End, session: Session): Pick<Outcome, 'thrown' | 'reading' | 'seen'> {
  if (!('error' in end)) return readingIn(end.reading, session)
  const { error } = end
  return { thrown: { family: familyOf(error), message: messageOf(error, session) } }
}

/** What was seen may repeat what the target said. */
function readingIn(answered: Answered, { connection }: Session): Pick<Outcome, 'reading' | 'seen'> {
  if (!answered) return {}
  if (typeof answered === 'string') return { reading: answered }
  return { reading: answered.reading, seen: connection.redact(answered.seen) }
}

/** @throws {NotOffered} When the profile says that the target does not offer what it is about. */
export function assertOffered({ needs = [] }: Requirement, session: Session): void {
  const missing = needs.filter((feature) => !session.offers(feature))
  if (missing.length > 0) throw new NotOffered(notOffered(missing, session))
}

function notOffered(missing: readonly Feature[], { target }: Session): string {
  return `The profile of ${target.name} says it does not offer ${missing.join(' and ')}.`
}

/** A check that did not ask its question must not pass. @throws {Error} A fault of this program. */
function assertAsked(
  { requirement }: Check,
  answered: Answered,
  exchanges: readonly RecordedExchange[],
): void {
  if (!exchanges.some(({ purpose, response }) => purpose === 'ask' && response)) {
    throw new Error(`The check ${requirement.id} ended without asking its question.`)
  }
  const reading = typeof answered === 'object' ? answered.reading : answered
  const known = Object.keys(requirement.readings ?? {})
  const named = reading || requirement.level === 'reading'
  if (named && !(reading && known.includes(reading))) {
    throw new Error(
      `The check ${requirement.id} returned ${reading ? `the reading ${reading}` : 'no reading'}; its requirement has ${known.join(', ') || 'none'}.`,
    )
  }
}
