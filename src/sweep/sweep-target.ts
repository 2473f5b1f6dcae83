/** `poolproof sweep`: removes what earlier runs left on a target, and reports the rest. */

import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  isGoing,
  journalsIn,
  leftoverSentences,
  unreadSentence,
  type ReadJournal,
  type UnreadJournal,
} from '../session/journal-file.ts'
import { accountOf } from '../session/account.ts'
import { forcedIn, notRemovedIn } from '../session/journal.ts'
import { Misconfigured, NoAnswer, UsageError } from '../model.ts'
import { probe } from '../session/probe.ts'
import { newRunId } from '../session/run-names.ts'
import { readTarget } from '../session/target-file.ts'
import type { Target } from '../target.ts'
import { sweep, type Swept, type SweepScope } from './index.ts'
import { byAccount, otherSentence, unprovedSentence } from './journal-account.ts'

export interface SweepFlags {
  readonly target: string
  readonly run?: string
  readonly journal: string
  readonly json?: boolean
}

/** What `sweep --json` prints. */
export interface SweepResult {
  readonly target: string
  /** The run that was meant; absent for every run. */
  readonly run?: string
  readonly removed: readonly string[]
  /** What is still there, or may be: also what could not be looked at. */
  readonly left: readonly string[]
  /** What a journal names and somebody else owns: it was not touched. */
  readonly notOurs: readonly string[]
  /** What a journal names, and nothing but the journal shows to be a run's: it was not touched. */
  readonly doubted: readonly string[]
  /** Runs that are still going on this machine, and were left alone with all that is theirs. */
  readonly going: readonly string[]
  /** The directory of journals, where there is none: then only names have shown what runs made. */
  readonly noJournals?: string
  /** Why the target could not be asked, and nothing was removed: `left` is what journals name. */
  readonly notAsked?: string
}

/**
 * Sweeps one target. One that cannot be asked leaves what journals name as it is.
 *
 * @throws {NoAnswer} When the target cannot be asked, and journals name nothing.
 * @throws {Misconfigured} Likewise, when a person has to correct something first.
 * @throws {UsageError} When the id is not one of a run, or the run is still in progress.
 */
export async function sweepTarget(
  { target: file, run, journal: directory }: Omit<SweepFlags, 'json'>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<SweepResult> {
  const target = await readTarget(file)
  const { read, unread, absent } = await journalsIn(directory)
  const journals = read.filter((one) => isAbout(one, target, run))
  const going = journals.filter((one) => isGoing(one)).map(({ heading }) => heading.run)
  assertMeant(run, going)
  const over = journals.filter(({ heading }) => !going.includes(heading.run))
  const account = accountOf(target, environment)
  const { same, others, unknown: perhaps } = byAccount(over, account)
  const scope = { read: [...same, ...perhaps], except: going }
  const meant = run === undefined ? {} : { run }
  const unknown = [...unread.filter((one) => mayBeOf(one, run)), ...over.flatMap((one) => odd(one))]
  const unreadable = unknown.map((one) => unreadSentence(one))
  const foreign = others.flatMap((one) => whole(one, otherSentence(one, account)))
  const named = [...scope.read.flatMap((one) => namedIn(one)), ...unreadable, ...foreign]
  const swept = await sweepOrName(target, environment, { ...scope, ...meant }, named)
  const unproved = swept.unseen.filter((one) => perhaps.includes(one))
  const doubtful = unproved.flatMap((one) => whole(one, unprovedSentence(one)))
  const kept = swept.notAsked ? [] : [...unreadable, ...doubtful, ...foreign]
  const left = [...swept.left, ...swept.unread, ...kept]
  const { removed, notOurs, doubted, notAsked } = swept
  const none = absent ? { noJournals: directory } : {}
  const why = notAsked === undefined ? {} : { notAsked }
  const about = { target: target.name, ...meant }
  // A journal is of no more use when all that it names was seen to be gone.
  const gone = swept.cleared.filter((one) => !unproved.includes(one) || whole(one, '').length === 0)
  await Promise.all(gone.map(({ file: one }) => rm(one, { force: true })))
  return { ...about, removed, left, notOurs, doubted, going, ...none, ...why }
}

const nothing: Swept = {
  removed: [],
  left: [],
  unread: [],
  unreadKinds: [],
  notOurs: [],
  doubted: [],
  unseen: [],
  cleared: [],
}

/** What a journal names that nobody has looked for, and why; nothing where it names nothing. */
function whole(journal: ReadJournal, why: string): string[] {
  const named = namedIn(journal)
  return named.length === 0 ? [] : [...named, why]
}

/**
 * Sweeps what is in scope.
 *
 * @param named - What journals name: it is left where the target cannot be asked.
 */
async function sweepOrName(
  target: Target,
  environment: Readonly<Record<string, string | undefined>>,
  scope: SweepScope,
  named: readonly string[],
): Promise<Swept & Pick<SweepResult, 'notAsked'>> {
  let swept = nothing
  try {
    await probe(target, { id: newRunId(), seed: 1 }, environment, async (session) => {
      swept = await sweep(session, scope)
    })
    return swept
  } catch (error) {
    const cannotBeAsked = error instanceof NoAnswer || error instanceof Misconfigured
    if (!cannotBeAsked || named.length === 0) throw error
    return { ...nothing, left: named, notAsked: error.message }
  }
}

/** What a journal names and does not say to be gone, one sentence for each thing. */
function namedIn({ entries }: ReadJournal): string[] {
  const forced = forcedIn(entries).map((id) => `The load balancer ${id} may still be forced.`)
  return [...leftoverSentences(notRemovedIn(entries)), ...forced]
}

/** 3 while something that a run made is there, or may be, also under the name of somebody else. */
export function exitCodeOf({
  left,
  doubted,
  notOurs,
}: Pick<SweepResult, 'left' | 'doubted' | 'notOurs'>): 0 | 3 {
  return left.length + doubted.length + notOurs.length > 0 ? 3 : 0
}

function isAbout(
  { heading }: ReadJournal,
  { endpoint, dialect }: Target,
  run: string | undefined,
): boolean {
  const isSame = heading.endpoint === endpoint && heading.dialect === dialect
  return isSame && (run === undefined || heading.run === run)
}

/** Only the name of a file says whose journal it is that cannot be read. */
function mayBeOf({ file }: UnreadJournal, run: string | undefined): boolean {
  const [, named] = /^([0-9a-f]{8})-/.exec(basename(file)) ?? []
  return run === undefined || named === undefined || named === run
}

function odd({ file, odd: [line, ...more] }: ReadJournal): UnreadJournal[] {
  if (line === undefined) return []
  const lines =
    more.length === 0 ? `line ${line} holds` : `line ${line} and ${more.length} more hold`
  return [{ file, why: `${lines} nothing that a run writes` }]
}

function assertMeant(run: string | undefined, going: readonly string[]): void {
  if (run === undefined) return
  if (!/^[0-9a-f]{8}$/.test(run)) {
    throw new UsageError(
      `${run} is not the id of a run. An id has eight hexadecimal digits, as 0a1b2c3d.`,
    )
  }
  if (!going.includes(run)) return
  throw new UsageError(
    `The run ${run} is still in progress on this machine. End it with Ctrl-C first.`,
  )
}
