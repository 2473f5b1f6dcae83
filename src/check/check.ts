/** Requirement and body to check, and a check to what came of asking it. Knows nothing of vitest. */

import type { Record } from '../exchange/exchange.ts'
import type { LaneSource } from './lanes.ts'
import {
  NoAnswer,
  NotOffered,
  Unarranged,
  type Credentials,
  type Dialect,
  type Exchange,
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
   * Does or draws something once: what is not an exchange, and must not happen again when looks are repeated.
   *
   * @param kind - Tells one sequence of draws from another, so that concurrent ones do not mix.
   */
  once<Value>(kind: string, make: () => Value): Value
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
  /**
   * Watches things of its own in every view, from creation to removal: how many milliseconds the latest view
   * was late. Asked once a run, and only when a check failed.
   *
   * @throws What a fixture throws, when they could not be made: then nothing is known.
   */
  measureReadLag?(ground: Ground, again: Again): Promise<number>
}

/** Makes a look again, with growing pauses, until it shows what it has to. @returns the milliseconds it took. */
export type Again = (look: () => Promise<boolean>) => Promise<number>

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

/** The verdict is read from the family, so a wrong class is a wrong verdict. */
export function familyOf(error: unknown): Family {
  if (error instanceof NoAnswer || error instanceof Unarranged) return 'unasked'
  if (error instanceof NotOffered) return 'not-offered'
  return error instanceof Error && error.name === 'AssertionError' ? 'broken' : 'ours'
}
