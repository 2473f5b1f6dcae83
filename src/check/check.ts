/** Requirement and body to check, and a check to what came of asking it. Knows nothing of vitest. */

import { keeping } from '../exchange/evidence.ts'
import { exchange, type Record } from '../exchange/exchange.ts'
import type { Lane, LaneSource, Lanes } from './lanes.ts'
import {
  NoAnswer,
  NotOffered,
  Unarranged,
  type Credentials,
  type Dialect,
  type Exchange,
  type Feature,
  type HttpRequest,
  type Operation,
  type Purpose,
  type RecordedExchange,
  type Requirement,
} from '../model.ts'
import type { Session } from '../session/session.ts'
import { lendsAnother, type Target } from '../target.ts'

/** Where one check stands: a lane of the session, and a record of all that is said. */
export interface CheckContext<T extends Target, LoadBalancer> {
  readonly session: Session<T>
  readonly loadBalancer: LoadBalancer
  /** Sends below the target's endpoint, and keeps the exchange as evidence. */
  send(purpose: Purpose, request: HttpRequest): Promise<Exchange>
  /**
   * Has something removed after the check, last made first, also when the check failed.
   * Whatever `remove` throws is reported as left behind, never as the check's failure.
   */
  onCleanUp(remove: () => Promise<void>): void
}

/** What a dialect's fixtures offer: lanes to stand on, and the ground that a check is given. */
export interface Fixtures<T extends Target = Target, LoadBalancer = unknown, Ground = unknown> {
  readonly dialect: Dialect
  laneSource(session: Session<T>, record: Record): LaneSource<LoadBalancer>
  ground(context: CheckContext<T, LoadBalancer>): Ground
}

/** Code that asks whether a requirement is kept; for a `reading`, it names the one that was seen. */
export interface Check<Ground = never> {
  readonly requirement: Requirement
  readonly ask: (ground: Ground) => Promise<string | void>
}

/** A requirement that no exchange can show, with the reason. */
export interface Unobservable {
  readonly requirement: Requirement
  readonly reason: string
}

export type Entry = Check | Unobservable

/** What is asked about one operation. */
export interface Suite {
  readonly dialect: Dialect
  readonly operation: Operation
  readonly fixtures: Fixtures
  readonly entries: readonly Entry[]
}

/** The words a suite is written in, for the ground of one dialect. */
export function checksOf<T extends Target, LoadBalancer, Ground>(
  fixtures: Fixtures<T, LoadBalancer, Ground>,
): {
  check(requirement: Requirement, ask: (ground: Ground) => Promise<string | void>): Entry
  suite(operation: Operation, entries: readonly Entry[]): Suite
} {
  return {
    check: (requirement, ask) => ({ requirement, ask }),
    // A fixtures takes only its own dialect's session; `perform` and `lanesOf` are where they meet.
    suite: (operation, entries) => ({ dialect: fixtures.dialect, operation, fixtures, entries }),
  }
}

/** Lists a requirement that no exchange can show. */
export function unobservable(requirement: Requirement, reason: string): Unobservable {
  return { requirement, reason }
}

/** Is it asked, or only listed? */
export function isCheck(entry: Entry): entry is Check {
  return 'ask' in entry
}

/**
 * What ended a check, if not its last line.
 *
 * `broken`: the target broke the requirement. `unasked`: the question was never put. `not-offered`:
 * it does not arise. `ours`: a fault of this program.
 */
export type Family = 'broken' | 'unasked' | 'not-offered' | 'ours'

/** What came of one check. Plain data: it crosses from a worker to the main process. */
export interface Outcome {
  readonly thrown?: { readonly family: Family; readonly message: string }
  /** The reading that was seen, by its name. */
  readonly reading?: string
  readonly exchanges: readonly RecordedExchange[]
  /** What clean-up could not remove, one sentence each. */
  readonly leftovers: readonly string[]
  readonly milliseconds: number
}

