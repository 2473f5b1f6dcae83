/** A check is a requirement and code that asks it; performing one gives an outcome. Does not use vitest. */

import type { Record } from '../exchange/exchange.ts'
import type { LaneSource } from './lanes.ts'
import type { SeenReading } from './open-reading.ts'
import {
  NoAnswer,
  NotOffered,
  Unarranged,
  type Circumstances,
  type Credentials,
  type Dialect,
  type Draws,
  type Exchange,
  type HttpRequest,
  type Loan,
  type AnyOperation,
  type Purpose,
  type RecordedExchange,
  type Requirement,
  type TrafficRecord,
  type Varies,
} from '../model.ts'
import type { Session } from '../session/session.ts'
import { lendsAnother, type Target } from '../target.ts'

/** What one check works with: the session, the load balancer of its lane, and the recording of exchanges. */
export interface CheckContext<T extends Target, LoadBalancer> {
  readonly session: Session<T>
  readonly loadBalancer: LoadBalancer
  /** What was drawn for this asking; a factor that the check does not vary is absent. */
  readonly circumstances: Circumstances
  /**
   * Sends a request to the target, and records the exchange as evidence. Where reads were seen to lag behind writes,
   * a read is sent late enough; one that is to be sent `now` is not.
   */
  send(purpose: Purpose, request: HttpRequest, when?: 'now'): Promise<Exchange>
  /**
   * Does or draws something once: what is not an exchange, and must not happen again when looks are repeated.
   *
   * @param kind - Tells one sequence of draws from another, so that concurrent ones do not mix.
   */
  once<Value>(kind: string, make: () => Value): Value
  /**
   * Arranges and asks what several checks need, once a run. Whoever comes later gets the same result, and the
   * same exchanges as evidence. What goes wrong is not shared: the next one tries for itself.
   *
   * @param what - Names it: the same for all who share it.
   * @param make - Its result must say something about the target, not about the lane.
   */
  shared<Value>(what: string, make: () => Promise<Value>): Promise<Value>
  /**
   * Removes something after the check, also when the check failed. The last registered is removed first.
   * What `remove` throws is reported as left behind, never as a failure of the check.
   *
   * @param key - Of the one object that is removed: when looks are repeated, what is made once a run may be made no
   *   more, so that the order of the others tells nothing.
   */
  onCleanUp(remove: () => Promise<void>, key?: string): void
  /** Closes something of our own after the check, also where what it created on the target is kept. */
  onEnd(close: () => Promise<void>): void
  /**
   * Does something outside of the API, such as a connection through the load balancer, and writes down what came of it:
   * when the check is asked again of its evidence, it gets that, and nothing is done.
   *
   * @param make - What it returns or throws is plain data: a value of JSON, an error with a code, or an `Unarranged`.
   */
  observe<Value>(make: () => Promise<Value>): Promise<Value>
  /** Keeps what went through the load balancer as evidence. A check that sends traffic is not run again from its tape. */
  recordTraffic(record: TrafficRecord): void
}

/** What a dialect offers its checks: lanes, and the ground that each check is given. */
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

/** Code that asks whether a requirement is kept. */
export interface Check<Ground = never> {
  readonly requirement: Requirement
  readonly ask: (ground: Ground) => Promise<Answered>
}

/** What a check returns: for a `reading` the one that was seen, by its name. */
export type Answered = string | SeenReading | void

/** A requirement that no exchange can show, with the reason. */
export interface Unobservable {
  readonly requirement: Requirement
  readonly reason: string
}

export type Entry = Check | Unobservable

/** A requirement that an answer breaks, and how. */
export interface Broken {
  readonly requirement: string
  readonly message: string
}

/**
 * What an answer breaks, whatever it was asked for; nothing for answers of other operations.
 *
 * `before` has the earlier answers of the same asking, in their order; none where reads may be older than writes, so that
 * two answers need not agree.
 */
