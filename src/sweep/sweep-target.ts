/** `poolproof sweep`: removes what earlier runs left on a target, and reports the rest. */

import { basename } from 'node:path'
import { shownAddress } from '../documents/shown-text.ts'
import { accountOf } from '../session/account.ts'
import {
  isGoing,
  journalsIn,
  unreadSentence,
  type ReadJournal,
  type UnreadJournal,
} from '../session/journal-file.ts'
import { Misconfigured, NoAnswer, UsageError } from '../model.ts'
import { probe } from '../session/probe.ts'
import { runsInProgress } from '../session/runs-in-progress.ts'
import { newRunId } from '../session/run-names.ts'
import type { Session } from '../session/session.ts'
import { isSameEndpoint } from '../session/same-endpoint.ts'
import { readTarget } from '../session/target-file.ts'
import type { Target } from '../target.ts'
import { sweep, type Swept, type SweepScope } from './index.ts'
import { SweptJournals } from './swept-journals.ts'

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
  /** The endpoints of journals in the directory that are about other ones: they were left alone. */
  readonly elsewhere?: readonly string[]
  /** The directory of journals, where there is none: then only names have shown what runs made. */
  readonly noJournals?: string
  /** Why the target could not be asked, and nothing was removed: `left` is what journals name. */
  readonly notAsked?: string
}

/**
 * Sweeps one target. One that cannot be asked leaves what journals name as it is.
 *
 * @param removed - Told what was removed as soon as that is known: a sweep can end at any moment.
 * @throws {NoAnswer} When the target cannot be asked, and journals name nothing.
 * @throws {Misconfigured} Likewise, when a person has to correct something first.
 * @throws {UsageError} When the id is not one of a run, or the run is still in progress.
 */
export async function sweepTarget(
  { target: file, run, journal: directory }: Omit<SweepFlags, 'json'>,
  environment: Readonly<Record<string, string | undefined>>,
  removed?: (sentence: string) => void,
): Promise<SweepResult> {
  const target = await readTarget(file)
  const { read, unread, absent } = await journalsIn(directory)
  const meant = read.filter(({ heading }) => run === undefined || heading.run === run)
  const about = meant.filter((one) => isAbout(one, target))
  const elsewhereNoted = runsInProgress()
    .filter(({ endpoint }) => isSameEndpoint(endpoint, target.endpoint))
    .map((one) => one.run)
  const noted = about.filter((one) => isGoing(one)).map(({ heading }) => heading.run)
  const going = [...new Set([...noted, ...elsewhereNoted])]
  assertMeant(run, going)
  const over = about.filter(({ heading }) => !going.includes(heading.run))
  const journals = new SweptJournals(over, accountOf(target, environment))
  const unknown = [...unread.filter((one) => mayBeOf(one, run)), ...over.flatMap((one) => odd(one))]
  const unreadable = unknown.map((one) => unreadSentence(one))
  const only = run === undefined ? {} : { run }
  const scope = { except: going, ...only, ...(removed ? { removed } : {}) }
  const swept = await sweepOrName(target, environment, scope, journals, unreadable)
  journals.deleteCleared(swept)
  const elsewhere = meant
    .filter((one) => !about.includes(one))
    .map(({ heading }) => heading.endpoint)
  return {
    target: target.name,
    ...only,
    removed: swept.removed,
    left: swept.left,
    notOurs: swept.notOurs,
    doubted: swept.doubted,
    going,
    ...(elsewhere.length > 0 ? { elsewhere: elsewhere.map((one) => shownAddress(one)) } : {}),
    ...(absent ? { noJournals: directory } : {}),
    ...(swept.notAsked === undefined ? {} : { notAsked: swept.notAsked }),
  }
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

/**
 * Sweeps what is in scope. `left` is all that is still there, or may be.
 *
 * @param unreadable - Sentences about journals that cannot be read.
 */
async function sweepOrName(
  target: Target,
  environment: Readonly<Record<string, string | undefined>>,
  scope: SweepScope,
  journals: SweptJournals,
  unreadable: readonly string[],
): Promise<Swept & Pick<SweepResult, 'notAsked'>> {
  const removed: string[] = []
  const told: SweepScope = {
    ...scope,
    read: journals.read,
    removed: (sentence) => {
      removed.push(sentence)
      scope.removed?.(sentence)
    },
    gone: (keys, isShown) => journals.gone(keys, isShown),
  }
  let swept = nothing
  try {
    const further = async (session: Session) => void (swept = await sweep(session, told))
    await probe(target, { id: newRunId(), seed: 1 }, environment, { further })
    const kept = [...unreadable, ...journals.unproved(swept.unseen), ...journals.ofOthers]
    return { ...swept, left: [...swept.left, ...swept.unread, ...kept] }
  } catch (error) {
    const cannotBeAsked = error instanceof NoAnswer || error instanceof Misconfigured
    const left = [...journals.named, ...unreadable, ...journals.ofOthers]
    if (!cannotBeAsked || left.length + removed.length === 0) throw error
    return { ...nothing, removed, left, notAsked: error.message }
  }
}

/** 3 while something that a run made is there, or may be, also under the name of somebody else. */
export function exitCodeOf({
  left,
  doubted,
  notOurs,
  notAsked,
}: Pick<SweepResult, 'left' | 'doubted' | 'notOurs' | 'notAsked'>): 0 | 3 {
  return left.length + doubted.length + notOurs.length > 0 || notAsked !== undefined ? 3 : 0
}

function isAbout({ heading }: ReadJournal, { endpoint, dialect }: Target): boolean {
  return isSameEndpoint(heading.endpoint, endpoint) && heading.dialect === dialect
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
