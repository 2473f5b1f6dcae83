/** `poolproof sweep`: what earlier runs left on a target is removed, and the rest is told. */

import { rm } from 'node:fs/promises'
import { isGoing, readJournals, type ReadJournal } from '../session/journal-file.ts'
import { UsageError } from '../model.ts'
import { probe } from '../session/probe.ts'
import { newRunId } from '../session/run-names.ts'
import { readTarget } from '../session/target-file.ts'
import type { Target } from '../target.ts'
import { sweep } from './index.ts'

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
  readonly left: readonly string[]
  /** Runs that are still going on this machine, and were left alone with all that is theirs. */
  readonly going: readonly string[]
}

/**
 * Sweeps one target.
 *
 * @throws {NoAnswer} When the target cannot be asked.
 * @throws {UsageError} When the run that is meant is no run's id, or is still going.
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
  const dirt = { journals: over.map(({ entries }) => entries), except: going }
  let swept: Pick<SweepResult, 'removed' | 'left'> = { removed: [], left: [] }
  await probe(target, { id: newRunId(), seed: 1 }, environment, async (session) => {
    swept = await sweep(session, run === undefined ? dirt : { ...dirt, run })
  })
  // What is gone from the target is of no more use in a journal.
  if (swept.left.length === 0) await Promise.all(over.map(({ file }) => rm(file, { force: true })))
  return { target: target.name, ...(run === undefined ? {} : { run }), ...swept, going }
}

function isAbout({ heading }: ReadJournal, { endpoint }: Target, run: string | undefined): boolean {
  return heading.endpoint === endpoint && (run === undefined || heading.run === run)
}

function assertMeant(run: string | undefined, going: readonly string[]): void {
  if (run === undefined) return
  if (!/^[0-9a-f]{8}$/.test(run)) {
    throw new UsageError(`${run} is no run's id, which has eight hexadecimal digits: 0a1b2c3d.`)
  }
  if (!going.includes(run)) return
  throw new UsageError(`The run ${run} is still going on this machine. End it with Ctrl-C first.`)
}