export type JudgeAnswer = (answered: Exchange, before: readonly Exchange[]) => readonly Broken[]

/** Judges all answers of one asking. @param isPrompt - Does the profile say that reads follow writes at once? */
export function judgedAnswers(
  answers: readonly Exchange[],
  isPrompt: boolean,
  judge: JudgeAnswer,
): readonly Broken[] {
  return answers.flatMap((answered, index) =>
    judge(answered, isPrompt ? answers.slice(0, index) : []),
  )
}

/** Did something not answer, or with a fault of its own? */
export function hasTrouble(exchanges: readonly RecordedExchange[]): boolean {
  return exchanges.some(
    ({ trouble, response }) => trouble !== undefined || (response?.status ?? 0) >= 500,
  )
}

/** Does the profile say that nothing settles, and that no read is old? */
export function isPrompt({ profile = {} }: Pick<Target, 'profile'>): boolean {
  return profile.asynchronous === false && profile.delayedReads === false
}

/** The checks of one operation. */
export interface Suite {
  readonly dialect: Dialect
  readonly operation: AnyOperation
  readonly fixtures: Fixtures
  readonly entries: readonly Entry[]
  /** Judges each answer of the operation, wherever in a run it comes from. */
  readonly judge?: JudgeAnswer
}

/** The functions that suites of one dialect are written with. */
export function checksOf<T extends Target, LoadBalancer, Ground>(
  fixtures: Fixtures<T, LoadBalancer, Ground>,
): {
  check(requirement: Requirement, ask: (ground: Ground) => Promise<Answered>): Entry
  suite(operation: AnyOperation, entries: readonly Entry[], judge?: JudgeAnswer): Suite
} {
  return {
    check: (requirement, ask) => ({ requirement, ask }),
    // Fixtures accept only sessions of their own dialect; the callers of `perform` see to that.
    suite: (operation, entries, judge) => ({
      dialect: fixtures.dialect,
      operation,
      fixtures,
      entries,
      ...(judge ? { judge } : {}),
    }),
  }
}

/** Judges an answer by every suite, against requirements that may fail: a reading is only observed. */
export function judgeOf(suites: readonly Suite[]): JudgeAnswer {
  const mayFail = new Set(
    suites
      .flatMap(({ entries }) => entries)
      .filter((entry) => isCheck(entry) && entry.requirement.level !== 'reading')
      .map(({ requirement }) => requirement.id),
  )
  const judges = suites.flatMap(({ judge }) => judge ?? [])
  return (answered, before) =>
    judges
      .flatMap((judge) => unlessUnreadable(() => judge(answered, before)))
      .filter(({ requirement }) => mayFail.has(requirement))
}

/** An answer that a judge cannot read breaks what its own check says, and nothing that the judge compares. */
function unlessUnreadable(judge: () => readonly Broken[]): readonly Broken[] {
  try {
    return judge()
  } catch (error) {
    if (familyOf(error) === 'broken') return []
    throw error
  }
}

/** Lists a requirement that no exchange can show. */
export function unobservable(requirement: Requirement, reason: string): Unobservable {
  return { requirement, reason }
}

/**
 * Declares what the sentences of several checks do not depend on.
 *
 * A check that declares it for itself keeps that. A reading is observed under the usual circumstances: another one
 * under unusual circumstances would say nothing about the target.
 */
export function varying(varies: Varies, entries: readonly Entry[]): readonly Entry[] {
  return entries.map((entry) => {
    const { requirement } = entry
    const own = requirement.varies !== undefined || requirement.level === 'reading'
    return own || !isCheck(entry) ? entry : { ...entry, requirement: { ...requirement, varies } }
  })
}

type Asked = Pick<Session, 'target' | 'run'>

interface LoanTerms {
  /** How a person lends it. */
  readonly by: string
  readonly isLent: (asked: Asked) => boolean
  readonly otherwise: string
}