/** Puts one question to one target: lends a lane, asks, cleans up, and says what came of it. */
export async function perform<LoadBalancer>(
  check: Check,
  fixtures: Fixtures<Target, LoadBalancer>,
  session: Session,
  lanes: Lanes<LoadBalancer>,
): Promise<Outcome> {
  const started = performance.now()
  const exchanges: RecordedExchange[] = []
  const cleanUps: (() => Promise<void>)[] = []
  let lane: Lane<LoadBalancer> | undefined
  let thrown: Outcome['thrown']
  let reading: string | void = undefined
  try {
    offered(check.requirement, session)
    lane = await lanes.lend()
    const ground = fixtures.ground(contextOn(lane.loadBalancer, session, exchanges, cleanUps))
    reading = await (check.ask as (ground: unknown) => Promise<string | void>)(ground)
    wasAsked(check, reading, exchanges)
  } catch (error) {
    thrown = { family: familyOf(error), message: messageOf(error, session) }
  }
  const left = await cleanUp(cleanUps, session)
  if (lane) left.push(...(await lane.changes()))
  lane?.release(left.length > 0)
  const leftovers = left.map((sentence) => session.connection.redact(sentence))
  const milliseconds = Math.round(performance.now() - started)
  const named = reading && !thrown ? { reading } : {}
  return { ...(thrown ? { thrown } : {}), ...named, exchanges, leftovers, milliseconds }
}

function contextOn<LoadBalancer>(
  loadBalancer: LoadBalancer,
  session: Session,
  exchanges: RecordedExchange[],
  cleanUps: (() => Promise<void>)[],
): CheckContext<Target, LoadBalancer> {
  const keep = keeping(exchanges)
  return {
    session,
    loadBalancer,
    send: (purpose, request) => exchange(session.connection, purpose, request, keep),
    onCleanUp: (remove) => void cleanUps.push(remove),
  }
}

function offered({ needs = [] }: Requirement, session: Session): void {
  const missing = needs.filter((feature) => !session.offers(feature))
  if (missing.length > 0) throw new NotOffered(notOffered(missing, session))
}

function notOffered(missing: readonly Feature[], { target }: Session): string {
  return `The profile of ${target.name} says it does not offer ${missing.join(' and ')}.`
}

/**
 * Credentials of another project are the operator's to lend; without them some questions do not arise.
 *
 * @throws {NotOffered} When they are wanted and not lent.
 */
export function assertLent(credentials: Credentials, target: Target): void {
  if (credentials !== 'other' || lendsAnother(target)) return
  throw new NotOffered(
    'There is nobody else to ask as: the target file names no other credentials (auth.other…).',
  )
}

/** A check whose question was not put does not pass, whatever its body says. */
function wasAsked(
  { requirement }: Check,
  reading: string | void,
  exchanges: readonly RecordedExchange[],
): void {
  if (!exchanges.some(({ purpose, response }) => purpose === 'ask' && response)) {
    throw new Error(`The check ${requirement.id} ended without asking its question.`)
  }
  const known = Object.keys(requirement.readings ?? {})
  const named = reading || requirement.level === 'reading'
  if (named && !(reading && known.includes(reading))) {
    throw new Error(
      `The check ${requirement.id} names ${reading ? `the reading ${reading}` : 'no reading'}; it knows ${known.join(', ') || 'none'}.`,
    )
  }
}

async function cleanUp(removals: (() => Promise<void>)[], session: Session): Promise<string[]> {
  const leftovers: string[] = []
  for (const remove of removals.toReversed()) {
    try {
      await remove()
    } catch (error) {
      leftovers.push(messageOf(error, session))
    }
  }
  return leftovers
}

/** The verdict is read from the family, so a wrong class is a wrong verdict. */
export function familyOf(error: unknown): Family {
  if (error instanceof NoAnswer || error instanceof Unarranged) return 'unasked'
  if (error instanceof NotOffered) return 'not-offered'
  return error instanceof Error && error.name === 'AssertionError' ? 'broken' : 'ours'
}

function messageOf(error: unknown, { connection }: Session): string {
  const text = error instanceof Error ? error.message : String(error)
  const ours = familyOf(error) === 'ours' && error instanceof Error
  return connection.redact(ours ? (error.stack ?? text) : text)
}
