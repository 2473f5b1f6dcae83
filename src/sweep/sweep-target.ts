/** `poolproof sweep`: removes what earlier runs left on a target, and reports the rest. */

import { rm } from 'node:fs/promises'
import { isGoing, readJournals, type ReadJournal } from '../session/journal-file.ts'
import { UsageError } from '../model.ts'
import { probe } from '../session/probe.ts'
import { newRunId } from '../session/run-names.ts'
import { readTarget } from '../session/target-file.ts'
import type { Target } from '../target.ts'
import { sweep, type Swept } from './index.ts'

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
  /** Runs that are still going on this machine, and were left alone with all that is theirs. */
  readonly going: readonly string[]
}

/**
 * Sweeps one target.
 *
 * @throws {NoAnswer} When the target cannot be asked.
 * @throws {UsageError} When the id is not one of a run, or the run is still in progress.
 */
export async function sweepTarget(
  { target: file, run, journal: directory }: Omit<SweepFlags, 'json'>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<SweepResult> {
  const target = await readTarget(file)
  const journals = (await readJournals(directory)).filter((one) => isAbout(one, target, run))
  const going = journals.filter((one) => isGoing(one)).map(({ heading }) => heading.run)
  assertMeant(run, going)
  const over = journals.filter(({ heading }) => !going.includes(heading.run))
  const scope = { journals: over.map(({ entries }) => entries), except: going }
  let swept: Swept = { removed: [], left: [], unread: [], notOurs: [] }
  await probe(target, { id: newRunId(), seed: 1 }, environment, async (session) => {
    swept = await sweep(session, run === undefined ? scope : { ...scope, run })
  })
  const left = [...swept.left, ...swept.unread]
  // A journal is of no more use when all that it names was seen to be gone.
  if (left.length === 0) await Promise.all(over.map(({ file: one }) => rm(one, { force: true })))
  const { removed, notOurs } = swept
  const meant = run === undefined ? {} : { run }
  return { target: target.name, ...meant, removed, left, notOurs, going }
}

function isAbout({ heading }: ReadJournal, { endpoint }: Target, run: string | undefined): boolean {
  return heading.endpoint === endpoint && (run === undefined || heading.run === run)
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