const loans: { readonly [Name in Loan]: LoanTerms } = {
  traffic: {
    by: 'given.traffic',
    isLent: ({ target }) => target.given.traffic !== undefined,
    otherwise:
      'Visible only in traffic through the load balancer, and the target file has no given.traffic.',
  },
  patience: {
    by: '--patient',
    isLent: ({ run }) => run.minute !== undefined,
    otherwise: 'It takes minutes, and the run was not started with --patient.',
  },
  certificate: {
    by: 'given.certificateId',
    isLent: ({ target: { given } }) => 'certificateId' in given,
    otherwise: 'It needs a certificate, and the target file lends none (given.certificateId).',
  },
  readOnlyCredentials: {
    by: 'auth.readOnly…',
    isLent: ({ target }) => Object.keys(target.auth).some((key) => key.startsWith('readOnly')),
    otherwise:
      'It needs credentials that may only read, and the target file names none (auth.readOnly…).',
  },
}

/** What is missing for a requirement, in a sentence; `undefined` where it can be asked. */
export function missingLoan({ lent = [] }: Requirement, asked: Asked): string | undefined {
  const missing = lent.find((loan) => !loans[loan].isLent(asked))
  return missing && loans[missing].otherwise
}

/** With what a person lends what a requirement needs: keys of a target file, or options. */
export function loansOf({ lent = [] }: Requirement): readonly string[] {
  return lent.map((loan) => loans[loan].by)
}

/** The entries as they can be asked of a target: what needs more than is lent becomes one that cannot be observed. */
export function askable(entries: readonly Entry[], asked: Asked): readonly Entry[] {
  return entries.map((entry) => {
    const missing = isCheck(entry) ? missingLoan(entry.requirement, asked) : undefined
    return missing === undefined ? entry : unobservable(entry.requirement, missing)
  })
}

/** Is the requirement asked, and not only listed? */
export function isCheck(entry: Entry): entry is Check {
  return 'ask' in entry
}

/**
 * What kind of error ended a check.
 *
 * `broken`: the target broke the requirement. `unasked`: the question was never put. `not-offered`:
 * the target does not offer what it is about. `ours`: a fault of this program.
 */
export type Family = 'broken' | 'unasked' | 'not-offered' | 'ours'

/** The result of one check. Plain data, because a worker sends it to the main thread. */
export interface Outcome {
  readonly thrown?: { readonly family: Family; readonly message: string }
  /** The reading that was seen, by its name. */
  readonly reading?: string
  /** What the target did, where the name of the reading does not say it. */
  readonly seen?: string
  /** Under which circumstances it was asked, or the least under which it failed. */
  readonly circumstances?: Circumstances
  /** Requirements that answers of this check break, its own or others. */
  readonly broken?: readonly Broken[]
  readonly exchanges: readonly RecordedExchange[]
  /** What was drawn, one for each asking that the exchanges are of; absent where they are not its own. */
  readonly drawn?: readonly Draws[]
  /** Where connections were made through the load balancer: who answered them. */
  readonly traffic?: readonly TrafficRecord[]
  /** How many of the exchanges another check has sent; absent when it sent them all. */
  readonly shared?: number
  /** What clean-up could not remove, one sentence for each. */
  readonly leftovers: readonly string[]
  readonly milliseconds: number
}

/**
 * Only the operator can lend credentials of another account; without them some questions cannot be asked.
 *
 * @throws {NotOffered} When they are needed and not lent.
 */
export function assertLent(credentials: Credentials, target: Target): void {
  if (credentials !== 'other' || lendsAnother(target)) return
  throw new NotOffered(
    'This check needs credentials of another account, and the target file names none (auth.other…).',
  )
}

/** The verdict is read from the family, so an error of the wrong class gives a wrong verdict. */
export function familyOf(error: unknown): Family {
  if (error instanceof NoAnswer || error instanceof Unarranged) return 'unasked'
  if (error instanceof NotOffered) return 'not-offered'
  return error instanceof Error && error.name === 'AssertionError' ? 'broken' : 'ours'
}
