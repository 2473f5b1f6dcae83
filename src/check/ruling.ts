/** What must follow from one step of a walk, and asking until it is known whether it does. */

import { setTimeout as pause } from 'node:timers/promises'
import { Unarranged, type Exchange } from '../model.ts'
import { isAccepted, isRefused, requestLine } from './assert.ts'
import { Violation } from './walk.ts'

/** What follows from a request. Where the page leaves it open, both are lawful. */
export interface Ruling {
  readonly follows: 'accepted' | 'refused' | 'open'
  /** The requirement that is broken when it does not follow, or when it ends in a 5xx. */
  readonly requirement: string
}

/** An answer that is lawful. */
export interface Ruled {
  readonly answered: Exchange
  readonly accepted: boolean
}

const pauses = [200, 1_000]

/**
 * Asks, and holds the answer to what must follow.
 *
 * A 5xx is asked again once. So is a 409 to what must be accepted: services lock in many words.
 *
 * @param mayLock - Can the target be busy with an earlier write?
 * @throws {Violation} When the answer is not lawful.
 * @throws {Unarranged} When the credentials lack a right.
 */
export async function askUnder(
  ruling: Ruling,
  mayLock: boolean,
  send: () => Promise<Exchange>,
): Promise<Ruled> {
  let answered = await send()
  if (answered.status >= 500) answered = await send()
  for (const wait of ruling.follows === 'accepted' && mayLock ? pauses : []) {
    if (answered.status !== 409) break
    await pause(wait)
    answered = await send()
  }
  if (ruling.follows === 'accepted' && answered.status === 403) {
    throw new Unarranged(`${requestLine(answered)} answered 403: the credentials lack a right.`)
  }
  if (!isLawful(ruling, answered)) {
    throw new Violation(ruling.requirement, unlawful(ruling, answered))
  }
  return { answered, accepted: isAccepted(answered) }
}

function isLawful({ follows }: Ruling, answered: Exchange): boolean {
  const [accepted, refused] = [isAccepted(answered), isRefused(answered)]
  if (follows === 'open') return accepted || refused
  return follows === 'accepted' ? accepted : refused
}

const expectations = {
  accepted: 'expected it to be accepted (2xx)',
  refused: 'expected a refusal (4xx)',
  open: 'expected 2xx or 4xx',
}

function unlawful({ follows }: Ruling, answered: Exchange): string {
  const body = answered.text.replaceAll(/\s+/g, ' ').slice(0, 200)
  return `${requestLine(answered)} answered ${answered.status} with ${body || 'no body'}, ${expectations[follows]}.`
}

/** One of several, by a number that was drawn; none of none. */
export function pickedFrom<One>(all: readonly One[], drawn: number): One[] {
  const one = all.length === 0 ? undefined : all[drawn % all.length]
  return one === undefined ? [] : [one]
}
